"""What follows at the door of customers: one line each."""

from __future__ import annotations

from golddraht.access import jobs
from golddraht.access.events import CodeAsked, CopyAsked


def send_code_soon(event: CodeAsked) -> None:
    jobs.send_code_soon(event.code_id)


def make_copy_soon(event: CopyAsked) -> None:
    jobs.make_copy_soon(event.copy_id)
