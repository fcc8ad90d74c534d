"""Undoing what an errand did to one concern. What somebody has changed since stays as they left it."""

from __future__ import annotations

from datetime import datetime

from golddraht.conversations.events import ConversationChanged, DraftsChanged
from golddraht.conversations.models import Conversation, Draft, Errand, ErrandLine, Message, Move, Solution
from golddraht.conversations.operations.merging import UndoRefused, undo_move
from golddraht.conversations.operations.milestones import mark
from golddraht.conversations.operations.outlook import Outlook
from golddraht.conversations.operations.owning import CannotCare, hand_over
from golddraht.conversations.operations.reopening import locked, make_live
from golddraht.conversations.operations.solving import withdraw_solution
from golddraht.conversations.operations.sorting import set_priority, set_tags
from golddraht.conversations.operations.touching import latest_allowed
from golddraht.conversations.rules import Automatic, Happening, LineState, Status, WhyNot
from golddraht.plumbing import bus
from golddraht.team.rules import Priority


def undo_line(line: ErrandLine, *, by: int | None, at: datetime) -> None:
    """Give back what was before; `why_not` then says what could not be taken back."""
    stays: list[str] = []
    if line.move is not None and not _unmerge(line.move, by=by, at=at):
        stays.append(WhyNot.MERGE)
    conversation = locked(line.conversation_id)
    if line.errand.puts_aside or line.errand.is_spam:
        _take_up_again(line, conversation, at=at)
    if line.solution is not None:
        withdraw_solution(solution_id=line.solution.pk, by=by, at=at)
    _take_answer_back(line, at=at)
    if line.message_id or line.solution_id:
        stays.append(WhyNot.SENT)
    _unsort(line, locked(line.conversation_id), by=by, at=at)
    _touch_as_before(line, locked(line.conversation_id), at=at)
    if not _hand_back(line, locked(line.conversation_id), by=by, at=at):
        stays.append(WhyNot.CHANGED)
    _forget_note(line)
    line.state, line.why_not = LineState.UNDONE, " ".join(stays)
    line.save()
    mark(line.conversation_id, Happening.ERRAND_UNDONE, by=by, at=at, words=line.errand.name)
    bus.publish(ConversationChanged(line.conversation_id, at))


def _take_answer_back(line: ErrandLine, *, at: datetime) -> None:
    """While it waits it is gone with the errand; one that was stopped is its writer's draft and stays."""
    draft = Draft.objects.select_for_update().filter(pk=line.draft_id or 0, leaves_at__isnull=False).first()
    if draft is not None:
        line.draft = None
        line.save(update_fields=["draft"])
        draft.delete()
        bus.publish(DraftsChanged(draft.member_id, at))


def _unmerge(move: Move, *, by: int | None, at: datetime) -> bool:
    try:
        undo_move(move_id=move.pk, by=by, at=at)
    except UndoRefused:
        return False
    return True


def _take_up_again(line: ErrandLine, conversation: Conversation, *, at: datetime) -> None:
    """As it was, with the next touch of then; where that has passed, with an honest new one."""
    put = Status.SPAM if line.errand.is_spam else Status.QUIET
    if conversation.status != put:
        return
    Solution.objects.filter(conversation=conversation, withdrawn_at=line.at).update(withdrawn_at=None)
    was = Status(line.status_before)
    if was not in {Status.OPEN, Status.WAITING, Status.PROPOSED}:
        conversation.status, conversation.quiet_reason = was, line.quiet_before
        conversation.save(update_fields=["status", "quiet_reason"])
    elif _still_stands(line.next_touch_before, conversation, at) and conversation.owner and conversation.owner.active:
        conversation.status, conversation.next_touch_at = was, line.next_touch_before
        conversation.quiet_reason = ""
        conversation.save(update_fields=["status", "next_touch_at", "quiet_reason"])
    else:
        make_live(conversation, at=at, outlook=Outlook(at))


def _still_stands(moment: datetime | None, conversation: Conversation, at: datetime) -> bool:
    return moment is not None and at < moment <= latest_allowed(conversation)


def _unsort(line: ErrandLine, conversation: Conversation, *, by: int | None, at: datetime) -> None:
    errand: Errand = line.errand
    added = [tag for tag in errand.tags if tag not in line.tags_before]
    if added:
        kept = [tag for tag in conversation.tags if tag not in added]
        set_tags(conversation_id=conversation.pk, tags=kept, by=by, at=at)
    if errand.priority and conversation.priority == errand.priority:
        set_priority(conversation_id=conversation.pk, priority=Priority(line.priority_before), by=by, at=at)


def _touch_as_before(line: ErrandLine, conversation: Conversation, *, at: datetime) -> None:
    """Only where nobody has set another one; a time that has passed meanwhile does not come back."""
    after = line.next_touch_after or line.errand.touch_at
    is_ours = after is not None and conversation.next_touch_at == after and not line.message_id
    if is_ours and conversation.is_live() and _still_stands(line.next_touch_before, conversation, at):
        conversation.next_touch_at = line.next_touch_before
        conversation.save(update_fields=["next_touch_at"])


def _hand_back(line: ErrandLine, conversation: Conversation, *, by: int | None, at: datetime) -> bool:
    """To whoever cared before, unless somebody else has taken it since. The customer hears of it if they heard before."""
    if line.owner_after_id is None or line.owner_before_id is None:
        return True
    if conversation.owner_id != line.owner_after_id:
        return False
    since = line.at or at
    told = Message.objects.filter(conversation=conversation, automatic=Automatic.HANDOVER, written_at=since).exists()
    try:
        hand_over(
            conversation_id=conversation.pk,
            to_id=line.owner_before_id,
            team_id=line.team_before_id,
            by=by,
            tells=told,
            at=at,
        )
    except CannotCare:
        return False
    return True


def _forget_note(line: ErrandLine) -> None:
    note, line.note = line.note, None
    line.save(update_fields=["note"])
    if note is not None:
        note.delete()
