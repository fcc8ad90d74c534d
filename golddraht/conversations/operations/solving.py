"""Solved: proposed by us, said by the customer. Never by time-out without asking twice (M1)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.consent.queries import leaves_at
from golddraht.conversations.events import (
    ConcernReopened,
    ConcernSolved,
    ConversationChanged,
    MessageReceived,
    SolutionProposed,
)
from golddraht.conversations.models import Conversation, Message, Solution
from golddraht.conversations.operations import letters
from golddraht.conversations.operations.escalating import escalate
from golddraht.conversations.operations.losing import is_lost
from golddraht.conversations.operations.milestones import mark
from golddraht.conversations.operations.outlook import Outlook
from golddraht.conversations.operations.receiving import Enclosure, Words, go_on, keep, wake_up
from golddraht.conversations.operations.reopening import (
    OPEN_PROPOSAL,
    ensure_owner,
    locked,
    withdraw_open_proposal,
)
from golddraht.conversations.operations.touching import latest_allowed, take_escalations
from golddraht.conversations.operations.writing import NotLive, reply, write_automatic
from golddraht.conversations.queries.circle import circle_of, to_the_customer
from golddraht.conversations.rules import (
    ASKED_AGAIN_AFTER,
    LIVE,
    PRESUMED_AFTER,
    Automatic,
    Channel,
    Direction,
    Happening,
    Status,
)
from golddraht.customers.queries import mail_address_of
from golddraht.plumbing import bus
from golddraht.plumbing.links import absolute, token_for
from golddraht.plumbing.tenancy import current_tenant_id

PURPOSE = "solution"


class NotAskedTwice(ValueError):
    """Nothing is presumed: the customer was not asked a second time, or the time after it is not over."""


class NoSuchProposal(LookupError):
    """There is no solution of that id here."""


def solution_path(solution_id: int) -> str:
    """Where the customer says whether it is solved. Looking at the page changes nothing."""
    return f"/k/geloest/{token_for(PURPOSE, tenant_id=current_tenant_id(), id_=solution_id)}/"


@transaction.atomic
def propose_solution(
    *,
    conversation_id: int,
    by: int,
    text: str,
    at: datetime,
    seen_message_id: int | None = None,
    channel: Channel = Channel.EMAIL,
    enclosures: tuple[Enclosure, ...] = (),
) -> Solution:
    """Answer, and ask whether it is solved with that. The customer is asked once more after some days.

    An earlier proposal is withdrawn. Raises NothingToSay, NotLive, StaleAnswer.
    """
    conversation = locked(conversation_id)
    withdraw_open_proposal(conversation_id, by=by, at=at)
    solution: Solution = Solution.objects.create(conversation=conversation, proposed_at=at, proposed_by_id=by)
    reply(
        conversation_id=conversation_id,
        author_id=by,
        text=_with_question(conversation, solution, text) if text.strip() else "",
        channel=channel,
        enclosures=enclosures,
        seen_message_id=seen_message_id,
        # The link says “solved” for whoever has it, so others in copy do not get it.
        recipients=to_the_customer(circle_of(conversation)) or None,
        at=at,
    )
    _wait_for_an_answer(conversation_id, at + ASKED_AGAIN_AFTER)
    mark(conversation_id, Happening.PROPOSED, by=by, at=at)
    bus.publish(SolutionProposed(conversation_id, solution.pk, at))
    return solution


def _wait_for_an_answer(conversation_id: int, moment: datetime) -> None:
    conversation = locked(conversation_id)
    # It is open again already when the words could not be sent: then nobody was asked.
    if conversation.status in {Status.WAITING, Status.PROPOSED}:
        conversation.status = Status.PROPOSED
        conversation.next_touch_at = min(moment, latest_allowed(conversation))
        conversation.save(update_fields=["status", "next_touch_at"])


def _with_question(conversation: Conversation, solution: Solution, text: str) -> str:
    return letters.solved_question(conversation, link=absolute(solution_path(solution.pk)), text=text)


@transaction.atomic
def confirm_solution(*, solution_id: int, at: datetime) -> Solution:
    """The customer says that it is solved. Twice is as good as once; after it was presumed it still counts.

    Where something newer waits for an answer the word is noted for the owner, and the concern stays open. Raises
    NoSuchProposal.
    """
    solution, conversation = _with_conversation(solution_id)
    if solution.confirmed_at is not None and conversation.status == Status.SOLVED:
        return solution
    if not _may_close(solution, conversation):
        return _note_late_word(solution, conversation, at=at)
    solution.presumed_at = None
    solution.confirmed_at = at
    solution.save(update_fields=["presumed_at", "confirmed_at"])
    _close(conversation, solution, confirmed=True, at=at)
    return solution


@transaction.atomic
def confirm_in_person(*, conversation_id: int, by: int, at: datetime) -> Solution:
    """The customer told a colleague, on the phone or at the desk, that it is solved. Raises NotLive."""
    conversation = locked(conversation_id)
    _refuse_unless_live(conversation)
    withdraw_open_proposal(conversation_id, by=by, at=at)
    solution: Solution = Solution.objects.create(
        conversation=conversation, proposed_at=at, proposed_by_id=by, confirmed_at=at
    )
    _close(conversation, solution, confirmed=True, by=by, at=at)
    return solution


def _refuse_unless_live(conversation: Conversation) -> None:
    if conversation.status not in LIVE:
        raise NotLive("This concern is not open.")


def _with_conversation(solution_id: int) -> tuple[Solution, Conversation]:
    """The solution and the conversation it is about now, both locked; the conversation first, as everywhere."""
    found = Solution.objects.filter(pk=solution_id).values_list("conversation_id", flat=True).first()
    if found is None:
        raise NoSuchProposal(solution_id)
    conversation = locked(found)
    while conversation.merged_into_id is not None:
        conversation = locked(conversation.merged_into_id)
    return Solution.objects.select_for_update().get(pk=solution_id), conversation


def _may_close(solution: Solution, conversation: Conversation) -> bool:
    if solution.objected_at or solution.recurred_at or solution.withdrawn_at:
        return False
    if conversation.status == Status.SOLVED:
        return True
    waits_for_us = conversation.status == Status.OPEN and conversation.latest_direction == Direction.IN
    return conversation.status in LIVE and not waits_for_us


def _note_late_word(solution: Solution, conversation: Conversation, *, at: datetime) -> Solution:
    mark(conversation.pk, Happening.CONFIRMED_LATE, at=at)
    bus.publish(ConversationChanged(conversation.pk, at))
    return solution


def _close(
    conversation: Conversation, solution: Solution, *, confirmed: bool, at: datetime, by: int | None = None
) -> None:
    conversation.solved_at = conversation.solved_at or at
    conversation.status = Status.SOLVED
    conversation.next_touch_at = None
    conversation.reminded_at = None
    conversation.save(update_fields=["solved_at", "status", "next_touch_at", "reminded_at"])
    take_escalations(conversation_id=conversation.pk, by=by, at=at)
    mark(conversation.pk, Happening.CONFIRMED if confirmed else Happening.PRESUMED, by=by, at=at)
    bus.publish(ConcernSolved(conversation.pk, solution.pk, confirmed=confirmed, at=at))


@transaction.atomic
def object_to_solution(*, solution_id: int, words: str, at: datetime) -> Solution:
    """The customer says that it is not solved, with what is missing: open again, with an honest time.

    Their words stand in the thread like any other message. Raises NoSuchProposal.
    """
    solution, conversation = _with_conversation(solution_id)
    if solution.objected_at is not None and solution.objection == words[:4000]:
        return solution
    was = Status(conversation.status)
    _keep_objection(solution, words, at=at)
    _hear(conversation, words, at=at)
    if was not in {Status.PROPOSED, Status.SOLVED}:
        mark(conversation.pk, Happening.OBJECTED, at=at)
        bus.publish(ConcernReopened(conversation.pk, recurred=False, at=at))
    return Solution.objects.get(pk=solution_id)


def _hear(conversation: Conversation, text: str, *, at: datetime) -> None:
    said = Words(channel=Channel.EMAIL, text=text, subject=conversation.subject, language=conversation.language)
    if text.strip():
        message = keep(conversation, conversation.customer, said, at=at, inquiry=None)
        go_on(conversation, said, at=at)
        bus.publish(
            MessageReceived(
                conversation_id=conversation.pk,
                message_id=message.pk,
                customer_id=conversation.customer_id,
                is_new_conversation=False,
                is_machine=False,
                needs_answer=True,
                at=at,
            )
        )
    elif conversation.status != Status.SPAM:
        wake_up(conversation, said, at=at)
        bus.publish(ConversationChanged(conversation.pk, at))


def _keep_objection(solution: Solution, words: str, *, at: datetime) -> None:
    solution.objection = words[:4000]
    solution.save(update_fields=["objection"])
    Solution.objects.filter(pk=solution.pk).exclude(withdrawn_at__isnull=False).update(objected_at=at)


@transaction.atomic
def ask_again(*, solution_id: int, at: datetime, outlook: Outlook | None = None) -> bool:
    """Ask the customer once more; True when the question left.

    Where budget, brake or address do not allow it the owner gets the concern back and the lead is told: nothing is
    presumed of somebody who was not asked. Raises NoSuchProposal.
    """
    solution, conversation = _with_conversation(solution_id)
    if solution.asked_again_at is not None or conversation.status != Status.PROPOSED or not _is_open(solution):
        return False
    text = letters.solved_question_again(conversation, link=absolute(solution_path(solution_id)))
    if _ask(conversation, text, at=at) is None or not _is_asked(conversation):
        give_back(conversation, at=at, outlook=outlook or Outlook(at))
        return False
    solution.asked_again_at = at
    solution.save(update_fields=["asked_again_at"])
    # They have their days from when they can read it.
    _wait_for_an_answer(conversation.pk, leaves_at(customer_id=conversation.customer_id, at=at) + PRESUMED_AFTER)
    mark(conversation.pk, Happening.ASKED_AGAIN, at=at)
    bus.publish(ConversationChanged(conversation.pk, at))
    return True


def _ask(conversation: Conversation, text: str, *, at: datetime) -> Message | None:
    if latest_allowed(conversation) <= at:
        return None
    asked = write_automatic(
        conversation_id=conversation.pk, kind=Automatic.SOLVED_QUESTION, subject=conversation.subject, text=text, at=at
    )
    return asked if asked is not None and not is_lost(asked.pk) else None


def _is_asked(conversation: Conversation) -> bool:
    """Whether the question is on its way; one that cannot be delivered has woken the conversation."""
    rows = Conversation.objects.filter(pk=conversation.pk)
    return bool(rows.filter(status=Status.PROPOSED).exists())


def _is_open(solution: Solution) -> bool:
    return all(getattr(solution, name) is None for name in OPEN_PROPOSAL)


def is_time_to_ask(solution: Solution, conversation: Conversation, at: datetime) -> bool:
    """Whether the customer has had their days to answer the first question."""
    return bool(at >= min(solution.proposed_at + ASKED_AGAIN_AFTER, latest_allowed(conversation)))


def open_proposal_of(conversation_id: int) -> Solution | None:
    """What was proposed to the customer and not answered yet."""
    found: Solution | None = Solution.objects.filter(conversation_id=conversation_id, **OPEN_PROPOSAL).first()
    return found


def give_back(conversation: Conversation, *, at: datetime, outlook: Outlook) -> None:
    """The owner's turn again, and the lead knows: the customer could not be asked, or not for long enough."""
    if conversation.next_touch_at is not None and conversation.next_touch_at <= at:
        escalate(conversation, at=at, outlook=outlook)
    conversation = locked(conversation.pk)
    ensure_owner(conversation, at=at)
    conversation.status = Status.OPEN
    conversation.next_touch_at = outlook.next_touch_of(conversation) or conversation.next_touch_at
    conversation.reminded_at = None
    conversation.save(update_fields=["owner", "status", "next_touch_at", "reminded_at"])
    bus.publish(ConversationChanged(conversation.pk, at))


