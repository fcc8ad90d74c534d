"""Mail arriving at a steady rate: from the listener's 250 to owner, promise and receipt queued.

`python -m bench.arrival --minutes 10 --rate 30` starts the real program on a scratch folder, speaks SMTP to its listener on
loopback, and polls the database as the app's role every 100 ms. Bounded in count and time; ends only what it started.
"""

from __future__ import annotations

import argparse
import os
import smtplib
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import psutil
from aiosmtpd.controller import Controller

from tests.browser.running import House, a_running_house, free_block, scratch_folder

CARE = "service@kachelhaus.example"
SENDERS = 4
POLL_SECONDS = 0.1
DRAIN_SECONDS = 120
STORIES = (
    (
        "Waschmaschine pumpt nicht ab",
        "meine Waschmaschine bleibt seit gestern mit Wasser in der Trommel stehen. Was kann ich tun?",
    ),
    (
        "Frage zur Rechnung",
        "auf der Rechnung vom 4. November steht die Lieferung doppelt. Können Sie das bitte prüfen?",
    ),
    (
        "Liefertermin",
        "wann kommt mein Kaminofen? Mir wurde die 46. Kalenderwoche genannt, gehört habe ich noch nichts.",
    ),
    (
        "Ersatzteil gesucht",
        "für den Kaffeevollautomaten brauche ich eine neue Dichtung am Wassertank. Haben Sie die da?",
    ),
    ("Umtausch", "das Heizlüfter-Modell ist mir zu laut, ich möchte es gegen das leisere tauschen. Wie gehe ich vor?"),
    ("Termin mit dem Techniker", "am Donnerstag bin ich doch nicht zu Hause. Ginge auch der Freitag am Vormittag?"),
)


@dataclass
class Run:
    """What was sent, and when each mail was accepted and seen as a whole matter; seconds on one clock, by number."""

    sent: dict[int, float] = field(default_factory=dict)
    seen: dict[int, float] = field(default_factory=dict)
    refused: int = 0

    def waits(self) -> list[float]:
        return sorted(max(0.0, self.seen[number] - at) for number, at in self.sent.items() if number in self.seen)


class Sink:
    """The customers' mail server: takes every receipt and keeps only their number."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.taken = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name.
        self.taken += 1
        return "250 2.0.0 Ok"


@contextmanager
def sink_on(port: int) -> Iterator[Sink]:
    sink = Sink(port)
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


def mail(number: int) -> bytes:
    """One of the stories, from somebody new two times out of three."""
    subject, text = STORIES[number % len(STORIES)]
    message = EmailMessage()
    message["From"] = f"Kundin {number} <k{number if number % 3 else number // 30}@kundschaft.example>"
    message["To"] = CARE
    message["Subject"] = f"{subject} ({number})"
    message["Message-ID"] = f"<{number}@bench.kundschaft.example>"
    message["Date"] = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime())
    message.set_content(f"Guten Tag,\n\n{text}\n\nViele Grüße\nKundin {number}\n")
    return message.as_bytes()


def found_company(data: Path, sink_port: int) -> int:
    """A company of eight that is always open, whose receipts go to the sink; gives the tenant's id."""
    from datetime import UTC, datetime
    from datetime import time as clock

    from golddraht.channels.operations import add_mailbox
    from golddraht.plumbing.models import Tenant
    from golddraht.plumbing.tenancy import seeing
    from golddraht.team.operations import form_team, found_tenant, invite
    from golddraht.team.rules import Role

    tenant = found_tenant(slug="kachelhaus", name="Kachelhaus", at=datetime.now(UTC))
    people = [
        invite(tenant_id=tenant.pk, email=f"p{one}@kachelhaus.example", name=f"Person {one}", role=Role.LEAD)
        for one in range(8)
    ]
    Tenant.objects.filter(pk=tenant.pk).update(automatic_per_hour=1_000_000)
    with seeing(tenant.pk):
        hours = [(day, clock(0), clock(0)) for day in range(7)]
        form_team(name="Service", lead=people[0], members=people, hours=hours, is_default=True)
        add_mailbox(
            address=CARE,
            sender_name="Kachelhaus",
            is_default=True,
            smtp_host="127.0.0.1",
            smtp_port=sink_port,
            smtp_security="NONE",
        )
    return tenant.pk


def send(run: Run, numbers: Iterator[int], lock: threading.Lock, *, port: int, begun: float, rate: float) -> None:
    """One connection that sends the next mail when its moment has come, until there are none."""
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as peer:
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            content = mail(number)
            time.sleep(max(0.0, begun + number / rate - time.monotonic()))
            try:
                peer.sendmail("umschlag@kundschaft.example", [CARE], content)
                run.sent[number] = time.monotonic()
            except smtplib.SMTPException:
                run.refused += 1


def watch(run: Run, done: threading.Event, *, tenant_id: int) -> None:
    """Note when each mail stands as a whole matter. Its record commits with owner, promise and queued receipt."""
    import psycopg
    from django.db import connection

    params: dict[str, Any] = connection.get_connection_params()
    for name in ("cursor_factory", "context", "pool"):
        params.pop(name, None)
    highest = 0
    with psycopg.connect(**params, autocommit=True) as own:
        own.execute("SELECT set_config('golddraht.tenants', %s, false)", [str(tenant_id)])
        while not done.is_set():
            rows = own.execute(
                "SELECT id, mail_id FROM channels_mailrecord"
                " WHERE tenant_id = %s AND id > %s AND mail_id LIKE %s ORDER BY id",
                [tenant_id, highest - 400, "%@bench.kundschaft.example"],
            ).fetchall()
            now = time.monotonic()
            for _, mail_id in rows:
                run.seen.setdefault(int(mail_id.partition("@")[0]), now)
            highest = max([highest, *(id_ for id_, _ in rows)])
            time.sleep(POLL_SECONDS)


