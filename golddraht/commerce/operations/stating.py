"""Taking down what a source says: kept for good, and what holds by now written into the thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from golddraht.commerce.models import Statement
from golddraht.commerce.models.outside import Outside
from golddraht.commerce.operations.settling import MODELS, settle
from golddraht.commerce.rules import SOON, Said, Thing, Unreadable, held, mark_of, told_of
from golddraht.commerce.rules.reading import read_moment, read_number
from golddraht.customers.models import Customer
from golddraht.ground.text import one_line
from golddraht.plumbing.rows import added_once
from golddraht.plumbing.tenancy import current_sight
from golddraht.team.queries import default_team

BESIDES = ("number", "said_at")
"""What a row says besides the thing itself: which one, and when it was said."""


COLUMNS = {thing: thing.value for thing in Thing} | {Thing.RETURN: "giveback"}
"""In which column of a statement its thing stands."""


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    OLDER = "older"  # Kept, but something later was known already.
    SAME = "same"  # Known already.
    REFUSED = "refused"


@dataclass(frozen=True)
class Stated:
    """What became of one row. `customer_id` is None as long as nobody is known by the name it gives; `kept_id` is where one
    that was refused waits for a decision."""

    number: str
    outcome: Outcome
    id: int | None = None
    customer_id: int | None = None
    reason: str = ""
    field: str = ""
    kept_id: int | None = None


def state_all(*, thing: Thing, source: str, rows: Sequence[Mapping[str, Any]], at: datetime) -> list[Stated]:
    """Each row by itself, in their order: one that cannot be understood stops no other."""
    return [_stated(thing, source, row, at) for row in rows]


def _stated(thing: Thing, source: str, row: Mapping[str, Any], at: datetime) -> Stated:
    try:
        return state(thing=thing, source=source, row=row, at=at)
    except Unreadable as error:
        number = one_line(str(row.get("number") or ""), 80)
        return Stated(number, Outcome.REFUSED, reason=error.reason, field=error.field)


@transaction.atomic
def state(*, thing: Thing, source: str, row: Mapping[str, Any], at: datetime) -> Stated:
    """Take down what `row` says of a thing, by the number its source gave it. Said twice it is kept once.

    `said_at` in the row is when the source said it, now if it is not named; of two words the later one holds, whichever
    comes first. Raises Unreadable.
    """
    number, source = read_number(row.get("number")), read_number(one_line(source, 61)[:60], "source")
    zone = default_team().zone
    told = told_of(thing, {name: value for name, value in row.items() if name not in BESIDES}, zone=zone, at=at)
    _check_customer(told)
    place, is_new = _locked(thing, source, number, at=at)
    known = _statements(thing, place)
    if row.get("said_at") is None and not is_new and _holds(told, known):
        return _told(place, Outcome.SAME)
    said = Said(_said_at(row, zone=zone, at=at), told)
    if not _kept(thing, place, said, at=at):
        return _told(place, Outcome.SAME)
    has_changed = settle(thing, place, [*known, said], at=at)
    return _told(place, Outcome.NEW if is_new else Outcome.CHANGED if has_changed else Outcome.OLDER)


def _check_customer(told: Mapping[str, Any]) -> None:
    id_ = told.get("customer_id")
    if id_ is not None and not Customer.objects.filter(pk=id_).exists():
        raise Unreadable("CUSTOMER", "customer_id")


def _said_at(row: Mapping[str, Any], *, zone: str, at: datetime) -> datetime:
    if row.get("said_at") is None:
        return at
    said_at = read_moment("said_at", row["said_at"], zone=zone)
    if said_at > at + SOON:
        raise Unreadable("FUTURE", "said_at")
    return said_at


def _locked(thing: Thing, source: str, number: str, *, at: datetime) -> tuple[Any, bool]:
    """The thing, locked so that two who speak of it at once wait for each other; made if it was not known."""
    model: type[Outside] = MODELS[thing]
    made = added_once(model(source=source, number=number, first_heard_at=at))
    locked = model.objects.select_for_update().get(source=source, number=number)
    return locked, made is not None


def _statements(thing: Thing, place: Any) -> list[Said]:
    rows = Statement.objects.filter(**{COLUMNS[thing]: place})
    return [
        Said(said_at, told | {"customer_id": customer_id} if customer_id is not None else told)
        for said_at, told, customer_id in rows.values_list("said_at", "told", "customer_id")
    ]


def _holds(told: Mapping[str, Any], known: Sequence[Said]) -> bool:
    now = held(known)
    return all(name in now and now[name].value == value for name, value in told.items())


def _kept(thing: Thing, place: Any, said: Said, *, at: datetime) -> bool:
    row = Statement(
        **{COLUMNS[thing]: place},
        said_at=said.said_at,
        heard_at=at,
        # Our own ids are other ones wherever this company moves: they stand where they are found again.
        told={name: value for name, value in said.told.items() if name != "customer_id" or value is None},
        customer_id=said.told.get("customer_id"),
        mark=mark_of(said),
        actor_id=current_sight().actor,
    )
    return added_once(row) is not None


def _told(place: Any, outcome: Outcome) -> Stated:
    return Stated(place.number, outcome, place.pk, getattr(place, "customer_id", None))
