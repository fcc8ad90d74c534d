"""What the sweeper does for mail: find what a dead process left behind, nudge what was forgotten, raise the alarm."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import ngettext

from golddraht.channels.events import AlarmUntold, DeliveryQueued, MailKept
from golddraht.channels.operations.alarming import BRAKE
from golddraht.channels.operations.delivering import recover_stuck
from golddraht.channels.operations.health import alarm_failing_mailboxes
from golddraht.channels.operations.reaching import review_doubtful
from golddraht.channels.queries import due_delivery_ids, raw_unread_since, unread_ids
from golddraht.conversations.operations.looping import forget_loops
from golddraht.conversations.queries.braking import is_brake_pulled
from golddraht.plumbing import bus
from golddraht.team.models import Alarm
from golddraht.team.operations import clear_alarm, raise_alarm
from golddraht.team.queries import current_tenant

UNREAD_MAIL = "unread-mail"
FORGOTTEN_AFTER = timedelta(seconds=10)
PORTION = 50
TOLD_WITHIN = timedelta(hours=24)


@transaction.atomic
def sweep(*, at: datetime) -> None:
    """Everything that is due for mail in the tenant being seen; safe to run at any time, any number of times."""
    recover_stuck(at=at)
    review_doubtful(at=at)
    alarm_failing_mailboxes(at=at)
    _alarm_about_unread(at)
    _let_brake_go(at)
    forget_loops(at=at)
    for raw_mail_id in unread_ids(limit=PORTION, before=at - FORGOTTEN_AFTER):
        bus.publish(MailKept(raw_mail_id, at))
    for delivery_id in due_delivery_ids(at=at - FORGOTTEN_AFTER, limit=PORTION):
        bus.publish(DeliveryQueued(delivery_id, at, again=True))
    _nudge_untold_alarms(at)


def _alarm_about_unread(at: datetime) -> None:
    count, tenant = raw_unread_since(at=at), current_tenant()
    if not count:
        clear_alarm(kind=UNREAD_MAIL, subject=tenant.slug, at=at)
        return
    with translation.override(tenant.language):
        words = ngettext(
            "One mail has been waiting to be read for more than a minute. Nothing is lost; is the worker running?",
            "%(count)d mails have been waiting to be read for more than a minute. Nothing is lost; is the worker running?",
            count,
        ) % {"count": count}
        raise_alarm(kind=UNREAD_MAIL, subject=tenant.slug, words=words, at=at)


def _let_brake_go(at: datetime) -> None:
    """A new hour lets automatic mail leave again; the next time too many are wanted, somebody is told again."""
    if not is_brake_pulled(at=at):
        clear_alarm(kind=BRAKE, subject=current_tenant().slug, at=at)


def _nudge_untold_alarms(at: datetime) -> None:
    untold = Alarm.objects.filter(told_at=None, cleared_at=None, raised_at__gte=at - TOLD_WITHIN)
    for alarm_id in untold.filter(raised_at__lt=at - timedelta(minutes=1)).values_list("pk", flat=True):
        bus.publish(AlarmUntold(alarm_id, at))
