"""How long this company keeps what: the law's line for each class, its own choice, and what is held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from golddraht.customers.queries import ids_of_person
from golddraht.ground.retention_law import NO_DAY, Keeping, period
from golddraht.privacy.models import Erasure, Hold, KeepingChoice
from golddraht.privacy.rules import Line
from golddraht.team.queries import current_tenant


def chosen_months() -> dict[Keeping, int]:
    """What the company being seen has chosen for itself, in months."""
    return {Keeping(name): months for name, months in KeepingChoice.objects.values_list("keeping", "months")}


def keeping_lines(*, on: date) -> dict[Keeping, Line]:
    """What counts on that day in the company being seen; classes without a day are left out."""
    chosen = chosen_months()
    country = current_tenant().country
    found = {}
    for keeping in Keeping:
        law = None if keeping in NO_DAY else period(keeping, country=country, on=on)
        if law is not None:
            found[keeping] = Line(keeping, law, chosen.get(keeping))
    return found


@dataclass(frozen=True)
class HoldTold:
    id: int
    customer_id: int
    name: str
    why: str
    since: datetime
    by: str


def holds() -> list[HoldTold]:
    """What is held today, the oldest first."""
    rows = Hold.objects.filter(ended_at=None).select_related("customer", "by").order_by("since", "pk")
    return [HoldTold(row.pk, row.customer_id, row.customer.name, row.why, row.since, row.by.name) for row in rows]


def held_customers() -> set[int]:
    """Every customer that is one person with somebody who is held."""
    return _persons(Hold.objects.filter(ended_at=None).values_list("customer_id", flat=True))


def is_held(customer_ids: Iterable[int]) -> bool:
    return Hold.objects.filter(ended_at=None, customer_id__in=list(customer_ids)).exists()


def asked_customers() -> set[int]:
    """Everybody of whom an erasure is under way."""
    rows = Erasure.objects.filter(done_at=None, refused_at=None, withdrawn_at=None)
    return _persons(rows.values_list("customer_id", flat=True))


def _persons(ids: Iterable[int]) -> set[int]:
    return {one for id_ in ids for one in (id_, *ids_of_person(customer_id=id_))}


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
