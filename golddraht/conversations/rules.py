"""What a conversation can be, and the plain rules of silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from golddraht.consent.rules import MessageClass

AUTOMATIC_MESSAGES_WITHOUT_A_HUMAN_ONE = 2
"""The nuisance budget of M7: a third automatic message in a row would pester."""

ESCALATED_WITHIN = timedelta(seconds=60)
"""M2: an overdue conversation without an escalation does not exist a minute later."""


ASKED_AGAIN_AFTER = timedelta(days=3)
PRESUMED_AFTER = timedelta(days=4)
"""After a proposal the customer is asked once more, and only then, and after this further time, it is presumed (M1)."""

FOLLOW_UP_AFTER = timedelta(days=4)
"""When nothing else was said: how long we wait for the customer before we ask again."""

LATEST_LEAVING = timedelta(days=90)
"""So far ahead an answer may be sent where nobody waits for one."""


def leaving_at(*, at: datetime, undo_within: timedelta, next_touch_at: datetime | None) -> datetime:
    """When an answer leaves that was sent `at`: once it can no longer be undone, but at once where that would make us late."""
    would_be_late = next_touch_at is not None and at < next_touch_at <= at + undo_within
    return at if would_be_late else at + undo_within


def latest_leaving(*, at: datetime, next_touch_at: datetime | None) -> datetime:
    """Until when an answer may wait: a customer who was told when they hear from us does not wait longer (M2).

    `next_touch_at` is None for a concern that rests. A moment that is not in the future says that nothing may wait.
    """
    return next_touch_at if next_touch_at is not None else at + LATEST_LEAVING


ATTENDS_FOR = timedelta(seconds=25)
"""So long somebody counts as being there who was not heard of; their page is heard of every ten seconds."""

REMINDED_BEFORE = timedelta(hours=2)
TOLD_AGAIN_AFTER = timedelta(days=1)


def reminded_from(*, touched_at: datetime, next_touch_at: datetime) -> datetime:
    """When the owner is reminded: after three quarters of the silence, at most two hours before its end."""
    return max(next_touch_at - REMINDED_BEFORE, touched_at + (next_touch_at - touched_at) * 3 / 4)


class Status(StrEnum):
    OPEN = "OPEN"  # The next word is ours.
    WAITING = "WAITING"  # The next word is the customer's; we follow up at the next touch.
    PROPOSED = "PROPOSED"  # We think it is solved and have asked.
    SOLVED = "SOLVED"  # Confirmed by the customer, or presumed after asking twice.
    QUIET = "QUIET"  # Needs no answer: a newsletter, an invoice, a “Danke!”.
    MERGED = "MERGED"
    SPAM = "SPAM"


LIVE = frozenset({Status.OPEN, Status.WAITING, Status.PROPOSED})
"""The statuses in which an owner and a next touch are needed."""


class Channel(StrEnum):
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    VISIT = "VISIT"
    LETTER = "LETTER"


class Direction(StrEnum):
    IN = "IN"
    OUT = "OUT"


class MoveKind(StrEnum):
    MERGE = "MERGE"
    SPLIT = "SPLIT"


class Automatic(StrEnum):
    """Why the system itself wrote a message; empty for words from a person."""

    RECEIPT = "RECEIPT"
    INTERIM = "INTERIM"  # The next touch passed: who cares, and the new time.
    SOLVED_QUESTION = "SOLVED_QUESTION"  # Asked once more whether it is solved.
    DANGER = "DANGER"  # A promise in danger, with options. Outside the nuisance budget.
    CONFIRMATION = "CONFIRMATION"  # What the customer chose on a signed page. Their own act, outside the budget.
    HANDOVER = "HANDOVER"
    CONSENT_QUESTION = "CONSENT_QUESTION"  # Asked to confirm a consent; without a word of advertising.
    SATISFACTION = "SATISFACTION"  # How it was, a day after the customer said that it is solved, where that is allowed.


CLASS_OF: dict[Automatic, MessageClass] = {
    Automatic.RECEIPT: MessageClass.SERVICE,
    Automatic.INTERIM: MessageClass.SERVICE,
    Automatic.SOLVED_QUESTION: MessageClass.SERVICE,
    Automatic.DANGER: MessageClass.SERVICE,
    Automatic.CONFIRMATION: MessageClass.SERVICE,
    Automatic.HANDOVER: MessageClass.SERVICE,
    Automatic.CONSENT_QUESTION: MessageClass.SERVICE,
    Automatic.SATISFACTION: MessageClass.SURVEY,
}
"""What each automatic message is in the eyes of the law. All but one are about the concern and carry nothing else: the question
whether it is solved has no rating in it, so it is service; the question how it was is a survey, and passes the gate as one."""

MAY_WAIT = frozenset({Automatic.INTERIM, Automatic.SOLVED_QUESTION, Automatic.HANDOVER})
"""What nobody waits for: in the quiet hours of the customer it does not leave. Receipts and confirmations answer somebody who is
awake and writing, a danger cannot wait; what is no service is kept by the gate as it is."""

MOOT_AFTER_A_WORD = frozenset({Automatic.INTERIM, Automatic.SOLVED_QUESTION})
"""What would be untrue once a person has spoken after it was written."""

OUTSIDE_THE_BUDGET = frozenset({Automatic.DANGER, Automatic.CONFIRMATION})


class Happening(StrEnum):
    """The kinds of milestone: what happened in a conversation without anybody saying it."""

    HANDED_OVER = "HANDED_OVER"  # words: the name of who cares from now on.
    NEXT_TOUCH = "NEXT_TOUCH"  # words: the moment in ISO form, as in every kind with a time.
    REMINDED = "REMINDED"
    FOLLOW_UP = "FOLLOW_UP"  # The customer did not answer; the next word is ours again.
    ESCALATED = "ESCALATED"  # words: the name of the lead who was told.
    PROPOSED = "PROPOSED"
    ASKED_AGAIN = "ASKED_AGAIN"
    WITHDRAWN = "WITHDRAWN"  # The proposal that it is solved.
    CONFIRMED = "CONFIRMED"
    RATED = "RATED"  # How satisfied the customer is; words: from 1 to 5, and what they added.
    CONFIRMED_LATE = "CONFIRMED_LATE"  # The customer said “solved” to a proposal that was over already.
    PRESUMED = "PRESUMED"
    OBJECTED = "OBJECTED"
    RECURRED = "RECURRED"
    MERGED = "MERGED"  # words: the number of the other conversation, as in every kind that names one.
    MERGED_IN = "MERGED_IN"
    SPLIT = "SPLIT"
    SPLIT_FROM = "SPLIT_FROM"
    MOVE_UNDONE = "MOVE_UNDONE"
    LINKED = "LINKED"
    UNLINKED = "UNLINKED"
    QUIETED = "QUIETED"  # words: the reason.
    WOKEN = "WOKEN"
    SPAM = "SPAM"
    NOT_SPAM = "NOT_SPAM"
    BLOCKED = "BLOCKED"  # It rests because of its sender; words: the address or domain.
    FREED = "FREED"
    PRIORITY = "PRIORITY"
    TAGS = "TAGS"
    ASKED = "ASKED"  # A third party; words: who was asked.
    INQUIRY_OVERDUE = "INQUIRY_OVERDUE"
    MACHINE_LIKE = "MACHINE_LIKE"  # Perhaps a machine answered ours; nothing automatic is said here.
    INQUIRY_ANSWERED = "INQUIRY_ANSWERED"  # To a concern that rested; words: who was asked.
    GOODWILL = "GOODWILL"  # words: cents, kind and reason.
    NOT_ALLOWED = "NOT_ALLOWED"  # Something did not leave; words: its class and the reason of the gate.
    WANTS_NO_ADVERTISING = "NO_ADVERTISING"  # words: the sentence that says so.
    MAY_OBJECT = (
        "MAY_OBJECT"  # words: the sentence that may say so; until a colleague has judged it nothing else leaves.
    )
    OBJECTION_MISREAD = "NO_OBJECTION"  # words: why these are no objection.
    OBJECTION_UPHELD = "OBJECTION"
    OBJECTION_UNSAID = "UNSAID"  # What a colleague had said of it is taken back.
    NOT_DELIVERED = "NOT_DELIVERED"  # words: to whom our message did not come, and why.
    DELIVERY_UNKNOWN = "DELIVERY_UNKNOWN"  # words: to whom our message perhaps did not come.
    MACHINE_ASKS = "MACHINE_ASKS"  # A machine wrote, but somebody may be waiting for an answer.
    ANSWER_STOPPED = "ANSWER_STOPPED"  # It was sent and did not leave; words: one of Stopped. `by` is whose it is.
    ERRAND_UNDONE = "ERRAND_UNDONE"  # words: the name of the errand.
    IMPORTED = "IMPORTED"  # It was brought along from elsewhere.


class Stopped(StrEnum):
    """Why an answer that was sent did not leave; it is a draft again, with everything in it."""

    CUSTOMER_WROTE = "CUSTOMER_WROTE"
    RESTS = "RESTS"  # The concern was merged or marked as spam meanwhile.
    NEXT_TOUCH = "NEXT_TOUCH"  # The next touch named in it does not fit any more.
    RECIPIENT = "RECIPIENT"  # Somebody it was to go to takes part no longer.
    EMPTY = "EMPTY"
    SALUTATION = "SALUTATION"  # It says Frau or Herr, and that is not known any more.
    RESTORED = "RESTORED"  # It waited when a backup was written; the original may have sent it since.


class LinkKind(StrEnum):
    FOLLOWS = "FOLLOWS"  # A later concern that answers a solved one after its watch period.
    RELATED = "RELATED"
    SPLIT = "SPLIT"


class LineState(StrEnum):
    """How far one concern of an errand is."""

    WAITING = "WAITING"
    DONE = "DONE"
    REFUSED = "REFUSED"  # It was left as it is; `why_not` says why.
    UNDONE = "UNDONE"
    LEFT = "LEFT"  # The errand was undone before its turn came.


class WhyNot(StrEnum):
    """Why an errand left a concern as it is, or why something of it cannot be undone."""

    NOT_LIVE = "NOT_LIVE"
    STALE = "STALE"
    ANSWERED = "ANSWERED"
    NO_MAIL = "NO_MAIL"
    MISSING = "MISSING"
    UNPROVEN = "UNPROVEN"  # A salutation that nothing shows to be right.
    TOUCH = "TOUCH"
    NOBODY = "NOBODY"
    MERGE = "MERGE"
    SENT = "SENT"
    CHANGED = "CHANGED"


@dataclass(frozen=True)
class Acts:
    """What is to be done to a concern; what is empty is not done."""

    text: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    priority: str = ""
    to_id: int | None = None
    team_id: int | None = None
    touch_at: datetime | None = None
    asks_whether_solved: bool = False
    puts_aside: bool = False
    is_spam: bool = False
    into_id: int | None = None

    def is_empty(self) -> bool:
        return self == Acts()


MACRO_KEYS = "123456789"


class Blank(StrEnum):
    """What a placeholder of a text module stands for, under its English and its German name."""

    GREETING = "greeting"
    NAME = "name"
    NUMBER = "number"
    SUBJECT = "subject"
    OWNER = "owner"
    PROMISED = "promised"
    TEAM = "team"
    COMPANY = "company"
    ME = "me"
    ORDER = "order"
    GOODS = "goods"
    DELIVERY = "delivery"
    CARRIER = "carrier"
    TRACKING = "tracking"
    VISIT = "visit"


KNOWN_OUTSIDE = frozenset({Blank.ORDER, Blank.GOODS, Blank.DELIVERY, Blank.CARRIER, Blank.TRACKING, Blank.VISIT})
"""What is known of orders, deliveries and visits; looked up only where a text asks for it."""
GERMAN_BLANKS = {
    "anrede": Blank.GREETING,
    "nummer": Blank.NUMBER,
    "betreff": Blank.SUBJECT,
    "ansprechperson": Blank.OWNER,
    "zusage": Blank.PROMISED,
    "firma": Blank.COMPANY,
    "ich": Blank.ME,
    "bestellung": Blank.ORDER,
    "ware": Blank.GOODS,
    "lieferung": Blank.DELIVERY,
    "versand": Blank.CARRIER,
    "sendung": Blank.TRACKING,
    "termin": Blank.VISIT,
}
BLANKS: dict[str, Blank] = {blank.value: blank for blank in Blank} | GERMAN_BLANKS
"""Every placeholder by what is written between the braces."""


AT_ONCE = timedelta(minutes=2)
"""Sooner than anybody reads a receipt and begins a new matter."""


def is_machine_like(*, since_ours: timedelta, sounds_so: bool, echoes_us: bool, said_before: bool) -> bool:
    """Whether a new concern, so long after our last automatic words to the same person, may be a machine's answer to them.

    Without any such words of ours there is nothing to answer, so this is asked only where there were some.
    """
    return since_ours <= AT_ONCE or sounds_so or echoes_us or said_before


def is_recurrence(*, solved_at: datetime, written_at: datetime, watch_period: timedelta) -> bool:
    """A reply within the watch period reopens the concern; later it starts a linked new one (M1)."""
    return written_at <= solved_at + watch_period


def joined_status(one: Status, other: Status) -> Status:
    """What two conversations that become one are: as open as the more open of them, `other` when both rest."""
    for status in (Status.OPEN, Status.WAITING, Status.PROPOSED):
        if status in (one, other):
            return status
    return other
