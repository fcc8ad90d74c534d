"""Going through all customers for doubts, bit by bit, whenever the rules have changed; whoever is new follows."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from golddraht.customers.events import LookDue
from golddraht.customers.models import Customer, Look
from golddraht.customers.operations.looking import look_at_many
from golddraht.customers.rules.doubts import RULES
from golddraht.plumbing import bus
from golddraht.plumbing.tenancy import current_tenant_id

PORTION = 200
PORTIONS = 10
"""So many portions a job does, so that a million customers keep no worker from its other work."""
REST = timedelta(minutes=2)
"""A new customer is left alone so long: what follows their first message looks at them anyway."""


@transaction.atomic
def look_on(*, at: datetime) -> bool:
    """Look at the next customers behind the watermark; False when there are none. Safe to call at any time and twice at once."""
    Look.objects.get_or_create(rules=RULES, defaults={"begun_at": at, "moved_at": at})
    look = Look.objects.select_for_update(skip_locked=True).filter(rules=RULES).first()
    if look is None:
        return False
    ids = _next(look, at)
    if ids:
        look.pairs += look_at_many(customer_ids=ids, at=at)
        look.through, look.looked = ids[-1], look.looked + len(ids)
    if len(ids) < PORTION and look.came_round_at is None:
        look.came_round_at = at
    look.moved_at = at
    look.save()
    return len(ids) == PORTION


def _next(look: Look, at: datetime) -> list[int]:
    rows = Customer.objects.filter(tenant_id=current_tenant_id(), pk__gt=look.through, known_since__lt=at - REST)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:PORTION])


@transaction.atomic
def sweep(*, at: datetime) -> None:
    """Ask for a job where somebody waits to be looked at: one question by an index, however many customers there are."""
    look = Look.objects.filter(rules=RULES).first() or Look(through=0)
    if _next(look, at)[:1]:
        bus.publish(LookDue(at))
