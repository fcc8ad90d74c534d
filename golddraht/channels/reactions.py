"""What channels do when something happened: one line each."""

from __future__ import annotations

from datetime import datetime, timedelta

from golddraht.channels import jobs, operations
from golddraht.channels.events import (
    AlarmUntold,
    DeliveryQueued,
    DomainAsked,
    MailKept,
    SealsWanted,
    SendersUnjudged,
    TokenEnding,
    TrialAsked,
)
from golddraht.channels.rules import READING
from golddraht.conversations.events import BrakePulled, MessageWritten
from golddraht.plumbing.tenancy import current_tenant_id, notify_before_commit
from golddraht.team.events import AlarmRaised


def read_soon(event: MailKept) -> None:
    notify_before_commit(READING, str(current_tenant_id()))


def send_what_was_written(event: MessageWritten) -> None:
    operations.queue_delivery(message_id=event.message_id, at=event.at)


def deliver_soon(event: DeliveryQueued) -> None:
    jobs.nudge(jobs.deliver, event.delivery_id, at=event.due_at, again=event.again)


def renew_token(event: TokenEnding) -> None:
    jobs.nudge(jobs.renew_token, event.mailbox_id, again=True)


def tell_admins(event: AlarmRaised) -> None:
    jobs.nudge(jobs.tell_alarm, event.alarm_id)


def tell_admins_again(event: AlarmUntold) -> None:
    jobs.nudge(jobs.tell_alarm, event.alarm_id, at=_next_minute(event), again=True)


def alarm_about_brake(event: BrakePulled) -> None:
    operations.alarm_about_brake(at=event.at)


def judge_senders_soon(event: SendersUnjudged) -> None:
    jobs.nudge(jobs.judge_senders, current_tenant_id(), again=True)


def look_at_domain_soon(event: DomainAsked) -> None:
    jobs.nudge(jobs.look_at_domain, event.mail_domain_id, again=True)


def send_trial_soon(event: TrialAsked) -> None:
    jobs.nudge(jobs.send_trial, event.trial_id)


def open_again_soon(event: SealsWanted) -> None:
    jobs.nudge(jobs.open_again, current_tenant_id(), again=True)


def _next_minute(event: AlarmUntold) -> datetime:
    return event.at.replace(second=0, microsecond=0) + timedelta(minutes=1)
