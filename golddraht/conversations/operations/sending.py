"""An answer on its way out of the house: sent, but until its moment it can be taken back, and it stops when the customer writes.

Until then it is a draft with a moment. Whoever lets it leave holds the conversation first and the draft second, as whoever
receives a mail does, so that nobody waits for each other, and turns it into a message in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from golddraht.conversations.events import AnswerHeldBack, AnswerLeaving, DraftsChanged
from golddraht.conversations.models import Attachment, Conversation, Draft, ErrandLine, Message
from golddraht.conversations.operations.drafting import Writing, join, keep_draft, keep_file, open_draft, reopened
from golddraht.conversations.operations.milestones import mark
from golddraht.conversations.operations.receiving import Enclosure
from golddraht.conversations.operations.reopening import locked
from golddraht.conversations.operations.touching import NextTouchRefused
from golddraht.conversations.operations.writing import (
    NothingToSay,
    NotLive,
    RecipientRefused,
    StaleAnswer,
    chosen_recipients,
    refuse_answer,
    refuse_greeting,
    reply,
)
from golddraht.conversations.rules import LIVE, Channel, Happening, Stopped, latest_leaving, leaving_at
from golddraht.customers.rules import UnprovenSalutation
from golddraht.ground import formatting
from golddraht.plumbing import bus
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.pausing import is_paused
from golddraht.plumbing.transactions import joined

AT_ONCE = timedelta(0)
FORGOTTEN_AFTER = timedelta(seconds=10)
PORTION = 50

WHY: dict[type[Exception], Stopped] = {
    StaleAnswer: Stopped.CUSTOMER_WROTE,
    NotLive: Stopped.RESTS,
    NextTouchRefused: Stopped.NEXT_TOUCH,
    RecipientRefused: Stopped.RECIPIENT,
    NothingToSay: Stopped.EMPTY,
    UnprovenSalutation: Stopped.SALUTATION,
}
"""What an answer can be refused for at the moment it is to leave."""
REFUSALS: tuple[type[Exception], ...] = tuple(WHY)


class SendTimeRefused(ValueError):
    """The moment is over, or after the one at which the customer was to hear from us (`latest_at`)."""

    def __init__(self, latest_at: datetime) -> None:
        super().__init__(f"Choose a moment in the future and not after {latest_at:%Y-%m-%d %H:%M}.")
        self.latest_at = latest_at


class AlreadyLeft(LookupError):
    """It has left the house; nothing can bring it back."""


@dataclass(frozen=True)
class Sent:
    """What became of an answer: it waits as a draft until `leaves_at`, or it has left as a message."""

    conversation_id: int
    leaves_at: datetime
    draft_id: int | None = None
    message_id: int | None = None


@transaction.atomic
def send_answer(
    *,
    conversation_id: int,
    author_id: int,
    writing: Writing,
    at: datetime,
    undo_within: timedelta = AT_ONCE,
    send_at: datetime | None = None,
    enclosures: tuple[Enclosure, ...] = (),
    known_at: datetime | None = None,
    is_apart: bool = False,
) -> Sent:
    """The member's draft, with `enclosures` beside its own files, leaves at `send_at`, or when it can no longer be undone.

    With `is_apart`, as programs speak, what the member is writing there themselves is left alone. Everything it could be refused for is refused now. Raises what `reply` and `keep_draft` raise, and SendTimeRefused.
    """
    conversation = locked(conversation_id)
    leaves_at = _moment(conversation, writing, undo_within, send_at, at=at)
    refuse_answer(conversation, writing.text, seen_message_id=writing.seen_message_id)
    refuse_greeting(conversation, formatting.as_plain(writing.text), writing.channel)
    _refuse_next_touch(conversation, writing.next_touch_at, at=leaves_at)
    if writing.channel == Channel.EMAIL:
        chosen_recipients(conversation, writing.recipients)
    if is_apart:
        draft = Draft.objects.create(
            conversation=conversation,
            member_id=author_id,
            changed_at=at,
            leaves_at=leaves_at,
            is_plain=True,
            **writing.columns(),
        )
        for enclosure in enclosures:
            keep_file(draft, enclosure)
        return _let_go(draft, leaves_at, is_timed=send_at is not None, at=at)
    kept = keep_draft(
        conversation_id=conversation_id,
        member_id=author_id,
        writing=writing,
        enclosures=enclosures,
        known_at=known_at,
        at=at,
    )
    assert kept is not None  # An answer without words was refused.
    return _let_go(kept, leaves_at, is_timed=send_at is not None, at=at)


def _moment(
    conversation: Conversation, writing: Writing, undo_within: timedelta, send_at: datetime | None, *, at: datetime
) -> datetime:
    next_touch_at = conversation.next_touch_at if conversation.status in LIVE else None
    if send_at is None:
        # What is only noted here was said already.
        return leaving_at(
            at=at,
            undo_within=undo_within if writing.channel == Channel.EMAIL else AT_ONCE,
            next_touch_at=next_touch_at,
        )
    latest_at = latest_leaving(at=at, next_touch_at=next_touch_at)
    if not at < send_at <= latest_at:
        raise SendTimeRefused(latest_at)
    return send_at


def _refuse_next_touch(conversation: Conversation, next_touch_at: datetime | None, *, at: datetime) -> None:
    latest_at = at + conversation.longest_silence
    if next_touch_at is not None and not at < next_touch_at <= latest_at:
        raise NextTouchRefused(latest_at)


def _let_go(draft: Draft, leaves_at: datetime, *, is_timed: bool, at: datetime) -> Sent:
    if leaves_at <= at:
        return Sent(draft.conversation_id, at, message_id=_leave(draft, at=at).pk)
    Draft.objects.filter(pk=draft.pk).update(leaves_at=leaves_at, is_timed=is_timed, stopped_at=None, stopped_why="")
    bus.publish(AnswerLeaving(draft.conversation_id, draft.pk, draft.member_id, leaves_at, at))
    return Sent(draft.conversation_id, leaves_at, draft_id=draft.pk)


@transaction.atomic
def let_leave(*, draft_id: int, at: datetime) -> int | None:
    """The answer leaves, if its moment has come: gives the message. None when it was taken back, stopped or has left already.

    One that would be refused now is stopped instead. While the installation is paused nothing leaves.
    """
    where = Draft.objects.filter(pk=draft_id, leaves_at__lte=at).values_list("conversation_id", flat=True).first()
    if where is None or is_paused():
        return None
    locked(where)
    draft = Draft.objects.select_for_update().filter(pk=draft_id, conversation_id=where, leaves_at__lte=at).first()
    if draft is None:
        return None
    try:
        with transaction.atomic():
            return int(_leave(draft, at=at).pk)
    except REFUSALS as refusal:
        stop(draft, WHY[type(refusal)], at=at)
        return None


def _leave(draft: Draft, *, at: datetime) -> Message:
    is_formatted = not draft.is_plain and formatting.is_formatted(draft.text)
    message = reply(
        conversation_id=draft.conversation_id,
        author_id=draft.member_id,
        text=formatting.as_plain(draft.text) if is_formatted else draft.text,
        html=formatting.as_html(draft.text) if is_formatted else "",
        channel=Channel(draft.channel),
        recipients=draft.recipients,
        next_touch_at=draft.next_touch_at,
        still_ours=draft.still_ours,
        seen_message_id=draft.seen_message_id,
        at=at,
    )
    _pass_files_on(draft, message)
    ErrandLine.objects.filter(draft_id=draft.pk).update(draft=None, message=message)
    draft.delete()
    bus.publish(DraftsChanged(draft.member_id, at))
    return message


def _pass_files_on(draft: Draft, message: Message) -> None:
    names = ("name", "content_type", "size", "sha256", "file")
    between_words = set() if draft.is_plain else formatting.pictures_in(draft.text)
    Attachment.objects.bulk_create(
        Attachment(
            message=message,
            inline=file.content_id in between_words,
            content_id=file.content_id if file.content_id in between_words else "",
            **{name: getattr(file, name) for name in names},
        )
        for file in draft.files.order_by("pk")
    )
    draft.files.all().delete()


@transaction.atomic
def take_back(*, conversation_id: int, draft_id: int, at: datetime) -> Draft:
    """It does not leave, and is its writer's draft again with everything in it. Twice is as good as once. Raises AlreadyLeft."""
    draft = Draft.objects.select_for_update().filter(pk=draft_id, conversation_id=conversation_id).first()
    if draft is None:
        raise AlreadyLeft("This answer has left already.")
    if draft.leaves_at is not None:
        draft = reopened(draft)
        bus.publish(AnswerHeldBack(draft.conversation_id, draft.pk, draft.member_id, at))
    found: Draft = draft
    return found


