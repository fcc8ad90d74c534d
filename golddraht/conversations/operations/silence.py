"""Nobody is left in silence (M2): owners are reminded, leads are told, customers hear the new time.

What happens when the next touch of a conversation passes:

- OPEN, the next word is ours: the lead is told, once for each missed moment and again every day it stays missed. The
  customer gets one automatic interim message for each gap between human words, if budget, brake and address allow; it
  announces an honest new time, and only then the next touch moves.
- WAITING, the next word is the customer's: it is our turn to follow up, so it becomes OPEN with an honest time, and
  the owner is reminded before that as before any other. Nothing is written to the customer, who owes us nothing and
  whom we owe nothing yet. Where a colleague had set the moment themselves (“I call on Tuesday”) the lead is told too.
- PROPOSED: the customer is asked once more; asked twice, the solution is presumed. Where neither is possible, or the
  moment was pulled nearer because a promise ran out, the owner gets it back, and the lead is told.

Where the longest silence leaves no room the next touch cannot move: it stays overdue, and the lead hears of it daily.
So there is no overdue live conversation without an escalation for that very moment once a sweep has passed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from golddraht.consent.queries import leaves_at
from golddraht.conversations.events import ConversationChanged
from golddraht.conversations.models import Conversation, Escalation, Message
from golddraht.conversations.operations import letters
from golddraht.conversations.operations.asking import remind_of_inquiries
from golddraht.conversations.operations.escalating import escalate, tell_leads_again
from golddraht.conversations.operations.losing import is_lost
from golddraht.conversations.operations.milestones import mark
from golddraht.conversations.operations.outlook import Outlook
from golddraht.conversations.operations.owning import hand_over
from golddraht.conversations.operations.reopening import ensure_owner
from golddraht.conversations.operations.solving import (
    ask_again,
    give_back,
    is_time_to_ask,
    may_be_presumed,
    open_proposal_of,
    presume_solved,
)
from golddraht.conversations.operations.touching import follow_up_after
from golddraht.conversations.operations.writing import write_automatic
from golddraht.conversations.rules import (
    LIVE,
    REMINDED_BEFORE,
    Automatic,
    Happening,
    Status,
    reminded_from,
)
from golddraht.plumbing import bus

log = logging.getLogger(__name__)
BATCH = 200


@dataclass(frozen=True)
class Swept:
    """What one sweep did. `is_done` when nothing was left over for another one."""

    reminded: int
    faced: int
    told_again: int
    inquiries: int
    is_done: bool


def sweep(*, at: datetime, limit: int = BATCH) -> Swept:
    """Everything that is due at `at` in the tenant being seen, at most `limit` conversations of each kind.

    Safe to run at any time, twice, and beside another one: what somebody else works on is left to them.
    """
    outlook = Outlook(at)
    reminded = remind_owners(at=at, limit=limit, outlook=outlook)
    faced = escalate_overdue(at=at, limit=limit, outlook=outlook)
    return Swept(
        reminded=reminded,
        faced=faced,
        told_again=tell_leads_again(at=at, outlook=outlook),
        inquiries=remind_of_inquiries(at=at),
        is_done=max(reminded, faced) < limit,
    )


def escalate_overdue(*, at: datetime, limit: int = BATCH, outlook: Outlook | None = None) -> int:
    """Face every next touch that has passed and was not told yet; gives how many. One that fails stops no other."""
    outlook = outlook or Outlook(at)
    return _each(overdue_ids(at=at), lambda pk: _face(pk, outlook), limit=limit)


def overdue_ids(*, at: datetime) -> list[int]:
    """Live conversations whose next touch has passed without an escalation for it, the oldest first."""
    told = Escalation.objects.filter(conversation_id=OuterRef("pk"), missed_at=OuterRef("next_touch_at"))
    rows = Conversation.objects.filter(~Exists(told), status__in=sorted(LIVE), next_touch_at__lte=at)
    return list(rows.order_by("next_touch_at", "pk").values_list("pk", flat=True))


def _each(conversation_ids: Iterable[int], act: Callable[[int], bool], *, limit: int) -> int:
    """Act on each in a savepoint of its own until `limit` are done; whatever fails is logged by id and left behind."""
    done = 0
    for conversation_id in conversation_ids:
        if done >= limit:
            break
        try:
            with transaction.atomic():
                done += act(conversation_id)
        except Exception:
            log.exception("Conversation %s could not be swept.", conversation_id)
    return done


def _free(conversation_id: int) -> Conversation | None:
    """The live conversation, locked, unless somebody else works on it at this moment."""
    rows = Conversation.objects.select_for_update(of=("self",), skip_locked=True)
    found: Conversation | None = (
        rows.select_related("customer", "owner", "team").filter(pk=conversation_id, status__in=sorted(LIVE)).first()
    )
    return found


def _face(conversation_id: int, outlook: Outlook) -> bool:
    conversation = _free(conversation_id)
    if conversation is None or conversation.next_touch_at is None or conversation.next_touch_at > outlook.at:
        return False
    if conversation.status == Status.PROPOSED:
        _after_proposal(conversation, outlook)
    elif conversation.status == Status.WAITING:
        _after_waiting(conversation, outlook)
    else:
        _after_our_silence(conversation, outlook)
    return True


def _after_proposal(conversation: Conversation, outlook: Outlook) -> None:
    solution = open_proposal_of(conversation.pk)
    if solution is not None and solution.asked_again_at is None and is_time_to_ask(solution, conversation, outlook.at):
        ask_again(solution_id=solution.pk, at=outlook.at, outlook=outlook)
    elif solution is not None and may_be_presumed(solution, conversation, at=outlook.at):
        presume_solved(solution_id=solution.pk, at=outlook.at)
    else:
        give_back(conversation, at=outlook.at, outlook=outlook)


def _after_waiting(conversation: Conversation, outlook: Outlook) -> None:
    moment = outlook.next_touch_of(conversation)
    if moment is None or not _is_plain_follow_up(conversation):
        escalate(conversation, at=outlook.at, outlook=outlook)
    ensure_owner(conversation, at=outlook.at)
    conversation.status = Status.OPEN
    conversation.next_touch_at = moment or conversation.next_touch_at
    conversation.reminded_at = outlook.at
    conversation.save(update_fields=["owner", "status", "next_touch_at", "reminded_at"])
    mark(conversation.pk, Happening.FOLLOW_UP, at=outlook.at)
    bus.publish(ConversationChanged(conversation.pk, outlook.at))


def _is_plain_follow_up(conversation: Conversation) -> bool:
    """Nobody had set this moment: it is the usual time after our last word."""
    return conversation.next_touch_at == follow_up_after(conversation, conversation.touched_at)


def _after_our_silence(conversation: Conversation, outlook: Outlook) -> None:
    escalate(conversation, at=outlook.at, outlook=outlook)
    try:
        with transaction.atomic():
            _announce_new_time(conversation, outlook)
    except Exception:
        # The lead knows; that must stand even when the letter cannot be written.
        log.exception("No interim message for conversation %s.", conversation.pk)


def _announce_new_time(conversation: Conversation, outlook: Outlook) -> None:
    """Tell the customer when they will hear from us, once in each gap, and move the next touch to it."""
    leaves = leaves_at(customer_id=conversation.customer_id, at=outlook.at)
    moment = _moment_after(conversation, outlook, leaves)
    if moment is None or _was_told_in_this_gap(conversation):
        return
    # Moved first: a letter that cannot be delivered brings the conversation forward again.
    row = Conversation.objects.filter(pk=conversation.pk)
    row.update(next_touch_at=moment, reminded_at=None)
    message = write_automatic(
        conversation_id=conversation.pk,
        kind=Automatic.INTERIM,
        subject=conversation.subject,
        text=letters.interim(conversation, next_touch_at=moment, at=leaves),
        at=outlook.at,
    )
    # A letter that did not leave announces nothing: the moment stays missed, and the lead hears of it daily.
    if message is None or is_lost(message.pk):
        row.update(next_touch_at=conversation.next_touch_at, reminded_at=conversation.reminded_at)


def _moment_after(conversation: Conversation, outlook: Outlook, leaves: datetime) -> datetime | None:
    """The new time, still to come when the customer's quiet hours have ended and they read of it."""
    moment = outlook.next_touch_of(conversation)
    return moment if moment is None or moment > leaves else Outlook(leaves).next_touch_of(conversation)


