"""The form of address, decided from what is known (M15), and the greetings that follow from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from golddraht.customers.rules.evidence import (
    CERTAINTY,
    GENDERED,
    RANK,
    Evidence,
    Kind,
    Mode,
    declared,
    entered,
    rank_in,
)
from golddraht.customers.rules.names import PersonName, read_name
from golddraht.customers.rules.signature import signed
from golddraht.ground.text import folded, one_line

NEEDED = 0.999
"""Below this certainty nobody is addressed as Frau or Herr."""


@dataclass(frozen=True)
class Address:
    """How somebody is addressed, how sure that is (0 to 1), and why, in words."""

    mode: Mode
    confidence: float
    reason: str


def decide(name: PersonName, evidence: Sequence[Evidence], *, organisation: str = "") -> Address:
    """The form of address. The strongest kind of evidence decides; where it contradicts itself the form is neutral."""
    best = min((RANK[one.kind] for one in evidence), default=0)
    strongest = [one for one in evidence if RANK[one.kind] == best]
    modes = {one.mode for one in strongest}
    if name.is_couple or name.is_family:
        return Address(Mode.FAMILIE, 1.0, "the name is that of a household")
    if name.is_desk or (not name and organisation and not modes & GENDERED):
        return Address(Mode.FIRMA, 1.0, "no person is named, only a firm or a desk")
    if not strongest:
        return Address(Mode.NEUTRAL, 1.0, "nothing says how they want to be addressed; a first name alone never does")
    if len(modes) > 1:
        said = "; ".join(f"“{one_line(one.words, 60)}”" for one in strongest)
        return Address(Mode.NEUTRAL, 1.0, f"what is known contradicts itself ({said}): ask once")
    return _as_said(name, strongest[0], organisation)


def _as_said(name: PersonName, one: Evidence, organisation: str) -> Address:
    certainty = CERTAINTY[one.kind]
    said = f"{REASONS[one.kind]}: “{one_line(one.words, 80)}”"
    if one.mode in GENDERED and certainty < NEEDED:
        return Address(Mode.NEUTRAL, 1.0, f"not certain enough ({said})")
    if one.mode in GENDERED and not name.family:
        return Address(Mode.NEUTRAL, 1.0, f"no family name is known ({said})")
    if one.mode is Mode.FAMILIE and not name.family:
        return Address(Mode.NEUTRAL, 1.0, f"no family name is known ({said})")
    if one.mode is Mode.FIRMA and not organisation:
        return Address(Mode.NEUTRAL, 1.0, f"no name of a firm is known ({said})")
    return Address(one.mode, certainty, said)


REASONS = {
    Kind.DECLARED: "declared by themselves",
    Kind.SIGNATURE: "their own signature or words",
    Kind.CONTRACT: "a contract or order says so",
    Kind.NAMESAKE: "signed so, without a first name",
}


def evidence_in(
    *, name: PersonName, title: str = "", declared_salutation: str = "", signature: str = ""
) -> list[Evidence]:
    """Everything in these fields that speaks for a form of address."""
    found = [declared(declared_salutation), *signed(signature, name), entered(title, name), rank_in(name)]
    return [one for one in found if one is not None]


@dataclass(frozen=True)
class Greeting:
    """The first line, with its comma: of a letter, and of a mail."""

    letter: str
    mail: str


PATTERNS = {
    "de": {
        Mode.FRAU: ("Sehr geehrte Frau {called},", "Guten Tag Frau {called},"),
        Mode.HERR: ("Sehr geehrter Herr {called},", "Guten Tag Herr {called},"),
        Mode.NEUTRAL: ("Guten Tag {called},", "Guten Tag {called},"),
        Mode.FIRMA: ("Guten Tag, liebes Team von {called},", "Guten Tag, liebes Team von {called},"),
        Mode.FAMILIE: ("Sehr geehrte Familie {called},", "Guten Tag Familie {called},"),
    },
    "en": {
        Mode.FRAU: ("Dear Ms {called},", "Dear Ms {called},"),
        Mode.HERR: ("Dear Mr {called},", "Dear Mr {called},"),
        Mode.NEUTRAL: ("Dear {called},", "Hello {called},"),
        Mode.FIRMA: ("Dear team of {called},", "Hello team of {called},"),
        Mode.FAMILIE: ("Dear {called} family,", "Hello {called} family,"),
    },
    "fr": {
        Mode.FRAU: ("Madame {called},", "Bonjour Madame {called},"),
        Mode.HERR: ("Monsieur {called},", "Bonjour Monsieur {called},"),
        Mode.NEUTRAL: ("Bonjour {called},", "Bonjour {called},"),
        Mode.FIRMA: ("Bonjour à l’équipe de {called},", "Bonjour à l’équipe de {called},"),
        Mode.FAMILIE: ("Chère famille {called},", "Bonjour à la famille {called},"),
    },
    "it": {
        Mode.FRAU: ("Gentile Signora {called},", "Buongiorno Signora {called},"),
        Mode.HERR: ("Gentile Signor {called},", "Buongiorno Signor {called},"),
        Mode.NEUTRAL: ("Buongiorno {called},", "Buongiorno {called},"),
        Mode.FIRMA: ("Buongiorno al team di {called},", "Buongiorno al team di {called},"),
        Mode.FAMILIE: ("Gentile famiglia {called},", "Buongiorno alla famiglia {called},"),
    },
}
NAMELESS = {
    "de": Greeting("Guten Tag,", "Guten Tag,"),
    "en": Greeting("Hello,", "Hello,"),
    "fr": Greeting("Bonjour,", "Bonjour,"),
    "it": Greeting("Buongiorno,", "Buongiorno,"),
}
LANGUAGES = {
    **dict.fromkeys(("de", "deu", "ger", "deutsch", "german", ""), "de"),
    **dict.fromkeys(("en", "eng", "englisch", "english"), "en"),
    **dict.fromkeys(("fr", "fra", "fre", "franzoesisch", "french", "francais"), "fr"),
    **dict.fromkeys(("it", "ita", "italienisch", "italian", "italiano"), "it"),
}


def spoken_language(code: str) -> str:
    """The language a greeting is written in: German where none is named, English where we do not speak theirs."""
    return LANGUAGES.get(folded(code).replace("_", "-").split("-")[0].strip(), "en")


def greet(address: Address, name: PersonName, *, language: str = "de", organisation: str = "") -> Greeting:
    """The greeting on every channel: the one place that writes Frau or Herr, and only where `decide` found evidence."""
    spoken = spoken_language(language)
    called = _called(address.mode, name, organisation)
    if not called:
        return NAMELESS[spoken]
    letter, mail = PATTERNS[spoken][address.mode]
    return Greeting(letter.format(called=called), mail.format(called=called))


def _called(mode: Mode, name: PersonName, organisation: str) -> str:
    if mode is Mode.FIRMA:
        return one_line(organisation, 120)
    if mode is Mode.FAMILIE:
        return name.family
    if mode in GENDERED:
        return " ".join(part for part in (name.title, name.family) if part)
    if not name.given and not name.title:
        # A family name alone sounds like a roll-call.
        return ""
    return " ".join(part for part in (name.title, name.given, name.family) if part)


def address_of(*, name: str, salutation: str) -> tuple[PersonName, Address]:
    """The parts of a customer's name and their form of address, by what they declared ("FRAU", "HERR" or "")."""
    parts = read_name(name)
    said = declared(salutation)
    return parts, decide(parts, [said] if said else [])


