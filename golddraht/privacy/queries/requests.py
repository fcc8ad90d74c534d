"""The requests to be erased, with their clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from golddraht.customers.models import Customer
from golddraht.customers.queries import ids_of_person
from golddraht.privacy.models import Erasure
from golddraht.privacy.rules import Asker, Stage


class NoSuchErasure(LookupError):
    """There is none with this number in this company."""


@dataclass(frozen=True)
class Line:
    """What was done to a table."""

    table: str
    treated: str
    count: int


@dataclass(frozen=True)
class Request:
    """One request as it stands. `name` is of somebody who is still there."""

    id: int
    stage: Stage
    asker: Asker
    customer_id: int
    name: str
    asked_at: datetime
    due_on: date
    is_extended: bool
    approved_at: datetime | None
    erased_at: datetime | None
    done_at: datetime | None
    refused_why: str
    lines: tuple[Line, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.stage in {Stage.ASKED, Stage.WORKING}

    def days_left(self, on: date) -> int:
        return (self.due_on - on).days


def erasure_request(*, erasure_id: int) -> Request:
    """Raises NoSuchErasure."""
    row = Erasure.objects.filter(pk=erasure_id).first()
    if row is None:
        raise NoSuchErasure(erasure_id)
    lines = tuple(Line(one.table, one.treated, one.count) for one in row.lines.order_by("table", "treated"))
    return _request(row, _names([row]), lines)


def erasure_of(*, customer_id: int) -> Request | None:
    """The newest request of the person behind this customer; None when there was none."""
    ids = ids_of_person(customer_id=customer_id)
    row = Erasure.objects.filter(customer_id__in=ids).order_by("-asked_at").first()
    return _request(row, _names([row])) if row is not None else None


def erasure_requests(*, limit: int = 200) -> list[Request]:
    """Open ones first, by the day on which their answer is due; then the closed ones, the newest first."""
    open_ones = Erasure.objects.filter(done_at=None, refused_at=None, withdrawn_at=None).order_by("due_on", "pk")
    rows = [*open_ones[:limit]]
    closed = Erasure.objects.exclude(pk__in=[row.pk for row in rows]).order_by("-asked_at", "-pk")
    rows += [*closed[: limit - len(rows)]]
    names = _names(rows)
    return [_request(row, names) for row in rows]


def _names(rows: list[Erasure]) -> dict[int, str]:
    return dict(Customer.objects.filter(pk__in=[row.customer_id for row in rows]).values_list("pk", "name"))


def _request(row: Erasure, names: dict[int, str], lines: tuple[Line, ...] = ()) -> Request:
    return Request(
        id=row.pk,
        stage=_stage(row),
        asker=Asker(row.asker),
        customer_id=row.customer_id,
        name=names.get(row.customer_id, ""),
        asked_at=row.asked_at,
        due_on=row.due_on,
        is_extended=row.extended_at is not None,
        approved_at=row.approved_at,
        erased_at=row.erased_at,
        done_at=row.done_at,
        refused_why=row.refused_why,
        lines=lines,
    )


def _stage(row: Erasure) -> Stage:
    if row.done_at:
        return Stage.DONE
    if row.refused_at:
        return Stage.REFUSED
    if row.withdrawn_at:
        return Stage.WITHDRAWN
    return Stage.WORKING if row.approved_at else Stage.ASKED
