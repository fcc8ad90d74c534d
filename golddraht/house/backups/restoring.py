"""Putting a checked backup into a fresh place. The copy is paused: two installations must not answer one customer."""

from __future__ import annotations

import contextlib
import hmac
import os
import subprocess
import threading
from pathlib import Path
from typing import IO

from django.core.files.storage import default_storage
from django.db import connections

from golddraht.channels.operations import hold_what_waits
from golddraht.conversations.operations import stop_what_waits
from golddraht.house.backups.manifest import DATABASE, FILES, BackupRefused, Manifest
from golddraht.house.backups.reading import BLOCK, parts_of
from golddraht.house.backups.writing import key_mark, owner_address, signature_of
from golddraht.house.postgres import tools
from golddraht.house.postgres.folder import sync_folder
from golddraht.house.running.preparing import migrate_when_needed
from golddraht.house.serving.health import known_migrations
from golddraht.plumbing import pausing
from golddraht.plumbing.clock import now
from golddraht.plumbing.ledger import LedgerRefused, head
from golddraht.plumbing.tenancy import seeing
from golddraht.privacy.operations.replaying import replay_erasures
from golddraht.team.queries import all_tenants

# Newer tools write this setting, which PostgreSQL 16 does not know.
UNKNOWN_TO_OLD_SERVERS = b"SET transaction_timeout = 0;\n"


def restore_backup(file: Path, manifest: Manifest, *, trusted: bool = False, without_ledger: bool = False) -> list[str]:
    """Restore `file`, whose manifest was checked; gives sentences about what to do next.

    Whoever was erased since the backup was written is erased again before anything else runs. Raises BackupRefused when the place is not fresh, the backup comes from a newer Golddraht, or it is not signed with
    the key of this installation and not `trusted` either: what it holds is run by the database as the tables' owner.
    """
    if not trusted:
        _refuse_foreign(manifest)
    if not without_ledger:
        _refuse_without_ledger(manifest)
    _refuse_used_place()
    _refuse_newer(manifest)
    _restore(file)
    connections["owner"].close()
    migrate_when_needed(backup=False)
    pausing.pause(reason=f"restored from a backup of {manifest.made_at}", at=now())
    erased_again = 0 if without_ledger else replay_erasures(at=now())
    _hold_what_waited(manifest)
    return [*_said_of_erasures(erased_again, without_ledger), *_advice(manifest)]


def _said_of_erasures(count: int, without_ledger: bool) -> list[str]:
    if without_ledger:
        return [
            "Nobody was erased again: whoever has been erased since is in this copy. Erase them before `golddraht resume`."
        ]
    return [f"{count} people who had been erased were erased again."] if count else []


def _refuse_without_ledger(manifest: Manifest) -> None:
    """A backup may hold people who were erased since: only the ledger knows them."""
    try:
        found = head()
    except LedgerRefused as refusal:
        raise BackupRefused(
            f"{refusal} Without it, people who had been erased would come back. If the ledger is lost for good, or nobody"
            " was ever erased: golddraht restore --without-ledger"
        ) from None
    if manifest.ledger and found.id != manifest.ledger:
        raise BackupRefused(
            f"The ledger of erasures here is of another installation than this backup: put erasures.ledger and"
            f" erasures.key of that one into the data folder (ledger {manifest.ledger})."
        )
    if found.count < manifest.erasures:
        raise BackupRefused(
            f"The ledger of erasures here is older than the backup: it knows {found.count} erasures, and there were"
            f" {manifest.erasures} when the backup was written. Use a newer copy of it."
        )


def _hold_what_waited(manifest: Manifest) -> None:
    """The original may have sent it since: after `resume` a person decides about each delivery."""
    why = f"Waited when the backup of {manifest.made_at} was written; the original may have sent it since."
    for tenant in all_tenants():
        with seeing(tenant.pk):
            hold_what_waits(why=why, at=now())
            stop_what_waits(at=now())


def _refuse_foreign(manifest: Manifest) -> None:
    """A checksum says that a backup is whole; only the signature says who made it."""
    if not hmac.compare_digest(manifest.signature, signature_of(manifest)):
        raise BackupRefused(
            "This backup was not written under the key that lies here, so nobody can tell whose it is; and a backup can"
            " make the database run whatever its maker liked. Put your old secret.key into the data folder first. If"
            " the key is lost and you know where this file has been all the time: golddraht restore --trust"
        )


