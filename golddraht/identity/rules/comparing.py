"""The model's levels in Python, for two people at a time: the same answers as the conditions in model.py, which whole files use."""

from __future__ import annotations

from collections.abc import Callable

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from golddraht.identity.rules.people import Person

Holds = Callable[[Person, Person], bool]


def alike(one: str, two: str, least: float) -> bool:
    return bool(one and two) and JaroWinkler.similarity(one, two) >= least


def slips(one: str, two: str, most: int) -> bool:
    return bool(one and two) and DamerauLevenshtein.distance(one, two, score_cutoff=most) <= most


def same(one: str, two: str) -> bool:
    return bool(one) and one == two


def starts_alike(one: str, two: str, signs: int) -> bool:
    return bool(one and two) and one[:signs] == two[:signs]


def swapped(one: Person, two: Person) -> bool:
    if (
        one.given == two.given
        or not starts_alike(one.given, two.family, 1)
        or not starts_alike(one.family, two.given, 1)
    ):
        return False
    return alike(one.given, two.family, 0.9) and alike(one.family, two.given, 0.9)


def _is_initial(one: Person, two: Person) -> bool:
    return 1 in (len(one.given), len(two.given)) and one.given[:1] == two.given[:1]


def _has_part(one: Person, two: Person) -> bool:
    mine, theirs = one.family.split(" "), two.family.split(" ")
    return bool({mine[0], mine[-1]} & {theirs[0], theirs[-1]})


def _days_swapped(one: Person, two: Person) -> bool:
    return one.birth[:4] + one.birth[6:] + one.birth[4:6] == two.birth


def _half_same(one: Person, two: Person) -> bool:
    return one.birth[:4] == two.birth[:4] or one.birth[4:] == two.birth[4:]


def _part_same(one: Person, two: Person) -> bool:
    """Year, month or day."""
    return any(one.birth[part] == two.birth[part] for part in (slice(4), slice(4, 6), slice(6, None)))


def same_street(one: Person, two: Person) -> bool:
    if alike(one.street, two.street, 0.9):
        return True
    return alike(one.street_more, two.street, 0.92) or alike(one.street, two.street_more, 0.92)


def same_place(one: Person, two: Person) -> bool:
    return same(one.postcode, two.postcode) or (starts_alike(one.city, two.city, 1) and alike(one.city, two.city, 0.9))


def near_place(one: Person, two: Person) -> bool:
    if same_place(one, two):
        return True
    return starts_alike(one.postcode, two.postcode, 1) and slips(one.postcode, two.postcode, 1)


def same_number(one: Person, two: Person) -> bool:
    return same(one.number, two.number)


def _close_name(one: str, two: str, least: float) -> bool:
    return alike(one, two, least) or (len(one) > 3 and slips(one, two, 1))


def _mail_slip(one: Person, two: Person) -> bool:
    return starts_alike(one.email, two.email, 2) and len(one.email) > 9 and slips(one.email, two.email, 1)


def _phone_slip(one: Person, two: Person) -> bool:
    pairs = ((one.phone, two.phone), (one.mobile, two.mobile))
    return any(starts_alike(mine, theirs, 2) and slips(mine, theirs, 1) for mine, theirs in pairs)


KNOWN: dict[str, Holds] = {
    "given name": lambda one, two: bool(one.given and two.given),
    "family name": lambda one, two: bool(one.family and two.family),
    "birthday": lambda one, two: bool(one.birth and two.birth),
    "address": lambda one, two: bool(
        (one.street and two.street) or (one.postcode and two.postcode) or (one.city and two.city)
    ),
    "e-mail address": lambda one, two: bool(one.email and two.email),
    "telephone number": lambda one, two: bool((one.phone or one.mobile) and (two.phone or two.mobile)),
    "number of the person": lambda one, two: bool(one.identifier and two.identifier),
    "organisation": lambda one, two: bool(one.organisation and two.organisation),
}
"""Whether there is anything to compare."""
HOLDS: dict[tuple[str, str], Holds] = {
    ("given name", "same"): lambda one, two: one.given == two.given,
    ("given name", "swapped"): swapped,
    ("given name", "variant"): lambda one, two: (
        one.root == two.root or one.given == two.first or one.first == two.given
    ),
    ("given name", "initial"): _is_initial,
    ("given name", "another"): lambda one, two: one.is_named and two.is_named,
    ("given name", "close"): lambda one, two: _close_name(one.given, two.given, 0.88),
    ("given name", "similar"): lambda one, two: alike(one.given, two.given, 0.75),
    ("family name", "same"): lambda one, two: one.family == two.family,
    ("family name", "swapped"): swapped,
    ("family name", "close"): lambda one, two: _close_name(one.family, two.family, 0.9),
    ("family name", "part"): _has_part,
    ("family name", "similar"): lambda one, two: alike(one.family, two.family, 0.8),
    ("birthday", "same"): lambda one, two: one.birth == two.birth,
    ("birthday", "slip"): lambda one, two: slips(one.birth, two.birth, 1),
    ("birthday", "swapped"): _days_swapped,
    ("birthday", "near"): lambda one, two: _half_same(one, two) and slips(one.birth, two.birth, 2),
    ("birthday", "similar"): lambda one, two: _part_same(one, two) and slips(one.birth, two.birth, 2),
    ("address", "same"): lambda one, two: same(one.address, two.address),
    ("address", "close"): lambda one, two: same_number(one, two) and near_place(one, two) and same_street(one, two),
    ("address", "street"): lambda one, two: same_place(one, two) and same_street(one, two),
    ("address", "elsewhere"): lambda one, two: same_number(one, two) and same_street(one, two),
    ("address", "number"): lambda one, two: same_number(one, two) and same_place(one, two),
    ("address", "postcode"): lambda one, two: same(one.postcode, two.postcode),
    ("address", "place"): near_place,
    ("e-mail address", "of the name"): lambda one, two: (
        one.email == two.email and (one.mailbox_is_name or two.mailbox_is_name)
    ),
    ("e-mail address", "same"): lambda one, two: one.email == two.email,
    ("e-mail address", "slip"): _mail_slip,
    ("e-mail address", "name"): lambda one, two: one.mailbox == two.mailbox and len(one.mailbox) > 7,
    ("telephone number", "same"): lambda one, two: same(one.phone, two.phone),
    ("telephone number", "mobile"): lambda one, two: same(one.mobile, two.mobile),
    ("telephone number", "crossed"): lambda one, two: same(one.phone, two.mobile) or same(one.mobile, two.phone),
    ("telephone number", "slip"): _phone_slip,
    ("number of the person", "same"): lambda one, two: one.identifier == two.identifier,
    ("number of the person", "slip"): lambda one, two: slips(one.identifier, two.identifier, 1),
    ("number of the person", "similar"): lambda one, two: slips(one.identifier, two.identifier, 2),
    ("organisation", "same"): lambda one, two: one.organisation == two.organisation,
    ("organisation", "close"): lambda one, two: alike(one.organisation, two.organisation, 0.9),
}
"""Whether a level of a field holds; the last of each field, which is what remains, is not here."""
