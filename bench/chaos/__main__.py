"""Kill processes at random while mails pour in and answers go out, and count afterwards: `python -m bench.chaos`.

Starts the real program on a folder of its own. Goals: every accepted mail is there once; every answer went out once,
or is unknown only where the other server's log shows that DATA was begun when somebody was killed; nothing is marked
accepted that is missing there; no open concern is without owner and next touch or overdue without an escalation; no
mail is unread.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.arrival import Report, found_company
from bench.chaos import peer as other_end
from bench.chaos.checking import SENDERS, Findings, Sent, hits, settle, wind_forward
from bench.chaos.killing import Killer, missing, wait_until_well
from bench.chaos.writing import Colleagues, Customers, Traffic
from tests.browser.running import House, a_running_house, scratch_folder


@dataclass(frozen=True)
class Plan:
    """How much of everything."""

    kills: int
    minutes: float
    rate: float
    seed: int
    keep: str
    patience: float


@dataclass
class Run:
    """Everything that takes part in one run."""

    house: House
    peer: other_end.Peer
    plan: Plan
    report: Report

    def all(self) -> None:
        self.tenant_id, token = self._company()
        chance = Random(self.plan.seed)
        ends = time.monotonic() + self.plan.minutes * 60
        self.traffic = Traffic(self.house, ends + self.plan.patience)
        self.customers = Customers(self.traffic, self.peer, self.plan.rate, Random(chance.random()))
        self.colleagues = Colleagues(self.traffic, token, self.plan.rate / 2, Random(chance.random()))
        self.killer = Killer(self.house, Random(chance.random()))
        self._pour(ends)
        self._settle()
        self._look()

    def _company(self) -> tuple[int, str]:
        _, tenant_id = found_company(self.peer.port)
        from django.db import connection

        from golddraht.plumbing.clock import now
        from golddraht.plumbing.tenancy import seeing
        from golddraht.team.models import Membership
        from golddraht.team.operations import create_api_token

        with seeing(tenant_id):
            lead = Membership.objects.get(role="lead")
            _, token = create_api_token(name="Chaos", member_id=lead.pk, may_write=True, at=now())
        connection.close()
        return tenant_id, token

    def _pour(self, ends: float) -> None:
        """Mails and answers while processes are killed, and until the last of them was taken."""
        begun = time.monotonic()
        writers = [*self.customers.start(), *self.colleagues.start()]
        self.killer.kill(self.plan.kills, until=ends)
        seconds = time.monotonic() - begun
        self.traffic.stopped.set()
        for writer in writers:
            writer.join(max(0.0, self.traffic.ends - time.monotonic()))
        kills = self.killer.kills
        self.report.say(
            f"{len(kills)} kills in {seconds:.0f} s ({self.killer.by_role()}), "
            f"{sum(not kill.was_well for kill in kills)} of them while something was still coming back",
            goal=len(kills) == self.plan.kills,
        )
        if self.killer.trouble:
            self.report.say(self.killer.trouble, goal=False)

    def _settle(self) -> None:
        from django.db import connection

        begun = time.monotonic()
        is_well = wait_until_well(self.house, self.plan.patience)
        absent = "" if is_well else f", but for {', '.join(missing(self.house))}"
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it.
        seconds = time.monotonic() - begun
        pending = settle(self.tenant_id, within=self.plan.patience)
        self.report.say(f"all processes back {seconds:.0f} s later{absent}", goal=is_well)
        left = f", but for {_listed(pending)}" if pending else ""
        self.report.say(f"worked off {time.monotonic() - begun:.0f} s later{left}", goal=not pending)
        wind_forward(self.tenant_id)

    def _look(self) -> None:
        from golddraht.plumbing.clock import now
        from golddraht.plumbing.tenancy import seeing

        findings = Findings(self.tenant_id, self.peer)
        with seeing(self.tenant_id, read_only=True):
            findings.look_at_mails(self.customers)
            findings.look_at_answers(self.colleagues)
            sent = findings.look_at_deliveries(self.killer.kills)
            findings.look_at_concerns(now())
        self._tell(findings, sent)

    def _tell(self, findings: Findings, sent: list[Sent]) -> None:
        customers, colleagues, report = self.customers, self.colleagues, self.report
        again = sum(tries > 1 for tries in customers.accepted.values())
        never = customers.given - len(customers.accepted)
        report.say(
            f"mails: {len(customers.accepted)} accepted ({again} after having been sent again, "
            f"{len(customers.answered)} as answers to ours), never accepted {never}",
            goal=not never,
        )
        findings.tell(report, "   of them", "missing", "twice", "unread", "given up", "astray")
        refused = "".join(f", refused {count} as {why}" for why, count in colleagues.refused.items())
        report.say(f"answers: {len(colleagues.written)} written{refused}")
        findings.tell(report, "   of them", "answer missing", "answer twice")
        self._tell_deliveries(findings, sent)
        findings.tell(report, "concerns", "without owner or next touch", "overdue and nobody told")

    def _tell_deliveries(self, findings: Findings, sent: list[Sent]) -> None:
        states, report = Counter(one.state for one in sent), self.report
        report.say(f"deliveries, receipts and other letters included: {len(sent)} ({_listed(states)})")
        findings.tell(report, "   of them", "sent twice", "marked accepted and not there", "left over")
        doubtful = [one for one in sent if one.state == "UNKNOWN"]
        there = sum(one.times_taken for one in doubtful)
        kills = [kill for kill in self.killer.kills if kill.role in SENDERS]
        hit = sum(any(hits(kill, one) for one in self.peer.begun) for kill in kills)
        report.say(
            f"   unknown {len(doubtful)}, of which {there} did arrive; of {len(kills)} kills of deliverer and database "
            f"{hit} came while mails were handed over (up to four at once)",
            goal=len(doubtful) <= len(kills),
        )
        findings.tell(report, "   of the unknown", "unknown though DATA was never begun", "unknown without a kill")


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counted.items()))


def complaints(said: str) -> Counter[str]:
    """What the program said most often, without numbers."""
    lines = (re.sub(r"[\d.:-]*\d[\d.:-]*", "…", line).strip() for line in said.splitlines())
    return Counter(line[:160] for line in lines if "has fallen" in line or "rror" in line or "failed" in line)


def main(plan: Plan) -> int:
    """Run it; 0 when every goal is met."""
    report = Report()
    report.say(f"{plan.kills} kills within {plan.minutes:g} minutes, {plan.rate:g} mails a second, seed {plan.seed}")
    with ExitStack() as doing:
        data = doing.enter_context(scratch_folder())
        # The program and this bench sign and seal alike.
        os.environ |= {"GOLDDRAHT_DATA": str(data), "GOLDDRAHT_SECRET_KEY": "only-for-the-bench-" + "0123456789" * 4}
        os.environ["GOLDDRAHT_PRIVATE_HOSTS"] = "127.0.0.1"
        peer = doing.enter_context(other_end.listening())
        house = doing.enter_context(a_running_house(data, "--no-demo", GOLDDRAHT_LOG_LEVEL="WARNING"))
        Run(house, peer, plan, report).all()
        if plan.keep:
            Path(plan.keep).write_text(house.said)
        for line, count in complaints(house.said).most_common(8):
            report.say(f"   said {count} times: {line}")
    report.say("all goals met" if all(report.met) else "NOT all goals met")
    return 0 if all(report.met) else 1


def asked(arguments: list[str] | None = None) -> Plan:
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=500, help="how many (default 500, at most 5000)")
    parser.add_argument("--minutes", type=float, default=90.0, help="no kill later than this (default 90, at most 600)")
    parser.add_argument("--rate", type=float, default=1.5, help="mails a second (default 1.5, at most 50)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", default="", help="write what the program said into this file")
    parser.add_argument("--patience", type=float, default=300.0, help="seconds to recover and catch up (default 300)")
    found = parser.parse_args(arguments)
    if not (
        0 < found.kills <= 5000 and 0 < found.minutes <= 600 and 0 < found.rate <= 50 and 0 < found.patience <= 3600
    ):
        parser.error("At most 5000 kills, 600 minutes, 50 mails a second and an hour of patience.")
    return Plan(found.kills, found.minutes, found.rate, found.seed, found.keep, found.patience)


if __name__ == "__main__":
    sys.exit(main(asked()))
