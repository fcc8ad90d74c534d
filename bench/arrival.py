"""From a mail's acceptance to its owner, promise and queued receipt, at a steady rate: `python -m bench.arrival`.

Starts the real program on a folder of its own, hands mails to its listener, and looks into the database as the
program's own role. Goals: 99 of 100 within two seconds at 30 mails a second for ten minutes on two cores, nothing lost;
all of the program within 600 MB; the first page within two seconds of a warm start.
"""

from __future__ import annotations

import argparse
import os
import smtplib
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

import psycopg

from bench import sink
from bench.letters import SERVICE, letter
from bench.processes import Household
from tests.browser.running import House, a_running_house, scratch_folder

FIRST_PAGE = "/konto/login/"
CORES = 2
LINES = 12
LOOK_EVERY = 0.1
LOOKS_REST = 19.0
"""So many times as long as a look has taken nobody looks again: looking must not take what is measured."""
NOTE_MEMORY_EVERY = 5.0
GIVE_UP_AFTER = 900.0
REST = 5.0
GOAL_P99, GOAL_MEGABYTES, GOAL_FIRST_PAGE = 2.0, 600.0, 2.0
CARED_FOR = """
    SELECT record.mail_id
    FROM channels_mailrecord record
    JOIN conversations_message message ON message.id = record.message_id
    JOIN conversations_conversation concern ON concern.id = message.conversation_id AND concern.owner_id IS NOT NULL
    WHERE record.tenant_id = %(tenant)s AND record.mail_id = ANY(%(pending)s)
      AND EXISTS (SELECT FROM promises_promise promise
                  WHERE promise.tenant_id = %(tenant)s AND promise.conversation_id = concern.id
                    AND promise.kind = 'FIRST_ANSWER')
      AND (concern.machine_like_at IS NOT NULL
           OR EXISTS (SELECT FROM conversations_message receipt
                  JOIN channels_delivery delivery ON delivery.message_id = receipt.id
                  WHERE receipt.tenant_id = %(tenant)s AND receipt.conversation_id = concern.id
                    AND receipt.direction = 'OUT' AND receipt.automatic <> ''))
"""
"""Which of the pending mails have an owner, a promised answer and a receipt on its way.

Whoever writes a second time within two minutes of our receipt may be a machine and gets no second one: that is settled, too.
"""


@dataclass
class Journal:
    """When each mail was accepted and when it was cared for; safe to write from several threads."""

    accepted: dict[str, float] = field(default_factory=dict)
    cared_for: dict[str, float] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    latest_delay: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note_accepted(self, mail_id: str, delay: float) -> None:
        with self.lock:
            self.accepted[mail_id] = time.monotonic()
            self.latest_delay = max(self.latest_delay, delay)

    def pending(self) -> list[str]:
        with self.lock:
            return [mail_id for mail_id in self.accepted if mail_id not in self.cared_for]

    def waits(self) -> list[float]:
        return sorted(self.cared_for[one] - at for one, at in self.accepted.items() if one in self.cared_for)


# Handing mails over


@dataclass
class Stream:
    """Mails that are due evenly at a rate; some lines take them one after the other until there is none, or time is up."""

    house: House
    journal: Journal
    count: int
    rate: float
    given: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def hand_over(self) -> None:
        """Give all mails; a slow answer delays one line and not the others. Ends in time whatever the program does."""
        self.begins = time.monotonic() + 0.5
        self.ends = self.begins + self.count / self.rate + GIVE_UP_AFTER
        lines = [threading.Thread(target=self._line, name=f"line {place}", daemon=True) for place in range(LINES)]
        for line in lines:
            line.start()
        for line in lines:
            line.join(max(0.0, self.ends - time.monotonic()))

    def _next(self) -> int | None:
        with self.lock:
            if self.given >= self.count or time.monotonic() > self.ends:
                return None
            self.given += 1
            return self.given

    def _line(self) -> None:
        """Whoever is cut off calls again, as mail servers do."""
        number = self._next()
        while number is not None:
            try:
                with smtplib.SMTP("127.0.0.1", self.house.smtp_port, timeout=30) as line:
                    while number is not None:
                        self._give(line, number)
                        number = self._next()
            except OSError as trouble:
                self.journal.refused.append(str(trouble))
                number = self._next()

    def _give(self, line: smtplib.SMTP, number: int) -> None:
        written, due = letter(number), self.begins + number / self.rate
        time.sleep(max(0.0, due - time.monotonic()))
        delay = time.monotonic() - due
        line.sendmail(written.sender, [SERVICE], written.content)
        self.journal.note_accepted(written.mail_id, delay)


