"""A backup is one file that proves itself before anything is touched, and holds neither key nor session."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from golddraht.house.backups.manifest import BackupRefused
from golddraht.house.backups.reading import check_backup
from golddraht.house.backups.restoring import restore_backup
from golddraht.house.backups.writing import write_backup
from tests.cast import a_company


@pytest.fixture
def backup(committed: None, tmp_path: Path) -> Iterator[Path]:
    name = default_storage.save("1/ab/cdef", ContentFile(b"Rechnung"))
    company = a_company()
    Client().force_login(company.nina.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    write_backup(tmp_path / "house.tar")
    yield tmp_path / "house.tar"
    default_storage.delete(name)


def test_a_backup_holds_database_and_files_and_says_so(backup: Path) -> None:
    manifest = check_backup(backup)
    assert "files/1/ab/cdef" in [part.name for part in manifest.parts]
    assert manifest.parts[0].name == "database/00000000"
    assert "team.0001_initial" in manifest.migrations
    assert backup.stat().st_mode & 0o077 == 0


def test_the_key_is_not_in_it(backup: Path) -> None:
    assert settings.MASTER_KEY.encode() not in backup.read_bytes()
    with tarfile.open(backup) as tar:
        assert not [name for name in tar.getnames() if "key" in name]


def test_a_backup_never_overwrites_another_file(backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(BackupRefused, match="exists already"):
        write_backup(backup)
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir()] == ["house.tar"]


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9, 0.999])
def test_a_torn_backup_is_refused(backup: Path, share: float) -> None:
    content = backup.read_bytes()
    backup.write_bytes(content[: int(len(content.rstrip(b"\0")) * share)])
    with pytest.raises(BackupRefused):
        check_backup(backup)


@pytest.mark.parametrize("place", [0.01, 0.3, 0.7])
def test_a_single_flipped_bit_is_noticed(backup: Path, place: float) -> None:
    content = bytearray(backup.read_bytes())
    content[int(len(content.rstrip(b"\0")) * place)] ^= 1
    backup.write_bytes(content)
    with pytest.raises(BackupRefused):
        check_backup(backup)


def test_a_backup_that_would_write_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x")
    with tarfile.open(tmp_path / "bad.tar", "w") as tar:
        tar.add(tmp_path / "x", "files/../../x")
    with pytest.raises(BackupRefused, match="leads elsewhere"):
        check_backup(tmp_path / "bad.tar")


def test_a_house_that_is_lived_in_is_never_restored_over(backup: Path) -> None:
    with pytest.raises(BackupRefused, match="in use already"):
        restore_backup(backup, check_backup(backup))


@pytest.fixture
def forged(backup: Path) -> Path:
    """A backup whose every checksum is right, made by somebody who has not the key."""
    manifest = check_backup(backup)
    manifest.golddraht = "0.0.0+evil"
    forged = backup.with_name("forged.tar")
    with tarfile.open(backup) as there, tarfile.open(forged, "w") as here:
        for entry in there:
            content = there.extractfile(entry).read()  # type: ignore[union-attr]  # It is a file.
            if entry.name == "manifest.json":
                content = json.dumps(manifest.content()).encode()
                entry.size = len(content)
            here.addfile(entry, io.BytesIO(content))
    return forged


def test_a_backup_that_was_written_under_another_key_is_refused_unless_it_is_trusted(forged: Path) -> None:
    manifest = check_backup(forged)

    with pytest.raises(BackupRefused, match="was not written under the key"):
        restore_backup(forged, manifest)
    # Trusted, it comes as far as the next question: whether the place is fresh.
    with pytest.raises(BackupRefused, match="in use already"):
        restore_backup(forged, manifest, trusted=True)


def test_even_a_trusted_backup_runs_no_program_on_this_machine(backup: Path, cluster: Any, tmp_path: Path) -> None:
    from golddraht.house.postgres import ClusterError, tools

    mark = Path(tempfile.mkdtemp(dir="/tmp")) / "m"  # Short enough for the place it is written to.
    order = rb"CREATE TABLE public.account_emailaddress ("
    command = f"\n\\! touch {mark}\n--".encode().ljust(len(order), b"-")
    dump, script = tmp_path / "dump", tmp_path / "script.sql"
    with tarfile.open(backup) as tar:
        content = tar.extractfile("database/00000000").read()  # type: ignore[union-attr]  # It is a file.
    assert order in content and len(command) == len(order)
    dump.write_bytes(content.replace(order, command))
    urls = cluster.create_database("forged")
    try:
        tools().run("pg_restore", "--no-owner", f"--file={script}", dump, url=urls.owner)
        with pytest.raises(ClusterError, match="restricted"):
            tools().run("psql", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", f"--file={script}", url=urls.owner)
        assert not mark.exists()
    finally:
        cluster.drop_database("forged")
        shutil.rmtree(mark.parent)


def test_sessions_stay_behind(backup: Path, cluster: Any) -> None:
    from django.db import connections

    from golddraht.house.postgres import tools

    dump = backup.with_name("dump")
    with tarfile.open(backup) as tar:
        dump.write_bytes(tar.extractfile("database/00000000").read())  # type: ignore[union-attr]  # It is a file.
    listed = tools().run("pg_restore", "--list", dump, url=cluster.ensure_running().owner).stdout
    connections["owner"].close()
    assert "TABLE DATA public team_user" in listed
    assert "TABLE DATA public django_session" not in listed
