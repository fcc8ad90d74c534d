"""Conversations that come from imported mail alone: solved, or open when the customer's last word is recent."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from golddraht.channels.models import RawMail
from golddraht.channels.rules import Source
from golddraht.conversations.models import Conversation, Message, Milestone
from golddraht.conversations.operations.receiving import Words, next_number
from golddraht.conversations.operations.recounting import count_anew, thread
from golddraht.conversations.queries import backlog
from golddraht.conversations.rules import LIVE, Direction, Status
from golddraht.customers.models import Customer
from golddraht.ground.needs_no_answer import Contact, needs_answer
from golddraht.ground.text import one_line
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.rows import added, changed
from golddraht.team.queries import assignment_for, default_team
from golddraht.team.rules import Arrival

IMPORTED = "IMPORTED"


def start_history(*, customer: Customer, words: Words, written_at: datetime) -> Conversation:
    """A conversation of earlier times, at rest."""
    team = default_team()
    conversation = added(
        Conversation(
            number=next_number(),
            customer=customer,
            subject=one_line(words.subject, 250) or one_line(words.text, 80),
            status=Status.SOLVED,
            language=words.language or customer.language or "de",
            team=team,
            touched_at=written_at,
            longest_silence=team.longest_silence,
            latest_at=written_at,
            created_at=written_at,
            solved_at=written_at,
        )
    )
    origin = _("Brought along from earlier mail")
    added(Milestone(conversation=conversation, kind=IMPORTED, at=written_at, words=origin))
    return conversation


_LOCKED: Question[Conversation] = Question(lambda: Conversation.objects.select_for_update().filter(pk=Asked("pk")))
SETTLED = (
    *(
        "latest_at",
        "latest_direction",
        "latest_channel",
        "preview",
        "automatic_in_a_row",
        "created_at",
        "team",
        "owner",
    ),
    *("owner_reason", "touched_at", "longest_silence", "next_touch_at", "status", "solved_at", "quiet_reason"),
    "quiet_reviewed_at",
)


def settle_history(*, conversation_id: int, written_since: datetime, at: datetime) -> None:
    """Open or solved, after one more mail of it was imported; what people work on already is left to them."""
    conversation = _LOCKED.one(pk=conversation_id)
    if is_history(conversation):
        settle(conversation, thread(conversation), written_since=written_since, at=at)


def settle(conversation: Conversation, messages: list[Message], *, written_since: datetime, at: datetime) -> None:
    """The same for one that is known to be history, with what was said in it."""
    if not messages:
        return
    count_anew(conversation, messages)
    last = messages[-1]
    conversation.created_at = messages[0].received_at
    if last.direction == Direction.IN and last.received_at >= written_since and _waits_for_answer(last):
        _open(conversation, last, at)
    else:
        _rest(conversation, messages, at)
    changed(conversation, *SETTLED)


def is_history(conversation: Conversation) -> bool:
    """Whether everything in it was imported and nobody has touched it since."""
    return _BEGUN_BY_IMPORT.has_any(conversation=conversation.pk) and not _ADDED_SINCE.has_any(
        conversation=conversation.pk
    )


_BEGUN_BY_IMPORT: Question[int] = Question(
    lambda: Milestone.objects.filter(conversation=Asked("conversation"), kind=IMPORTED).values_list("pk", flat=True)[:1]
)
_ADDED_SINCE: Question[int] = Question(
    lambda: (
        Message.objects.filter(conversation=Asked("conversation"))
        .exclude(
            pk__in=RawMail.objects.filter(source=Source.IMPORT, message__conversation=Asked("conversation")).values(
                "message_id"
            )
        )
        .values_list("pk", flat=True)[:1]
    )
)


def open_history() -> int:
    """How many imported conversations are open."""
    rows = Milestone.objects.filter(kind=IMPORTED, conversation__status__in=sorted(LIVE))
    return int(rows.values("conversation_id").distinct().count())


def _waits_for_answer(message: Message) -> bool:
    contact = Contact(text=message.text, subject=message.subject, is_automatic=bool(message.machine_kind))
    return not message.machine_kind and needs_answer(contact).needs


def _open(conversation: Conversation, last: Message, at: datetime) -> None:
    todo = backlog()
    assignment = assignment_for(
        arrival=Arrival(recipients=tuple(last.recipients), subject=last.subject, text=last.text),
        language=conversation.language,
        previous_owner_id=conversation.owner_id,
        load=todo.load,
        ahead=todo.ahead_of,
        at=at,
    )
    conversation.team_id, conversation.owner_id = assignment.team_id, assignment.owner_id
    conversation.owner_reason, conversation.priority = assignment.reason, assignment.priority
    conversation.touched_at, conversation.longest_silence = at, assignment.longest_silence
    conversation.next_touch_at = min(assignment.answer_at, at + assignment.longest_silence)
    conversation.status, conversation.solved_at = Status.OPEN, None


def _rest(conversation: Conversation, messages: list[Message], at: datetime) -> None:
    last, is_quiet = messages[-1], all(message.machine_kind for message in messages)
    conversation.status = Status.QUIET if is_quiet else Status.SOLVED
    conversation.quiet_reason = last.machine_kind[:40] if is_quiet else ""
    # The lead's daily list is for what arrives, not for what came from a file.
    conversation.quiet_reviewed_at = at if is_quiet else None
    conversation.touched_at = last.received_at
    conversation.next_touch_at = None
    conversation.solved_at = None if is_quiet else last.received_at
