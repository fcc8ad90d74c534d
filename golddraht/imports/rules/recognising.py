"""Who a row may be: by the customer number of its source first, then by a way of contact whose owner's name fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from golddraht.customers.rules.alike import names_fit
from golddraht.customers.rules.names import read_name
from golddraht.customers.rules.ways import Reached, WayKind
from golddraht.ground.text import folded
from golddraht.imports.rules.understanding import Odd, Remark, Understood


@dataclass(frozen=True)
class Owner:
    """Whom a way of contact belongs to."""

    customer_id: int
    name: str


@dataclass(frozen=True)
class Recognised:
    """`customer_id` is None for somebody new; `by` says how they were known; `ways` are those that can become theirs.

    `others` are customers who own one of the ways and whose names fit as well: they may be the same person.
    """

    customer_id: int | None
    by: str
    ways: tuple[Reached, ...]
    others: tuple[int, ...] = ()
    odd: tuple[Odd, ...] = ()


Owners = Mapping[tuple[str, str], Owner]


def recognised(row: Understood, *, numbers: Mapping[str, int], owners: Owners) -> Recognised:
    """Never by the name alone, and never where the names differ: an address may be a whole household's."""
    known = numbers.get(row.number) if row.number else None
    by = f"number:{row.number}" if known is not None else ""
    others: list[int] = []
    taken: list[Odd] = []
    ways: list[Reached] = []
    for way in row.ways:
        owner = owners.get((way.channel, way.address))
        if owner is None:
            ways.append(way)
        elif owner.customer_id == known or way.channel == WayKind.WEB:
            # The page of a company tells nobody apart who works there.
            continue
        elif not _fits(row, owner):
            taken.append(Odd(Remark.TAKEN, f"{way.shown}: {owner.name}"))
        elif known is None:
            known, by = owner.customer_id, f"{way.channel.lower()}:{way.shown}"
        else:
            others.append(owner.customer_id)
    return Recognised(known, by, tuple(ways), tuple(dict.fromkeys(others)), tuple(taken))


def _fits(row: Understood, owner: Owner) -> bool:
    """The same name, names that fit each other, or one of them has none."""
    if not row.name or not owner.name or folded(row.name) == folded(owner.name):
        return True
    return names_fit(row.parts, read_name(owner.name))
