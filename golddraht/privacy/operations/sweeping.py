"""What was approved and is not done yet is taken up again, whatever has happened to its job; and the day's run begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext, override

from golddraht.plumbing import bus
from golddraht.privacy.events import ErasureApproved, KeepingDue
from golddraht.privacy.models import Erasure, KeepingRun
from golddraht.privacy.operations.keeping import begin_run
from golddraht.privacy.queries.runs import is_keeping, keeping_state
from golddraht.privacy.rules.keeping import is_time_for_a_run
from golddraht.team.operations import clear_alarm, raise_alarm
from golddraht.team.queries import current_tenant

PATIENCE = timedelta(minutes=10)
"""So long a job may take before it is asked for again."""
ALARM = "KEEPING"
SUBJECT = "retention"


@dataclass(frozen=True)
class Swept:
    nudged: int

    @property
    def is_done(self) -> bool:
        return True


def sweep(*, at: datetime) -> Swept:
    waiting = Erasure.objects.filter(done_at=None, approved_at__lt=at - PATIENCE, refused_at=None, withdrawn_at=None)
    ids = list(waiting.values_list("pk", flat=True))
    for erasure_id in ids:
        bus.publish(ErasureApproved(erasure_id, at))
    return Swept(len(ids))


def keep(*, at: datetime) -> None:
    """Begin today's run at night, and wake it again when it stands still; whoever has to know that it does not run is told."""
    run = KeepingRun.objects.filter(on=timezone.localdate(at)).values_list("pk", "ended_at", "moved_at").first()
    if run is None:
        # The first that really removes begins as soon as somebody has switched it on.
        alike = KeepingRun.objects.filter(is_trial=not is_keeping())
        latest = alike.aggregate(at=Max("began_at"))["at"]
        # A demo that still moves in would be looked at half furnished.
        if is_time_for_a_run(timezone.localtime(at), latest) and not current_tenant().demo_left:
            watch(at=at)
            begin_run(at=at)
    elif run[1] is None and run[2] < at - PATIENCE:
        watch(at=at)
        bus.publish(KeepingDue(run[0], at))


def watch(*, at: datetime) -> None:
    """Admins hear once when no run has come through for two days, or when what is past its period stays for a month."""
    state = keeping_state(at=at)
    if state.is_fine:
        clear_alarm(kind=ALARM, subject=SUBJECT, at=at)
    else:
        with override(current_tenant().language):
            raise_alarm(kind=ALARM, subject=SUBJECT, words=_words(is_late=state.is_late), at=at)


def _words(*, is_late: bool) -> str:
    if is_late:
        return gettext(
            "For two days nobody has looked for what is past its period. Is the worker running? See Settings, Retention."
        )
    return gettext(
        "Personal data have been past their period for a month, and nothing removes them (Art. 5 (1) (e) GDPR)."
        " Look at the preview in Settings, Retention, and switch it on."
    )
