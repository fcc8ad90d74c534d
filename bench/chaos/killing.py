"""Which process is killed when: `kill -9` of the program's own processes, found through its own process tree."""

from __future__ import annotations

import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psutil

from tests.browser.running import House

WORKERS = ("worker", "deliverer")
"""Both work off jobs; the one that delivers has a process of its own."""

ROLES = ("web", *WORKERS, "listener", "database")
BACKEND = 0.3
"""How often it is not the server of the database but one of its processes, which makes it start anew as well."""

AT_ONCE, CALM = 0.2, 0.12
LONGEST_GAP, LONGEST_CALM = 3.0, 20.0
COMES_BACK_WITHIN = 60.0
"""The parent pauses for up to half a minute before it starts again what keeps falling."""


@dataclass(frozen=True)
class Kill:
    """Who was killed when (monotonic seconds), and whether everything had been well before."""

    role: str
    at: float
    was_well: bool


@dataclass
class Killer:
    """Kills until `count` is reached or time is up."""

    house: House
    chance: Random
    kills: list[Kill] = field(default_factory=list)
    trouble: str = ""

    def kill(self, count: int, *, until: float) -> None:
        """All roles alike, in an order of chance; whoever is gone at the moment is taken later."""
        bag: list[str] = []
        while len(self.kills) < count and time.monotonic() < until:
            bag = bag or self.chance.sample(ROLES, len(ROLES))
            role = self._next_alive(bag)
            if role is None:
                return
            bag.remove(role)
            self._wait()

    def _next_alive(self, bag: list[str]) -> str | None:
        """The first of these roles that lives and was killed; None with `trouble` when none comes back."""
        until = time.monotonic() + COMES_BACK_WITHIN
        while time.monotonic() < until:
            if self.house.process is None or self.house.process.poll() is not None:
                self.trouble = "The program has ended."
                return None
            for role in bag:
                if self._kill(role):
                    return role
            time.sleep(0.05)
        self.trouble = f"None of {', '.join(bag)} came back within {COMES_BACK_WITHIN:.0f} s."
        return None

    def _kill(self, role: str) -> bool:
        was_well = is_well(self.house)
        with suppress(psutil.Error, OSError, ValueError):
            for process in processes(self.house, role, self.chance):
                process.kill()
                self.kills.append(Kill(role, time.monotonic(), was_well))
                return True
        return False

    def _wait(self) -> None:
        """Sometimes not at all, sometimes for a moment in which much is still being set up, sometimes until all is well."""
        drawn = self.chance.random()
        if drawn < CALM:
            wait_until_well(self.house, LONGEST_CALM)
        time.sleep(self.chance.uniform(0, 0.2 if drawn > 1 - AT_ONCE else LONGEST_GAP))

    def by_role(self) -> str:
        counted = Counter(kill.role for kill in self.kills)
        return ", ".join(f"{role} {counted[role]}" for role in ROLES)


def processes(house: House, role: str, chance: Random) -> Iterator[psutil.Process]:
    """The living process of the role, of this program alone."""
    assert house.process is not None
    if role == "database":
        server = database(house)
        backends = server.children() if chance.random() < BACKEND else []
        yield chance.choice(backends) if backends else server
        return
    for child in psutil.Process(house.process.pid).children():
        if child.name() == f"draht-{role}" and child.status() != psutil.STATUS_ZOMBIE:
            yield child


def database(house: House) -> psutil.Process:
    """The server that works on this program's folder. Raises OSError, ValueError or psutil.Error while there is none."""
    cluster = house.data / "postgres" / "cluster"
    found = psutil.Process(int((cluster / "postmaster.pid").read_text().split()[0]))
    if not any(Path(word) == cluster for word in found.cmdline()):
        raise ValueError("That number belongs to another program by now.")
    return found


def is_well(house: House) -> bool:
    """Whether every role has its process and the pages say that they are ready."""
    return not missing(house)


def missing(house: House) -> list[str]:
    """The roles that have no process, and why the pages are not ready."""
    with suppress(psutil.Error, OSError, ValueError):
        if absent := [role for role in ROLES if not any(processes(house, role, Random(0)))]:
            return absent
    try:
        with urllib.request.urlopen(house.url + "/readyz", timeout=5):
            return []
    except OSError as failure:
        return [f"pages: {failure}"]


def wait_until_well(house: House, within: float) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if is_well(house):
            return True
        time.sleep(0.1)
    return False
