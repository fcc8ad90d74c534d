"""Postal addresses: read from what people write, kept in one form, and set for an envelope.

Germany, Austria, Switzerland and Liechtenstein write "postcode place"; so do most of the neighbours. Britain and Ireland put
the postcode on a line of its own, North America and Australia behind the place. Abroad the last line is the country in
capitals, in German, English or French (Universal Postal Union, S42; Deutsche Post, "Automationsfähige Briefsendungen").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from golddraht.ground.text import folded, without_control

COUNTRIES = {
    "DE": ("DEUTSCHLAND", "deutschland germany brd d ger allemagne germania"),
    "AT": ("ÖSTERREICH", "oesterreich austria a aut autriche"),
    "CH": ("SCHWEIZ", "schweiz switzerland suisse svizzera sui che"),
    "LI": ("LIECHTENSTEIN", "liechtenstein fl lie"),
    "FR": ("FRANKREICH", "frankreich france f fra"),
    "IT": ("ITALIEN", "italien italia italy i ita"),
    "NL": ("NIEDERLANDE", "niederlande netherlands holland nederland nld"),
    "BE": ("BELGIEN", "belgien belgium belgie belgique b bel"),
    "LU": ("LUXEMBURG", "luxemburg luxembourg l lux"),
    "DK": ("DÄNEMARK", "daenemark denmark danmark dk dnk"),
    "PL": ("POLEN", "polen poland polska pol"),
    "CZ": ("TSCHECHIEN", "tschechien czechia cesko cze"),
    "HU": ("UNGARN", "ungarn hungary hun"),
    "SI": ("SLOWENIEN", "slowenien slovenia slo svn"),
    "ES": ("SPANIEN", "spanien spain espana e esp"),
    "PT": ("PORTUGAL", "portugal p prt"),
    "SE": ("SCHWEDEN", "schweden sweden sverige s swe"),
    "GB": ("GROSSBRITANNIEN", "grossbritannien vereinigtes_koenigreich united_kingdom great_britain england uk gbr"),
    "IE": ("IRLAND", "irland ireland irl"),
    "US": ("USA", "usa us united_states united_states_of_america vereinigte_staaten"),
    "CA": ("KANADA", "kanada canada can"),
    "AU": ("AUSTRALIEN", "australien australia aus"),
}
"""Code, how the last line is written, and how people name it."""

POSTCODES = {
    "DE": r"\d{5}",
    **dict.fromkeys(("AT", "CH", "LI", "BE", "LU", "DK", "HU", "SI"), r"\d{4}"),
    **dict.fromkeys(("FR", "IT", "ES"), r"\d{5}"),
    "NL": r"\d{4}\s?[A-Z]{2}",
    "PL": r"\d{2}-\d{3}",
    "CZ": r"\d{3}\s?\d{2}",
    "SE": r"\d{3}\s?\d{2}",
    "PT": r"\d{4}-\d{3}",
}
"""Countries in which the postcode stands before the place."""

PREFIX = r"(?:(?P<mark>[A-Z]{1,3})\s?-\s?)?"
LINE = {code: re.compile(rf"^{PREFIX}(?P<postcode>{digits})\s+(?P<place>\D.*)$") for code, digits in POSTCODES.items()}
ON_ITS_OWN = frozenset({"GB", "IE"})
BEHIND = frozenset({"US", "CA", "AU"})
HOUSE = re.compile(r"^(?P<street>\D.*?)\s+(?P<number>\d+\s*[a-zA-Z]?(?:\s?[-/+]\s?\w+)*)$")


@dataclass(frozen=True)
class PostalAddress:
    """Where letters and parcels go. `lines` are everything above the place: street, "c/o", stairs, door, post box."""

    lines: tuple[str, ...]
    postcode: str = ""
    place: str = ""
    country: str = "DE"  # "" where four digits could be Austria's or Switzerland's, and nobody said which.

    @property
    def is_whole(self) -> bool:
        """Whether a letter would arrive: a line, a place and, where there are postcodes before it, a right one."""
        wanted = POSTCODES.get(self.country)
        fits = re.fullmatch(wanted, self.postcode) if wanted else True
        return bool(self.lines and self.place and self.country and fits)

    @property
    def house(self) -> tuple[str, str]:
        """Street and number of the last line, "" where it has none (a post box, "poste restante")."""
        found = HOUSE.match(self.lines[-1]) if self.lines else None
        return (found["street"], found["number"]) if found else ("", "")

    def written(self) -> str:
        """The one form in which an address is kept; `read_postal` understands it again."""
        return "\n".join(line for line in (*self.lines, *_place_lines(self), self.country) if line)


def read_postal(text: str, *, country: str = "DE") -> PostalAddress | None:
    """The address in lines (or on one line, with commas), None where no place is found. `country` is where we are."""
    between = r"[\n;]" if "\n" in text.strip() else r"[,;]"
    parts = [words for part in re.split(between, without_control(text)) if (words := _words(part))]
    if len(parts) > 1 and (named := country_named(parts[-1])):
        country, parts = named, parts[:-1]
    if len(parts) < 2:
        return None
    for place, part in reversed(list(enumerate(parts))):
        codes = [code for code, line in LINE.items() if place and line.match(part)]
        if codes and (country in codes or not country or country in LINE):
            return _before_the_place(parts[:place], part, codes, country)
    return _unlike_ours(parts, country)


def _before_the_place(lines: list[str], part: str, codes: list[str], country: str) -> PostalAddress:
    # Two letters behind four digits are Dutch; four digits alone may be Austrian, Swiss and more.
    foreign = "NL" if "NL" in codes else codes[0] if len(codes) == 1 else ""
    guessed = country if country in codes else foreign
    found = LINE[guessed or codes[0]].match(part)
    assert found is not None, "It matched a moment ago."
    marked = country_named(found["mark"] or "")
    return PostalAddress(tuple(lines), found["postcode"], _words(found["place"]), marked or guessed)


def country_named(text: str) -> str:
    """The code of a country by any of its names, "" for what is none."""
    name = " ".join(re.findall(r"[a-z]+", folded(text)))
    for code, (written, names) in COUNTRIES.items():
        if name and (name == code.lower() or name == folded(written) or name.replace(" ", "_") in names.split()):
            return code
    return ""


def _unlike_ours(parts: list[str], country: str) -> PostalAddress | None:
    """Countries that write the postcode behind the place or on a line of its own; else the last line is the place."""
    if country in ON_ITS_OWN and len(parts) > 2 and re.search(r"\d", parts[-1]):
        return PostalAddress(tuple(parts[:-2]), parts[-1].upper(), _words(parts[-2]), country)
    behind = re.match(r"^(?P<place>.+?),?\s+(?P<postcode>(?:[A-Z]{2,3}\s+)?[A-Z0-9][A-Z0-9 -]{3,8})$", parts[-1])
    if country in BEHIND and behind:
        return PostalAddress(tuple(parts[:-1]), behind["postcode"], _words(behind["place"]), country)
    return PostalAddress(tuple(parts[:-1]), "", _words(parts[-1]), country) if country not in LINE else None


def envelope(address: PostalAddress, *, name: str, sent_from: str = "DE") -> list[str]:
    """The lines of an address field (DIN 5008): name, "c/o" and street, place, and abroad the country in capitals."""
    return [line for line in (name, *address.lines, *_place_lines(address), _abroad(address, sent_from)) if line]


def _abroad(address: PostalAddress, sent_from: str) -> str:
    is_abroad = address.country in COUNTRIES and address.country != sent_from
    return COUNTRIES[address.country][0] if is_abroad else ""


def _place_lines(address: PostalAddress) -> list[str]:
    if address.country in ON_ITS_OWN:
        return [address.place, address.postcode]
    if address.country in BEHIND:
        return [f"{address.place} {address.postcode}".strip()]
    return [f"{address.postcode} {address.place}".strip()]


def _words(text: str) -> str:
    return " ".join(text.split()).strip(" ,")
