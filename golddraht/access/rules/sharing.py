"""Whether a mailbox is used by more than one person, from its name and the names that wrote from it.

In doubt it is: then one more thing is asked, while a wrong "no" would show one person's life to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations

from golddraht.customers.rules.names import PersonName, is_desk, read_name
from golddraht.ground.text import folded

OF_MANY = re.compile(
    r"(?:info|office|kontakt|contact|mail|post|hallo|hello|buero|büro|team|service|empfang|zentrale|sekretariat|verwaltung"
    r"|buchhaltung|einkauf|vertrieb|bestellung|rechnung|accounts?|admin|family|familie|fam|haushalt|wg|wir|eltern)"
    r"(?:[._+-].*)?"
)


def is_shared(address: str, names: Iterable[str]) -> bool:
    """Whether more than one person uses this address (folded), as far as its name and these names of writers tell."""
    local = address.rpartition("@")[0]
    people = [read_name(name) for name in names if name.strip()]
    if OF_MANY.fullmatch(local) or is_desk(local) or any(_is_many(one) for one in people):
        return True
    given = {_first(one) for one in people} - {""}
    return any(not _agree(one, other) for one, other in combinations(given, 2))


def _is_many(name: PersonName) -> bool:
    return name.is_family or name.is_couple or name.is_desk


def _first(name: PersonName) -> str:
    return folded(name.given).replace("-", " ").partition(" ")[0].rstrip(".")


def _agree(one: str, other: str) -> bool:
    """The same given name, or an initial of it."""
    shorter, longer = sorted((one, other), key=len)
    return shorter == longer or (len(shorter) == 1 and longer.startswith(shorter))


def may_be_same(writer: str, own: Iterable[str]) -> bool:
    """Whether whoever wrote under this name may be a person of these names; who gave none is believed to be."""
    first = _first(read_name(writer)) if writer.strip() else ""
    known = {_first(read_name(name)) for name in own if name.strip()} - {""}
    return not first or not known or any(_agree(first, one) for one in known)
