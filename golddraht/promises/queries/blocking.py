"""What is owed to a sender before nobody listens to them any more."""

from __future__ import annotations

from django.db.models import Q

from golddraht.ground.senders import sender_pattern
from golddraht.promises.models import Promise
from golddraht.promises.rules import Kind, State


def promised_to(*, sender: str, besides: int | None = None) -> list[Promise]:
    """Open promises to whoever has this address, or one at this domain, the next due first.

    The answer that a concern waits for does not count in the one that is to rest itself, `besides`.
    """
    pattern = sender_pattern(sender)
    address = "address__endswith" if pattern.startswith("@") else "address"
    theirs = {"customer__contact_points__channel": "EMAIL", f"customer__contact_points__{address}": pattern}
    rows = Promise.objects.filter(state=State.OPEN, **theirs)
    rows = rows.exclude(Q(kind=Kind.FIRST_ANSWER), conversation_id=besides) if besides else rows
    return list(rows.select_related("customer", "conversation").distinct().order_by("due_at", "pk")[:50])
