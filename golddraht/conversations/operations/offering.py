"""Writing first what is no service: an offer, a question how it was, a surprise. To one person, through the gate, or not at all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from golddraht.consent.models import Permission
from golddraht.consent.operations import Passage, pass_gate
from golddraht.consent.queries import Wanted
from golddraht.consent.queries.unsubscribing import stop_path
from golddraht.consent.rules import MessageClass
from golddraht.conversations.models import Message
from golddraht.conversations.operations.receiving import Enclosure
from golddraht.conversations.operations.writing import NothingToSay, start_conversation
from golddraht.customers.models import Customer
from golddraht.ground.moments import spoken_language
from golddraht.plumbing.links import absolute


@transaction.atomic
def write_offer(
    *,
    customer: Customer,
    message_class: MessageClass,
    author_id: int,
    team_id: int,
    subject: str,
    text: str,
    at: datetime,
    enclosures: tuple[Enclosure, ...] = (),
    next_touch_at: datetime | None = None,
) -> Message | Passage:
    """The message, which says below how to object; or what the gate said against it, kept with its reason and sent by nobody.

    Raises NothingToSay, NextTouchRefused.
    """
    if not text.strip() or not subject.strip():
        raise NothingToSay("Write a subject and a message first.")
    passage = pass_gate(Wanted(customer.pk, message_class, points_out=True), at=at)
    if passage.permission is None:
        return passage
    return start_conversation(
        customer=customer,
        author_id=author_id,
        team_id=team_id,
        subject=subject,
        text=f"{text.rstrip()}\n\n{_way_out(passage.permission, customer)}",
        enclosures=enclosures,
        next_touch_at=next_touch_at,
        permission=passage.permission,
        at=at,
    )


def _way_out(permission: Permission, customer: Customer) -> str:
    """The notice of § 7 (3) no. 4 UWG: in each message, clear, and free of charge."""
    with translation.override(spoken_language(customer.language or "de")):
        said = gettext("You do not want such messages? One click ends them, at no cost, now and at any time:")
    return f"{said}\n{absolute(stop_path(permission.pk))}"
