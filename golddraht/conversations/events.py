"""What happened to conversations. Ids and moments only; the tenant is the one being seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class MessageReceived:
    """A customer's words were put where they belong.

    `is_new_conversation` also when they wake one that was put aside and that nobody of ours has answered.
    """

    conversation_id: int
    message_id: int
    customer_id: int
    is_new_conversation: bool
    is_machine: bool
    needs_answer: bool
    at: datetime


@dataclass(frozen=True)
class MessageWritten:
    """We wrote something that is to leave the house.

    `is_heard` is False where the customer hears nothing of it: a question to a third party, or a mail to nobody.
    """

    conversation_id: int
    message_id: int
    is_automatic: bool
    at: datetime
    is_heard: bool = True


@dataclass(frozen=True)
class ThirdPartyAnswered:
    """Whoever was asked from within a concern has answered."""

    conversation_id: int
    inquiry_id: int
    message_id: int
    at: datetime


@dataclass(frozen=True)
class ConversationChanged:
    """Anything else that a page showing the conversation or a list wants to see.

    `has_moved` when it may have left somebody's list for that of another.
    """

    conversation_id: int
    at: datetime
    has_moved: bool = False


@dataclass(frozen=True)
class HandedOver:
    """The owner changed, and the customer may be told. The team may be the same as before."""

    conversation_id: int
    from_id: int | None
    from_team_id: int | None
    to_id: int
    to_team_id: int | None
    at: datetime


@dataclass(frozen=True)
class ErrandBegun:
    """Somebody asked for something to be done to many concerns, or for it to be undone; or it has been left lying."""

    errand_id: int
    at: datetime


@dataclass(frozen=True)
class ErrandMoved:
    """An errand is further than it was."""

    errand_id: int
    at: datetime


@dataclass(frozen=True)
class SolutionProposed:
    conversation_id: int
    solution_id: int
    at: datetime


@dataclass(frozen=True)
class ConcernSolved:
    """Confirmed by the customer, or presumed after asking twice."""

    conversation_id: int
    solution_id: int
    confirmed: bool
    at: datetime


@dataclass(frozen=True)
class ConcernReopened:
    """The customer objected, or the concern came back within the watch period."""

    conversation_id: int
    recurred: bool
    at: datetime


@dataclass(frozen=True)
class NextTouchPassed:
    """A next touch went by without a word from us; the lead knows, and the customer is told the new time if allowed."""

    conversation_id: int
    escalation_id: int
    at: datetime


@dataclass(frozen=True)
class BrakePulled:
    """So many automatic mails within an hour that something must be wrong; the rest stays unsent."""

    hour: datetime
    at: datetime


@dataclass(frozen=True)
class AnswerLost:
    """A person's words to the customer were refused, came back, or were held or unknown for too long."""

    conversation_id: int
    message_id: int
    at: datetime


@dataclass(frozen=True)
class AnswerArrived:
    """Words that counted as lost were sent again and taken."""

    conversation_id: int
    message_id: int
    at: datetime


@dataclass(frozen=True)
class DraftsChanged:
    """A member began a draft, or one of theirs is gone; what is written in it changes without a word."""

    member_id: int
    at: datetime


@dataclass(frozen=True)
class AnswerLeaving:
    """An answer was sent, and waits for the moment at which it leaves. `again` when that was said before."""

    conversation_id: int
    draft_id: int
    member_id: int
    leaves_at: datetime
    at: datetime
    again: bool = False


@dataclass(frozen=True)
class AnswerHeldBack:
    """An answer that waited to leave is a draft again: its writer took it back, or it was stopped."""

    conversation_id: int
    draft_id: int
    member_id: int
    at: datetime


@dataclass(frozen=True)
class MessageReworded:
    """Words that could not be read when they came can be read now."""

    conversation_id: int
    message_id: int
    at: datetime


@dataclass(frozen=True)
class AttendanceChanged:
    """Somebody began or stopped to read or to write in a conversation."""

    conversation_id: int
    at: datetime


@dataclass(frozen=True)
class MentionsChanged:
    """A note has named a member, or they have read what named them."""

    member_id: int
    at: datetime


@dataclass(frozen=True)
class BlockedArrived:
    """A blocked sender wrote; it is kept and rests, and nobody is told."""

    conversation_id: int
    at: datetime


@dataclass(frozen=True)
class TagsChanged:
    """Tags were renamed, united, described or taken out of use."""

    at: datetime
