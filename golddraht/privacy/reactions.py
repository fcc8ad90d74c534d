from __future__ import annotations

from golddraht.privacy import jobs
from golddraht.privacy.events import ErasureApproved


def erase_soon(event: ErasureApproved) -> None:
    jobs.nudge(event.erasure_id)
