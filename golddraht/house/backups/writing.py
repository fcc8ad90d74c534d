"""Writing a backup beside the running program, piece by piece: neither the database nor a file is ever whole in memory."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.storage import default_storage
from django.db import connection, connections
from psycopg.conninfo import make_conninfo

from golddraht import __version__
from golddraht.house.backups.manifest import DATABASE, FILES, FORMAT, NAME, BackupRefused, Manifest, Part
from golddraht.house.postgres import tools
from golddraht.house.postgres.folder import sync_folder
from golddraht.plumbing.clock import now
from golddraht.plumbing.ledger import begin
from golddraht.plumbing.secrets import derived_key

PIECE = 8 * 1024 * 1024
# What signs people in, or says who is alive now, has no place in a copy.
LEFT_OUT = (
    "django_session",
    "usersessions_usersession",
    "house_cache",
    "plumbing_presence",
    "procrastinate_workers",
    "conversations_attendance",
)


def write_backup(file: Path) -> Manifest:
    """The whole installation in one file, readable by its owner alone, lasting through a power cut.

    Raises BackupRefused when the file exists or the database cannot be dumped.
    """
    if file.exists():
        raise BackupRefused(f"{file} exists already; name another file.")
    unfinished = file.with_name(f".{file.name}.unfinished")
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb") as target:
            manifest = _write(target)
            target.flush()
            os.fsync(target.fileno())
        os.link(unfinished, file)
    except FileExistsError:
        raise BackupRefused(f"{file} exists already; name another file.") from None
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(file.parent)
    return manifest


def owner_address() -> str:
    """How tools reach the database as the owner of its tables."""
    params = connections["owner"].get_connection_params()
    named: dict[str, Any] = {name: value for name, value in params.items() if isinstance(value, str | int)}
    return make_conninfo(**named)


def key_mark() -> str:
    """Tells two keys apart without saying anything about them."""
    return hashlib.sha256(derived_key("backup.mark")).hexdigest()[:16]


def signature_of(manifest: Manifest) -> str:
    """What only an installation with this key can write below a manifest (HMAC-SHA-256, RFC 2104)."""
    return hmac.digest(derived_key("backup.signature"), manifest.signed_content(), "sha256").hex()


def _write(target: BinaryIO) -> Manifest:
    manifest = _empty_manifest()
    with tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        # The database first: every file it names is there by then.
        for number, piece in enumerate(_dump()):
            manifest.parts.append(_add_bytes(tar, f"{DATABASE}{number:08}", piece))
        for path, name in _files():
            manifest.parts.append(_add_file(tar, FILES + name, path))
        manifest.signature = signature_of(manifest)
        _add_bytes(tar, NAME, json.dumps(manifest.content(), indent=1).encode())
    return manifest


def _empty_manifest() -> Manifest:
    ledger = begin()
    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        migrations = [name for (name,) in cursor.fetchall()]
        version = connection.pg_version  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it.
    return Manifest(
        format=FORMAT,
        golddraht=__version__,
        made_at=now().isoformat(timespec="seconds"),
        postgres=version,
        key=key_mark(),
        files_are_elsewhere=_location() is None,
        migrations=migrations,
        ledger=ledger.id,
        erasures=ledger.count,
    )


def _dump() -> Iterator[bytes]:
    """The database as pg_dump's custom format, in pieces."""
    url = owner_address()
    command = [str(tools().program("pg_dump", url)), "--format=custom", "--no-owner", "--no-privileges"]
    command += [f"--exclude-table-data=public.{table}" for table in LEFT_OUT]
    with subprocess.Popen(  # noqa: S603  # Our own tool and arguments.
        command, env=tools().environment(url), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as dumping:
        assert dumping.stdout and dumping.stderr
        while piece := dumping.stdout.read(PIECE):
            yield piece
        said = dumping.stderr.read().decode(errors="replace").strip()
    if dumping.returncode != 0:
        raise BackupRefused(f"The database could not be dumped: {said[-500:]}")


def _location() -> Path | None:
    """The folder of the stored files; None when a service keeps them."""
    location = getattr(default_storage, "location", None)
    return Path(location) if location else None


def _files() -> Iterator[tuple[Path, str]]:
    root = _location()
    if root is None or not root.is_dir():
        return
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path, path.relative_to(root).as_posix()


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> Part:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, io.BytesIO(content))
    return Part(name, len(content), hashlib.sha256(content).hexdigest())


class _Summed:
    """A file that counts its checksum while it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.sum = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self.file.read(size)
        self.sum.update(content)
        return content


def _add_file(tar: tarfile.TarFile, name: str, path: Path) -> Part:
    entry = tarfile.TarInfo(name)
    with path.open("rb") as file:
        entry.size, entry.mode = os.fstat(file.fileno()).st_size, 0o600
        summed = _Summed(file)
        tar.addfile(entry, summed)
    return Part(name, entry.size, summed.sum.hexdigest())