def _refuse_used_place() -> None:
    with connections["owner"].cursor() as cursor:
        tables = connections["owner"].introspection.table_names(cursor)
    if tables:
        raise BackupRefused("This database is in use already. Restore into a fresh data folder: GOLDDRAHT_DATA=…")
    root = Path(default_storage.path("")) if hasattr(default_storage, "location") else None
    if root is not None and root.is_dir() and any(root.iterdir()):
        raise BackupRefused(f"{root} holds files already. Restore into a fresh data folder: GOLDDRAHT_DATA=…")


def _refuse_newer(manifest: Manifest) -> None:
    strange = set(manifest.migrations) - {f"{app}.{name}" for app, name in known_migrations()}
    if strange:
        raise BackupRefused(f"The backup was written by a newer Golddraht ({manifest.golddraht}); install that one.")


def _restore(file: Path) -> None:
    """Database and files in one pass. The database appears whole or not at all."""
    reading, writing = _restoring_tools()
    assert reading.stdin and reading.stdout and writing.stdin
    script = _Script(reading.stdout, writing.stdin)
    script.start()
    for name, content in parts_of(file):
        if name.startswith(DATABASE):
            _pour(content, reading.stdin)
        elif name.startswith(FILES):
            _put(name.removeprefix(FILES), content)
    reading.stdin.close()
    script.join()
    _finish(reading, "pg_restore")
    _finish(writing, "psql")


def _restoring_tools() -> tuple[subprocess.Popen[bytes], subprocess.Popen[bytes]]:
    """pg_restore, which makes a script of the dump, and psql, which runs it in one transaction."""
    url = owner_address()
    environment = tools().environment(url)
    read: list[str | Path] = [tools().program("pg_restore", url), "--no-owner", "--no-privileges", "--file=-"]
    write: list[str | Path] = [
        tools().program("psql", url),
        "--no-psqlrc",
        "--quiet",
        "--single-transaction",
        "-v",
        "ON_ERROR_STOP=1",
    ]
    pipe = subprocess.PIPE
    return (
        subprocess.Popen(read, env=environment, stdin=pipe, stdout=pipe, stderr=pipe),  # noqa: S603  # Our own tool.
        subprocess.Popen(write, env=environment, stdin=pipe, stdout=subprocess.DEVNULL, stderr=pipe),  # noqa: S603  # As above.
    )


class _Script(threading.Thread):
    """Carries the script from one tool to the other, without the setting that old servers do not know."""

    def __init__(self, source: IO[bytes], target: IO[bytes]) -> None:
        super().__init__(daemon=True, name="script")
        self.source, self.target = source, target

    def run(self) -> None:
        try:
            head = self.source.read(4096)
            self.target.write(head.replace(UNKNOWN_TO_OLD_SERVERS, b"", 1))
            _pour(self.source, self.target)
        except BrokenPipeError:
            # psql has given up and says why; pg_restore must still be able to end.
            while self.source.read(BLOCK):
                pass
        finally:
            with contextlib.suppress(BrokenPipeError):
                self.target.close()


def _pour(source: IO[bytes], target: IO[bytes]) -> None:
    while block := source.read(BLOCK):
        target.write(block)


def _finish(tool: subprocess.Popen[bytes], name: str) -> None:
    assert tool.stderr
    with tool:
        said = tool.stderr.read().decode(errors="replace").strip()
    if tool.returncode != 0:
        raise BackupRefused(f"The database could not be restored: {name} says {said[-500:]}")


def _put(name: str, content: IO[bytes]) -> None:
    path = Path(default_storage.path(name))
    # Nobody but the program looks into the folder, whatever the modes below it.
    Path(default_storage.path("")).mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as file:
        _pour(content, file)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def _advice(manifest: Manifest) -> list[str]:
    said = [f"Restored the backup of {manifest.made_at}: {manifest.files} files and the database."]
    if manifest.key != key_mark():
        said.append(
            "The key here is not the one the backup was made under: mailbox passwords and second factors cannot be "
            "read. Put the old secret.key into the data folder, or enter the passwords again."
        )
    if manifest.files_are_elsewhere:
        said.append("Attachments were kept by a storage service and are not in the backup.")
    said.append("This copy sends and fetches nothing until: golddraht resume")
    return said
