"""Finding one conversation, and counting what somebody already has on their desk."""

from __future__ import annotations

from typing import Protocol

from django.db.models import Count

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.rules import LIVE, Direction, Status


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


def load_by_member() -> dict[int, int]:
    """How many live conversations each member owns."""
    rows = Conversation.objects.filter(status__in=sorted(LIVE)).order_by().values_list("owner_id").annotate(Count("pk"))
    return dict(rows)


def waiting_by_team() -> dict[int, int]:
    """How many conversations wait for a word from us, by team: the backlog that promised times follow."""
    rows = Conversation.objects.filter(status=Status.OPEN, latest_direction=Direction.IN)
    return dict(rows.order_by().values_list("team_id").annotate(Count("pk")))


def latest_owner_of(*, customer_id: int) -> int | None:
    """Who cared for this customer last and is still with us: they care again (M3)."""
    rows = Conversation.objects.filter(customer_id=customer_id, owner__active=True).order_by("-latest_at")
    owner_id: int | None = rows.values_list("owner_id", flat=True).first()
    return owner_id


def message_by_id(message_id: int) -> Message:
    message: Message = Message.objects.select_related("conversation", "customer", "author").get(pk=message_id)
    return message
