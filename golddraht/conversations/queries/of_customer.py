"""All concerns of one customer."""

from __future__ import annotations

from golddraht.conversations.models import Conversation
from golddraht.conversations.queries.case import Concern
from golddraht.conversations.queries.finding import Seer
from golddraht.conversations.rules import Status
from golddraht.customers.queries import ids_of_person
from golddraht.ground.numbers import spoken
from golddraht.plumbing.asking import Asked, Question

MOST = 100


_OF_PERSON: Question[Conversation] = Question(
    lambda: (
        Conversation.objects.filter(tenant_id=Asked("tenant"), customer__pk__among=Asked("ids"))
        .exclude(status__in=[Status.MERGED, Status.SPAM])
        .order_by("-latest_at")[:MOST]
    )
)


def concerns_of_customer(*, viewer: Seer, customer_id: int) -> list[Concern]:
    """The customer's concerns on all channels, the latest first; merged ones and spam left out."""
    kept = _OF_PERSON.all(tenant=viewer.tenant_id, ids=list(ids_of_person(customer_id=customer_id)))
    return [Concern(row.pk, row.number, spoken(row.number), row.subject, row.status, row.latest_at) for row in kept]
