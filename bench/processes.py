"""What the running program costs: seconds of computing and memory, by process."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.browser.running import House

PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


@dataclass
class Household:
    """The processes of a running program: its parent, its children by role, the embedded database."""

    parent: psutil.Process
    database: psutil.Process
    peaks: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, house: House) -> Household:
        assert house.process is not None
        pid = int((house.data / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0])
        return cls(psutil.Process(house.process.pid), psutil.Process(pid))

    def groups(self) -> Iterator[tuple[str, list[psutil.Process]]]:
        """Who belongs together, under a name."""
        yield "parent", [self.parent]
        for child in sorted(self.parent.children(), key=lambda one: one.pid):
            yield child.name().removeprefix("draht-"), [child, *child.children(recursive=True)]
        yield "database", [self.database, *self.database.children(recursive=True)]

    def seconds(self) -> dict[str, float]:
        """Seconds of computing so far, those of ended database connections included."""
        return {name: sum(_seconds(one) for one in members) for name, members in self.groups()}

    def memory(self) -> dict[str, float]:
        """Megabytes of memory as proportional set size: what several share is counted once in the sum."""
        return {name: sum(_megabytes(one) for one in members) for name, members in self.groups()}

    def note_peak(self) -> None:
        """Remember the moment at which all of it together was the largest."""
        now = self.memory()
        if sum(now.values()) > sum(self.peaks.values()):
            self.peaks = now


def _seconds(process: psutil.Process) -> float:
    with suppress(psutil.Error):
        times = process.cpu_times()
        # Of the database's processes many end meanwhile; their parent has inherited their times.
        ended = times.children_user + times.children_system if process.name().startswith("postgres") else 0.0
        return float(times.user + times.system + ended)
    return 0.0


def _megabytes(process: psutil.Process) -> float:
    with suppress(OSError):
        found = PSS.search(Path(f"/proc/{process.pid}/smaps_rollup").read_text())
        return int(found[1]) / 1024 if found else 0.0
    return 0.0