@transaction.atomic
def leave_now(*, conversation_id: int, draft_id: int, at: datetime) -> int | None:
    """It need not wait any longer. Gives the message, or None where it was stopped, taken back, or has left already."""
    rows = Draft.objects.filter(pk=draft_id, conversation_id=conversation_id, leaves_at__isnull=False)
    if not rows.exists():
        return None
    rows.filter(leaves_at__gt=at).update(leaves_at=at)
    return let_leave(draft_id=draft_id, at=at)


def stop(draft: Draft, why: Stopped, *, at: datetime) -> None:
    """It was sent and does not leave: the thread says why, and its writer finds it as a draft."""
    draft.stopped_at, draft.stopped_why = at, why
    draft = reopened(draft)
    mark(draft.conversation_id, Happening.ANSWER_STOPPED, by=draft.member_id, at=at, words=why)
    bus.publish(AnswerHeldBack(draft.conversation_id, draft.pk, draft.member_id, at))


_LEAVING: Question[Draft] = Question(
    lambda: (
        Draft.objects.select_for_update()
        .filter(conversation=Asked("conversation"), leaves_at__isnull=False)
        .order_by("pk")
    )
)


@joined
def stop_leaving(*, conversation_id: int, why: Stopped, at: datetime) -> int:
    """No answer that waits in this conversation leaves by itself any more. Gives how many there were."""
    waiting = _LEAVING.all(conversation=conversation_id)
    for draft in waiting:
        stop(draft, why, at=at)
    return len(waiting)


