"""What a person's own signature and words say about how they are addressed.

Only where grammar speaks of the writer and the name is theirs: "Ihre Petra Moser", "Herr Moser" on a line of its own,
"(sie/ihr)", a function in its female form below the name, "ich als Mutter". Whoever else is named there ("für Herrn
Moser", "Grüße an Frau Moser", "Geschäftsführerin: …") says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from golddraht.customers.rules.evidence import Evidence, Kind, Mode
from golddraht.customers.rules.first_names import agrees, contradicts
from golddraht.customers.rules.names import PersonName
from golddraht.ground.text import folded, squeezed

LONGEST = 4_000
TITLES = r"(?:(?:prof|dr|mag|ing|dipl|med|phil|jur|rer|nat|univ|di)\b[.\-\s]*)*"
CLOSING = (
    r"(?:(?:mit|es|viele[nr]?|liebe[nr]?|beste[nr]?|herzliche[nr]?|freundliche[nr]?|schoene[nr]?|ganz|kind|best|warm|yours)\s+)*"
    r"(?:gruss|gruesse[n]?|gruesst|gr|mfg|lg|vg|bg|regards|wishes|sincerely|hochachtungsvoll|herzlichst)\b"
    r"(?:\s+(?:aus\s+\w+|von hier|herzlich|sie|euch|dich))?"
)
START = rf"^(?:{CLOSING}\s*[,!.–-]?\s*)?(?:i\.\s?[av]\.\s*)?"
END = r"(?=\s*(?:$|[,;(|/]|\s[–-]\s))"
CALLS = {
    **dict.fromkeys(("frau", "fr.", "mrs", "mrs.", "ms", "ms.", "miss", "mme", "madame"), Mode.FRAU),
    **dict.fromkeys(("herr", "hr.", "mr", "mr.", "monsieur"), Mode.HERR),
}
OURS = {
    **dict.fromkeys(("ihre", "deine", "eure"), Mode.FRAU),
    **dict.fromkeys(("ihr", "dein", "euer"), Mode.HERR),
}
PRONOUNS = {
    "sie/ihr": Mode.FRAU,
    "sie / ihr": Mode.FRAU,
    "she/her": Mode.FRAU,
    "er/ihm": Mode.HERR,
    "er/ihn": Mode.HERR,
    "er / ihm": Mode.HERR,
    "he/him": Mode.HERR,
    "they/them": Mode.NEUTRAL,
    "she/they": Mode.NEUTRAL,
    "he/they": Mode.NEUTRAL,
    "dey/dem": Mode.NEUTRAL,
    "sie/er": Mode.NEUTRAL,
    "er/sie": Mode.NEUTRAL,
    "keine pronomen": Mode.NEUTRAL,
    "no pronouns": Mode.NEUTRAL,
}
FUNCTION = (
    r"\w*(?:leiterin|inhaberin|fuehrerin|kundin|sekretaerin|assistentin|beraterin|lehrerin|aerztin|anwaeltin|meisterin"
    r"|kauffrau|fachfrau|referentin|managerin|direktorin|professorin|architektin|ingenieurin|technikerin|pflegerin"
    r"|verkaeuferin|rentnerin|studentin|mitarbeiterin|buchhalterin|pfarrerin|erzieherin|journalistin|therapeutin"
    r"|prokuristin|vorsitzende frau|gesellschafterin|hebamme|psychologin|apothekerin|friseurin|baeckerin|wirtin)"
)
DEPARTMENT = (
    r"(?:einkauf|vertrieb|marketing|personal|finanzen|kundenservice|produktion|logistik|it|hr|sales|controlling"
    r"|qualitaet\w*|projekt\w*|service|verwaltung|technik|recht)"
)
FUNCTION_LINE = re.compile(
    rf"^(?:stellv\.? |staatl\.? gepr\.? )?{FUNCTION}(?:\s+{DEPARTMENT}|\s*[&,|].*|\s+(?:und|fuer|der|des|im|in|bei|am)\s.*)?$"
)
NEAR = r"(?:(?:treue|langjaehrige|alleinerziehende|neue|gute|werdende|junge|stolze|berufstaetige|alte)[rs]?\s+)*"
OF_OTHERS = r"(?!\s+(?:von|des|der|vom|seiner|ihrer)\b)(?!\w)"
FEMALE_SELF = (
    r"(?:mutter|kundin|stammkundin|rentnerin|witwe|hausfrau|oma|grossmutter|lehrerin|aerztin|studentin|schwangere)"
)
MALE_SELF = r"(?:vater|witwer|opa|grossvater|hausmann)"
SELF = (
    r"(?:\bich als {0}{1}{2}|\bich bin (?:seit \w+ (?:jahren )?)?(?:eine? |ihre? )?{0}{1}{2}"
    r"|(?:^|[.!?]\s+)als {0}{1}{2} (?:moechte|kann|habe|bin|muss|brauche|weiss|finde|bitte|verlasse) (?:ich|mich)\b)"
)
SELVES = {
    Mode.FRAU: re.compile(SELF.format(NEAR, FEMALE_SELF, OF_OTHERS), re.M),
    Mode.HERR: re.compile(SELF.format(NEAR, MALE_SELF, OF_OTHERS), re.M),
}


CALLED = re.compile(
    rf"{START}(?:ihre? )?(?P<call>{'|'.join(re.escape(call) for call in sorted(CALLS, key=len, reverse=True))})"
    rf"\s+{TITLES}(?P<named>[^,;(|/]+?){END}"
)
OUR = re.compile(
    rf"{START}(?P<our>{'|'.join(sorted(OURS, key=len, reverse=True))})\s+(?P<title>{TITLES})(?P<named>[^,;(|/]+?){END}"
)
NAMED = re.compile(rf"{START}(?:ihre? )?{TITLES}(?P<named>[^,;(|/]+?)\s*(?P<rest>$|[,;(|/].*$|\s[–-]\s.*$)")


@dataclass(frozen=True)
class OwnName:
    """The person's name in the forms in which somebody signs, folded, without dots and hyphens."""

    whole: frozenset[str]
    initialled: str
    family: str
    given: frozenset[str]

    @classmethod
    def of(cls, name: PersonName) -> OwnName:
        given, family = _plain(name.given), _plain(name.family)
        firsts = frozenset({given, given.split()[0]}) if given else frozenset[str]()
        whole = frozenset(f"{first} {family}" for first in firsts) if family else frozenset[str]()
        return cls(whole, f"{given[0]} {family}" if whole else "", family, firsts)


