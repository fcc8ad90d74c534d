"""Ways in that were found by looking for them, and are closed."""

from __future__ import annotations

import io
import socket
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import override_settings

from golddraht.channels.operations.alarming import ways_for
from golddraht.channels.operations.trying_out import try_mailbox
from golddraht.conversations.operations import leave
from golddraht.house.backups.manifest import BackupRefused
from golddraht.house.backups.reading import check_backup
from golddraht.house.backups.restoring import _put
from golddraht.plumbing.files import new_name
from golddraht.plumbing.models import Tenant
from golddraht.team.operations import create_api_token, invite, raise_alarm
from golddraht.team.queries import NoSuchToken, bearer_of
from golddraht.team.rules import Role
from tests.cast import MONDAY_MORNING, Company
from tests.mails import a_mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(company: Company) -> Company:
    Tenant.objects.filter(pk=company.tenant.pk).update(is_demo=True)
    return company


@pytest.fixture
def neighbour() -> Iterator[socket.socket]:
    """Another program on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        yield listening


def test_whoever_knows_the_passwords_of_a_demo_reaches_no_other_program_by_it(
    demo: Company, neighbour: socket.socket
) -> None:
    port = neighbour.getsockname()[1]
    mailbox = a_mailbox(imap_host="localhost", imap_port=port, smtp_host="localhost", smtp_port=port)
    neighbour.setblocking(False)

    with override_settings(PRIVATE_HOSTS=["localhost"]):
        try_mailbox(mailbox_id=mailbox.pk, at=MONDAY_MORNING)

    with pytest.raises(BlockingIOError):
        neighbour.accept()


@override_settings(ALARM_SMTP_URL="smtps://operator:secret@mail.operator.example")
def test_a_demo_cannot_write_to_strangers_by_the_server_of_the_operator(demo: Company) -> None:
    a_mailbox()
    alarm = raise_alarm(kind="brake", subject="heizwerk", words="Zu viel.", at=MONDAY_MORNING)
    assert alarm is not None
    assert [way.server.host for way in ways_for(alarm)] == ["127.0.0.1"]


def test_what_customers_sent_can_be_read_by_the_program_alone(company: Company) -> None:
    name = default_storage.save(new_name(), ContentFile(b"Rechnung"))
    try:
        place = default_storage.path(name)
        assert default_storage.size(name) == 8
        assert _modes(place) == (0o600, 0o700)
    finally:
        default_storage.delete(name)


def test_what_was_restored_can_be_read_by_the_program_alone(tmp_path: Path) -> None:
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    with override_settings(STORAGES=settings.STORAGES | {"default": kept}):
        _put("7/ab/cdef", io.BytesIO(b"Rechnung"))

    assert (tmp_path / "files/7/ab/cdef").read_bytes() == b"Rechnung"
    assert (tmp_path / "files").stat().st_mode & 0o777 == 0o700


def test_a_backup_cannot_write_beside_the_files(tmp_path: Path) -> None:
    backup = tmp_path / "evil.tar"
    for name in ("files/../../etc/cron.d/x", "/etc/passwd", "files//etc/passwd", "database"):
        with tarfile.open(backup, "w") as tar:
            tar.addfile(tarfile.TarInfo(name))
        with pytest.raises(BackupRefused, match="leads elsewhere"):
            check_backup(backup)


def test_a_backup_cannot_hold_a_link(tmp_path: Path) -> None:
    link = tarfile.TarInfo("files/7/ab/cdef")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(tmp_path / "evil.tar", "w") as tar:
        tar.addfile(link)
    with pytest.raises(BackupRefused, match="not a file"):
        check_backup(tmp_path / "evil.tar")


def _modes(place: str) -> tuple[int, int]:
    return Path(place).stat().st_mode & 0o777, Path(place).parent.stat().st_mode & 0o777


def test_many_tries_under_other_names_do_not_make_us_forget_the_first(company: Company) -> None:
    cache.set("zz-first", 5, timeout=300)
    cache.set("aa-first", 5, timeout=300)
    cache.set_many({f"mm-{number}": 1 for number in range(350)}, timeout=300)
    assert cache.get_many(["aa-first", "zz-first"]) == {"aa-first": 5, "zz-first": 5}


def test_who_comes_back_brings_no_old_access_for_programs_along(company: Company) -> None:
    _token, text = create_api_token(name="Laden", member_id=company.tom.pk, may_write=True, at=MONDAY_MORNING)
    assert bearer_of(text).viewer.name == "Tom Berger"

    leave(member_id=company.tom.pk, by=company.ada.pk, at=MONDAY_MORNING)
    invite(tenant_id=company.tenant.pk, email="tom@heizwerk.example", name="Tom Berger", role=Role.AGENT)

    with pytest.raises(NoSuchToken):
        bearer_of(text)
