"""All concerns of one customer."""

from __future__ import annotations

from golddraht.conversations.models import Conversation
from golddraht.conversations.queries.case import Concern
from golddraht.conversations.queries.finding import Seer
from golddraht.conversations.rules import Status
from golddraht.customers.queries import ids_of_person
from golddraht.ground.numbers import spoken


def concerns_of_customer(*, viewer: Seer, customer_id: int, limit: int = 100) -> list[Concern]:
    """The customer's concerns on all channels, the latest first; merged ones and spam left out."""
    rows = Conversation.objects.filter(
        tenant_id=viewer.tenant_id, customer_id__in=ids_of_person(customer_id=customer_id)
    )
    kept = rows.exclude(status__in=[Status.MERGED, Status.SPAM]).order_by("-latest_at")[:limit]
    return [Concern(row.pk, row.number, spoken(row.number), row.subject, row.status, row.latest_at) for row in kept]
