"""What became of mail to an address."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.customers.models import ContactPoint
from golddraht.customers.operations.doubting import note_dead_address
from golddraht.ground.text import one_line


@transaction.atomic
def note_unreachable(*, channel: str, address: str, source: str, evidence: str, at: datetime) -> None:
    """Mail to this address came back for good; nothing more is sent there until it is corrected or somebody writes from it."""
    points = ContactPoint.objects.filter(channel=channel, address=address)
    owners = list(points.filter(unreachable_since=None).values_list("customer_id", flat=True))
    points.filter(unreachable_since=None).update(
        unreachable_since=at, unreachable_source=source, unreachable_evidence=one_line(evidence, 400)
    )
    for owner in owners:
        note_dead_address(customer_id=owner, at=at)


@transaction.atomic
def note_complaint(*, channel: str, address: str, evidence: str, at: datetime) -> bool:
    """Its owner told their provider that our mail is unwanted. True when the address is known."""
    points = ContactPoint.objects.filter(channel=channel, address=address)
    return bool(points.update(complained_at=at, complaint=one_line(evidence, 400)))
