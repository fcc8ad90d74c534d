"""Putting aside what needs no answer, and getting it back; spam, priority and tags."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.conversations.events import ConversationChanged, MessageReceived
from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations.milestones import mark
from golddraht.conversations.operations.outlook import Outlook
from golddraht.conversations.operations.receiving import has_been_answered
from golddraht.conversations.operations.reopening import in_order, locked, make_live, withdraw_open_proposal
from golddraht.conversations.operations.touching import follow_up_after, take_escalations
from golddraht.conversations.queries.tags import meant_by
from golddraht.conversations.rules import Direction, Happening, Status
from golddraht.ground.text import one_line
from golddraht.plumbing import bus
from golddraht.team.rules import Priority

MOST_TAGS = 12


@transaction.atomic
def mark_quiet(*, conversation_ids: list[int], by: int | None, reason: str, at: datetime) -> int:
    """No answer is needed, says a person; the lead sees it on the daily list. Gives how many were put aside.

    Merged conversations and those that rest already stay as they are.
    """
    changed = 0
    for conversation_id in in_order(conversation_ids):
        conversation = locked(conversation_id)
        if conversation.is_live():
            conversation.quiet_reason = one_line(reason, 40)
            conversation.quiet_reviewed_at = None
            put_aside(conversation, Status.QUIET, Happening.QUIETED, by=by, at=at, words=reason)
            changed += 1
    return changed


@transaction.atomic
def mark_spam(*, conversation_ids: list[int], by: int | None, at: datetime) -> int:
    """Somebody abuses our address. Gives how many were put aside."""
    changed = 0
    for conversation_id in in_order(conversation_ids):
        conversation = locked(conversation_id)
        if conversation.status not in {Status.SPAM, Status.MERGED}:
            put_aside(conversation, Status.SPAM, Happening.SPAM, by=by, at=at)
            changed += 1
    return changed


def put_aside(
    conversation: Conversation, status: Status, kind: Happening, *, by: int | None, at: datetime, words: str = ""
) -> None:
    """Let a locked conversation rest in that status; nothing is owed in it any more."""
    withdraw_open_proposal(conversation.pk, by=by, at=at)
    take_escalations(conversation_id=conversation.pk, by=by, at=at)
    conversation.status = status
    conversation.next_touch_at = None
    conversation.reminded_at = None
    conversation.save()
    mark(conversation.pk, kind, by=by, at=at, words=words)
    bus.publish(ConversationChanged(conversation.pk, at))


def wake(*, conversation_ids: list[int], by: int | None, at: datetime) -> int:
    """It does need an answer: open again, with owner and an honest next touch. Gives how many woke."""
    return _get_back(conversation_ids, Status.QUIET, Happening.WOKEN, by=by, at=at)


def unmark_spam(*, conversation_ids: list[int], by: int | None, at: datetime) -> int:
    """It was none, or shall not rest because of its sender: open again, with owner and an honest next touch.

    Gives how many came back.
    """
    return _get_back(conversation_ids, Status.SPAM, Happening.NOT_SPAM, by=by, at=at)


@transaction.atomic
def _get_back(conversation_ids: list[int], was: Status, kind: Happening, *, by: int | None, at: datetime) -> int:
    outlook, changed = Outlook(at), 0
    for conversation_id in in_order(conversation_ids):
        conversation = locked(conversation_id)
        if conversation.status == was:
            kind = Happening.FREED if conversation.block_id else kind
            make_live(conversation, at=at, outlook=outlook)
            mark(conversation_id, kind, by=by, at=at)
            bus.publish(_as_if_it_arrived(conversation_id, at))
            changed += 1
    return changed


def _as_if_it_arrived(conversation_id: int, at: datetime) -> MessageReceived | ConversationChanged:
    """What nobody of ours has answered yet gets its promise and receipt now; else only the lists change."""
    heard = Message.objects.filter(conversation_id=conversation_id, inquiry=None, direction=Direction.IN)
    first = heard.select_related("conversation").order_by("pk").first()
    if first is None or has_been_answered(conversation_id):
        return ConversationChanged(conversation_id, at)
    return MessageReceived(
        conversation_id=conversation_id,
        message_id=first.pk,
        customer_id=first.conversation.customer_id,
        is_new_conversation=True,
        is_machine=bool(first.machine_kind),
        needs_answer=True,
        at=at,
    )


@transaction.atomic
def review_quiet(*, conversation_ids: list[int], by: int, at: datetime) -> int:
    """The lead looked: these really need no answer. Gives how many were new on the list."""
    rows = Conversation.objects.filter(pk__in=conversation_ids, status=Status.QUIET, quiet_reviewed_at=None)
    return int(rows.update(quiet_reviewed_at=at))


@transaction.atomic
def set_priority(*, conversation_id: int, priority: Priority, by: int | None, at: datetime) -> None:
    """How urgent it is from now on. Where that promises an earlier word, the next touch comes forward; it never moves away."""
    conversation = locked(conversation_id)
    if conversation.priority == priority:
        return
    conversation.priority = Priority(priority)
    _bring_forward(conversation, at=at)
    conversation.save(update_fields=["priority", "next_touch_at", "reminded_at"])
    mark(conversation_id, Happening.PRIORITY, by=by, at=at, words=priority)
    bus.publish(ConversationChanged(conversation_id, at))


def _bring_forward(conversation: Conversation, *, at: datetime) -> None:
    """Whoever is asked whether it is solved is left their time; what is overdue stays overdue."""
    if conversation.next_touch_at is None or conversation.status == Status.PROPOSED:
        return
    is_ours = conversation.status == Status.OPEN
    soon = Outlook(at).next_touch_of(conversation) if is_ours else follow_up_after(conversation, at)
    if soon is not None and soon < conversation.next_touch_at:
        conversation.next_touch_at, conversation.reminded_at = soon, None


@transaction.atomic
def set_tags(*, conversation_id: int, tags: list[str], by: int | None, at: datetime) -> None:
    """Exactly these tags from now on, each once, at most twelve of forty signs; an old name gives what it is called today."""
    cleaned = dict.fromkeys(meant_by(one_line(tag, 40)) for tag in tags if tag.strip())
    conversation = locked(conversation_id)
    wanted = list(cleaned)[:MOST_TAGS]
    if conversation.tags == wanted:
        return
    conversation.tags = wanted
    conversation.save(update_fields=["tags"])
    mark(conversation_id, Happening.TAGS, by=by, at=at, words=", ".join(wanted))
    bus.publish(ConversationChanged(conversation_id, at))