# Looking into the database


class Watcher(threading.Thread):
    """Looks up to ten times a second which mails are cared for, until `enough` is set and none is pending."""

    def __init__(self, url: str, tenant_id: int, journal: Journal, household: Household) -> None:
        super().__init__(name="watcher")
        self.url, self.tenant_id, self.journal, self.household = url, tenant_id, journal, household
        self.enough = threading.Event()

    def run(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("SELECT set_config('golddraht.tenants', %s, false)", [str(self.tenant_id)])
            give_up, note_memory = float("inf"), 0.0
            while time.monotonic() < give_up:
                begun = time.monotonic()
                self.look(connection)
                if self.enough.is_set():
                    give_up = min(give_up, begun + GIVE_UP_AFTER)
                    if not self.journal.pending():
                        break
                if begun >= note_memory:
                    self.household.note_peak()
                    note_memory = begun + NOTE_MEMORY_EVERY
                took = time.monotonic() - begun
                time.sleep(max(LOOK_EVERY - took, LOOKS_REST * took))

    def look(self, connection: psycopg.Connection[Any]) -> None:
        if pending := self.journal.pending():
            rows = connection.execute(CARED_FOR, {"tenant": self.tenant_id, "pending": pending}).fetchall()
            now = time.monotonic()
            self.journal.cared_for.update((mail_id, now) for (mail_id,) in rows)


# The company


def found_company(sink_port: int) -> tuple[str, int]:
    """A company of eight people and a team, whose receipts go to the sink. Gives the app's database address and its id."""
    from golddraht.house import whereabouts

    whereabouts.open_django()
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.models import Tenant
    from golddraht.plumbing.tenancy import seeing

    at = now()
    tenant = _tenant(at)
    with seeing(tenant.pk):
        _furnish(tenant, sink_port)
    Tenant.objects.filter(pk=tenant.pk).update(automatic_per_hour=100_000)
    return os.environ[whereabouts.APP], tenant.pk


def _tenant(at: Any) -> Any:
    from golddraht.team.operations import found_tenant

    return found_tenant(slug="werkbank", name="Werkbank", at=at)


def _furnish(tenant: Any, sink_port: int) -> None:
    from datetime import time as clock_time

    from golddraht.channels.operations import add_mailbox
    from golddraht.team.operations import form_team, invite
    from golddraht.team.rules import Role

    roles = [Role.ADMIN, Role.LEAD, *[Role.AGENT] * 6]
    people = [
        invite(
            tenant_id=tenant.pk,
            email=f"person{place}@werkbank.example",
            name=f"Person {place}",
            role=role,
            password=None,
            languages=("de",),
        )
        for place, role in enumerate(roles)
    ]
    hours = [(day, clock_time(0), clock_time(23, 59)) for day in range(7)]
    form_team(name="Service", lead=people[1], members=people[1:], hours=hours, is_default=True)
    add_mailbox(
        address=SERVICE,
        sender_name="Werkbank",
        is_default=True,
        smtp_host="127.0.0.1",
        smtp_port=sink_port,
        smtp_security="NONE",
    )


# The report


@dataclass
class Report:
    """What is printed, goal by goal."""

    met: list[bool] = field(default_factory=list)

    def say(self, what: str, *, goal: bool | None = None) -> None:
        if goal is not None:
            self.met.append(goal)
        print(what + ("" if goal is None else "   met" if goal else "   MISSED"), flush=True)

    def tell_waits(self, journal: Journal, seconds: float) -> None:
        waits = journal.waits()
        lost = len(journal.accepted) - len(waits)
        self.say(f"accepted {len(journal.accepted)} mails in {seconds:.0f} s: {len(journal.accepted) / seconds:.1f}/s")
        self.say(f"handed over late by at most {journal.latest_delay:.2f} s; refused {len(journal.refused)}")
        self.say(f"lost {lost}", goal=lost == 0 and not journal.refused)
        for refusal in journal.refused[:3]:
            self.say(f"   {refusal}")
        if len(waits) > 1:
            cuts = quantiles(waits, n=100, method="inclusive")
            said = f"p50 {cuts[49]:.2f} s, p95 {cuts[94]:.2f} s, p99 {cuts[98]:.2f} s, max {waits[-1]:.2f} s"
            self.say(f"acceptance to owner, promise, receipt queued: {said}", goal=cuts[98] < GOAL_P99)

    def tell_table(self, title: str, figures: dict[str, float], unit: str, *, most: float | None = None) -> None:
        total = sum(figures.values())
        parts = ", ".join(f"{name} {value:.0f}" for name, value in figures.items())
        self.say(f"{title}: {total:.0f} {unit} ({parts})", goal=None if most is None else total < most)


@contextmanager
def _house(data: Path, what: str, report: Report, *, most: float | None = None) -> Iterator[House]:
    with a_running_house(data, "--no-demo", ready_path=FIRST_PAGE, GOLDDRAHT_LOG_LEVEL="WARNING") as house:
        report.say(
            f"{what}: first page after {house.ready_after:.2f} s",
            goal=None if most is None else house.ready_after < most,
        )
        yield house


def main(minutes: float, rate: float) -> int:
    """Run the bench; 0 when every goal is met."""
    report = Report()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    report.say(f"{minutes:g} minutes at {rate:g} mails a second on {len(os.sched_getaffinity(0))} cores")
    with ExitStack() as doing:
        data = doing.enter_context(scratch_folder())
        # The program and this bench sign and seal alike.
        os.environ |= {"GOLDDRAHT_DATA": str(data), "GOLDDRAHT_SECRET_KEY": "only-for-the-bench-" + "0123456789" * 4}
        os.environ["GOLDDRAHT_PRIVATE_HOSTS"] = "127.0.0.1"
        with _house(data, "cold start", report):
            pass
        took = doing.enter_context(sink.listening())
        house = doing.enter_context(_house(data, "warm start", report, most=GOAL_FIRST_PAGE))
        run(house, took, report, count=round(minutes * 60 * rate), rate=rate)
    return 0 if all(report.met) else 1


def run(house: House, took: sink.Sink, report: Report, *, count: int, rate: float) -> None:
    url, tenant_id = found_company(took.port)
    household, journal = Household.of(house), Journal()
    time.sleep(REST)
    report.tell_table("memory at rest", household.memory(), "MB")
    before = household.seconds()
    watcher = Watcher(url, tenant_id, journal, household)
    watcher.start()
    begun = time.monotonic()
    Stream(house, journal, count, rate).hand_over()
    seconds = time.monotonic() - begun
    watcher.enough.set()
    watcher.join()
    household.note_peak()
    report.tell_waits(journal, seconds)
    used = {name: value - before.get(name, 0.0) for name, value in household.seconds().items()}
    report.tell_table("computing", used, "s")
    report.say(
        f"computing per mail: {1000 * sum(used.values()) / max(1, count):.1f} ms; receipts delivered: {took.taken}"
    )
    report.tell_table("memory at most", household.peaks, "MB", most=GOAL_MEGABYTES)
    if complaints := house.said.strip().splitlines()[1:]:
        report.say("the program said:\n   " + "\n   ".join(complaints[:5]))


def asked(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.arrival", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (default 10, at most 60)")
    parser.add_argument("--rate", type=float, default=30.0, help="mails a second (default 30, at most 200)")
    found = parser.parse_args(arguments)
    if not (0 < found.minutes <= 60 and 0 < found.rate <= 200):
        parser.error("At most 60 minutes and 200 mails a second.")
    return found


if __name__ == "__main__":
    wanted = asked()
    sys.exit(main(wanted.minutes, wanted.rate))
