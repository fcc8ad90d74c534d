"""Taking down what a source says: kept for good, and what holds by now written into the thing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from golddraht.commerce.models import Statement
from golddraht.commerce.models.outside import Outside
from golddraht.commerce.operations.settling import MODELS, settle
from golddraht.commerce.rules import SOON, Said, Spoken, Thing, Unreadable, heard_already, mark_of, told_of
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
    said_id: int | None = None
    """The statement that says what the row said."""


@dataclass(frozen=True)
class FromFile:
    """An import of a file, and when it was begun: all that it says is said at that moment."""

    import_id: int
    begun_at: datetime


def state_all(
    *,
    thing: Thing,
    source: str,
    rows: Sequence[Mapping[str, Any]],
    at: datetime,
    origin: FromFile | None = None,
) -> list[Stated]:
    """Each row by itself, in their order: one that cannot be understood stops no other."""
    return [_stated(thing, source, row, at, origin) for row in rows]


def _stated(thing: Thing, source: str, row: Mapping[str, Any], at: datetime, origin: FromFile | None) -> Stated:
    try:
        return state(thing=thing, source=source, row=row, at=at, origin=origin)
    except Unreadable as error:
        number = one_line(str(row.get("number") or ""), 80)
        return Stated(number, Outcome.REFUSED, reason=error.reason, field=error.field)


@transaction.atomic
def state(*, thing: Thing, source: str, row: Mapping[str, Any], at: datetime, origin: FromFile | None = None) -> Stated:
    """Take down what `row` says of a thing, by the number its source gave it. Said twice it is kept once.

    `said_at` in the row is when the source said it, now if it is not named; of two words the later one holds, whichever
    comes first. What a file said (`origin`) was said when it was taken over. Raises Unreadable.
    """
    number, source = read_number(row.get("number")), read_number(one_line(source, 61)[:60], "source")
    zone = default_team().zone
    told = told_of(thing, {name: value for name, value in row.items() if name not in BESIDES}, zone=zone, at=at)
    _check_customer(told)
    place, is_new = _locked(thing, source, number, at=at)
    known = statements_of(thing, place.pk)
    import_id = origin.import_id if origin else None
    heard = None if is_new else heard_already(told, known, import_id)
    if heard is not None and not heard.needs_word and row.get("said_at") is None:
        return _told(place, Outcome.SAME, heard.by)
    said = Said(_said_at(row, zone=zone, at=at, origin=origin), told)
    kept = keep_statement(thing, place, said, at=at, import_id=import_id)
    if kept is None:
        return _told(place, Outcome.SAME, _by_mark(thing, place, said))
    has_changed = settle(thing, place, [*(one.said for one in known), said], at=at)
    if has_changed or is_new:
        return _told(place, Outcome.NEW if is_new else Outcome.CHANGED, kept)
    return _told(place, Outcome.OLDER if heard is None else Outcome.SAME, kept)


def _check_customer(told: Mapping[str, Any]) -> None:
    id_ = told.get("customer_id")
    if id_ is not None and not Customer.objects.filter(pk=id_).exists():
        raise Unreadable("CUSTOMER", "customer_id")


def _said_at(row: Mapping[str, Any], *, zone: str, at: datetime, origin: FromFile | None) -> datetime:
    if row.get("said_at") is None:
        return origin.begun_at if origin else at
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


def statements_of(thing: Thing, place_id: int) -> list[Spoken]:
    """All that was said of it, in the order in which it came."""
    return statements_of_many(thing, [place_id]).get(place_id, [])


def statements_of_many(thing: Thing, place_ids: Collection[int]) -> dict[int, list[Spoken]]:
    """The same for many things, by their ids."""
    rows = Statement.objects.filter(**{f"{COLUMNS[thing]}_id__in": place_ids}).order_by("pk")
    found: dict[int, list[Spoken]] = {}
    for row in rows:
        told = row.told | ({"customer_id": row.customer_id} if row.customer_id is not None else {})
        spoken = Spoken(Said(row.said_at, told), row.pk, row.import_id)
        found.setdefault(getattr(row, f"{COLUMNS[thing]}_id"), []).append(spoken)
    return found


def _by_mark(thing: Thing, place: Any, said: Said) -> int | None:
    rows = Statement.objects.filter(**{COLUMNS[thing]: place}, mark=mark_of(said), import_id__isnull=False)
    return rows.values_list("pk", flat=True).first()


def keep_statement(thing: Thing, place: Any, said: Said, *, at: datetime, import_id: int | None) -> int | None:
    """Its id; None where the very same was said at that moment."""
    row = Statement(
        **{COLUMNS[thing]: place},
        said_at=said.said_at,
        heard_at=at,
        # Our own ids are other ones wherever this company moves: they stand where they are found again.
        told={name: value for name, value in said.told.items() if name != "customer_id" or value is None},
        customer_id=said.told.get("customer_id"),
        mark=mark_of(said),
        import_id=import_id,
        actor_id=current_sight().actor,
    )
    kept = added_once(row)
    return kept.pk if kept is not None else None


def _told(place: Any, outcome: Outcome, said_id: int | None = None) -> Stated:
    return Stated(place.number, outcome, place.pk, getattr(place, "customer_id", None), said_id=said_id)
