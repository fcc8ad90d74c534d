from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from golddraht.privacy import jobs
from golddraht.privacy.events import ErasureApproved, KeepingDue
from golddraht.privacy.operations.choosing import begin_anew
from golddraht.team.events import CountryChanged
from golddraht.team.queries import current_tenant


def erase_soon(event: ErasureApproved) -> None:
    jobs.nudge(event.erasure_id)


def keep_soon(event: KeepingDue) -> None:
    jobs.nudge_run(event.run_id)


def look_again(event: CountryChanged) -> None:
    with translation.override(current_tenant().language):
        begin_anew(why=_("the company's country has changed, and with it the periods"), at=event.at)
