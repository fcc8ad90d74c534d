"""The postal address in a row, from however many columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from golddraht.customers.rules.postal import BEHIND, ON_ITS_OWN, POSTCODES, PostalAddress, country_named, read_postal
from golddraht.imports.rules.targets import Target

FOUR_DIGITS = frozenset({"AT", "CH", "LI"})


@dataclass(frozen=True)
class Posted:
    """The address as it is kept, "" where there is none; its country; what in it is wrong or was completed, or is a place alone."""

    written: str = ""
    country: str = ""
    wrong: str = ""
    short: str = ""
    partial: str = ""
    is_of_no_country: bool = False


def postal_in(cells: dict[Target, list[str]], *, care_of: str, home: str) -> Posted:
    """Street, number, place and country together; a whole address in one cell is read as people write it."""
    said = _cell(cells, Target.COUNTRY)
    country = country_named(said) if said else ""
    whole = "\n".join(cells.get(Target.ADDRESS, []))
    lines = [care_of, _care(cells), *cells.get(Target.STREET_MORE, []), _street(cells)]
    postcode, place = _cell(cells, Target.POSTCODE).upper(), _cell(cells, Target.CITY)
    if found := re.fullmatch(r"([A-Z]{1,3})\s?-\s?(\d{4,5})", postcode):
        country, postcode = country or country_named(found[1]), found[2]
    if said and not country:
        return Posted(wrong=f"{said}: {', '.join(one for one in (*lines, whole, postcode, place) if one)}")
    if whole and not (postcode or place):
        return _whole("\n".join(one for one in (*lines, whole, said) if one), country, home)
    lines = [one for one in (*lines, whole.replace("\n", ", ")) if one]
    if lines == [care_of] and not (postcode or place):
        return Posted(country=country, partial=care_of)
    return _parted(tuple(lines), postcode, place, country, home)


def _cell(cells: dict[Target, list[str]], target: Target) -> str:
    return " ".join(" ".join(cells.get(target, [])).split())


def _care(cells: dict[Target, list[str]]) -> str:
    care = _cell(cells, Target.CARE_OF)
    return care if not care or re.match(r"c/o|z\.\s?h", care, re.I) else f"c/o {care}"


def _street(cells: dict[Target, list[str]]) -> str:
    street, number = _cell(cells, Target.STREET), _cell(cells, Target.HOUSE_NUMBER)
    return street if street.endswith(f" {number}") else f"{street} {number}".strip()


def _whole(text: str, country: str, home: str) -> Posted:
    found = read_postal(text, country=country or home)
    return Posted(found.written(), found.country) if found else Posted(country=country, wrong=text.replace("\n", ", "))


def _parted(lines: tuple[str, ...], postcode: str, place: str, country: str, home: str) -> Posted:
    if found := re.match(r"^(\d{4,5})\s+(\D.*)$", place):
        postcode, place = postcode or found[1], found[2] if postcode in ("", found[1]) else place
    if not lines:
        return Posted(country=country or _where(postcode, home), partial=f"{postcode} {place}".strip())
    # A spreadsheet has taken 01067 for a number; so it has where the country is said to be Germany.
    short = postcode if country == "DE" and re.fullmatch(r"\d{4}", postcode) else ""
    postcode = f"0{postcode}" if short else postcode
    address = PostalAddress(lines, postcode, place, country or _where(postcode, home))
    is_lost = not (lines and place) or not _is_read_again(address, home)
    if is_lost:
        return Posted(country=country, wrong=", ".join(one for one in (*lines, f"{postcode} {place}".strip()) if one))
    return Posted(address.written(), address.country, short=short, is_of_no_country=not address.country)


def _where(postcode: str, home: str) -> str:
    """Where an address lies that names no country: at home, if its postcode is one of there; four digits abroad may be anywhere."""
    wanted = POSTCODES.get(home)
    if wanted is None or re.fullmatch(wanted, postcode) or not postcode:
        return home
    fits = [code for code, digits in POSTCODES.items() if re.fullmatch(digits, postcode)]
    return fits[0] if len(fits) == 1 else ""


def _is_read_again(address: PostalAddress, home: str) -> bool:
    """Whether the house understands it again as it is kept; a wrong postcode is caught here."""
    if not address.postcode and address.country not in ON_ITS_OWN | BEHIND:
        return False
    return read_postal(address.written(), country=home) == address