def signed(text: str, name: PersonName) -> tuple[Evidence, ...]:
    """What the signature, or a letter with it, says about its writer, who is `name`. Empty where it says nothing."""
    if not text or not name:
        return ()
    own = OwnName.of(name)
    lines = [line for line in (folded(line).strip() for line in squeezed(text, LONGEST).splitlines()) if line]
    found = [*_called(lines, own, name), *_ours(lines, own, name), *_pronouns(lines, own), *_functions(lines, own)]
    return tuple(dict.fromkeys([*found, *_selves(lines, name)]))


def _plain(text: str) -> str:
    return " ".join(part for part in re.split(r"[\s.\-]+", folded(text)) if part)


def _called(lines: list[str], own: OwnName, name: PersonName) -> Iterator[Evidence]:
    """ "Frau Moser", where the signature stands. Without the first name it may be somebody else of the family."""
    for before, line, after in _with_neighbours(lines):
        hit = CALLED.match(line)
        if hit is None or before.endswith(":") or _goes_on(line[hit.end() :], after):
            continue
        mode, named = CALLS[hit["call"]], _plain(hit["named"])
        if named in own.whole:
            yield Evidence(mode, Kind.SIGNATURE, line)
        elif named and named in (own.family, own.initialled) and (not name.given or agrees(name.given, mode)):
            yield Evidence(mode, Kind.NAMESAKE, line)


def _ours(lines: list[str], own: OwnName, name: PersonName) -> Iterator[Evidence]:
    """ "Ihre Petra Moser": the possessive agrees with whoever signs."""
    joined = [f"{before} {line}" if before in OURS else line for before, line, _ in _with_neighbours(lines)]
    for place, line in enumerate(joined):
        hit = OUR.match(line)
        after = joined[place + 1] if place + 1 < len(joined) else ""
        if hit is None or _goes_on(line[hit.end() :], after) or contradicts(name.given, OURS[hit["our"]]):
            continue
        named = _plain(hit["named"])
        if named in own.whole | own.given | {own.initialled} or (hit["title"] and own.family and named == own.family):
            yield Evidence(OURS[hit["our"]], Kind.SIGNATURE, line)


def _pronouns(lines: list[str], own: OwnName) -> Iterator[Evidence]:
    """ "Petra Moser (sie/ihr)", or a line that names nothing but pronouns."""
    for line in lines:
        if "/" not in line and "pronou" not in line and "pronom" not in line:
            continue
        told = {mode for words, mode in PRONOUNS.items() if re.search(rf"(?<![\w/]){re.escape(words)}(?![\w/])", line)}
        rest = re.sub(r"[\W_]+", " ", line).split()
        is_bare = rest[:1] in (["pronomen"], ["pronouns"]) or len(rest) <= 3
        if len(told) == 1 and (is_bare or _names_them(line, own)):
            yield Evidence(told.pop(), Kind.SIGNATURE, line)


def _functions(lines: list[str], own: OwnName) -> Iterator[Evidence]:
    """A function in its female form beside or below the name. A male form is used for everybody and says nothing."""
    for _, line, after in _with_neighbours(lines):
        hit = _names_them(line, own)
        if hit is None:
            continue
        said = hit["rest"].strip(" ,;|/–-") or after
        if ":" not in said and FUNCTION_LINE.match(said):
            yield Evidence(Mode.FRAU, Kind.SIGNATURE, said)


def _names_them(line: str, own: OwnName) -> re.Match[str] | None:
    hit = NAMED.match(line)
    return hit if hit and _plain(hit["named"]) in own.whole else None


def _selves(lines: list[str], name: PersonName) -> Iterator[Evidence]:
    """What they say of themselves in the first person."""
    text = "\n".join(lines)
    for mode, pattern in SELVES.items():
        hit = pattern.search(text)
        if hit and not contradicts(name.given, mode):
            yield Evidence(mode, Kind.SIGNATURE, hit[0].strip(" .!?\n"))


def _with_neighbours(lines: list[str]) -> Iterator[tuple[str, str, str]]:
    for place, line in enumerate(lines):
        yield lines[place - 1] if place else "", line, lines[place + 1] if place + 1 < len(lines) else ""


def _goes_on(rest: str, after: str) -> bool:
    """Somebody else signs too, or a firm begins."""
    more = rest.strip(" ,;(|/") or after
    return bool(re.match(r"(?:und|u\.|and|et|team|gmbh)\b|[&+]", more))
