"""Telling an alarm to the admins, on another way than the one that failed."""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils import translation

from golddraht.channels.carriers.smtp.posting import post
from golddraht.channels.operations.alarming import dispatches_of, ways_for
from golddraht.channels.operations.composing import Dispatch
from golddraht.channels.rules import DeliveryState
from golddraht.plumbing import outgoing
from golddraht.plumbing.pausing import is_paused
from golddraht.plumbing.tenancy import seeing
from golddraht.team.models import Alarm
from golddraht.team.operations import note_alarm_told
from golddraht.team.queries import current_tenant

log = logging.getLogger(__name__)


def tell_alarm(*, tenant_id: int, alarm_id: int, at: datetime, step: float = outgoing.STEP) -> bool:
    """Try one way after the other until an admin could be told; False when none worked. Call it outside of any transaction."""
    with seeing(tenant_id, read_only=True):
        language = current_tenant().language
        alarm = Alarm.objects.filter(pk=alarm_id, told_at=None, cleared_at=None).first()
        ways = ways_for(alarm) if alarm else []
    if alarm is None or is_paused():
        return True
    with translation.override(language):
        for way in ways:
            with seeing(tenant_id, read_only=True):
                letters = dispatches_of(alarm, way, at=at)
            # Every admin is told before we ask whether anybody was.
            told = [_is_told(tenant_id, letter, at, step) for letter in letters]
            if any(told):
                _note(tenant_id, alarm_id, at)
                return True
    log.error("An alarm could not be told to anybody.", extra={"tenant": tenant_id})
    return False


def _is_told(tenant_id: int, letter: Dispatch, at: datetime, step: float) -> bool:
    outcome = post(tenant_id, letter, at=at, step=step)
    return outcome is not None and outcome.state is DeliveryState.ACCEPTED


def _note(tenant_id: int, alarm_id: int, at: datetime) -> None:
    with seeing(tenant_id):
        note_alarm_told(alarm_id=alarm_id, at=at)
