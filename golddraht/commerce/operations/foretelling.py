"""What rows of a file say of orders, deliveries, visits and returns, and what would come of them; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from golddraht.commerce.models.outside import Outside
from golddraht.commerce.operations.remembering import Erasures, OfErased, erasures
from golddraht.commerce.operations.settling import MODELS
from golddraht.commerce.operations.stating import BESIDES, Outcome, statements_of_many
from golddraht.commerce.queries.owning import Owners, owners_among
from golddraht.commerce.rules import Said, Spoken, Thing, Unreadable, heard_already, held, told_of
from golddraht.commerce.rules.reading import read_moment, read_number
from golddraht.commerce.rules.sheets import SheetThing, things_in
from golddraht.customers.models import Customer
from golddraht.imports.models import Import, Row
from golddraht.team.queries import default_team


@dataclass(frozen=True)
class Fault:
    """Why something cannot be taken down: `reason` at `field`, in the row of that number."""

    reason: str
    field: str
    row: int


@dataclass(frozen=True)
class Foretold:
    """One thing with its rows, and what would come of them. `said_id` is the statement that says just this already."""

    rows: list[Row]
    cells: dict[str, Any]
    outcome: Outcome
    fault: Fault | None = None
    of_erased: OfErased | None = None
    is_somebodys: bool = True
    needs_word: bool = True
    said_id: int | None = None
    dropped: tuple[str, ...] = ()
    """Values that were left out because somebody wants it taken without them."""


@dataclass
class _Known:
    """What is known of the things of one portion, and what the rows before have said of them."""

    thing: Thing
    places: dict[str, int]
    customers: dict[str, int | None]
    spoken: dict[int, list[Spoken]]
    owners: Owners
    asked: Erasures
    customer_ids: set[int]
    met: dict[str, list[Spoken]] = field(default_factory=dict)


def source_of(file: Import) -> str:
    """How programs call the source of this file: by its very name, where something is known under that, else in small letters."""
    name = file.source.name
    is_known = any(model.objects.filter(source=name).exists() for model in MODELS.values())
    return str(name if is_known else file.source.source.partition(":")[2])[:60]


def foretell(file: Import, rows: Sequence[Row], *, at: datetime) -> list[Foretold]:
    """Thing by thing, in the order of the file. Raises LedgerRefused."""
    thing, zone = Thing(file.about), default_team().zone
    read = [
        _read(thing, one, rows, zone=zone, at=at) for one in things_in(thing, [row.cells for row in rows], file.targets)
    ]
    known = _known(thing, source_of(file), [one for one, _ in read])
    begun_at = file.begun_at or at
    return [_foretold(one, told, known, zone=zone, begun_at=begun_at) for one, told in read]


def _read(
    thing: Thing, one: SheetThing, rows: Sequence[Row], *, zone: str, at: datetime
) -> tuple[Foretold, dict[str, Any]]:
    """What it says, in the form in which it is kept; nothing where it cannot be understood."""
    own, dropped = [rows[place] for place in one.places], list[str]()
    while True:
        try:
            read_number(one.cells.get("number"))
            told = told_of(
                thing, {key: value for key, value in one.cells.items() if key not in BESIDES}, zone=zone, at=at
            )
            if "said_at" in one.cells:
                read_moment("said_at", one.cells["said_at"], zone=zone)
            return Foretold(own, one.cells, Outcome.NEW, dropped=tuple(dropped)), told
        except Unreadable as error:
            if not any(row.is_lenient for row in own) or not (without := _without(one.cells, error)):
                return Foretold(own, one.cells, Outcome.REFUSED, _fault(error, one, rows)), {}
            dropped += without


def _without(cells: dict[str, Any], error: Unreadable) -> list[str]:
    """Takes what is wrong out of the cells; gives what that was, nothing where it cannot be done without."""
    if error.line is not None:
        del cells["lines"][error.line]
        return ["lines"]
    wanted = [error.field] if error.field in cells else []
    if error.reason == "WINDOW":
        wanted = [name for name in ("promised_from", "promised_until", "promised_on", "agreed", "why") if name in cells]
    gone = [name for name in wanted if name != "number"]
    for name in gone:
        del cells[name]
    return gone


def _fault(error: Unreadable, one: SheetThing, rows: Sequence[Row]) -> Fault:
    key = error.field if error.line is None else f"lines{error.line}"
    return Fault(error.reason, error.field, rows[one.of.get(key, one.places[0])].number)


def _known(thing: Thing, source: str, read: Sequence[Foretold]) -> _Known:
    numbers = {_number(one) for one in read}
    model: type[Outside] = MODELS[thing]
    places = list(model.objects.filter(source=source, number__in=numbers))
    ids = {int(one.cells["customer_id"]) for one in read if str(one.cells.get("customer_id", "")).isdecimal()}
    return _Known(
        thing=thing,
        places={one.number: one.pk for one in places},
        customers={one.number: getattr(one, "customer_id", None) for one in places},
        spoken=statements_of_many(thing, [one.pk for one in places]),
        owners=owners_among(
            source=source,
            numbers={str(one.cells.get("customer_number", "")) for one in read},
            emails={str(one.cells.get("email", "")) for one in read},
            orders={str(one.cells.get("order", "")) for one in read},
        ),
        asked=erasures(source),
        customer_ids=set(Customer.objects.filter(pk__in=ids).values_list("pk", flat=True)),
    )


def _number(one: Foretold) -> str:
    return " ".join(str(one.cells.get("number", "")).split())


def _foretold(one: Foretold, told: dict[str, Any], known: _Known, *, zone: str, begun_at: datetime) -> Foretold:
    if one.fault is None and told.get("customer_id") not in {None, *known.customer_ids}:
        one = replace(one, outcome=Outcome.REFUSED, fault=Fault("CUSTOMER", "customer_id", one.rows[0].number))
    found = known.asked.in_row(known.thing, one.cells) if one.fault is None else None
    if found is not None:
        fault = Fault("ERASED", found.field, one.rows[0].number)
        one = replace(one, outcome=Outcome.REFUSED, fault=fault, of_erased=found)
    return one if one.fault is not None else _compared(one, told, known, zone=zone, begun_at=begun_at)


def _compared(one: Foretold, told: dict[str, Any], known: _Known, *, zone: str, begun_at: datetime) -> Foretold:
    number = _number(one)
    place, met = known.places.get(number), known.met.setdefault(number, [])
    spoken = [*(known.spoken.get(place, []) if place is not None else []), *met]
    is_somebodys = known.thing is Thing.PRODUCT or _is_somebodys(one, told, known)
    is_known = place is not None or bool(met)
    heard = heard_already(told, spoken, one.rows[0].file_id) if is_known else None
    said_at = read_moment("said_at", one.cells["said_at"], zone=zone) if "said_at" in one.cells else begun_at
    said = Said(said_at, told)
    met.append(Spoken(said, 0, one.rows[0].file_id))
    if heard is not None:
        needs_word = heard.needs_word or "said_at" in one.cells
        return replace(
            one, outcome=Outcome.SAME, is_somebodys=is_somebodys, needs_word=needs_word, said_id=heard.by or None
        )
    if not is_known:
        return replace(one, outcome=Outcome.NEW, is_somebodys=is_somebodys)
    before = {name: value.value for name, value in held([each.said for each in spoken]).items()}
    after = {name: value.value for name, value in held([*(each.said for each in spoken), said]).items()}
    return replace(one, outcome=Outcome.OLDER if before == after else Outcome.CHANGED, is_somebodys=is_somebodys)


def _is_somebodys(one: Foretold, told: dict[str, Any], known: _Known) -> bool:
    named = (told.get("customer_id"), known.customers.get(_number(one)))
    return any(id_ is not None for id_ in named) or known.owners.has(
        number=str(told.get("customer_number") or ""),
        email=str(told.get("email") or ""),
        order=str(told.get("order") or ""),
    )
