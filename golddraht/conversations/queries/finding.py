"""Finding one conversation, and counting what somebody already has on their desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import Count, Q

from golddraht.conversations.models import Conversation, Draft, Message
from golddraht.conversations.rules import LIVE, Direction, Status
from golddraht.customers.queries import ids_of_person
from golddraht.ground import formatting
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.memory import in_hand, remembered
from golddraht.team.rules import Priority


class Seer(Protocol):
    """Whoever looks: a signed-in member, speaking for one tenant."""

    @property
    def tenant_id(self) -> int: ...

    @property
    def membership_id(self) -> int: ...


class NoSuchConversation(LookupError):
    """There is none, or the viewer may not see it: the same answer for both."""


_NUMBERED: Question[Conversation] = Question(
    lambda: Conversation.objects.select_related("customer", "owner", "team").filter(
        tenant_id=Asked("tenant"), number=Asked("number")
    )
)


def conversation_for(*, viewer: Seer, number: int) -> Conversation:
    """The conversation with that number in the viewer's tenant, with customer, owner and team. Raises NoSuchConversation."""
    found = _numbered(viewer.tenant_id, number)
    if found is None:
        raise NoSuchConversation(number)
    return found


@remembered
def _numbered(tenant_id: int, number: int) -> Conversation | None:
    # More than PostgreSQL's own numbers hold is no number of a concern.
    return _NUMBERED.first(tenant=tenant_id, number=number) if number < 2**31 else None


def conversation_of_message(*, viewer: Seer, message_id: int) -> Conversation:
    """The conversation in which it was said, if the viewer may see it. Raises NoSuchConversation."""
    found = Conversation.objects.filter(tenant_id=viewer.tenant_id, messages__pk=message_id).first()
    if found is None:
        raise NoSuchConversation(message_id)
    conversation: Conversation = found
    return conversation


def numbers_of_messages(*, viewer: Seer, message_ids: Sequence[int]) -> dict[int, int]:
    """In which conversation each message stands, by the number of it; of none nothing is asked."""
    rows = Message.objects.filter(tenant_id=viewer.tenant_id, pk__in=message_ids)
    return dict(rows.values_list("pk", "conversation__number")) if message_ids else {}


_ON_THEIR_WAY: Question[Draft] = Question(
    lambda: Draft.objects.filter(conversation__customer__pk__among=Asked("ids"), leaves_at__isnull=False).order_by("pk")
)


def words_on_their_way(*, customer_id: int) -> list[str]:
    """What was sent to the person and can still be taken back, in plain words."""
    rows = _ON_THEIR_WAY.all(ids=list(ids_of_person(customer_id=customer_id)))
    return [one.text if one.is_plain else formatting.as_plain(one.text) for one in rows]


_WHOLE: Question[Conversation] = Question(
    lambda: Conversation.objects.select_related("customer", "owner", "team").filter(pk=Asked("pk"))
)


def conversation_by_id(conversation_id: int) -> Conversation:
    """The conversation itself, for operations and jobs. Raises NoSuchConversation."""
    found = in_hand(Conversation, conversation_id) or _WHOLE.first(pk=conversation_id)
    if found is None:
        raise NoSuchConversation(conversation_id)
    return found


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


_LIVE_OF: Question[int] = Question(
    lambda: Conversation.objects.filter(customer=Asked("customer"), status__in=sorted(LIVE)).values_list(
        "pk", flat=True
    )
)


def live_ids_of_customer(*, customer_id: int) -> list[int]:
    """The same, where only which ones is wanted, in no order."""
    return _LIVE_OF.all(customer=customer_id)


@dataclass(frozen=True)
class Backlog:
    """What there is to do: live conversations by owner, and those that wait for a word from us by team.

    `pressing` are those of the waiting that are more urgent than usual, by team and priority.
    """

    load: Counter[int] = field(default_factory=Counter)
    waiting: Counter[int] = field(default_factory=Counter)
    pressing: Counter[tuple[int, Priority]] = field(default_factory=Counter)

    def grow(self, *, owner_id: int, team_id: int, priority: Priority = Priority.NORMAL) -> None:
        """One more has arrived, for whoever goes on counting with this."""
        self.load[owner_id] += 1
        self.waiting[team_id] += 1
        self.pressing[team_id, priority] += 1

    def ahead_of(self, team_id: int, priority: Priority) -> int:
        """How many of a team's are answered before one of that priority that arrives now."""
        if priority == Priority.NORMAL:
            return self.waiting[team_id]
        before = (Priority.HIGH, Priority.URGENT) if priority == Priority.HIGH else (Priority.URGENT,)
        return sum(self.pressing[team_id, one] for one in before)


_WAITS = Q(status=Status.OPEN, latest_direction=Direction.IN)
_COUNTED: Question[tuple[int, int, int, int, int, int]] = Question(
    lambda: (
        Conversation.objects.filter(status__in=sorted(LIVE))
        .order_by()
        .values_list("owner_id", "team_id")
        .annotate(
            live=Count("pk"),
            waiting=Count("pk", filter=_WAITS),
            high=Count("pk", filter=_WAITS & Q(priority=Priority.HIGH)),
            urgent=Count("pk", filter=_WAITS & Q(priority=Priority.URGENT)),
        )
    )
)


@remembered
def backlog() -> Backlog:
    """What promised times follow and work is shared by."""
    found = Backlog()
    for owner_id, team_id, live, waiting, high, urgent in _COUNTED.all():
        found.load[owner_id] += live
        found.waiting[team_id] += waiting
        found.pressing[team_id, Priority.HIGH] += high
        found.pressing[team_id, Priority.URGENT] += urgent
    return found


_CARED_LAST: Question[int] = Question(
    lambda: (
        Conversation.objects.filter(customer=Asked("customer"), owner__active=True)
        .order_by("-latest_at")
        .values_list("owner_id", flat=True)[:1]
    )
)


def latest_owner_of(*, customer_id: int) -> int | None:
    """Who cared for this customer last and is still with us: they care again (M3)."""
    own = _CARED_LAST.first(customer=customer_id)
    if own is not None:
        return own
    others = (_CARED_LAST.first(customer=one) for one in ids_of_person(customer_id=customer_id) if one != customer_id)
    return next((owner for owner in others if owner is not None), None)


def message_by_id(message_id: int) -> Message:
    message: Message = Message.objects.select_related("conversation", "customer", "author").get(pk=message_id)
    return message