@transaction.atomic
def presume_solved(*, solution_id: int, at: datetime) -> Solution:
    """Solved, as far as we know: the customer was asked twice and said nothing. Raises NotAskedTwice, NoSuchProposal."""
    solution, conversation = _with_conversation(solution_id)
    if solution.presumed_at is not None or solution.confirmed_at is not None:
        return solution
    if not may_be_presumed(solution, conversation, at=at):
        raise NotAskedTwice("Ask the customer once more and wait, before this counts as solved.")
    solution.presumed_at = at
    solution.save(update_fields=["presumed_at"])
    _close(conversation, solution, confirmed=False, at=at)
    return solution


def may_be_presumed(solution: Solution, conversation: Conversation, *, at: datetime) -> bool:
    """Asked twice, long enough ago, at an address that still takes our mail, and nothing has come in between."""
    if conversation.status != Status.PROPOSED or not _is_open(solution) or solution.asked_again_at is None:
        return False
    is_reachable = mail_address_of(customer_id=conversation.customer_id) is not None
    return is_reachable and bool(at >= solution.asked_again_at + PRESUMED_AFTER)


@transaction.atomic
def withdraw_solution(*, solution_id: int, by: int | None, at: datetime) -> Solution:
    """It was not the solution after all: the next word is ours. Raises NoSuchProposal."""
    solution, conversation = _with_conversation(solution_id)
    if not _is_open(solution):
        return solution
    withdraw_open_proposal(solution.conversation_id, by=by, at=at)
    if conversation.status == Status.PROPOSED:
        give_back(conversation, at=at, outlook=Outlook(at))
    return Solution.objects.get(pk=solution_id)
