"""The concerns of a company as its own people see them from outside: what was said with customers, and nothing internal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from golddraht.conversations.models import Conversation
from golddraht.conversations.queries.finding import NoSuchConversation
from golddraht.conversations.rules import LIVE, Status

RESTING = (Status.SPAM, Status.MERGED, Status.QUIET)
"""What is no concern of a customer, or stands in another one."""


class Onlooker(Protocol):
    """Somebody who looks at one tenant and belongs to no team of it."""

    @property
    def tenant_id(self) -> int: ...


@dataclass(frozen=True)
class ClientLine:
    """A concern in the list: whose, about what, how it stands, and when something was said last."""

    number: int
    subject: str
    customer_name: str
    channel: str
    status: str
    created_at: datetime
    latest_at: datetime


@dataclass(frozen=True)
class ClientPage:
    """Some lines, and the number behind which the next page begins; None on the last one."""

    lines: tuple[ClientLine, ...]
    next_before: int | None


def concerns_for_client(*, viewer: Onlooker, is_open: bool, before: int | None = None, limit: int = 50) -> ClientPage:
    """Those that are live, or those that are solved; the newest first."""
    rows = Conversation.objects.filter(tenant_id=viewer.tenant_id).select_related("customer")
    rows = rows.filter(status__in=sorted(LIVE)) if is_open else rows.filter(status=Status.SOLVED)
    rows = rows.filter(number__lt=before) if before is not None else rows
    found = list(rows.order_by("-number")[: limit + 1])
    lines = tuple(_line(row) for row in found[:limit])
    return ClientPage(lines, lines[-1].number if len(found) > limit else None)


def concern_for_client(*, viewer: Onlooker, number: int) -> Conversation:
    """Raises NoSuchConversation, also for what is no concern of a customer."""
    rows = Conversation.objects.filter(tenant_id=viewer.tenant_id, number=number).exclude(status__in=RESTING)
    found: Conversation | None = rows.select_related("customer").first()
    if found is None:
        raise NoSuchConversation(number)
    return found


def _line(row: Conversation) -> ClientLine:
    return ClientLine(
        number=row.number,
        subject=row.subject,
        customer_name=row.customer.name,
        channel=row.latest_channel,
        status=row.status,
        created_at=row.created_at,
        latest_at=row.latest_at,
    )
