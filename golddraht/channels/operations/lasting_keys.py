"""Keys that end: a warning a week and a day before, and what was left to look at again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from golddraht.channels.events import SealsWanted
from golddraht.channels.models import MessageSeal, OwnKey
from golddraht.channels.queries.keys import ending_keys
from golddraht.plumbing import bus
from golddraht.team.models import Alarm
from golddraht.team.operations import clear_alarm, raise_alarm
from golddraht.team.queries import current_tenant

KINDS = ["key-week", "key-day"]


@transaction.atomic
def sweep(*, at: datetime) -> None:
    """What is due for the keys of the tenant being seen; safe to run at any time, any number of times."""
    if MessageSeal.objects.filter(wanted_at__isnull=False).exists():
        bus.publish(SealsWanted(at))
    with translation.override(current_tenant().language):
        _warn(at)


def _warn(at: datetime) -> None:
    """Each warning is an alarm of its own, so that it is told once; it ends when the key is out of service or gone."""
    wanted = {
        (f"key-{due}", f"{row.address} {row.fingerprint[:8]}"): _words(row, at) for row, due in ending_keys(at=at)
    }
    known = set(Alarm.objects.filter(kind__in=KINDS, cleared_at=None).values_list("kind", "subject"))
    for kind, subject in known - wanted.keys():
        clear_alarm(kind=kind, subject=subject, at=at)
    for kind, subject in wanted.keys() - known:
        raise_alarm(kind=kind, subject=subject, words=wanted[kind, subject], at=at)


def _words(row: OwnKey, at: datetime) -> str:
    names = {"address": row.address, "day": date_format(localtime(row.valid_until), "DATE_FORMAT")}
    if row.valid_until is not None and row.valid_until <= at:
        words = _("The key for encrypted mail to %(address)s ended on %(day)s.")
    else:
        words = _("The key for encrypted mail to %(address)s ends on %(day)s.")
    advice = _(
        "Get a new one, add it in the settings under “Keys”, give it to those who write to you encrypted, and take the"
        " old one out of service; it still opens old mail."
    )
    return f"{words % names} {advice}"
