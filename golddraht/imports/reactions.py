"""What imports do when something happened: one line each."""

from __future__ import annotations

from golddraht.imports import jobs
from golddraht.imports.events import ImportBegun


def work_soon(event: ImportBegun) -> None:
    jobs.nudge(event.import_id)
