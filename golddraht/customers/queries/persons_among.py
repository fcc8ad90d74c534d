"""The same questions as one customer is asked about, for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from golddraht.customers.models import Customer, Fact
from golddraht.customers.queries.record import STATED, stated
from golddraht.customers.rules.attributes import Statement
from golddraht.plumbing.asking import Asked, Question


def persons_among(ids: Iterable[int]) -> dict[int, list[int]]:
    """Everybody of each person that one of these is, by the head, the head first."""
    fronts = set(Customer.objects.filter(pk__in=list(ids)).values_list(Coalesce("head_id", "pk"), flat=True))
    rows = Customer.objects.filter(Q(pk__in=fronts) | Q(head_id__in=fronts)).order_by("pk")
    found: dict[int, list[int]] = {front: [front] for front in fronts}
    for one, head in rows.values_list("pk", "head_id"):
        if head in found:
            found[head].append(one)
    return found


_SAID: Question[tuple[Any, ...]] = Question(
    lambda: (
        Fact.objects.filter(customer__pk__among=Asked("ids"))
        .order_by("-said_at", "-pk")
        .values_list("customer_id", *STATED)
    )
)


def said_among(ids: Sequence[int]) -> dict[int, list[Statement]]:
    """Everything that was said of each of these customers, the latest first."""
    said: dict[int, list[Statement]] = defaultdict(list)
    for customer_id, *columns in _SAID.all(ids=list(ids)):
        said[customer_id].append(stated(columns))
    return said
