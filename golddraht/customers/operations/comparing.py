"""Looking for customers who may be the one of whom something new was learned."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from golddraht.customers.models import Customer, Fact
from golddraht.customers.operations.proposing import Proposed, propose
from golddraht.customers.queries.one_person import ids_of_person
from golddraht.customers.queries.record import said_of
from golddraht.customers.rules.alike import SPEAKS, alike
from golddraht.customers.rules.golden import standing

MOST = 20
"""Of a value that more share (a home for the elderly, a company's address) nothing is proposed."""
FOUND_BY = "rule:alike"


def look_for_alike(*, customer_id: int, at: datetime) -> int:
    """Propose everybody who agrees with this customer in more than the name; how many were new."""
    ids = ids_of_person(customer_id=customer_id)
    own = list(Fact.objects.filter(customer_id__in=ids, attribute__in=SPEAKS, denies=False))
    others: set[int] = set()
    for value in {(row.attribute, row.value) for row in own}:
        rows = Fact.objects.filter(attribute=value[0], value=value[1], denies=False).exclude(customer_id__in=ids)
        found = set(rows.values_list("customer_id", flat=True).distinct()[: MOST + 1])
        others |= found if len(found) <= MOST else set()
    return propose(pairs=_pairs(customer_id, others), found_by=FOUND_BY, at=at) if others else 0


def _pairs(customer_id: int, others: set[int]) -> list[Proposed]:
    names = dict(Customer.objects.filter(Q(pk=customer_id) | Q(pk__in=others)).values_list("pk", "name"))
    mine = standing([one.statement for one in said_of(customer_id=customer_id)])
    pairs = []
    for other in sorted(others):
        theirs = standing([one.statement for one in said_of(customer_id=other)])
        if found := alike(mine, theirs, names=(names.get(customer_id, ""), names.get(other, ""))):
            pairs.append(Proposed(customer_id, other, found.certainty, found.reasons))
    return pairs
