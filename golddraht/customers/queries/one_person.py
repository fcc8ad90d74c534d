"""Which customers are one person."""

from __future__ import annotations

from django.db.models import F, Q, Subquery
from django.db.models.functions import Coalesce

from golddraht.customers.models import Customer
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.memory import remembered

_ONE_PERSON: Question[int] = Question(
    lambda: (
        Customer.objects.filter(Q(pk=_head()) | Q(head_id=_head()))
        .order_by(F("head_id").asc(nulls_first=True), "pk")
        .values_list("pk", flat=True)
    )
)


def _head() -> Subquery:
    return Subquery(Customer.objects.filter(pk=Asked("customer")).values(front=Coalesce("head_id", "pk"))[:1])


@remembered
def ids_of_person(*, customer_id: int) -> list[int]:
    """All customers that are one person with this one, the head first; the customer alone where nobody was merged."""
    return _ONE_PERSON.all(customer=customer_id)
