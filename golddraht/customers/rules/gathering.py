"""What people tell of themselves while they write about something else: read carefully, and kept with their words.

Only what they say of themselves counts, and only in words that can hardly mean anything else: a wheelchair or an illness is not
taken down (Article 9 GDPR), what others are called says nothing, and a doubt is left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from golddraht.customers.rules.attributes import Attribute, Wish
from golddraht.customers.rules.evidence import CERTAINTY, Kind
from golddraht.customers.rules.names import PersonName, read_name
from golddraht.customers.rules.postal import HOUSE, LINE, read_postal
from golddraht.customers.rules.signature import CLOSING, signed
from golddraht.customers.rules.sources import Source
from golddraht.customers.rules.values import NotSuchValue, kept_form
from golddraht.ground.text import folded, one_line, squeezed

LONGEST = 8_000
SIGNED_WITHIN = 12
"""Lines from the end in which a signature is looked for, where none was cut off."""


@dataclass(frozen=True)
class Found:
    """Something that was read: the value in its kept form, its source, how sure, and the words."""

    attribute: Attribute
    value: str
    source: Source
    certainty: float
    words: str


def found_in(*, text: str, signature: str, name: str, address: str = "", country: str = "DE") -> list[Found]:
    """Everything that the writer's own words say of them. `name` and `address` are known already; `country` is ours."""
    words = squeezed(text, LONGEST)
    end = squeezed(signature, 2_000) if signature.strip() else "\n".join(words.splitlines()[-SIGNED_WITHIN:])
    fuller = _fuller_name(end, read_name(name), address)
    known = read_name(fuller.value) if fuller else read_name(name)
    found = [fuller, *_addressed(f"{words}\n{signature}", known), *_said(words), *_postal(words, end, country)]
    return list(dict.fromkeys(one for one in found if one))


DECLARED = re.compile(
    r"(?:ich (?:moechte|will|wuensche)|bitte) [^.!?\n]{0,30}(?:als|mit|ohne) ((?:frau|herrn?|anrede)\b)[^.!?\n]{0,30}"
    r"(?:angesprochen|angeredet|ansprechen|anreden|anschreiben|angeschrieben)"
    r"|ich bin (?:kein mann|kein herr|keine frau),? sondern (?:ein(?:e)? )?(frau|herr|mann)\b"
    r"|ich bin (?:eine )?(frau),? (?:und )?kein (?:mann|herr)\b|ich bin (?:ein )?(herr|mann),? (?:und )?keine frau\b"
)
AS = {"frau": "frau", "herr": "herr", "herrn": "herr", "mann": "herr", "anrede": "neutral"}


def _addressed(text: str, name: PersonName) -> Iterator[Found]:
    for hit in DECLARED.finditer(folded(text)):
        said = next(group for group in hit.groups() if group)
        is_without = "ohne" in hit[0]
        value = "neutral" if is_without else AS[said]
        if is_without or said != "anrede":
            yield Found(Attribute.SALUTATION, value, Source.CUSTOMER, CERTAINTY[Kind.DECLARED], one_line(hit[0], 200))
    for one in signed(text, name):
        source = Source.NAMESAKE if one.kind is Kind.NAMESAKE else Source.SIGNATURE
        yield Found(Attribute.SALUTATION, str(one.mode), source, CERTAINTY[one.kind], one_line(one.words, 200))


ENDING = re.compile(rf"^(?:{CLOSING})\s*[,!.–-]?$")
LIKE_A_NAME = re.compile(r"^(?:(?:[^\W\d_]+\.\s?)*)(?:[^\W\d_][^\W\d_'’.-]*[ \-]?){1,5}$")


def _fuller_name(end: str, known: PersonName, address: str) -> Found | None:
    """The name below the closing words, where it is that of the known writer and tells more than is known."""
    lines = [line.strip() for line in end.splitlines() if line.strip()]
    for before, line in pairwise(lines):
        if ENDING.match(folded(before)) and LIKE_A_NAME.match(line) and len(line) < 60:
            theirs = read_name(line)
            if _is_theirs(theirs, known, address) and _parts(theirs) > _parts(known):
                return Found(Attribute.NAME, line, Source.SIGNATURE, 0.95, line)
    return None


def _parts(name: PersonName) -> int:
    return sum(map(bool, (name.given, name.family, name.title)))


def _is_theirs(named: PersonName, known: PersonName, address: str) -> bool:
    if not (named.given and named.family) or named.is_desk:
        return False
    if known:
        return all(not mine or folded(mine) == folded(theirs) for mine, theirs in _both(known, named))
    local = folded(address.partition("@")[0])
    return folded(named.family) in local


