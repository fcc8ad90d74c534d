"""One person's fields made comparable, in the same steps as whole files are: for whoever arrives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from golddraht.ground.text import folded
from golddraht.identity.rules import steps
from golddraht.identity.rules.birthdays import DAY_FIRST, PLACEHOLDERS, SHORT_YEAR, THIS_YEAR, YEAR_FIRST
from golddraht.identity.rules.same_names import ROOTS
from golddraht.identity.rules.steps import Steps, bare, taken

ROOTS_BARE = {bare(word): bare(root) for word, root in ROOTS.items()}


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody, comparable; "" where nothing is known."""

    given: str = ""
    first: str = ""
    root: str = ""
    is_named: bool = False
    family: str = ""
    generation: str = ""
    birth: str = ""
    street: str = ""
    number: str = ""
    street_more: str = ""
    postcode: str = ""
    city: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    identifier: str = ""
    organisation: str = ""

    @property
    def mailbox(self) -> str:
        return self.email.partition("@")[0]

    @property
    def mailbox_is_name(self) -> bool:
        """Whether it is made of nothing but the name, as namesakes' are too: anna.moser, a.moser, moser, familie.moser."""
        letters, family = taken(self.mailbox, steps.MAILBOX), self.family.replace(" ", "")
        given = [name for name in (self.first, self.first[:1]) if name]
        ways = [family, *(name + family for name in given), *(family + name for name in given)]
        return bool(family) and letters in ways

    @property
    def address(self) -> str:
        """Street, number and place together, "" without one of street and place."""
        place = self.postcode or self.city
        return f"{self.street}|{self.number}|{place}" if self.street and place else ""


def person_of(known: Mapping[str, str]) -> Person:
    """The person from fields by their meaning (see columns.COLUMNS); any of them may be missing."""
    raw = {name: folded(text) for name, text in known.items() if not re.match(steps.NOTHING, text.lower())}
    given, family = _names(raw)
    road, house = _road(raw)
    first = given.split(" ")[0]
    code = raw.get("postcode") or _part(raw.get("address", ""), steps.POSTCODE_AND_CITY, 1)
    code = code or _part(raw.get("address", ""), steps.POSTCODE_AT_END, 1)
    return Person(
        given=given,
        first=first,
        root=ROOTS_BARE.get(first, first),
        is_named=first in ROOTS_BARE and len(first) > 1,
        family=family,
        generation=_generation(raw),
        birth=birth_of(raw.get("birth", "")),
        street=taken(road, steps.STREET),
        number=taken(house, steps.NUMBER),
        street_more=taken(raw.get("street_more", ""), steps.STREET),
        postcode=taken(code, steps.POSTCODE),
        city=taken(raw.get("city") or _part(raw.get("address", ""), steps.POSTCODE_AND_CITY, 2), steps.CITY),
        email=_taken(raw, "email", steps.MAIL),
        phone=_taken(raw, "phone", steps.PHONE),
        mobile=_taken(raw, "mobile", steps.PHONE),
        identifier=_taken(raw, "identifier", steps.IDENTIFIER),
        organisation=_taken(raw, "organisation", steps.ORGANISATION),
    )


def _taken(raw: Mapping[str, str], field: str, done: Steps) -> str:
    return taken(raw.get(field, ""), done)


def _names(raw: Mapping[str, str]) -> tuple[str, str]:
    given, family = taken(raw.get("given_name", ""), steps.NAME), taken(raw.get("family_name", ""), steps.NAME)
    whole = re.sub(r"^ *([^,]+), *([^,]+)$", r"\2 \1", raw.get("name", ""))
    whole = taken(taken(whole, steps.NAME), steps.WITHOUT_TITLES)
    untitled = taken(family, steps.WITHOUT_TITLES)
    last = taken(_part(whole, steps.FULL_NAME, 2) or whole, steps.WITHOUT_PARTICLES)
    return (
        taken(given, steps.WITHOUT_TITLES) or given or _part(whole, steps.FULL_NAME, 1),
        taken(untitled, steps.WITHOUT_PARTICLES) or untitled or family or last or whole,
    )


def _road(raw: Mapping[str, str]) -> tuple[str, str]:
    """Street and number, wherever they stood."""
    road = raw.get("street") or re.split("[,;]", raw.get("address", ""))[0]
    behind, before = re.match(steps.STREET_AND_NUMBER, road), re.match(steps.NUMBER_AND_STREET, road)
    street = behind[1] if behind else before[2] if before else road
    house = behind[2] if behind else before[1] if before else ""
    return street, raw.get("house_number") or house


def _generation(raw: Mapping[str, str]) -> str:
    words = " ".join(raw[name] for name in ("title", "given_name", "family_name", "name") if name in raw)
    found = re.search(steps.GENERATION, words)
    return found[1][0] if found else ""


def _part(text: str, pattern: str, part: int) -> str:
    found = re.search(pattern, text)
    return found[part] if found else ""


def birth_of(text: str) -> str:
    """A date in any usual form as eight digits: 19800503; "" when it is none or a placeholder."""
    text = re.sub(r"\.0$", "", text.strip().lower())
    digits = _digits_of(text)
    return digits if len(digits) == 8 and digits not in PLACEHOLDERS else ""


def _digits_of(text: str) -> str:
    if re.fullmatch(r"[0-9]{8}", text):
        is_day_first = text[:2] not in ("18", "19", "20") and text[4:6] in ("18", "19", "20")
        return text[4:] + text[2:4] + text[:2] if is_day_first else text
    if found := re.match(YEAR_FIRST, text):
        return f"{found[1]}{found[2]:0>2}{found[3]:0>2}"
    if found := re.match(DAY_FIRST, text):
        day, month = f"{found[1]:0>2}", f"{found[2]:0>2}"
        return found[3] + (day + month if month > "12" else month + day)
    if found := re.match(SHORT_YEAR, text):
        century = "19" if found[3] > THIS_YEAR else "20"
        return f"{century}{found[3]}{found[2]:0>2}{found[1]:0>2}"
    return ""
