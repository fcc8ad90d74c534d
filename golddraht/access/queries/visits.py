"""Who is on their own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from golddraht.access.models import Visit
from golddraht.access.rules import MOST_TRIES, sees_whole_person
from golddraht.conversations.models import Message
from golddraht.conversations.rules import Direction
from golddraht.customers.models import ContactPoint, Fact
from golddraht.customers.queries import ids_of_person
from golddraht.customers.queries.record import record_of
from golddraht.customers.rules import Source
from golddraht.customers.rules.attributes import Attribute
from golddraht.plumbing.tenancy import current_tenant_id


@dataclass(frozen=True)
class Visitor:
    """A customer on their own page: by which address they came, and how much they have proven."""

    visit_id: int
    tenant_id: int
    customer_id: int
    point_id: int
    address: str
    shown: str
    proof: str
    is_shared: bool
    tries_left: int
    ends_at: datetime

    @property
    def sees_everything(self) -> bool:
        return sees_whole_person(self.proof, is_shared=self.is_shared)


def visitor_with(*, key: str, at: datetime) -> Visitor | None:
    """Whoever holds this key, while their visit lasts."""
    rows = Visit.objects.filter(digest=digest_of(key), ended_at=None, ends_at__gt=at).select_related("point")
    visit = rows.first() if key else None
    if visit is None:
        return None
    return Visitor(
        visit_id=visit.pk,
        tenant_id=current_tenant_id(),
        customer_id=visit.customer_id,
        point_id=visit.point_id,
        address=visit.point.address,
        shown=visit.point.shown,
        proof=visit.proof,
        is_shared=visit.is_shared,
        tries_left=max(MOST_TRIES - visit.tries, 0),
        ends_at=visit.ends_at,
    )


def digest_of(key: str) -> str:
    """What is kept of a key."""
    return sha256(key.encode()).hexdigest()


def names_at(point: ContactPoint) -> set[str]:
    """The names that wrote from this address, and those that mails and signatures gave its owner."""
    wrote = Message.objects.filter(
        conversation__customer_id__in=ids_of_person(customer_id=point.customer_id),
        direction=Direction.IN,
        inquiry=None,
        machine_kind="",
        answer_to__0=point.address,
    )
    said = Fact.objects.filter(
        customer_id=point.customer_id,
        attribute=Attribute.NAME,
        source__in=[Source.MAIL_HEADER, Source.SIGNATURE, Source.NAMESAKE],
        denies=False,
    )
    return {*wrote.values_list("author_name", flat=True).distinct(), *said.values_list("value", flat=True)}


def numbers_known(*, customer_id: int) -> list[str]:
    """The customer numbers that are held to be theirs."""
    return [golden.value for golden in record_of(customer_id=customer_id).get(Attribute.NUMBER, ())]
