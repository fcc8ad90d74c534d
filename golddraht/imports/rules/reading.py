"""Single cells as people fill them: days, telephone numbers, several addresses in one, languages, wishes."""

from __future__ import annotations

import re
from datetime import date, timedelta

from golddraht.customers.rules.attributes import Wish
from golddraht.ground.addresses import NUMBERINGS, folded_phone, is_plausible_address
from golddraht.ground.text import folded
from golddraht.identity.rules.birthdays import PLACEHOLDERS

_NOTHING = """
-
--
---
.
/
?
x
n/a
n.a.
na
n.n.
null
none
nil
nan
#nv
#n/a
k.a.
k. a.
keine angabe
nicht angegeben
nicht bekannt
not known
unbekannt
unknown
keine
keiner
kein
ohne
leer
entfaellt
"""
NOTHING = frozenset(_NOTHING.split("\n"))
"""What people and programs write where there is nothing."""
_MONTHS = """
januar jan jaenner january
februar feb feber february
maerz mrz maer march mar
april apr
mai may
juni jun june
juli jul july
august aug
september sep sept
oktober okt october oct
november nov
dezember dez december dec
"""
MONTHS = {name: number for number, names in enumerate(_MONTHS.split("\n")) for name in names.split()}
EPOCH = date(1899, 12, 30)
LANGUAGES = {
    "de": "de deu ger deutsch german allemand tedesco d",
    "en": "en eng englisch english e",
    "fr": "fr fra fre franzoesisch french francais f",
    "it": "it ita italienisch italian italiano i",
    "tr": "tr tur tuerkisch turkish tuerkce",
    "pl": "pl pol polnisch polish polski",
    "uk": "uk ukr ukrainisch ukrainian",
    "ar": "ar ara arabisch arabic",
    "ru": "ru rus russisch russian",
    "es": "es spa spanisch spanish espanol",
    "nl": "nl nld dut niederlaendisch dutch nederlands",
}
LANGUAGE_OF = {name: code for code, names in LANGUAGES.items() for name in names.split()}
WISHES = {
    Wish.DO_NOT_CALL: r"nicht anruf|keine? anruf|kein telefon|do not call|don.?t call",
    Wish.CALL_ME: r"anruf|telefonisch|call me|please call",
    Wish.REPAIR_FIRST: r"reparatur|reparier|repair",
    Wish.LARGE_PRINT: r"gross(?:e[nr]?)? (?:schrift|druck)|grossdruck|large print",
    Wish.PLAIN_WORDS: r"leichte sprache|einfache sprache|plain (?:words|language)",
    Wish.STEP_FREE: r"stufenlos|barrierefrei|rollstuhl|step.?free|wheelchair",
    Wish.HUMAN_VOICE: r"kein automat|mensch|human voice",
    Wish.LESS_PAPER: r"kein papier|papierlos|less paper|paperless",
}
MAIL = re.compile(r"[^\s<>;,|\"()\[\]]+@[^\s<>;,|\"()\[\]]+")


def is_nothing(cell: str) -> bool:
    """Whether the cell only says that there is nothing to say."""
    return not cell or " ".join(folded(cell).split()) in NOTHING


def day_in(said: str, *, month_first: bool = False, today: date | None = None) -> date | None:
    """A day in any usual form: 17.5.1980, 17. Mai 80, 1980-05-17 00:00, 19800517, 5/17/1980 (`month_first`), 29358 of Excel."""
    parts = _parts(" ".join(folded(said).split()), month_first)
    if parts is None:
        return _serial(said)
    year, month, day = parts
    try:
        return date(_century(year, today) if year < 100 else year, month, day)
    except ValueError:
        return None


def _parts(said: str, month_first: bool) -> tuple[int, int, int] | None:
    if found := re.match(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[t ].*)?$", said) or re.fullmatch(
        r"((?:19|20)\d\d)(\d\d)(\d\d)", said
    ):
        return int(found[1]), int(found[2]), int(found[3])
    if found := re.match(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4}|\d\d)(?: .*)?$", said):
        first, second = int(found[1]), int(found[2])
        is_month = (month_first and first <= 12) or second > 12
        return int(found[3]), first if is_month else second, second if is_month else first
    if found := re.fullmatch(r"(\d{1,2})\.? ?([a-z]+)\.? (\d{4}|\d\d)", said):
        return int(found[3]), MONTHS.get(found[2], 0), int(found[1])
    return None


