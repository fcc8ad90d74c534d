"""The parts of a person's name: titles, given name, family name with its particles, and what is no person at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from golddraht.customers.rules.first_names import is_first_name
from golddraht.ground.text import folded, words

SPOKEN_TITLES = {
    "prof": "Prof.",
    "professor": "Prof.",
    "professorin": "Prof.",
    "dr": "Dr.",
    "doktor": "Dr.",
    "doktorin": "Dr.",
    "mag": "Mag.",
}
"""Titles that belong into a greeting; only the highest is spoken (DIN 5008)."""

OTHER_TITLES = frozenset(
    words(
        """
    univ priv doz pd med phil jur iur rer nat pol oec habil hc h c ing dipl mmag dkfm dkffr lic theol vet dent
    techn sc mult di fh univprof ddr mr ba ma bsc msc mba llm phd beng meng
        """
    )
) - {"mr", "h", "c", "ma", "ba", "di"}
TITLE_PAIRS = re.compile(r"\bh\.?\s?c\.?(?=\s|$)|\bDipl\.?-\s?\w+\.?|\((?:FH|TU|Univ\.?|BA|DH)\)", re.I)
AFTER_A_NAME = re.compile(
    r",?\s+(?:M\.?B\.?A\.?|B\.?Sc\.?|M\.?Sc\.?|B\.?A\.|M\.?A\.|LL\.?M\.?|Ph\.?D\.?|B\.?Eng\.?|M\.?Eng\.?|jun\.?|jr\.?|sen\.?|sr\.?)$",
    re.I,
)

PARTICLES = frozenset(
    words(
        """
    von vom van zu zum zur der den de del della di da dos das du la le las los ten ter af av auf am und el al ibn
    bin ben y e i op het in
        """
    )
)
NOBLE = frozenset(
    words(
        """
    freiherr freifrau freiin graf graefin baron baronin baronesse ritter edler edle prinz prinzessin fuerst
    fuerstin herzog herzogin
        """
    )
)
IN_CARE_OF = re.compile(r"\s*(?:,|\bc/o\b|\bz\.\s?h(?:d|\.\s?d)?\.).*$", re.I)
CALLED = re.compile(r"^\s*(?:frau|herrn?|fr\.|hr\.|mrs\.?|ms\.?|mr\.?|mme\.?|monsieur|madame)\s+", re.I)
FAMILY = re.compile(r"^\s*(?:fam\.|fam\b|familie|family|famille|famiglia|eheleute|ehepaar)\s*(?=\S|$)", re.I)
COUPLE = re.compile(r"^\s*(?:herr(?:n)?|frau)\s+(?:und|u\.|&|\+)\s+(?:herr(?:n)?|frau)\b\s*", re.I)
LEGAL_FORM = re.compile(
    r"(?<=\S)\s(?:(?i:gmbh|mbh|kgaa|ohg|gbr|ltd|llc|inc|plc|partg|sàrl|sarl)\b|(?:AG|KG|UG|SE|SA|BV|NV|eG|EK|AB|Oy)\b"
    r"|e\.\s?[VKG]\.|G\.m\.b\.H\.)|\b(?i:stiftung|verein)\b"
)
"""Behind a name, so that Se Ri Kim stays a person."""
DESKS = frozenset(
    words(
        """
    buchhaltung einkauf vertrieb service kundenservice kundendienst team info sekretariat empfang hausverwaltung
    hausmeister verwaltung rechnungswesen kreditoren debitoren office support zentrale praxis kanzlei werkstatt
    personalabteilung geschaeftsleitung geschaeftsfuehrung bestellung lager anmeldung redaktion gemeinde schule
    accounting accounts purchasing sales reception helpdesk noreply admin kontakt mailbox abteilung filiale
        """
    )
)
"""What stands in fields for names although nobody is called so."""


@dataclass(frozen=True)
class PersonName:
    """A name in its parts; any of them may be empty. `family` carries its particles: "von der Tann"."""

    given: str = ""
    family: str = ""
    titles: tuple[str, ...] = ()
    is_family: bool = False  # A household: "Fam. Moser".
    is_couple: bool = False  # "Herr und Frau Meier".
    is_desk: bool = False  # "Buchhaltung", "Heizwerk GmbH".

    @property
    def title(self) -> str:
        """The one title that is spoken, "" when there is none."""
        return next((title for title in ("Prof.", "Dr.", "Mag.") if title in self.titles), "")

    @property
    def full(self) -> str:
        return " ".join(part for part in (self.given, self.family) if part)

    def __bool__(self) -> bool:
        return bool(self.given or self.family)


def name_of(*, given: str = "", family: str = "", title: str = "") -> PersonName:
    """The name from the fields of a file, however they were filled: swapped by a comma, whole in one of them, shouted."""
    given, family = _line(given), _line(family)
    if (given and family) and not _is_whole(family, given):
        return _together(given, family, title)
    return _with_titles(read_name(family or given), title)


def read_name(text: str) -> PersonName:
    """The parts of a whole name: "Prof. Dr. Hans-Peter Freiherr von der Tann", "Moser, Valentina", "Fam. Moser"."""
    line = _line(text)
    if COUPLE.match(line):
        return PersonName(family=_cased(COUPLE.sub("", line)), is_couple=True)
    if FAMILY.match(line):
        return PersonName(family=_cased(_bare(FAMILY.sub("", line))[0]), is_family=True)
    if is_desk(line):
        return PersonName(is_desk=True)
    line = re.sub(r"\s*\bc/o\b.*$", "", line, flags=re.I)
    last, comma, first = line.partition(",")
    if comma and first.strip() and not AFTER_A_NAME.search(" " + first.strip()):
        return _together(first.strip(), last.strip(), "")
    bare, titles = _bare(line)
    given, family = _parted(bare.split())
    return PersonName(_cased(given), _cased(family), titles)


def is_desk(text: str) -> bool:
    """Whether this names a firm or a desk in it, and no person."""
    return bool(LEGAL_FORM.search(text)) or any(word in DESKS for word in words(text))


def _together(given: str, family: str, title: str) -> PersonName:
    for text in (given, family):
        if FAMILY.match(text) or COUPLE.match(text):
            known = family if text is given else ""
            found = read_name(text)
            return PersonName(
                family=found.family or _cased(known), is_family=found.is_family, is_couple=found.is_couple
            )
    if is_desk(f"{given} {family}"):
        return PersonName(is_desk=True)
    first, titles = _bare(given)
    last, more = _bare(IN_CARE_OF.sub("", family))
    return _with_titles(PersonName(_cased(first), _cased(last), (*titles, *more)), title)


def _is_whole(family: str, given: str) -> bool:
    """The field for the family name holds the whole one, given name included."""
    return "," in family and folded(given) in words(family)


def _with_titles(name: PersonName, title: str) -> PersonName:
    titles = tuple(dict.fromkeys((*_titles_in(title), *name.titles)))
    return PersonName(name.given, name.family, titles, name.is_family, name.is_couple, name.is_desk)


def _titles_in(text: str) -> tuple[str, ...]:
    return tuple(SPOKEN_TITLES[word] for word in re.findall(r"[^\W\d_]+", folded(text)) if word in SPOKEN_TITLES)


def _bare(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without titles and forms of address, and the titles that are spoken."""
    rest = CALLED.sub("", AFTER_A_NAME.sub("", text))
    rest = TITLE_PAIRS.sub(" ", rest)
    tokens, titles = rest.split(), []
    while tokens and (spoken := _title_words(tokens[0])) is not None:
        titles += spoken
        tokens.pop(0)
    return " ".join(tokens).strip(" ,;"), tuple(dict.fromkeys(titles))


