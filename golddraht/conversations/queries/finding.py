"""Finding one conversation, and counting what somebody already has on their desk."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import Count, Q

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.rules import LIVE, Direction, Status
from golddraht.plumbing.memory import remembered


class Seer(Protocol):
    """Whoever looks: a signed-in member, speaking for one tenant."""

    @property
    def tenant_id(self) -> int: ...

    @property
    def membership_id(self) -> int: ...


class NoSuchConversation(LookupError):
    """There is none, or the viewer may not see it: the same answer for both."""


def conversation_for(*, viewer: Seer, number: int) -> Conversation:
    """The conversation with that number in the viewer's tenant, with customer, owner and team. Raises NoSuchConversation."""
    rows = Conversation.objects.filter(tenant_id=viewer.tenant_id, number=number)
    found = rows.select_related("customer", "owner", "team").first()
    if found is None:
        raise NoSuchConversation(number)
    conversation: Conversation = found
    return conversation


def conversation_of_message(*, viewer: Seer, message_id: int) -> Conversation:
    """The conversation in which it was said, if the viewer may see it. Raises NoSuchConversation."""
    found = Conversation.objects.filter(tenant_id=viewer.tenant_id, messages__pk=message_id).first()
    if found is None:
        raise NoSuchConversation(message_id)
    conversation: Conversation = found
    return conversation


def conversation_by_id(conversation_id: int) -> Conversation:
    """The conversation itself, for operations and jobs. Raises NoSuchConversation."""
    found = Conversation.objects.select_related("customer", "owner", "team").filter(pk=conversation_id).first()
    if found is None:
        raise NoSuchConversation(conversation_id)
    conversation: Conversation = found
    return conversation


def conversation_by_number(number: int) -> Conversation | None:
    """Where mail that names this number belongs: merged ones lead on to where they went."""
    found: Conversation | None = Conversation.objects.filter(number=number).first()
    while found is not None and found.merged_into_id:
        found = Conversation.objects.filter(pk=found.merged_into_id).first()
    return found


def live_of_customer(*, customer_id: int) -> list[Conversation]:
    """The customer's concerns that are not solved yet, the latest first."""
    rows = Conversation.objects.filter(customer_id=customer_id, status__in=sorted(LIVE))
    return list(rows.order_by("-latest_at"))


@dataclass(frozen=True)
class Backlog:
    """What there is to do: live conversations by owner, and those that wait for a word from us by team."""

    load: Counter[int] = field(default_factory=Counter)
    waiting: Counter[int] = field(default_factory=Counter)

    def grow(self, *, owner_id: int, team_id: int) -> None:
        """One more has arrived, for whoever goes on counting with this."""
        self.load[owner_id] += 1
        self.waiting[team_id] += 1


@remembered
def backlog() -> Backlog:
    """What promised times follow and work is shared by."""
    rows = Conversation.objects.filter(status__in=sorted(LIVE)).order_by().values_list("owner_id", "team_id")
    is_waiting = Q(status=Status.OPEN, latest_direction=Direction.IN)
    found = Backlog()
    for owner_id, team_id, live, waiting in rows.annotate(live=Count("pk"), waiting=Count("pk", filter=is_waiting)):
        found.load[owner_id] += live
        found.waiting[team_id] += waiting
    return found


def latest_owner_of(*, customer_id: int) -> int | None:
    """Who cared for this customer last and is still with us: they care again (M3)."""
    rows = Conversation.objects.filter(customer_id=customer_id, owner__active=True).order_by("-latest_at")
    owner_id: int | None = rows.values_list("owner_id", flat=True).first()
    return owner_id


def message_by_id(message_id: int) -> Message:
    message: Message = Message.objects.select_related("conversation", "customer", "author").get(pk=message_id)
    return message
