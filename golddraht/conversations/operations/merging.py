"""Two that are one, one that is two, and taking either back. Every step leaves a milestone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from golddraht.conversations.events import ConversationChanged
from golddraht.conversations.models import Conversation, Goodwill, Inquiry, Link, Message, Milestone, Move, Note
from golddraht.conversations.operations.milestones import mark
from golddraht.conversations.operations.outlook import Outlook
from golddraht.conversations.operations.receiving import next_number
from golddraht.conversations.operations.recounting import recount
from golddraht.conversations.operations.reopening import ensure_owner, in_order, locked, withdraw_open_proposal
from golddraht.conversations.operations.sending import carry_drafts_over
from golddraht.conversations.operations.touching import latest_allowed, take_escalations
from golddraht.conversations.rules import LIVE, Happening, LinkKind, MoveKind, Status, joined_status
from golddraht.ground.numbers import spoken
from golddraht.ground.text import one_line
from golddraht.plumbing import bus

CARRIED: dict[str, type[Any]] = {
    "message_ids": Message,
    "note_ids": Note,
    "milestone_ids": Milestone,
    "inquiry_ids": Inquiry,
    "goodwill_ids": Goodwill,
}
"""What goes along when two conversations become one, by the field of Move that remembers it."""


RESTING = frozenset({Status.SOLVED, Status.QUIET})


class MergeRefused(ValueError):
    """These two cannot become one; the message says why."""


class SplitRefused(ValueError):
    """These messages cannot stand alone; the message says why."""


class UndoRefused(ValueError):
    """Something later stands on this move; the message says what to do first."""


@transaction.atomic
def merge(*, source_id: int, target_id: int, by: int | None, at: datetime) -> Move:
    """Everything in `source` belongs to `target` from now on; `by` None stands for the system's threading.

    The earlier next touch holds, and the target is live if either was. Raises MergeRefused.
    """
    source, target = _both(source_id, target_id)
    _refuse_merge(source, target, by)
    before = {
        "status_before": source.status,
        "next_touch_before": source.next_touch_at,
        "target_status_before": target.status,
        "target_solved_before": target.solved_at,
        "target_quiet_before": target.quiet_reason,
    }
    carried = _carry(source, target)
    move: Move = Move.objects.create(
        source=source, target=target, kind=MoveKind.MERGE, by_id=by, at=at, **before, **carried
    )
    carry_drafts_over(source, target, at=at)
    _join(source, target, by=by, at=at)
    return move


def _both(one_id: int, other_id: int) -> tuple[Conversation, Conversation]:
    rows = {pk: locked(pk) for pk in in_order([one_id, other_id])}
    return rows[one_id], rows[other_id]


def _refuse_merge(source: Conversation, target: Conversation, by: int | None) -> None:
    if source.pk == target.pk:
        raise MergeRefused("A concern cannot be merged with itself.")
    if {source.status, target.status} & {Status.MERGED, Status.SPAM}:
        raise MergeRefused("One of these concerns was merged already or is marked as spam.")
    if by is None and source.customer_id != target.customer_id:
        raise MergeRefused("Only a person may merge the concerns of two customers.")


def _carry(source: Conversation, target: Conversation) -> dict[str, list[int]]:
    carried = {}
    for field, model in CARRIED.items():
        rows = model.objects.filter(conversation=source)
        carried[field] = list(rows.order_by("pk").values_list("pk", flat=True))
        rows.update(conversation=target)
    return carried


def _join(source: Conversation, target: Conversation, *, by: int | None, at: datetime) -> None:
    """What the two conversations themselves are afterwards, once everything in them was carried over."""
    status = joined_status(Status(source.status), Status(target.status))
    if Status.PROPOSED in {source.status, target.status} and not source.status == target.status == status:
        withdraw_open_proposal(target.pk, by=by, at=at)
    withdraw_open_proposal(source.pk, by=by, at=at)
    take_escalations(conversation_id=source.pk, by=by, at=at)
    _take_over(source, target, status, at=at)
    source.status = Status.MERGED
    source.merged_into = target
    source.save()
    mark(source.pk, Happening.MERGED, by=by, at=at, words=spoken(target.number))
    mark(target.pk, Happening.MERGED_IN, by=by, at=at, words=spoken(source.number))
    for conversation in (source, target):
        bus.publish(ConversationChanged(conversation.pk, at, has_moved=True))


def _take_over(source: Conversation, target: Conversation, status: Status, *, at: datetime) -> None:
    touches = [one.next_touch_at for one in (source, target) if one.status in LIVE and one.next_touch_at]
    if not target.is_live() and source.is_live():
        target.owner = source.owner
        target.solved_at, target.quiet_reason = None, ""
    target.status = status
    target.touched_at = max(source.touched_at, target.touched_at)
    if target.is_live():
        ensure_owner(target, at=at)
        target.next_touch_at = min([*touches, latest_allowed(target)])
        target.reminded_at = None
    target.tags = list(dict.fromkeys([*target.tags, *source.tags]))
    recount(target)
    target.save()


@transaction.atomic
def split(*, conversation_id: int, message_ids: list[int], by: int, at: datetime, subject: str = "") -> Move:
    """These messages are a concern of their own: a new conversation, linked, with the same owner and next touch.

    Without `subject` it bears that of its first message. Its number is in `move.target`. Raises SplitRefused.
    """
    source = locked(conversation_id)
    messages = _splittable(source, message_ids)
    target = _new_from(source, messages, subject=subject, at=at)
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(conversation=target)
    move: Move = Move.objects.create(
        source=source,
        target=target,
        kind=MoveKind.SPLIT,
        message_ids=[message.pk for message in messages],
        status_before=source.status,
        next_touch_before=source.next_touch_at,
        by_id=by,
        at=at,
    )
    Link.objects.create(earlier=source, later=target, kind=LinkKind.SPLIT, by_id=by, at=at)
    for conversation in (source, target):
        recount(conversation)
        conversation.save()
        bus.publish(ConversationChanged(conversation.pk, at, has_moved=True))
    mark(source.pk, Happening.SPLIT, by=by, at=at, words=spoken(target.number))
    mark(target.pk, Happening.SPLIT_FROM, by=by, at=at, words=spoken(source.number))
    return move


def _splittable(source: Conversation, message_ids: list[int]) -> list[Message]:
    if source.status in {Status.MERGED, Status.SPAM}:
        raise SplitRefused("This concern was merged or is marked as spam.")
    messages = list(Message.objects.filter(pk__in=message_ids, conversation=source, inquiry=None).order_by("pk"))
    if not messages or len(messages) != len(set(message_ids)):
        raise SplitRefused("Choose messages of this concern; questions to third parties stay with it.")
    if not Message.objects.filter(conversation=source, inquiry=None).exclude(pk__in=message_ids).exists():
        raise SplitRefused("At least one message must stay.")
    return messages


def _new_from(source: Conversation, messages: list[Message], *, subject: str, at: datetime) -> Conversation:
    target = Conversation(
        number=next_number(),
        customer_id=next((message.customer_id for message in messages if message.customer_id), source.customer_id),
        subject=one_line(subject, 250) or one_line(messages[0].subject, 250) or source.subject,
        language=source.language,
        priority=source.priority,
        owner=source.owner,
        team=source.team,
        touched_at=source.touched_at if source.is_live() else at,
        longest_silence=source.longest_silence,
        latest_at=at,
        created_at=messages[0].received_at,
    )
    ensure_owner(target, at=at)
    kept = source.next_touch_at if source.is_live() else None
    target.next_touch_at = kept or Outlook(at).next_touch_of(target)
    target.save()
    return target


@transaction.atomic
def undo_move(*, move_id: int, by: int | None, at: datetime) -> None:
    """Take a merge or a split back; what has arrived since stays where it arrived. Twice is as good as once.

    Raises UndoRefused.
    """
    move = Move.objects.select_for_update().get(pk=move_id)
    if move.undone_at is not None:
        return
    source, target = _both(move.source_id, move.target_id)
    if move.kind == MoveKind.MERGE:
        _unmerge(move, source, target, by=by, at=at)
    else:
        _unsplit(source, target, by=by, at=at)
    move.undone_at = at
    move.save(update_fields=["undone_at"])


def _unsplit(source: Conversation, target: Conversation, *, by: int | None, at: datetime) -> None:
    """The part goes back whole, with whatever was said in it since."""
    if {source.status, target.status} & {Status.MERGED, Status.SPAM}:
        raise UndoRefused("One of the two was merged since or is marked as spam. Undo that first.")
    _carry(target, source)
    _join(target, source, by=by, at=at)
    Link.objects.filter(earlier=source, later=target, kind=LinkKind.SPLIT).delete()


def _unmerge(move: Move, source: Conversation, target: Conversation, *, by: int | None, at: datetime) -> None:
    if target.status == Status.MERGED:
        raise UndoRefused("This concern was merged once more since. Undo that first.")
    if not _leaves_words_in_both(move, target):
        raise UndoRefused("One of the two would be left without a message.")
    for field, model in CARRIED.items():
        model.objects.filter(pk__in=getattr(move, field), conversation=target).update(conversation=source)
    _stand_alone_again(move, source, target, at=at)
    if move.target_status_before in RESTING and not _was_touched_since(move, target):
        _rest_again(move, target, by=by, at=at)
    recount(target)
    target.save()
    for conversation, other in ((source, target), (target, source)):
        mark(conversation.pk, Happening.MOVE_UNDONE, by=by, at=at, words=spoken(other.number))
        bus.publish(ConversationChanged(conversation.pk, at, has_moved=True))


def _was_touched_since(move: Move, target: Conversation) -> bool:
    """Whether somebody has said something in it since the merge, so that it is a live concern by its own right."""
    return Message.objects.filter(conversation=target, received_at__gt=move.at, automatic="").exists()


def _rest_again(move: Move, target: Conversation, *, by: int | None, at: datetime) -> None:
    """What the merge had woken rests as before."""
    withdraw_open_proposal(target.pk, by=by, at=at)
    take_escalations(conversation_id=target.pk, by=by, at=at)
    target.status = move.target_status_before
    target.solved_at, target.quiet_reason = move.target_solved_before, move.target_quiet_before
    target.next_touch_at = target.reminded_at = None


def _leaves_words_in_both(move: Move, target: Conversation) -> bool:
    rows = Message.objects.filter(conversation=target)
    return rows.filter(pk__in=move.message_ids).exists() and rows.exclude(pk__in=move.message_ids).exists()


def _stand_alone_again(move: Move, source: Conversation, target: Conversation, *, at: datetime) -> None:
    source.merged_into = None
    source.status = move.status_before
    if source.is_live():
        _live_as_before(move, source, target, at=at)
    recount(source)
    source.save()


def _live_as_before(move: Move, source: Conversation, target: Conversation, *, at: datetime) -> None:
    """The next touch of then, or an honest new one when it has passed meanwhile: the merged one spoke for both."""
    if source.status == Status.PROPOSED:
        source.status = Status.OPEN  # The question whether it is solved was withdrawn by the merge.
    if source.owner is None or not source.owner.active:
        source.owner = target.owner
    ensure_owner(source, at=at)
    source.touched_at = max(source.touched_at, target.touched_at)
    before = move.next_touch_before
    still_ahead = before is not None and before > at
    source.next_touch_at = before if still_ahead else (Outlook(at).next_touch_of(source) or before or at)
    source.reminded_at = None
