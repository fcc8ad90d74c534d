"""Who was given data of a person, by name (Article 15 (1) (c) GDPR; CJEU C-154/21): mail services, third parties, programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext

from golddraht.access.queries.rows import Rows
from golddraht.channels.queries import mailboxes
from golddraht.ground.numbers import spoken
from golddraht.programs.models import HookDelivery
from golddraht.team.queries import api_tokens
from golddraht.team.rules import scopes_of

READS = frozenset({"customers:read", "conversations:read"})


@dataclass(frozen=True)
class Recipient:
    """Who, and what for. `is_certain` is False where they could have read it and nothing says that they did."""

    name: str
    what: str
    is_certain: bool = True


def recipients_of(rows: Rows) -> list[Recipient]:
    return list(dict.fromkeys([*_mail_services(rows), *_third_parties(rows), *_webhooks(rows), *_programs()]))


def _mail_services(rows: Rows) -> Iterable[Recipient]:
    deliveries = rows.get("channels.Delivery", [])
    for domain in sorted({one.recipient.rpartition("@")[2].lower() for one in deliveries if one.recipient}):
        yield Recipient(domain, gettext("mail service of an address to which we wrote"))
    if deliveries:
        for host in sorted({box.smtp_host for box in mailboxes() if box.smtp_host}):
            yield Recipient(host, gettext("our own mail service"))


def _third_parties(rows: Rows) -> Iterable[Recipient]:
    for one in rows.get("conversations.Inquiry", []):
        yield Recipient(
            one.asked, gettext("was asked for help with a concern of yours: %(what)s") % {"what": one.subject}
        )


def _webhooks(rows: Rows) -> Iterable[Recipient]:
    """Programs that were told of one of the concerns or of the person."""
    numbers = {spoken(one.number) for one in rows.get("conversations.Conversation", [])}
    ids = {one.pk for one in rows.get("customers.Customer", [])}
    told = HookDelivery.objects.filter(state="DELIVERED").select_related("webhook", "occurrence")
    for delivery in told.order_by("webhook_id", "pk").iterator(chunk_size=500):
        if _speaks_of(delivery.occurrence.body, numbers, ids):
            yield Recipient(
                f"{delivery.webhook.name} ({urlsplit(delivery.webhook.url).hostname})",
                gettext("a program that was told what happened"),
            )


def _speaks_of(body: str, numbers: set[str], ids: set[int]) -> bool:
    told = json.loads(body)
    about = told.get("data", told) if isinstance(told, dict) else {}
    return isinstance(about, dict) and (about.get("conversation") in numbers or about.get("customer_id") in ids)


def _programs() -> Iterable[Recipient]:
    for token in api_tokens():
        if {str(one) for one in scopes_of(token.scopes, may_write=token.may_write)} & READS:
            yield Recipient(token.name, gettext("a program of ours that may read customers or concerns"), False)
