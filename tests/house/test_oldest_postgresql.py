"""The oldest PostgreSQL that is promised, furnished as docs/how-to/own-postgresql.md says, carries a whole matter."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.test import override_settings

from golddraht.channels.carriers.catcher import catcher_server
from golddraht.channels.carriers.smtp import drain_deliveries
from golddraht.channels.mail.reading import read
from golddraht.channels.operations import keep_raw
from golddraht.channels.queries import caught_for
from golddraht.channels.rules import Source
from golddraht.conversations.models import Conversation, Escalation
from golddraht.conversations.operations import confirm_solution, escalate_overdue, propose_solution, reply
from golddraht.conversations.rules import Status
from golddraht.house.backups.reading import check_backup
from golddraht.house.backups.restoring import restore_backup
from golddraht.house.backups.writing import write_backup
from golddraht.house.postgres.account import Account, server_account
from golddraht.house.postgres.binaries import PACKAGE, _wheel
from golddraht.house.postgres.roles import check_app_role, is_furnished
from golddraht.house.postgres.urls import Urls
from golddraht.house.running.preparing import migrate_when_needed, pending_migrations
from golddraht.plumbing.models import Tenant
from tests.cast import MONDAY_MORNING, Company, a_company
from tests.conftest import _point_django_at, wipe
from tests.house.postgres_places import REPOSITORY, fresh_folder
from tests.journeys.smtp_peer import free_port
from tests.mails import a_mail, a_mailbox, drain_mail

OLDEST = 16
ASKED = REPOSITORY / "docs" / "how-to" / "own-postgresql.md"


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    """The port of a PostgreSQL 16 that asks nobody for a password."""
    if not (_wheel() / "pginstall" / "bin" / "postgres").exists():
        pytest.skip("The wheel brings no PostgreSQL 16.")
    folder = fresh_folder()
    account = server_account(folder)
    programs = copied_programs(folder)
    account.give(folder)
    port = free_port()
    run(account, programs / "initdb", "-D", folder / "cluster", "-U", "super", "-A", "trust", "-E", "UTF8")
    # A locale of the machine's choice, as on servers that others have set up.
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    log = ("-l", folder / "log")
    run(account, programs / "pg_ctl", "start", "-w", "-s", "-D", folder / "cluster", *log, "-o", options)
    try:
        yield port
    finally:
        run(account, programs / "pg_ctl", "stop", "-w", "-s", "-m", "immediate", "-D", folder / "cluster")
        shutil.rmtree(folder)


def copied_programs(folder: Path) -> Path:
    """Where the server's own user can reach them, in the arrangement of the wheel."""
    for part in (Path(PACKAGE) / "pginstall", Path(f"{PACKAGE}.libs")):
        source = _wheel().parent / part
        if source.exists():
            shutil.copytree(source, folder / part, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    return folder / PACKAGE / "pginstall" / "bin"


def run(account: Account, *command: str | Path) -> None:
    done = account.run(command)
    assert done.returncode == 0, done.stdout


def furnished(port: int, name: str) -> Urls:
    """A database of this name, made by the SQL that the how-to tells people to run."""
    roles, grants = re.findall(r"```sql\n(.*?)```", ASKED.read_text(), re.DOTALL)
    roles = re.sub(r"DATABASE golddraht\b", f"DATABASE {name}", roles)
    with psycopg.connect(f"postgresql://super@127.0.0.1:{port}/postgres", autocommit=True) as connection:
        for line in roles.splitlines():
            if not ("CREATE ROLE" in line and name.endswith("copy")):
                connection.execute(line)
    with psycopg.connect(f"postgresql://super@127.0.0.1:{port}/{name}", autocommit=True) as connection:
        for line in grants.splitlines():
            connection.execute(line)
        assert is_furnished(connection)
    where = f"127.0.0.1:{port}/{name}"
    return Urls(
        app=f"postgresql://golddraht_app:app-password@{where}",
        owner=f"postgresql://golddraht_owner:owner-password@{where}",
    )


@contextmanager
def used(urls: Urls) -> Iterator[None]:
    """Django works there with new connections, and afterwards with the former ones where it was before."""
    from django.db import connections

    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    former = connections["default"]
    former.close()
    before = {alias: {name: connections[alias].settings_dict[name] for name in names} for alias in ("default", "owner")}
    # What a connection has learned of its server (its version) must not outlive the change.
    connections["default"] = connections.create_connection("default")
    _point_django_at(urls)
    try:
        yield
    finally:
        for alias, settings in before.items():
            connections[alias].close()
            connections[alias].close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has one.
            connections[alias].settings_dict.update(settings)
        connections["default"] = former
        del connections["owner"]


@pytest.fixture(scope="module")
def sixteen(server: int, django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """Django works with a migrated database on that server."""
    with django_db_blocker.unblock(), used(furnished(server, "golddraht")):
        migrate_when_needed()
        yield server


@pytest.fixture
def heizwerk(sixteen: int) -> Iterator[Company]:
    company = a_company()
    Tenant.objects.filter(pk=company.tenant.pk).update(is_demo=True)
    with company.seen():
        a_mailbox()
    yield company
    wipe()


@pytest.fixture
def catcher() -> Iterator[None]:
    port = free_port()
    server = catcher_server(port=port)
    server.start()
    with override_settings(CATCHER_PORT=port):
        yield
    server.stop()


def test_it_is_the_oldest_version_and_wholly_migrated(sixteen: int) -> None:
    from django.db import connection

    connection.ensure_connection()
    assert connection.pg_version // 10_000 == OLDEST  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it.
    assert pending_migrations() == 0
    check_app_role(connection)


def test_a_whole_matter_from_the_mail_to_the_confirmation(heizwerk: Company, catcher: None) -> None:
    at = MONDAY_MORNING
    with heizwerk.seen():
        keep_raw(mailbox_id=None, source=Source.SMTP, content=a_mail(), at=at)
    work(heizwerk, at=at)
    with heizwerk.seen():
        conversation = Conversation.objects.get()
        assert conversation.owner_id and conversation.next_touch_at
        reply(conversation_id=conversation.pk, author_id=heizwerk.nina.pk, text="Prüfen Sie das Sieb.", at=at)
        later = at + timedelta(hours=1)
        solution = propose_solution(
            conversation_id=conversation.pk, by=heizwerk.nina.pk, text="Läuft sie wieder?", at=later
        )
    work(heizwerk, at=later)
    with heizwerk.seen():
        confirm_solution(solution_id=solution.pk, at=later + timedelta(hours=1))
        assert Conversation.objects.get().status == Status.SOLVED
        caught = caught_for(viewer=heizwerk.viewer(heizwerk.nina), recipient="valentina@kundin.example")
    texts = "\n".join(read(bytes(mail.content)).text or "" for mail in caught)
    assert len(caught) >= 3 and "Sieb" in texts and "Läuft sie wieder?" in texts


def test_a_missed_next_touch_is_escalated(heizwerk: Company) -> None:
    with heizwerk.seen():
        keep_raw(mailbox_id=None, source=Source.SMTP, content=a_mail(), at=MONDAY_MORNING)
    drain_mail(tenant_id=heizwerk.tenant.pk, at=MONDAY_MORNING)
    with heizwerk.seen():
        due = Conversation.objects.get().next_touch_at
        assert due
        missed = due + timedelta(minutes=1)
        escalate_overdue(at=missed)
        assert Escalation.objects.count() == 1


def test_a_backup_of_it_is_restored_there(heizwerk: Company, sixteen: int, tmp_path: Path) -> None:
    write_backup(tmp_path / "house.tar")
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    elsewhere = override_settings(STORAGES=settings.STORAGES | {"default": files})
    with used(furnished(sixteen, "golddraht_copy")), elsewhere:
        restore_backup(tmp_path / "house.tar", check_backup(tmp_path / "house.tar"))
        assert Tenant.objects.get().slug == "heizwerk"


def work(company: Company, *, at: Any) -> None:
    drain_mail(tenant_id=company.tenant.pk, at=at)
    drain_deliveries(tenant_id=company.tenant.pk, at=at)
