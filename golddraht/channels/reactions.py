"""What channels do when something happened: one line each."""

from __future__ import annotations

from golddraht.channels import jobs, operations
from golddraht.channels.events import DeliveryQueued, MailKept
from golddraht.conversations.events import MessageWritten


def read_soon(event: MailKept) -> None:
    jobs.nudge(jobs.read_mail, event.raw_mail_id)


def send_what_was_written(event: MessageWritten) -> None:
    operations.queue_delivery(message_id=event.message_id, at=event.at)


def deliver_soon(event: DeliveryQueued) -> None:
    jobs.nudge(jobs.deliver, event.delivery_id, at=event.at)
