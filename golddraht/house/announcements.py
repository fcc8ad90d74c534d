"""Which pages show what has just happened: one-line reactions that name it to whoever looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from golddraht.channels.events import DomainLookedAt
from golddraht.conversations.events import (
    AnswerLeaving,
    AttendanceChanged,
    ConversationChanged,
    ErrandMoved,
    HandedOver,
)
from golddraht.conversations.models import Conversation
from golddraht.imports.events import ImportMoved
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.live import announce
from golddraht.plumbing.memory import in_hand
from golddraht.telephone.events import CallChanged


class InConversation(Protocol):
    """Something that happened within one concern, or within none."""

    @property
    def conversation_id(self) -> int | None: ...


class AboutProblem(Protocol):
    """Something that happened to a problem."""

    @property
    def problem_id(self) -> int: ...


@dataclass(frozen=True)
class Whose:
    """In whose lists and on whose page a concern stands."""

    customer_id: int
    owner_id: int | None
    team_id: int | None


def show_conversation(event: InConversation) -> None:
    """The conversation itself, every list it stands in or stood in, and the page of its customer."""
    if event.conversation_id is None:
        return
    told = [announce(f"conversation-{event.conversation_id}"), announce("inbox")]
    if any(told) and (whose := _whose(event.conversation_id)):
        announce(f"customer-{whose.customer_id}")


def show_progress(event: InConversation) -> None:
    """The same where owner and team stay who they are: the lists of others need not ask again."""
    if event.conversation_id is None or not announce(f"conversation-{event.conversation_id}"):
        return
    if whose := _whose(event.conversation_id):
        _show_lists_of(whose.owner_id, whose.team_id)
        announce(f"customer-{whose.customer_id}")


def _show_lists_of(owner_id: int | None, team_id: int | None) -> None:
    announce(f"inbox-{owner_id or 0}-{team_id or 0}")


def show_change(event: ConversationChanged) -> None:
    (show_conversation if event.has_moved else show_progress)(event)


def show_thread(event: InConversation) -> None:
    """The conversation alone: no list shows this."""
    if event.conversation_id is not None:
        announce(f"conversation-{event.conversation_id}")


class OfMember(Protocol):
    """Something that concerns one member alone."""

    @property
    def member_id(self) -> int: ...


def show_own(event: OfMember) -> None:
    """Whatever that member sees of their own: the marks in their lists, what they have just sent."""
    announce(f"member-{event.member_id}")


def show_attendance(event: AttendanceChanged) -> None:
    """Only the line that says who else is there."""
    announce(f"attendance-{event.conversation_id}")


def show_leaving(event: AnswerLeaving) -> None:
    """A sweeper's reminder changes nothing that anybody sees."""
    if not event.again:
        show_thread(event)
        show_own(event)


def show_promise(event: InConversation) -> None:
    announce("promises")
    show_progress(event)
    customer_id = getattr(event, "customer_id", None)
    if event.conversation_id is None and customer_id is not None:
        announce(f"customer-{customer_id}")


def show_hand_over(event: HandedOver) -> None:
    """The lists that it leaves, and those it comes to. The promises change hands with the concern."""
    show_promise(event)
    _show_lists_of(event.from_id, event.from_team_id)
    _show_lists_of(event.to_id, event.to_team_id)


def show_errand(event: ErrandMoved) -> None:
    """How far it is, on its own page and beside the lists."""
    announce(f"errand-{event.errand_id}")
    announce("inbox")


def show_import(event: ImportMoved) -> None:
    """How far it is, on its own page and in the list of imports."""
    announce(f"import-{event.import_id}")
    announce("imports")


def show_domain(event: DomainLookedAt) -> None:
    announce(f"domain-{event.mail_domain_id}")


def show_knowledge(event: object) -> None:
    announce("knowledge")


def show_lists(event: object) -> None:
    """Every list, because its marks are called or coloured otherwise."""
    announce("inbox")


def show_filters(event: object) -> None:
    """In the rail of everybody who has it."""
    announce("filters")


def show_keys(event: object) -> None:
    announce("keys")


def show_calls(event: CallChanged) -> None:
    """At the telephones where it rings."""
    for member_id in event.member_ids:
        announce(f"calls-{member_id}")


def show_problem(event: AboutProblem) -> None:
    announce(f"problem-{event.problem_id}")
    announce("problems")


def show_alarms(event: object) -> None:
    announce("alarms")


_WHOSE: Question[tuple[int, int | None, int | None]] = Question(
    lambda: Conversation.objects.filter(pk=Asked("pk")).values_list("customer_id", "owner_id", "team_id")
)


def _whose(conversation_id: int) -> Whose | None:
    at_hand = in_hand(Conversation, conversation_id)
    if at_hand:
        return Whose(at_hand.customer_id, at_hand.owner_id, at_hand.team_id)
    row = _WHOSE.first(pk=conversation_id)
    return Whose(*row) if row else None
