"""Whoever was erased does not come back: not with a restored backup, and not with an import."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from django.utils import timezone

from golddraht.customers.models import ContactPoint, Customer, Fact
from golddraht.customers.rules.attributes import Attribute
from golddraht.plumbing import ledger
from golddraht.plumbing.ledger import Erased
from golddraht.plumbing.tenancy import current_tenant_id, seeing
from golddraht.privacy.models import Erasure
from golddraht.privacy.operations.erasing import carry_out
from golddraht.privacy.queries.persons import person_of
from golddraht.privacy.rules import Asker
from golddraht.team.queries import tenant_by_slug


def replay_erasures(*, at: datetime) -> int:
    """Erase everybody again whom the ledger names and a restored database still knows; gives how many. Raises LedgerRefused."""
    return sum(_replay(one, at=at) for one in ledger.erasures())


def _replay(erased: Erased, *, at: datetime) -> int:
    tenant = tenant_by_slug(erased.company)
    if tenant is None:
        return 0
    with seeing(tenant.pk):
        found = _named(erased) | _marked(dict.fromkeys(erased.marks, erased.at), erased.company)
        again = [_request(customer_id, erased, at=at) for customer_id in _heads(found)]
    for erasure_id in again:
        carry_out(tenant_id=tenant.pk, erasure_id=erasure_id, at=at)
    return len(again)


def leave_out_the_erased(*, companies: Iterable[str], at: datetime) -> int:
    """What has just been imported holds people who were erased before: they go at once, in the company being seen. Gives how many."""
    tenant_id = current_tenant_id()
    by_mark = ledger.memory().by_mark
    found: set[int] = set()
    for company in set(companies) if by_mark else ():
        found |= _marked(by_mark, company)
    heads = _heads(found)
    for customer_id in heads:
        erasure_id = _request(customer_id, None, at=at)
        carry_out(tenant_id=tenant_id, erasure_id=erasure_id, at=at)
    return len(heads)


def _named(erased: Erased) -> set[int]:
    """Rows with their numbers that were known before; a number is never given twice."""
    rows = Customer.objects.filter(pk__in=erased.customers, known_since__lte=erased.at)
    return set(rows.values_list("pk", flat=True))


def _marked(by_mark: dict[str, datetime], company: str) -> set[int]:
    """Customers with an address or number of somebody erased, known before that; whoever came anew later stays."""
    found: set[int] = set()
    since = dict(Customer.objects.values_list("pk", "known_since"))
    points = ContactPoint.objects.values_list("customer_id", "channel", "address")
    numbers = Fact.objects.filter(attribute=Attribute.NUMBER).values_list("customer_id", "value")
    known = [*points.iterator(), *((customer_id, "number", value) for customer_id, value in numbers.iterator())]
    for customer_id, kind, value in known:
        erased_at = by_mark.get(ledger.mark_of(company, kind, value))
        if erased_at is not None and since[customer_id] <= erased_at:
            found.add(customer_id)
    return found


def _heads(ids: set[int]) -> list[int]:
    """One id for each person."""
    return sorted({person_of(id_).customer_ids[0] for id_ in ids})


def _request(customer_id: int, erased: Erased | None, *, at: datetime) -> int:
    """The request of then if it is here and open, or a new one that says the same."""
    open_one = Erasure.objects.filter(customer_id=customer_id, done_at=None, refused_at=None, withdrawn_at=None).first()
    if open_one is None:
        is_new = erased is not None and not Erasure.objects.filter(request=erased.request).exists()
        open_one = Erasure.objects.create(
            request=erased.request if erased is not None and is_new else uuid4(),
            customer_id=customer_id,
            asker=Asker.LEDGER,
            asked_at=erased.at if erased else at,
            due_on=timezone.localdate(at),
        )
    if open_one.approved_at is None:
        open_one.approved_at = at
        open_one.released = list(erased.released) if erased else []
        open_one.save(update_fields=["approved_at", "released"])
    return int(open_one.pk)
