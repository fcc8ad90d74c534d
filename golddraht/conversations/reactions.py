"""What conversations do when something happened in them: one line each."""

from __future__ import annotations

from golddraht.channels.events import SenderDoubted
from golddraht.consent.events import ConsentAsked, LeaveRefused, ObjectionRead
from golddraht.conversations import jobs
from golddraht.conversations.events import (
    AnswerArrived,
    AnswerLeaving,
    AnswerLost,
    BlockedArrived,
    ErrandBegun,
    MessageReceived,
    MessageWritten,
)
from golddraht.conversations.operations import gathering
from golddraht.conversations.operations.curious import forget_question, note_question
from golddraht.conversations.operations.hearing import hear_in_blocked, hear_objection, note_reading
from golddraht.conversations.operations.milestones import mark
from golddraht.conversations.operations.opting_in import write_question
from golddraht.conversations.operations.sending import stop_leaving
from golddraht.conversations.rules import Happening, Stopped


def let_leave_then(event: AnswerLeaving) -> None:
    jobs.wake_at(event.leaves_at, draft_id=event.draft_id, again=event.again)


def stop_on_arrival(event: MessageReceived) -> None:
    if not event.is_machine:
        stop_leaving(conversation_id=event.conversation_id, why=Stopped.CUSTOMER_WROTE, at=event.at)


def gather_evidence_soon(event: MessageReceived) -> None:
    """Only where there is something: most mails tell nothing new of their writer, and cost no job."""
    if not event.is_machine and gathering.says_something_new(message_id=event.message_id):
        jobs.gather_soon(event.message_id)


def note_question_asked(event: MessageWritten | AnswerArrived) -> None:
    note_question(message_id=event.message_id)


def forget_question_asked(event: AnswerLost) -> None:
    forget_question(message_id=event.message_id)


def doubt_evidence(event: SenderDoubted) -> None:
    gathering.doubt_evidence(message_id=event.message_id, at=event.at)


def hear_at_once(event: MessageReceived) -> None:
    if not event.is_machine:
        hear_objection(message_id=event.message_id, at=event.at)


def hear_of_the_blocked(event: BlockedArrived) -> None:
    hear_in_blocked(conversation_id=event.conversation_id, at=event.at)


def note_objection_read(event: ObjectionRead) -> None:
    said = event.message_id, event.note_id
    note_reading(message_id=said[0], note_id=said[1], act_id=event.act_id, reading=event.reading, at=event.at)


def write_consent_question(event: ConsentAsked) -> None:
    write_question(act_id=event.act_id, at=event.at)


def note_not_allowed(event: LeaveRefused) -> None:
    if event.conversation_id is not None:
        mark(event.conversation_id, Happening.NOT_ALLOWED, at=event.at, words=f"{event.message_class} {event.reason}")


def run_errand_soon(event: ErrandBegun) -> None:
    jobs.nudge_errand(event.errand_id)