@transaction.atomic
def stop_what_waits(*, at: datetime) -> int:
    """The same everywhere: for a copy whose original may have sent it. A person looks at each."""
    rows = Draft.objects.filter(leaves_at__isnull=False).values_list("conversation_id", flat=True)
    return sum(stop_leaving(conversation_id=one, why=Stopped.RESTORED, at=at) for one in sorted(set(rows)))


@transaction.atomic
def sweep(*, at: datetime) -> None:
    """Wake a worker for what should have left and was forgotten; safe to run at any time, any number of times."""
    due = Draft.objects.filter(leaves_at__lte=at - FORGOTTEN_AFTER).order_by("leaves_at")[:PORTION]
    for draft in due:
        bus.publish(AnswerLeaving(draft.conversation_id, draft.pk, draft.member_id, at, at, again=True))


@transaction.atomic
def carry_drafts_over(source: Conversation, target: Conversation, *, at: datetime) -> None:
    """Two concerns become one: what waits to leave is stopped, and what is being written goes along."""
    stop_leaving(conversation_id=source.pk, why=Stopped.RESTS, at=at)
    for draft in Draft.objects.select_for_update().filter(conversation=source).order_by("pk"):
        begun = open_draft(target.pk, draft.member_id)
        draft.conversation = target
        join(begun, draft)
