"""Mails in a file and what it costs to take them. Standard library only: the other programs' environments import it, too."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Result:
    """What one program made of the mails. `stored` are those it has rows for; only these count."""

    name: str
    mails: int = 0
    stored: int = 0
    conversations: int = 0
    failed: int = 0
    wall: float = 0.0
    seconds: float = 0.0
    database_seconds: float = 0.0
    said: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Stored mails a second."""
        return self.stored / self.wall if self.wall else 0.0

    @property
    def rate_of_computing(self) -> float:
        """Stored mails a second of computing, the database's included: what one core can do that never waits."""
        computed = self.seconds + self.database_seconds
        return self.stored / computed if computed else 0.0

    def write(self, file: Path) -> None:
        file.write_text(json.dumps(asdict(self)))

    @classmethod
    def read(cls, file: Path) -> Result:
        return cls(**json.loads(file.read_text()))


class Clock:
    """Wall time, and seconds of computing of this process and of the database, between entering and leaving."""

    def __init__(self, result: Result, postmaster: int = 0) -> None:
        self.result, self.postmaster = result, postmaster

    def __enter__(self) -> Clock:
        self.begun = self._now()
        return self

    def __exit__(self, *failure: object) -> None:
        wall, own, database = (later - earlier for later, earlier in zip(self._now(), self.begun, strict=True))
        self.result.wall += wall
        self.result.seconds += own
        self.result.database_seconds += database

    def _now(self) -> tuple[float, float, float]:
        return time.perf_counter(), time.process_time(), database_seconds(self.postmaster) if self.postmaster else 0.0


def database_seconds(postmaster: int) -> float:
    """Computing of a PostgreSQL server with all its processes so far, the ended ones included."""
    own = _times(postmaster)
    children = (_times(int(pid)) for pid in _children(postmaster))
    return (sum(own) + sum(sum(each[:2]) for each in children)) / TICKS


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _times(pid: int) -> tuple[int, ...]:
    """User, system, and both of the children that have ended, in ticks (proc_pid_stat(5), fields 14 to 17)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return (0, 0, 0, 0)
    return tuple(int(each) for each in fields[11:15])


def pin(core: int, *pids: int) -> None:
    """Have these processes, and those that they start later, share one core."""
    for pid in pids:
        os.sched_setaffinity(pid, {core})


def pin_database(core: int, postmaster: int) -> None:
    pin(core, postmaster, *(int(pid) for pid in _children(postmaster)))


def write_mails(file: Path, mails: list[bytes]) -> None:
    with file.open("wb") as written:
        for mail in mails:
            written.write(b"%010d" % len(mail) + mail)


def read_mails(file: Path) -> list[bytes]:
    return list(_read(file.read_bytes()))


def _read(content: bytes) -> Iterator[bytes]:
    place = 0
    while place < len(content):
        size = int(content[place : place + 10])
        yield content[place + 10 : place + 10 + size]
        place += 10 + size


def filled_in(mail: bytes, tokens: list[tuple[bytes, bytes]], address: bytes) -> bytes:
    """The mail with the marks by which a program finds back to the concern that is answered (see `corpus`)."""
    if b"@@" not in mail:
        return mail
    head, gap, body = mail.partition(b"\n\n")
    for number, (to, subject) in enumerate(tokens):
        if b"@@to-%d@@" % number in head:
            head = head.replace(b"@@to-%d@@" % number, to or address).replace(b"@@subject-%d@@" % number, subject)
    return head + gap + body


def taken_one_by_one(mails: list[bytes], take: Callable[[bytes], object], result: Result, postmaster: int) -> None:
    """Each handed over alone; what a program trips over is counted and told."""
    with Clock(result, postmaster):
        for mail in mails:
            result.mails += 1
            try:
                take(mail)
            except Exception as failure:
                result.failed += 1
                if result.failed <= 3:
                    result.said.append(f"{type(failure).__name__}: {failure}"[:200])
