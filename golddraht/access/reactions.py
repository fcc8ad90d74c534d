"""What follows at the door of customers: one line each."""

from __future__ import annotations

from golddraht.access import jobs
from golddraht.access.events import CodeAsked


def send_code_soon(event: CodeAsked) -> None:
    jobs.send_code_soon(event.code_id)
