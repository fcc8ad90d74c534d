"""What customers do when something happened: one line each."""

from __future__ import annotations

from golddraht.customers import jobs
from golddraht.customers.events import CustomerLearned, LookDue
from golddraht.customers.operations import look_for_alike, look_for_doubts


def compare_at_once(event: CustomerLearned) -> None:
    look_for_alike(customer_id=event.customer_id, at=event.at)


def notice_doubts(event: CustomerLearned) -> None:
    look_for_doubts(customer_id=event.customer_id, at=event.at)


def look_on_soon(event: LookDue) -> None:
    jobs.nudge_look()
