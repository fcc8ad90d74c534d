"""Ways of contact that are a customer's no longer."""

from __future__ import annotations

from golddraht.customers.models import FormerWay
from golddraht.customers.queries.one_person import ids_of_person


def former_ways_of(*, customer_id: int, limit: int = 50) -> list[FormerWay]:
    """Those of this person, the one that ended last first."""
    rows = FormerWay.objects.filter(customer_id__in=ids_of_person(customer_id=customer_id))
    return list(rows.order_by("-ended_at", "-pk")[:limit])
