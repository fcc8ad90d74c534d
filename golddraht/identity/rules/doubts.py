"""What forbids that two rows become one by themselves, however much speaks for it: then a person looks."""

from __future__ import annotations

from collections.abc import Mapping

SURE_BIRTH = frozenset({"same", "slip", "swapped"})
OTHER_GIVEN = frozenset({"another", "differs"})
OTHER_BIRTH = frozenset({"similar", "differs"})
BEYOND_THE_NAME = {
    "birthday": {"same", "slip", "swapped"},
    "address": {"same", "close", "street", "elsewhere", "number", "postcode", "place"},
    "e-mail address": {"same", "of the name"},
    "telephone number": {"same", "mobile", "crossed", "slip"},
    "number of the person": {"same", "slip"},
    "organisation": {"same", "close"},
}
BIRTH_DIFFERS, GIVEN_DIFFERS, GIVEN_UNKNOWN = "birthday differs", "given name differs", "given name unknown"
GENERATIONS, PERHAPS_A_NAMESAKE = "one is the elder, one the younger", "perhaps a namesake in the household"
TWO_PEOPLE, NAMESAKES = "given names of two people", "nothing but the name agrees"
NO_LOOK = frozenset({TWO_PEOPLE, NAMESAKES})
"""Where there is nothing to look at: members of a household, and strangers of one name."""
Found = Mapping[str, str]
"""The level that holds for each field, by name; a field of which nothing is known is left out."""


def doubt_in(found: Found, generations: tuple[str | None, str | None] = (None, None)) -> str:
    """Why the two must not become one without a person's look, "" when nothing forbids it.

    Members of a household share nearly everything: they are told apart by given name, birthday, and jun. or sen.
    """
    given, birth = found.get("given name", ""), found.get("birthday", "")
    has_number = found.get("number of the person") == "same"
    if _are_generations(generations, birth):
        return GENERATIONS
    if given in OTHER_GIVEN and (not has_number or birth in OTHER_BIRTH):
        return GIVEN_DIFFERS if birth in SURE_BIRTH or has_number else TWO_PEOPLE
    if birth in OTHER_BIRTH and not has_number:
        return BIRTH_DIFFERS
    if not given and not _needs_no_given_name(found, birth, has_number):
        return GIVEN_UNKNOWN
    if _may_be_a_namesake(found, birth):
        return PERHAPS_A_NAMESAKE
    if not any(found.get(field) in levels for field, levels in BEYOND_THE_NAME.items()):
        return NAMESAKES
    return ""


def _are_generations(generations: tuple[str | None, str | None], birth: str) -> bool:
    one, two = generations
    return one != two and (bool(one and two) or birth not in SURE_BIRTH)


def _needs_no_given_name(found: Found, birth: str, has_number: bool) -> bool:
    if birth in SURE_BIRTH or has_number:
        return True
    if found.get("e-mail address") == "same" and found.get("family name") not in {"differs", "similar"}:
        return True
    return found.get("organisation") in {"same", "close"} and "family name" not in found


def _may_be_a_namesake(found: Found, birth: str) -> bool:
    """A father and a son of one name at one address, whose birthdays are not both known."""
    is_other = found.get("e-mail address") == "differs" and found.get("telephone number") == "differs"
    return is_other and not birth and found.get("number of the person") != "same"