def processes(house: House) -> list[psutil.Process]:
    """Everything that runs for this house: the parent, its children, and its database."""
    assert house.process is not None
    parent = psutil.Process(house.process.pid)
    found = [parent, *parent.children(recursive=True)]
    postmasters = [
        one
        for one in psutil.process_iter(["cmdline"])
        if any(str(house.data) in part for part in one.info["cmdline"] or ())
    ]
    for one in postmasters:
        found += [one, *one.children(recursive=True)]
    return list({one.pid: one for one in found}.values())


def measured(house: House) -> tuple[float, dict[str, float]]:
    """Proportional set size of all processes in MB, and CPU seconds by kind."""
    memory, seconds = 0.0, {"golddraht": 0.0, "postgres": 0.0}
    for one in processes(house):
        try:
            memory += one.memory_full_info().pss / 2**20
            times = one.cpu_times()
            seconds["postgres" if "postgres" in one.name() else "golddraht"] += times.user + times.system
        except psutil.NoSuchProcess:
            continue
    return memory, seconds


def counted(tenant_id: int) -> dict[str, int]:
    """What stands in the database at the end."""
    from golddraht.channels.models import Delivery, RawMail
    from golddraht.conversations.models import Conversation
    from golddraht.plumbing.tenancy import seeing
    from golddraht.promises.models import Promise

    with seeing(tenant_id):
        return {
            "mails kept": RawMail.objects.count(),
            "mails unread": RawMail.objects.filter(read_at=None).count(),
            "conversations": Conversation.objects.count(),
            "without owner or next touch": Conversation.objects.filter(owner=None).count(),
            "promises": Promise.objects.count(),
            "receipts queued": Delivery.objects.count(),
        }


def goal(name: str, figure: str, met: bool) -> None:
    print(f"  {'met   ' if met else 'MISSED'}  {name}: {figure}")


def report(
    run: Run, asked: int, figures: dict[str, int], memory: float, seconds: dict[str, float], took: float
) -> None:
    waits = run.waits()
    lost = len(run.sent) - len(waits)
    print(f"{asked} mails asked for, {len(run.sent)} accepted, {run.refused} refused, in {took:.0f} s")
    if waits:
        cut = statistics.quantiles(waits, n=100)
        print(
            f"from 250 to a whole matter: p50 {cut[49]:.2f} s, p95 {cut[94]:.2f} s, p99 {cut[98]:.2f} s, max {waits[-1]:.2f} s"
        )
    print(", ".join(f"{count} {name}" for name, count in figures.items()))
    cpu = sum(seconds.values()) * 1000 / max(1, len(run.sent))
    print(f"CPU: {seconds['golddraht']:.0f} s program, {seconds['postgres']:.0f} s database, {cpu:.1f} ms a mail")
    goal("p99 under 2 s", f"{cut[98]:.2f} s" if waits else "none seen", bool(waits) and cut[98] < 2)
    goal("nothing lost", f"{lost} of {len(run.sent)}", lost == 0 and figures["mails unread"] == 0)
    goal("memory under 600 MB with everything on", f"{memory:.0f} MB", memory < 600)


def pour(house: House, tenant_id: int, *, count: int, rate: float) -> tuple[Run, float]:
    """Send `count` mails at `rate` a second and wait until all of them stand, at most two minutes longer."""
    run, done, lock, numbers = Run(), threading.Event(), threading.Lock(), iter(range(count))
    watcher = threading.Thread(target=watch, args=[run, done], kwargs={"tenant_id": tenant_id})
    watcher.start()
    begun = time.monotonic()
    ways = {"port": house.smtp_port, "begun": begun, "rate": rate}
    senders = [threading.Thread(target=send, args=[run, numbers, lock], kwargs=ways) for _ in range(SENDERS)]
    for one in senders:
        one.start()
    for one in senders:
        one.join()
    took = time.monotonic() - begun
    until = time.monotonic() + DRAIN_SECONDS
    while len(run.seen) < len(run.sent) and time.monotonic() < until:
        time.sleep(0.5)
    done.set()
    watcher.join()
    return run, took


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--minutes", type=float, default=1.0, help="how long, at most 30 (default 1)")
    asked.add_argument("--rate", type=float, default=30.0, help="mails a second, at most 100 (default 30)")
    wish = asked.parse_args()
    count = int(min(wish.minutes, 30) * 60 * min(wish.rate, 100))
    with scratch_folder() as data, sink_on(free_block() + 9) as sink:
        os.environ["GOLDDRAHT_DATA"] = str(data)
        with a_running_house(data, "--no-demo", ready_path="/konto/login/") as house:
            print(f"cold start to the first page: {house.ready_after:.1f} s")
        with a_running_house(data, "--no-demo", ready_path="/konto/login/") as house:
            goal("first page within 2 s of a warm start", f"{house.ready_after:.2f} s", house.ready_after < 2)
            from golddraht.house.whereabouts import open_django

            open_django()
            tenant_id = found_company(data, sink.port)
            time.sleep(12)  # The listener looks for new mailboxes every ten seconds.
            run, took = pour(house, tenant_id, count=count, rate=wish.rate)
            memory, seconds = measured(house)
            report(run, count, counted(tenant_id), memory, seconds, took)
            print(f"receipts taken by the customers' server so far: {sink.taken}")


if __name__ == "__main__":
    main()