def _title_words(token: str) -> list[str] | None:
    """The spoken titles in a token such as "Prof.Dr.", an empty list for others, None when it is no title."""
    parts = [word for word in re.split(r"[.\-]", folded(token)) if word]
    if not parts or not all(word in SPOKEN_TITLES or word in OTHER_TITLES for word in parts):
        return None
    return [SPOKEN_TITLES[word] for word in parts if word in SPOKEN_TITLES]


def _parted(tokens: list[str]) -> tuple[str, str]:
    """Given and family name: the family name begins at the first particle or noble title behind a given name."""
    if len(tokens) < 2:
        alone = " ".join(tokens)
        return (alone, "") if is_first_name(alone) else ("", alone)
    for place, token in enumerate(tokens[:-1]):
        word = folded(token)
        if word in NOBLE or (word in PARTICLES and (token == token.lower() or token.isupper())):
            return " ".join(tokens[:place]), " ".join(tokens[place:])
    return " ".join(tokens[:-1]), tokens[-1]


def _line(text: str) -> str:
    return " ".join(text.split()).strip(" ,;")


def _cased(text: str) -> str:
    """A shouted or whispered name as it is written; what has both cases already is left alone."""
    if text != text.upper() and text != text.lower():
        return text
    return " ".join(_cased_word(word) for word in text.split())


def _cased_word(word: str) -> str:
    if folded(word) in PARTICLES and folded(word) not in {"i", "e", "y"}:
        return word.lower()
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