def _was_told_in_this_gap(conversation: Conversation) -> bool:
    rows = Message.objects.filter(conversation=conversation, automatic=Automatic.INTERIM)
    return bool(rows.filter(received_at__gte=conversation.touched_at).exists())


def remind_owners(*, at: datetime, limit: int = BATCH, outlook: Outlook | None = None) -> int:
    """Tell owners whose next touch comes near, once for each; what somebody absent owns goes to who stands in.

    Gives how many were reminded.
    """
    outlook = outlook or Outlook(at)
    rows = Conversation.objects.filter(
        status__in=[Status.OPEN, Status.WAITING],
        reminded_at=None,
        next_touch_at__gt=at,
        next_touch_at__lte=at + REMINDED_BEFORE,
    )
    near = rows.order_by("next_touch_at", "pk").values_list("pk", "touched_at", "next_touch_at")
    due = [pk for pk, said, due_at in near if due_at and reminded_from(touched_at=said, next_touch_at=due_at) <= at]
    return _each(due, lambda pk: _remind(pk, outlook), limit=limit)


def _remind(conversation_id: int, outlook: Outlook) -> bool:
    conversation = _free(conversation_id)
    if conversation is None or conversation.reminded_at is not None:
        return False
    Conversation.objects.filter(pk=conversation_id).update(reminded_at=outlook.at)
    heir = _stand_in(conversation, outlook)
    if heir is not None:
        hand_over(conversation_id=conversation_id, to_id=heir, by=None, tells=True, at=outlook.at)
    mark(conversation_id, Happening.REMINDED, at=outlook.at)
    bus.publish(ConversationChanged(conversation_id, outlook.at))
    return True


def _stand_in(conversation: Conversation, outlook: Outlook) -> int | None:
    """Who cares instead of an owner who is away just now; None while the owner is there, or nobody else is."""
    if conversation.owner_id is None or conversation.owner_id not in outlook.away:
        return None
    heir = outlook.successor_of(conversation.owner_id, conversation.team)
    return heir.pk if heir is not None and heir.pk not in outlook.away else None