def _century(year: int, today: date | None) -> int:
    """Of somebody who lives: 81 is 1981, and 12 is 2012 as long as that is past."""
    return 2000 + year if today is not None and 2000 + year <= today.year else 1900 + year


def _serial(said: str) -> date | None:
    """A day as Excel counts it, for people born between 1915 and 2030."""
    return EPOCH + timedelta(days=int(said)) if re.fullmatch(r"\d{4,5}", said) and 5480 <= int(said) <= 47_500 else None


def is_placeholder(day: date) -> bool:
    """Whether programs write this day where none is known: 1.1.1900 and alike."""
    return day.strftime("%Y%m%d") in PLACEHOLDERS


def mails_in(cell: str) -> tuple[list[str], list[str]]:
    """The addresses in a cell, however many, and what in it is none."""
    good = [one.strip(".'") for one in MAIL.findall(re.sub(r"mailto:", "", cell, flags=re.I))]
    rest = MAIL.sub(" ", cell)
    wrong = [one for one in good if not is_plausible_address(one)]
    if not good and not is_nothing(rest.strip()):
        wrong.append(rest.strip())
    return [one for one in dict.fromkeys(good) if one not in wrong], wrong


def phones_in(cell: str, country: str) -> tuple[list[tuple[str, str]], list[str], bool]:
    """The numbers in a cell, folded and as given; what in it is none; and whether something was completed that a program lost."""
    whole, completed = _phone(" ".join(cell.split()), country)
    if whole is not None and not completed:
        return [(whole, " ".join(cell.split()))], [], False
    good, wrong, was_completed = dict[str, str](), list[str](), False
    for part in re.split(r"[;|\n]|\s(?:oder|o\.|und|u\.|or|and)\s|\s/\s|,\s*(?=[+0(])", cell):
        said = " ".join(part.split())
        if is_nothing(said):
            continue
        number, completed = _phone(said, country)
        if number is None:
            wrong.append(said)
        else:
            good.setdefault(number, said)
            was_completed |= completed
    return list(good.items()), wrong, was_completed


def _phone(said: str, country: str) -> tuple[str | None, bool]:
    here = country if country in NUMBERINGS else "DE"
    spoken = re.sub(
        r"\((?!0|\+|\d{2,5}\))[^)]*\)|(?<=\d)\s*[a-zA-Zäöü][^\d]*$|^[a-zA-Z.]+\s*:?\s*(?=[+0(])", "", said
    ).strip()
    number = folded_phone(spoken, here)
    if number is not None:
        return number, False
    digits = re.sub(r"[\s/().-]", "", spoken)
    if not re.fullmatch(r"[1-9]\d{6,14}", digits):
        return None, False
    code = NUMBERINGS[here].code
    # A spreadsheet that took it for a number has lost the plus, or the zero.
    is_whole = digits.startswith(code) and len(digits) > 10
    return folded_phone(f"+{digits}" if is_whole else f"0{digits}", here), True


def language_in(said: str) -> str:
    """The code of a language by any of its names; "" where nobody would know it."""
    name = re.split(r"[-_ ]", folded(said).strip())[0]
    return LANGUAGE_OF.get(name, "")


def wishes_in(said: str) -> tuple[list[Wish], list[str]]:
    """The wishes that have a name, and the words that say something else."""
    found, rest = list[Wish](), list[str]()
    for part in (part.strip() for part in re.split(r"[;,|\n]", said)):
        if not part or is_nothing(part):
            continue
        wish = next((wish for wish, words in WISHES.items() if part == wish or re.search(words, folded(part))), None)
        if wish is not None:
            found.append(wish)
        else:
            rest.append(part)
    return list(dict.fromkeys(found)), rest
