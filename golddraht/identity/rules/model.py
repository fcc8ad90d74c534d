"""What speaks for and against two rows being one person, and how strongly: the model that is shipped.

Each comparison has levels from best to worst; the first whose condition holds counts. `m` is how often it holds between two rows
of one person, `u` between two rows of different people, and log2(m / u) is its weight (I. P. Fellegi, A. B. Sunter, "A Theory
for Record Linkage", 1969). Where `common` names a column, u is instead how common that very value is in the file. Conditions
are SQL as DuckDB understands it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2


@dataclass(frozen=True)
class Level:
    """One answer of a comparison; `says` is the reason in words, "" where nothing is known."""

    name: str
    says: str
    condition: str
    m: float = 1.0
    u: float = 1.0
    common: str = ""

    @property
    def weight(self) -> float:
        return log2(self.m / self.u)


@dataclass(frozen=True)
class Comparison:
    field: str
    unknown: str
    levels: tuple[Level, ...]


def alike(left: str, right: str, least: float) -> str:
    return f"jaro_winkler_similarity({left}, {right}) >= {least}"


def slips(left: str, right: str, most: int) -> str:
    return f"damerau_levenshtein({left}, {right}) <= {most}"


def slip(left: str, right: str) -> str:
    """At most one slip of the pen. Counting slips takes longest, so it is asked first whether one half is the same, as it then must be."""
    half, rest = f"length({left}) // 2", f"length({left}) - length({left}) // 2 - 1"
    halves = f"left({left}, {half}) = left({right}, {half}) OR right({left}, {rest}) = right({right}, {rest})"
    return f"(abs(length({left}) - length({right})) <= 1 AND ({halves}) AND {slips(left, right, 1)})"


SWAPPED = (
    "(given_l <> given_r AND left(given_l, 1) = left(family_r, 1) AND left(family_l, 1) = left(given_r, 1) "
    f"AND {alike('given_l', 'family_r', 0.9)} AND {alike('family_l', 'given_r', 0.9)})"
)
SAME_STREET = (
    f"({alike('street_l', 'street_r', 0.9)} OR (street_more_l IS NOT NULL AND {alike('street_more_l', 'street_r', 0.92)}) "
    f"OR (street_more_r IS NOT NULL AND {alike('street_l', 'street_more_r', 0.92)}))"
)
SAME_PLACE = f"(postcode_l = postcode_r OR (left(city_l, 1) = left(city_r, 1) AND {alike('city_l', 'city_r', 0.9)}))"
NEAR_PLACE = f"({SAME_PLACE} OR (left(postcode_l, 1) = left(postcode_r, 1) AND {slip('postcode_l', 'postcode_r')}))"
SAME_NUMBER = "number_l = number_r"
SAME_PART_OF_BIRTH = "(left(birth_l, 4) = left(birth_r, 4) OR substr(birth_l, 5, 2) = substr(birth_r, 5, 2) OR right(birth_l, 2) = right(birth_r, 2))"
ELSE = "ELSE"

GIVEN = Comparison(
    "given name",
    "given_l IS NULL OR given_r IS NULL",
    (
        Level("same", "same given name", "given_l = given_r", 0.75, 0.003, "given"),
        Level("swapped", "given and family name swapped", SWAPPED, 0.02, 0.00002),
        Level(
            "variant",
            "given names of one person",
            "root_l = root_r OR given_l = first_r OR first_l = given_r",
            0.06,
            0.004,
        ),
        Level(
            "initial",
            "given name fits the initial",
            "(length(given_l) = 1 OR length(given_r) = 1) AND left(given_l, 1) = left(given_r, 1)",
            0.02,
            0.003,
        ),
        Level("another", "another given name", "named_l AND named_r", 0.004, 0.7),
        Level(
            "close",
            "given name nearly the same",
            f"{alike('given_l', 'given_r', 0.88)} OR ({slip('given_l', 'given_r')} AND length(given_l) > 3)",
            0.1,
            0.006,
        ),
        Level("similar", "given name similar", alike("given_l", "given_r", 0.75), 0.02, 0.03),
        Level("differs", "given name differs", ELSE, 0.012, 0.25),
    ),
)
FAMILY = Comparison(
    "family name",
    "family_l IS NULL OR family_r IS NULL",
    (
        Level("same", "same family name", "family_l = family_r", 0.78, 0.0008, "family"),
        Level("swapped", "family and given name swapped", SWAPPED, 0.02, 0.0201),
        Level(
            "close",
            "family name nearly the same",
            f"{alike('family_l', 'family_r', 0.9)} OR ({slip('family_l', 'family_r')} AND length(family_l) > 3)",
            0.1,
            0.004,
        ),
        Level(
            "part",
            "one family name is part of the other",
            "family_start_l IN (family_start_r, family_end_r) OR family_end_l IN (family_start_r, family_end_r)",
            0.02,
            0.002,
        ),
        Level("similar", "family name similar", alike("family_l", "family_r", 0.8), 0.02, 0.015),
        Level("differs", "family name differs", ELSE, 0.06, 0.95),
    ),
)
BIRTH = Comparison(
    "birthday",
    "birth_l IS NULL OR birth_r IS NULL",
    (
        Level("same", "same birthday", "birth_l = birth_r", 0.85, 0.00005, "birth"),
        Level("slip", "birthday differs by one slip", slip("birth_l", "birth_r"), 0.08, 0.0012),
        Level(
            "swapped",
            "day and month of birth swapped",
            "left(birth_l, 4) = left(birth_r, 4) AND substr(birth_l, 5, 2) = substr(birth_r, 7, 2) AND substr(birth_l, 7, 2) = substr(birth_r, 5, 2)",
            0.01,
            0.0003,
        ),
        Level(
            "near",
            "birthday nearly the same",
            f"(left(birth_l, 4) = left(birth_r, 4) OR right(birth_l, 4) = right(birth_r, 4)) AND {slips('birth_l', 'birth_r', 2)}",
            0.012,
            0.0125,
        ),
        Level("similar", "birthday similar", f"{SAME_PART_OF_BIRTH} AND {slips('birth_l', 'birth_r', 2)}", 0.012, 0.03),
        Level("differs", "birthday differs", ELSE, 0.02, 0.95),
    ),
)
ADDRESS = Comparison(
    "address",
    "(street_l IS NULL OR street_r IS NULL) AND (postcode_l IS NULL OR postcode_r IS NULL) AND (city_l IS NULL OR city_r IS NULL)",
    (
        Level("same", "same address", "address_l = address_r", 0.6, 0.00001, "address"),
        Level("close", "address nearly the same", f"{SAME_NUMBER} AND {NEAR_PLACE} AND {SAME_STREET}", 0.12, 0.00002),
        Level("street", "same street and town", f"{SAME_PLACE} AND {SAME_STREET}", 0.06, 0.0001),
        Level("elsewhere", "same street and number in another town", f"{SAME_NUMBER} AND {SAME_STREET}", 0.02, 0.0001),
        Level("number", "same house number and town", f"{SAME_NUMBER} AND {SAME_PLACE}", 0.02, 0.0005),
        Level("postcode", "same postcode", "postcode_l = postcode_r", 0.06, 0.004, "postcode"),
        Level("place", "same town", NEAR_PLACE, 0.03, 0.01),
        Level("differs", "address differs", ELSE, 0.2, 0.97),
    ),
)
EMAIL = Comparison(
    "e-mail address",
    "email_l IS NULL OR email_r IS NULL",
    (
        Level(
            "of the name",
            "same e-mail address, made of the name",
            "email_l = email_r AND (mailbox_is_name_l OR mailbox_is_name_r)",
            0.25,
            0.0005,
        ),
        Level("same", "same e-mail address", "email_l = email_r", 0.6, 0.000001, "email"),
        Level(
            "slip",
            "e-mail address differs by one slip",
            f"left(email_l, 2) = left(email_r, 2) AND length(email_l) > 9 AND {slip('email_l', 'email_r')}",
            0.06,
            0.0005,
        ),
        Level(
            "name", "same name in the e-mail address", "mailbox_l = mailbox_r AND length(mailbox_l) > 7", 0.04, 0.004
        ),
        Level("differs", "e-mail address differs", ELSE, 0.3, 0.99),
    ),
)
PHONE = Comparison(
    "telephone number",
    "(phone_l IS NULL AND mobile_l IS NULL) OR (phone_r IS NULL AND mobile_r IS NULL)",
    (
        Level("same", "same telephone number", "phone_l = phone_r", 0.45, 0.000002, "phone"),
        Level("mobile", "same mobile number", "mobile_l = mobile_r", 0.46, 0.000002, "mobile"),
        Level("crossed", "same telephone number", "phone_l = mobile_r OR mobile_l = phone_r", 0.05, 0.00001),
        Level(
            "slip",
            "telephone number differs by one slip",
            f"(left(phone_l, 2) = left(phone_r, 2) AND {slip('phone_l', 'phone_r')}) "
            f"OR (left(mobile_l, 2) = left(mobile_r, 2) AND {slip('mobile_l', 'mobile_r')})",
            0.05,
            0.0001,
        ),
        Level("differs", "telephone number differs", ELSE, 0.4, 0.99),
    ),
)
IDENTIFIER = Comparison(
    "number of the person",
    "identifier_l IS NULL OR identifier_r IS NULL",
    (
        Level("same", "same number of the person", "identifier_l = identifier_r", 0.85, 0.000001, "identifier"),
        Level("slip", "number of the person differs by one slip", slip("identifier_l", "identifier_r"), 0.08, 0.0001),
        Level("similar", "number of the person similar", slips("identifier_l", "identifier_r", 2), 0.03, 0.004),
        Level("differs", "number of the person differs", ELSE, 0.04, 0.99),
    ),
)
ORGANISATION = Comparison(
    "organisation",
    "organisation_l IS NULL OR organisation_r IS NULL",
    (
        Level("same", "same organisation", "organisation_l = organisation_r", 0.6, 0.001, "organisation"),
        Level("close", "organisation nearly the same", alike("organisation_l", "organisation_r", 0.9), 0.15, 0.002),
        Level("differs", "organisation differs", ELSE, 0.25, 0.98),
    ),
)
MODEL = (GIVEN, FAMILY, BIRTH, ADDRESS, EMAIL, PHONE, IDENTIFIER, ORGANISATION)
VERSION = "2026-11"
PARTNERS = 0.3
"""How many other rows of the same person a row is expected to have: the weight before any evidence is log2(PARTNERS / rows)."""
MERGE_FROM = 4.0
"""The weight from which two rows are one person, if nothing forbids it. Precision first."""
REVIEW_FROM = 0.0
"""The weight from which a person should look."""


def prior_of(rows: int) -> float:
    """The chance that two rows drawn at random are one person."""
    return PARTNERS / max(rows, 2)