def greeting(*, name: str, salutation: str, language: str) -> str:
    """The first line of a mail to a customer, with its comma."""
    parts, address = address_of(name=name, salutation=salutation)
    return greet(address, parts, language=language).mail


class UnprovenSalutation(ValueError):
    """The text says Frau or Herr to somebody of whom it is not known: `line` calls them `mode`, `instead` is how to greet them."""

    def __init__(self, line: str, mode: Mode, instead: str = "") -> None:
        super().__init__(line)
        self.line, self.mode, self.instead = line, mode, instead


COURTESY = r"(?:(?:sehr\s+)?(?:geehrter?|liebe[rs]?|werter?)|dear|guten\s+(?:tag|morgen|abend)|hallo|grüß\s+gott|hello)"
WOMAN = r"(?:frau|fräulein|ms\.?|mrs\.?|madam|madame|signora)(?!\w)"
MAN = r"(?:herrn?|mr\.?|sir(?!\s+or\b)|monsieur|signore?)(?!\w)"
BARE = r"(?=\s[^\s,!:]+(?:\s[^\s,!:]+){0,2}\s*(?:[,!:]|(?<![.?])$)|\s*[,!:]?\s*$)"
"""Without a courtesy it is a greeting only where little more than a name follows: “Frau Huber kommt morgen.” greets nobody."""
NAMED = r"(?:(?-i:[A-ZÄÖÜ])|\S+(?:\s\S+)?\s*[,!])"
"""“Lieber morgen.” names nobody."""
CALLS_A_WOMAN = re.compile(
    rf"^\W*(?:{COURTESY}[\s,]*{WOMAN}|{WOMAN}{BARE})"
    r"|^\W*(?:sehr\s+)?(?:geehrte|liebe|werte)\s+(?!familie|damen|alle|leute|eltern|herrschaften|kund|gäste|nachbar|herr|grüße|firma|team)"
    + NAMED,
    re.I,
)
CALLS_A_MAN = re.compile(
    rf"^\W*(?:{COURTESY}[\s,]*{MAN}|{MAN}{BARE})|^\W*(?:sehr\s+)?(?:geehrter|lieber|werter)\s+{NAMED}", re.I
)
OPENING = re.compile(rf"(?:{COURTESY}\s*,)?[^,!:]*[,!:]?", re.I)


def called_in(text: str) -> Mode | None:
    """Whom the first line calls a woman or a man; None for a neutral greeting, or none at all."""
    first = _first_line(text)
    return next(
        (mode for mode, one in ((Mode.FRAU, CALLS_A_WOMAN), (Mode.HERR, CALLS_A_MAN)) if one.match(first)), None
    )


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def refuse_unproven(text: str, address: Address, *, instead: str = "") -> None:
    """The rule of the gate before a text leaves. Raises UnprovenSalutation."""
    mode = called_in(text)
    if mode is not None and (address.mode is not mode or address.confidence < NEEDED):
        raise UnprovenSalutation(one_line(_first_line(text), 80), mode, instead)


def greeted(text: str, greeting: str) -> str:
    """The same text with this greeting in the place of its own, which is the first line or what of it greets."""
    first = _first_line(text)
    hit = OPENING.match(first)
    rest = "" if first.endswith((",", "!")) or hit is None else first[hit.end() :]
    return text.lstrip().replace(first, greeting + rest, 1)
