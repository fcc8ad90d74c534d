"""Concerns in which more than one customer speaks."""

from __future__ import annotations

from django.db.models import Min

from golddraht.conversations.models import Message
from golddraht.privacy.queries.persons import Person


def shared_concerns(person: Person) -> dict[int, int]:
    """Concerns of the person in which another customer has written, with the first who did."""
    firsts = (
        Message.objects.filter(conversation__customer_id__in=person.customer_ids, customer__isnull=False)
        .exclude(customer_id__in=person.customer_ids)
        .values("conversation_id")
        .annotate(first=Min("pk"))
        .values_list("first", flat=True)
    )
    rows = Message.objects.filter(pk__in=list(firsts)).values_list("conversation_id", "customer_id")
    return dict(rows)
