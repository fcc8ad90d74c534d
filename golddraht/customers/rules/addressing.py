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
    """The text says Frau or Herr to somebody of whom it is not known."""


COURTESY = r"(?:(?:sehr\s+)?(?:geehrter?|liebe[rs]?|werter?)|dear|guten\s+(?:tag|morgen|abend)|hallo|grüß\s+gott|hello)"
CALLS_A_WOMAN = re.compile(
    rf"^\W*{COURTESY}?[\s,]*(?:frau|fräulein|ms\.?|mrs\.?|madam|madame|signora)(?!\w)"
    r"|^\W*(?:sehr\s+)?(?:geehrte|liebe|werte)\s+(?!familie|damen|alle|leute|eltern|herrschaften|kund|gäste|nachbar|herr)",
    re.I,
)
CALLS_A_MAN = re.compile(
    rf"^\W*{COURTESY}?[\s,]*(?:herrn?|mr\.?|sir|monsieur|signore?)(?!\w)|^\W*(?:sehr\s+)?(?:geehrter|lieber|werter)\s",
    re.I,
)


def refuse_unproven(text: str, address: Address) -> None:
    """The gate before a text leaves without a person looking at each copy. Raises UnprovenSalutation."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    for mode, opening in ((Mode.FRAU, CALLS_A_WOMAN), (Mode.HERR, CALLS_A_MAN)):
        if opening.match(first) and (address.mode is not mode or address.confidence < NEEDED):
            raise UnprovenSalutation(one_line(first, 80))
