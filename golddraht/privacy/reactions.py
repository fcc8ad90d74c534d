from __future__ import annotations

from golddraht.privacy import jobs
from golddraht.privacy.events import ErasureApproved, KeepingDue


def erase_soon(event: ErasureApproved) -> None:
    jobs.nudge(event.erasure_id)


def keep_soon(event: KeepingDue) -> None:
    jobs.nudge_run(event.run_id)
