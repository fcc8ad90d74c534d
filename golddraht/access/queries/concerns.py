"""The concerns and promises that a visitor may see: all of the person's, or what went through their mailbox alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from golddraht.access.queries.visits import Visitor
from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.rules import Channel, Direction, Status
from golddraht.customers.queries import ids_of_person
from golddraht.ground.addresses import folded_address
from golddraht.promises.models import Promise
from golddraht.promises.queries import PromiseCard
from golddraht.promises.queries.cards import card

LEFT_OUT = [Status.MERGED, Status.SPAM]


@dataclass(frozen=True)
class OwnConcern:
    """A concern of the visitor, with what was promised in it, the next due first."""

    conversation: Conversation
    promises: list[PromiseCard]


def own_concerns(*, visitor: Visitor, at: datetime, limit: int = 100) -> list[OwnConcern]:
    """The visitor's concerns, the latest first; merged ones and spam left out."""
    rows = _of_person(visitor).exclude(status__in=LEFT_OUT).select_related("owner", "team")
    found = list(rows.order_by("-latest_at")[:limit])
    if not visitor.sees_everything:
        through = _all_through(visitor.address, [one.pk for one in found])
        found = [one for one in found if one.customer_id == visitor.customer_id and one.pk in through]
    promised = _promised_in([one.pk for one in found], at=at)
    return [OwnConcern(one, promised.get(one.pk, [])) for one in found]


def _of_person(visitor: Visitor) -> QuerySet[Conversation]:
    ids = ids_of_person(customer_id=visitor.customer_id)
    return Conversation.objects.filter(tenant_id=visitor.tenant_id, customer_id__in=ids)


def _all_through(address: str, conversation_ids: Iterable[int]) -> set[int]:
    """Those of which every word came from this address or went to it: whoever reads the mailbox has read them."""
    rows = Message.objects.filter(conversation_id__in=list(conversation_ids), inquiry=None, machine_kind="")
    told = rows.values_list("conversation_id", "channel", "direction", "answer_to", "recipients")
    seen: dict[int, bool] = {}
    for conversation_id, channel, direction, writers, recipients in told:
        others = recipients if direction == Direction.OUT else writers[:1]
        passes = channel == Channel.EMAIL and all(folded_address(one) == address for one in others)
        seen[conversation_id] = seen.get(conversation_id, True) and passes
    return {conversation_id for conversation_id, passes in seen.items() if passes}


def _promised_in(conversation_ids: list[int], *, at: datetime) -> dict[int, list[PromiseCard]]:
    rows = Promise.objects.filter(conversation_id__in=conversation_ids).order_by("due_at", "pk")
    found: dict[int, list[PromiseCard]] = {}
    for promise in _joined(rows):
        found.setdefault(promise.conversation_id or 0, []).append(card(promise, at=at))
    return found


def own_promises(*, visitor: Visitor, at: datetime, limit: int = 50) -> list[PromiseCard]:
    """What was promised outside of any concern, such as a delivery; only for whoever sees everything."""
    if not visitor.sees_everything:
        return []
    ids = ids_of_person(customer_id=visitor.customer_id)
    rows = Promise.objects.filter(tenant_id=visitor.tenant_id, customer_id__in=ids, conversation=None)
    return [card(promise, at=at) for promise in _joined(rows.order_by("-due_at", "-pk")[:limit])]


def _joined(rows: QuerySet[Promise]) -> QuerySet[Promise]:
    return rows.select_related("owner", "customer", "conversation__team")