def _both(known: PersonName, named: PersonName) -> list[tuple[str, str]]:
    return [(known.given, named.given), (known.family, named.family)]


WISHES = {
    Wish.CALL_ME: r"(?:telefoniere|spreche) (?:ich )?lieber|lieber (?:telefonisch|angerufen)|schreibe nicht (?:so )?gern",
    Wish.DO_NOT_CALL: r"bitte (?:mich )?nicht (?:mehr )?anrufen|bitte keine anrufe|rufen sie (?:mich )?(?:bitte )?nicht (?:mehr )?an\b",
    Wish.REPAIR_FIRST: r"lieber (?:\w+ ){0,3}repari|repari\w+ (?:statt|anstatt|vor) |(?:nicht|nichts) (?:gleich|sofort) (?:ein\w* )?neue",
    Wish.LARGE_PRINT: r"(?:in|mit) (?:grosser|groesserer) schrift|groessere? schrift",
    Wish.PLAIN_WORDS: r"in (?:einfacher|leichter) sprache",
    Wish.STEP_FREE: r"\b(?:stufenlos|barrierefrei|ebenerdig)\w*",
    Wish.HUMAN_VOICE: r"mit (?:einem|echten) menschen (?:sprechen|reden)|nicht mit (?:einem|einer) (?:computer|roboter|bot|maschine|automat)",
    Wish.LESS_PAPER: r"papierlos|bitte (?:alles )?(?:nur )?per mail,? (?:nicht|kein)|kein papier\b",
}
NUMBER = re.compile(
    r"\bkunden?(?:-?\s?nr\.?|-?nummer)\s*(?:ist|lautet)?[:\s]*([A-Za-z]{0,3}[-/]?\d[\d./-]{2,18}\d)", re.I
)
BORN = re.compile(
    r"\b(?:mein geburtsdatum(?: ist)?(?: der)?|ich (?:bin|wurde) am|ich,? geboren am|geb\. am)[:\s]+(\d{1,2}\.\s?\d{1,2}\.\s?\d{4})",
    re.I,
)


def _said(text: str) -> Iterator[Found]:
    plain = folded(text)
    for wish, pattern in WISHES.items():
        if hit := re.search(pattern, plain):
            yield Found(Attribute.WISH, str(wish), Source.OWN_WORDS, 0.8, _sentence(plain, hit))
    if number := NUMBER.search(text):
        yield Found(Attribute.NUMBER, number[1], Source.OWN_WORDS, 0.85, one_line(number[0], 200))
    if born := BORN.search(text):
        yield from _kept(Attribute.BORN_ON, born[1].replace(" ", ""), Source.OWN_WORDS, 0.9, born[0])


def _sentence(text: str, hit: re.Match[str]) -> str:
    start = max(text.rfind(sign, 0, hit.start()) for sign in ".!?\n") + 1
    ends = [place for sign in ".!?\n" if (place := text.find(sign, hit.end())) >= 0]
    return one_line(text[start : min(ends, default=len(text))], 200)


def _kept(
    attribute: Attribute, said: str, source: Source, certainty: float, words: str, country: str = "DE"
) -> Iterator[Found]:
    try:
        value = kept_form(attribute, said, country=country)
    except NotSuchValue:
        return
    yield Found(attribute, value, source, certainty, one_line(words, 300))


NEW_ADDRESS = re.compile(
    r"\b(?:meine|unsere) (?:neue |aktuelle )?(?:adresse|anschrift)(?: ist| lautet)?(?: jetzt| nun| ab \w+)?\s*:?\s*(?P<said>[^?!]{8,160})",
    re.I,
)


def _postal(text: str, end: str, country: str) -> Iterator[Found]:
    for hit in NEW_ADDRESS.finditer(text):
        said = re.split(r"\n\s*\n|\.\s", hit["said"])[0].strip(" .\n")
        yield from _whole(said, Source.OWN_WORDS, 0.9, hit[0], country)
    lines = [line.strip(" ,") for line in re.split(r"[\n|•·]", end)]
    for street, place in pairwise(lines):
        if HOUSE.match(street) and any(one.match(place) for one in LINE.values()):
            yield from _whole(f"{street}\n{place}", Source.SIGNATURE, 0.85, f"{street}, {place}", country)


def _whole(said: str, source: Source, certainty: float, words: str, country: str) -> Iterator[Found]:
    address = read_postal(said, country=country)
    if address is not None and address.is_whole and address.house[1]:
        yield from _kept(Attribute.POSTAL, said, source, certainty, words, country)
