"""What `golddraht doctor` looks at, and what it advises."""

from __future__ import annotations

import ctypes
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

ENOUGH_DISK = 2_000_000_000
CLOCKS_DIFFER_BY = timedelta(seconds=5)
TIME_ERROR = 5
TIMEX_SIZE = 512
"""More than `struct timex` has on any machine; all zero is the question that changes nothing."""
ALIVE_WITHIN = timedelta(seconds=30)
ROLES = {
    "web": "golddraht web",
    "worker": "golddraht worker",
    "sweeper": "golddraht worker",
    "deliverer": "golddraht deliverer",
    "listener": "golddraht listener",
}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `words` say how it is and, when it is not well, what to do."""

    check: str
    ok: bool
    words: str


def diagnose(open_house: Callable[[], object]) -> list[Finding]:
    """Everything, in the order in which one thing depends on the other; without a database the rest is left out."""
    try:
        open_house()
        first = _database()
    except Exception as trouble:
        return [Finding("database", False, f"cannot be reached: {trouble}")]
    findings = [first, _role(), _migrations(), _clock(), _disk(), _key()]
    if findings[2].ok:
        findings += [_demo(), _pause(), *_processes(), *_mailboxes(), *_domains(), *_alarms(), _unread(), _search()]
        findings += [*_ledger(), *_retention()]
    return findings


def mailbox_healths(tenant: Any) -> list[Any]:
    """How the mailboxes of a tenant fare, asked on behalf of the installation; in `seeing` it."""
    from golddraht.channels.queries import mailbox_health
    from golddraht.plumbing.clock import now

    return list(mailbox_health(viewer=SimpleNamespace(tenant_id=tenant.pk), at=now()))


def _demo() -> Finding:
    """Everybody knows the passwords of a demo, and its admins are admins."""
    from golddraht.team.queries import all_tenants

    kinds = {tenant.is_demo for tenant in all_tenants()}
    if kinds == {True, False}:
        words = (
            "The demo, whose passwords everybody knows, stands beside a real company. Found the real one in a fresh"
            " data folder: golddraht run --no-demo"
        )
        return Finding("demo", False, words)
    return Finding("demo", True, "only a demo, nothing for real customers." if kinds == {True} else "no demo here.")


def _database() -> Finding:
    from django.db import connection

    connection.ensure_connection()
    version = connection.pg_version  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it.
    words = f"PostgreSQL {version // 10000}.{version % 10000} answers."
    if version < 160000:
        return Finding("database", False, f"{words} Golddraht needs 16 or newer: upgrade the server.")
    return _database_at_work(words)


def _database_at_work(answers: str) -> Finding:
    from golddraht.plumbing.database_state import DatabaseTrouble, database_state

    state = database_state()
    advice = {
        DatabaseTrouble.CONNECTIONS: "Nearly all connections are in use: raise max_connections, or run fewer processes.",
        DatabaseTrouble.HANGING: "A transaction is open for over an hour: see pg_stat_activity.",
        DatabaseTrouble.COUNTING: "Transaction numbers run short: see why VACUUM does not come through.",
    }
    words = f"{answers} {state.connections} of {state.most_connections} connections are in use."
    trouble = state.trouble
    return Finding("database", trouble is None, f"{words} {advice[trouble]}" if trouble else words)


def _role() -> Finding:
    from django.db import connection

    from golddraht.house.postgres import UnsafeRole, check_app_role

    try:
        check_app_role(connection)
    except UnsafeRole as unsafe:
        return Finding("role", False, str(unsafe))
    return Finding("role", True, "The program's role cannot see past the walls between tenants.")


def _migrations() -> Finding:
    from golddraht.house.serving.health import missing_migrations

    missing = len(missing_migrations())
    words = (
        f"{missing} steps are missing: golddraht migrate" if missing else "The tables are as this version needs them."
    )
    return Finding("migrations", not missing, words)


def _clock() -> Finding:
    from django.db import connection

    from golddraht.plumbing.clock import now

    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs(now() - cursor.fetchone()[0])
    if apart > CLOCKS_DIFFER_BY:
        words = f"differs by {apart.total_seconds():.0f} s from the database's: let both follow a time server (NTP)."
        return Finding("clock", False, words)
    if is_kept_in_time() is False:
        # With the database on the same machine both would be wrong alike. A container may not be able to tell.
        words = "agrees with the database's; but no time server sets it, and promised times hang on it: set up NTP."
        return Finding("clock", True, words)
    return Finding("clock", True, "agrees with the database's.")


def is_kept_in_time() -> bool | None:
    """Whether the kernel says that a time server sets its clock; None where it cannot be asked.

    Linux, adjtimex(2): with no modes it changes nothing, and gives TIME_ERROR (5) while nobody sets the clock.
    """
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(TIMEX_SIZE))
    except (AttributeError, OSError):
        return None
    return None if state < 0 else state != TIME_ERROR


def _disk() -> Finding:
    from django.conf import settings

    free = shutil.disk_usage(settings.DATA).free
    words = f"{free / 1e9:.1f} GB free at {settings.DATA}."
    advice = " Make room: without it no mail can be kept. Old backups may be what takes it."
    return Finding("disk", free > ENOUGH_DISK, words if free > ENOUGH_DISK else words + advice)


def _key() -> Finding:
    from django.conf import settings

    from golddraht.house import env

    if env.secret("GOLDDRAHT_SECRET_KEY"):
        return Finding("key", True, "comes from GOLDDRAHT_SECRET_KEY.")
    path = settings.DATA / "secret.key"
    is_private = path.exists() and not path.stat().st_mode & 0o077
    advice = (
        "Keep a copy of it at another place than the backups."
        if is_private
        else f"Others can read it: chmod 600 {path}"
    )
    return Finding("key", is_private, f"{path}. {advice}")


def _pause() -> Finding:
    from golddraht.plumbing.pausing import current_pause

    pause = current_pause()
    if pause is None:
        return Finding("pause", True, "none; mail is sent and fetched.")
    words = (
        f"since {pause.since:%Y-%m-%d %H:%M} UTC ({pause.reason}): nothing is sent or fetched until golddraht resume"
    )
    return Finding("pause", False, words)


def _processes() -> Iterator[Finding]:
    from golddraht.house.serving.health import seen_lately
    from golddraht.plumbing.clock import now

    for role, command in ROLES.items():
        is_alive = seen_lately(role, at=now(), within=ALIVE_WITHIN)
        words = "lives." if is_alive else f"was not seen for {ALIVE_WITHIN.seconds} s: golddraht run, or {command}"
        yield Finding(role, is_alive, words)


def _mailboxes() -> Iterator[Finding]:
    from golddraht.plumbing.tenancy import seeing
    from golddraht.team.queries import all_tenants

    for tenant in all_tenants():
        with seeing(tenant.pk, read_only=True):
            healths = mailbox_healths(tenant)
        for each in healths:
            yield Finding(
                f"mailbox {each.address}", each.is_healthy, f"{each.receiving} {each.sending} {each.access}".strip()
            )
        if not healths:
            words = f"{tenant.name} cannot be written to yet: golddraht mailbox add {tenant.slug} ADDRESS"
            yield Finding(f"mailbox of {tenant.slug}", False, words)


def _domains() -> Iterator[Finding]:
    """What the last look found; doctor itself asks nobody (golddraht domain check does)."""
    from golddraht.channels.queries.domains import broken_domains
    from golddraht.plumbing.tenancy import seeing
    from golddraht.team.queries import all_tenants

    for tenant in all_tenants():
        with seeing(tenant.pk, read_only=True):
            broken = {} if tenant.is_demo else broken_domains()
        for domain, words in broken.items():
            yield Finding(
                f"domain {domain}", False, f"{' '.join(words)} Then: golddraht domain check {tenant.slug} {domain}"
            )


def _alarms() -> Iterator[Finding]:
    """A mailbox that has failed cannot tell of it by itself."""
    from golddraht.channels.queries import mailboxes
    from golddraht.plumbing.tenancy import seeing
    from golddraht.team.queries import all_tenants

    for tenant in all_tenants():
        with seeing(tenant.pk, read_only=True):
            senders = sum(bool(each.smtp_host) for each in mailboxes())
        # A demo's alarms go to its catcher, and nobody waits for them.
        if not tenant.is_demo:
            yield _second_way(tenant, senders)


def _second_way(tenant: Any, senders: int) -> Finding:
    from django.conf import settings

    check = f"alarms of {tenant.slug}"
    if settings.ALARM_SMTP_URL:
        return Finding(check, True, "leave by the server of GOLDDRAHT_ALARM_SMTP_URL.")
    if senders > 1:
        return Finding(check, True, "leave by another mailbox when one has failed.")
    words = (
        f"When its mailbox fails, nothing can tell the admins of {tenant.name} so, except the pages. Name a second way:"
        " a server that sends, as GOLDDRAHT_ALARM_SMTP_URL, or a mailbox at another provider."
    )
    return Finding(check, False, words)


def _ledger() -> Iterator[Finding]:
    """Of each company, because one may have been erased from that the ledger does not know."""
    from golddraht.plumbing import ledger
    from golddraht.plumbing.tenancy import seeing
    from golddraht.privacy.queries import ledger_trouble
    from golddraht.team.queries import all_tenants

    troubles = {}
    for tenant in all_tenants():
        with seeing(tenant.pk, read_only=True):
            troubles[tenant.slug] = ledger_trouble()
    found = {slug: trouble for slug, trouble in troubles.items() if trouble is not None}
    for slug, trouble in found.items():
        yield Finding(f"ledger of {slug}", False, _words_of_ledger(trouble.value))
    if not found:
        yield Finding("ledger", True, f"{ledger.ledger_file()} knows everybody who was erased. Keep a copy elsewhere.")


def _words_of_ledger(trouble: str) -> str:
    from golddraht.plumbing import ledger

    return {
        "missing": f"{ledger.ledger_file()} is not here, and people were erased: put it back from where you keep it.",
        "key": f"{ledger.key_file()} is not here: put the ledger's key back from where you keep it.",
        "torn": f"{ledger.ledger_file()} is damaged, or its key is of another one: use the copy and the key that belong together.",
        "older": f"{ledger.ledger_file()} is older than the database and does not know everybody who was erased: put the latest copy back.",
    }[trouble]


def _retention() -> Iterator[Finding]:
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing
    from golddraht.privacy.queries import keeping_state
    from golddraht.team.queries import all_tenants

    for tenant in all_tenants():
        with seeing(tenant.pk, read_only=True):
            state = keeping_state(at=now())
        check = f"retention of {tenant.slug}"
        last = f"last through on {state.last.on:%Y-%m-%d}" if state.last else "not through yet"
        if state.is_late:
            words = f"No run has come through for two days ({last}): is the worker alive? golddraht privacy keep"
            yield Finding(check, False, words)
        elif state.is_overdue:
            words = f"{state.due} things have been past their period for a month: look at Settings, Retention, and switch it on."
            yield Finding(check, False, words)
        else:
            yield Finding(check, True, f"{'runs every day' if state.is_on else 'only counts'}, {last}.")


def _search() -> Finding:
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing
    from golddraht.search.queries import lag
    from golddraht.team.queries import all_tenants

    count = 0
    for tenant in all_tenants():
        with seeing(tenant.pk, read_only=True):
            behind = lag(viewer=SimpleNamespace(tenant_id=tenant.pk))
            count += behind.waiting if behind.is_lagging(now()) else 0
    words = (
        f"{count} texts cannot be found yet. After an import this takes a while; otherwise: is the worker alive?"
        if count
        else "Everything that was written can be found."
    )
    return Finding("search", not count, words)


def _unread() -> Finding:
    from golddraht.channels.queries import raw_unread_since
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing
    from golddraht.team.queries import all_tenants

    count = 0
    for tenant in all_tenants():
        with seeing(tenant.pk, read_only=True):
            count += raw_unread_since(at=now())
    words = (
        f"{count} mails have lain unread for over a minute: is the worker alive?" if count else "No mail lies unread."
    )
    return Finding("mail", not count, words)
