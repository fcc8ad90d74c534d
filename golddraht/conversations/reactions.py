"""What conversations do when something happened in them: one line each."""

from __future__ import annotations

from golddraht.conversations import jobs
from golddraht.conversations.events import AnswerLeaving, ErrandBegun, MessageReceived
from golddraht.conversations.operations.sending import stop_leaving
from golddraht.conversations.rules import Stopped


def let_leave_then(event: AnswerLeaving) -> None:
    jobs.wake_at(event.leaves_at, draft_id=event.draft_id, again=event.again)


def stop_on_arrival(event: MessageReceived) -> None:
    if not event.is_machine:
        stop_leaving(conversation_id=event.conversation_id, why=Stopped.CUSTOMER_WROTE, at=event.at)


def run_errand_soon(event: ErrandBegun) -> None:
    jobs.nudge_errand(event.errand_id)
