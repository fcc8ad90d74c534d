"""What an errand does to one concern: all of its acts, or none of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from golddraht.conversations.models import Conversation, Draft, Errand, ErrandLine
from golddraht.conversations.operations.drafting import Writing
from golddraht.conversations.operations.merging import MergeRefused, merge
from golddraht.conversations.operations.notes import add_note
from golddraht.conversations.operations.owning import CannotCare, hand_over
from golddraht.conversations.operations.reopening import locked
from golddraht.conversations.operations.sending import send_answer
from golddraht.conversations.operations.solving import propose_solution
from golddraht.conversations.operations.sorting import MOST_TAGS, mark_quiet, mark_spam, set_priority, set_tags
from golddraht.conversations.operations.touching import NextTouchRefused, set_next_touch
from golddraht.conversations.operations.writing import NotLive, StaleAnswer
from golddraht.conversations.queries import backlog
from golddraht.conversations.queries.wording import filled_for
from golddraht.conversations.rules import Channel, Direction, LineState, Status, WhyNot
from golddraht.customers.queries import mail_address_of
from golddraht.customers.rules import UnprovenSalutation
from golddraht.ground.moments import spoken_language
from golddraht.team.models import Membership, Team
from golddraht.team.queries import present_members_of
from golddraht.team.rules import Priority

USUAL_QUESTION = {
    "de": "{anrede}\n\nich glaube, dass Ihr Anliegen nun gelöst ist. Ist das auch für Sie so?",
    "en": "{greeting}\n\nI believe that your concern is solved now. Is that so for you, too?",
}
BY_A_PERSON = "MEMBER"
REFUSALS: dict[type[Exception], WhyNot] = {
    NotLive: WhyNot.NOT_LIVE,
    StaleAnswer: WhyNot.STALE,
    NextTouchRefused: WhyNot.TOUCH,
    CannotCare: WhyNot.NOBODY,
    MergeRefused: WhyNot.MERGE,
    UnprovenSalutation: WhyNot.UNPROVEN,
}


class ActRefused(ValueError):
    """Something of the errand cannot be done here; then nothing of it is."""

    def __init__(self, why: WhyNot, words: str = "") -> None:
        super().__init__(f"{why} {words}".strip())


def do_line(line: ErrandLine, *, alone: bool, at: datetime) -> None:
    """Do the errand to one concern, or note why it is left. `alone` is what somebody does to the one before them."""
    try:
        with transaction.atomic():
            conversation = locked(line.conversation_id)
            _remember(line, conversation)
            _act(line, conversation, alone=alone, at=at)
            _note_next_touch(line)
            line.state = LineState.DONE
    except (NotLive, StaleAnswer, NextTouchRefused, CannotCare, MergeRefused, UnprovenSalutation) as refusal:
        _refuse(line, REFUSALS[type(refusal)])
    except ActRefused as refused:
        _refuse(line, str(refused))
    line.at = at
    line.save()


def _refuse(line: ErrandLine, why: str) -> None:
    line.state, line.why_not = LineState.REFUSED, why[:200]
    line.draft = line.message = line.note = line.solution = line.move = line.owner_after = None
    line.next_touch_after = None


def _remember(line: ErrandLine, conversation: Conversation) -> None:
    line.status_before, line.priority_before = conversation.status, conversation.priority
    line.tags_before, line.next_touch_before = list(conversation.tags), conversation.next_touch_at
    line.owner_before, line.team_before = conversation.owner, conversation.team
    line.quiet_before = conversation.quiet_reason


def _note_next_touch(line: ErrandLine) -> None:
    """Where this errand put it, so that undoing moves nothing that somebody else has set since."""
    if line.errand.touch_at or line.errand.priority:
        line.next_touch_after = locked(line.conversation_id).next_touch_at


def _act(line: ErrandLine, conversation: Conversation, *, alone: bool, at: datetime) -> None:
    """In an order in which nothing stands in the way of the next: words first, handing over and ending last."""
    errand = line.errand
    _refuse_resting(errand, conversation)
    if errand.text or errand.asks_whether_solved:
        _say(line, conversation, alone=alone, at=at)
    _sort(errand, conversation, at=at)
    if errand.touch_at and not errand.text:
        set_next_touch(conversation_id=conversation.pk, next_touch_at=errand.touch_at, by=errand.by_id, at=at)
    if errand.note:
        line.note = add_note(conversation_id=conversation.pk, by=errand.by_id, text=errand.note, at=at)
    if errand.to_id or errand.team_id:
        line.owner_after = _pass_on(errand, conversation, at=at)
    _end(line, conversation, at=at)


def _refuse_resting(errand: Errand, conversation: Conversation) -> None:
    wants_life = errand.text or errand.touch_at or errand.asks_whether_solved or errand.puts_aside or errand.to_id
    if conversation.status in {Status.MERGED, Status.SPAM} or (wants_life and not conversation.is_live()):
        raise ActRefused(WhyNot.NOT_LIVE)


def _say(line: ErrandLine, conversation: Conversation, *, alone: bool, at: datetime) -> None:
    errand = line.errand
    if not alone and (conversation.latest_direction == Direction.OUT or _is_answered_soon(conversation)):
        raise ActRefused(WhyNot.ANSWERED)
    if mail_address_of(customer_id=conversation.customer_id) is None:
        raise ActRefused(WhyNot.NO_MAIL)
    text = errand.text or USUAL_QUESTION[spoken_language(conversation.language)]
    said = filled_for(conversation, text, author_name=errand.by.name, at=at)
    if said.missing:
        raise ActRefused(WhyNot.MISSING, ", ".join(said.missing))
    known: Any = {
        "conversation_id": conversation.pk,
        "text": said.text,
        "seen_message_id": line.seen_message_id,
        "at": at,
    }
    if errand.asks_whether_solved:
        line.solution = propose_solution(by=errand.by_id, channel=Channel.EMAIL, **known)
    else:
        _answer(line, conversation, said.text, at=at)


def _is_answered_soon(conversation: Conversation) -> bool:
    """Whether an answer waits to leave."""
    return Draft.objects.filter(conversation=conversation, leaves_at__isnull=False).exists()


def _answer(line: ErrandLine, conversation: Conversation, text: str, *, at: datetime) -> None:
    """It leaves as any answer of this person does: for some seconds it can be taken back."""
    errand = line.errand
    sent = send_answer(
        conversation_id=conversation.pk,
        author_id=errand.by_id,
        writing=Writing(text, next_touch_at=errand.touch_at, seen_message_id=line.seen_message_id),
        undo_within=_undo_within(errand),
        is_apart=True,
        at=at,
    )
    line.draft_id, line.message_id = sent.draft_id, sent.message_id


def _undo_within(errand: Errand) -> timedelta:
    """Where something follows that stands on the answer, such as handing over or ending, it leaves at once."""
    goes_on = errand.to_id or errand.team_id or errand.puts_aside or errand.is_spam or errand.into_id
    return timedelta(0) if goes_on else timedelta(seconds=errand.by.undo_seconds)


def _sort(errand: Errand, conversation: Conversation, *, at: datetime) -> None:
    if errand.tags:
        tags = list(dict.fromkeys([*conversation.tags, *errand.tags]))[:MOST_TAGS]
        set_tags(conversation_id=conversation.pk, tags=tags, by=errand.by_id, at=at)
    if errand.priority:
        set_priority(conversation_id=conversation.pk, priority=Priority(errand.priority), by=errand.by_id, at=at)


def _pass_on(errand: Errand, conversation: Conversation, *, at: datetime) -> Membership:
    """To the one who was named, else to whoever of the team is there and has least on their desk."""
    to_id = errand.to_id or _least_busy(errand.team, conversation, at=at)
    hand_over(conversation_id=conversation.pk, to_id=to_id, team_id=errand.team_id, by=errand.by_id, at=at)
    return Membership.objects.get(pk=to_id)


def _least_busy(team: Team, conversation: Conversation, *, at: datetime) -> int:
    there = present_members_of(team=team, at=at)
    if conversation.owner_id in there:
        return int(conversation.owner_id)
    load = backlog().load
    return min(there, key=lambda pk: (load[pk], pk), default=team.lead_id)


def _end(line: ErrandLine, conversation: Conversation, *, at: datetime) -> None:
    errand = line.errand
    if errand.puts_aside:
        mark_quiet(conversation_ids=[conversation.pk], by=errand.by_id, reason=BY_A_PERSON, at=at)
    if errand.is_spam:
        mark_spam(conversation_ids=[conversation.pk], by=errand.by_id, at=at)
    if errand.into_id and errand.into_id != conversation.pk:
        line.move = merge(source_id=conversation.pk, target_id=errand.into_id, by=errand.by_id, at=at)
