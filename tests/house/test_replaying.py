"""A restored backup and an import bring nobody back who was erased, and say so when they cannot know."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from golddraht.channels.operations.importing import import_mails
from golddraht.conversations.models import Conversation
from golddraht.customers.models import ContactPoint, Customer
from golddraht.house.backups.manifest import BackupRefused
from golddraht.house.backups.reading import check_backup
from golddraht.house.backups.restoring import restore_backup
from golddraht.house.backups.writing import write_backup
from golddraht.house.moving.reading import import_tenant
from golddraht.house.moving.writing import export_tenant
from golddraht.plumbing import ledger
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import seeing
from golddraht.privacy.models import Erasure
from golddraht.privacy.operations import approve_erasure, ask_erasure, carry_out
from golddraht.privacy.operations.replaying import replay_erasures
from tests.cast import MONDAY_MORNING, Company, a_company
from tests.mails import BJOERN, VALENTINA, a_mail, a_mailbox, arrives

LATER = MONDAY_MORNING + timedelta(days=1)


@pytest.fixture
def house(committed: None, tmp_path: Path, settings: Any) -> Iterator[Company]:
    """Two people have written; a ledger of its own."""
    settings.LEDGER, settings.LEDGER_KEY = str(tmp_path / "erasures.ledger"), str(tmp_path / "erasures.key")
    company = a_company()
    with company.seen():
        a_mailbox()
        arrives(a_mail(from_=VALENTINA))
        arrives(a_mail(from_=BJOERN, id_="second@kunde.example"))
    yield company
    shutil.rmtree(default_storage.path(""), ignore_errors=True)


def names(company: Company) -> list[str]:
    with company.seen():
        return sorted(Customer.objects.values_list("name", flat=True))


def erase_valentina(company: Company) -> None:
    with company.seen():
        customer = Customer.objects.get(name="Valentina Moser")
        erasure_id = ask_erasure(customer_id=customer.pk, by=None, at=LATER)
        approve_erasure(erasure_id=erasure_id, by=company.lea.pk, at=LATER)
    carry_out(tenant_id=company.tenant.pk, erasure_id=erasure_id, at=LATER)


def test_a_backup_is_restored_with_its_ledger_alone(house: Company, tmp_path: Path) -> None:
    erase_valentina(house)
    write_backup(tmp_path / "house.tar")
    manifest = check_backup(tmp_path / "house.tar")
    assert (manifest.ledger, manifest.erasures) == (ledger.head().id, 1)
    whole = ledger.ledger_file().read_text()
    ledger.ledger_file().write_text(whole.splitlines(keepends=True)[0])
    with pytest.raises(BackupRefused, match="older than the backup"):
        restore_backup(tmp_path / "house.tar", manifest)
    for path in (ledger.ledger_file(), ledger.key_file()):
        path.unlink()
    with pytest.raises(BackupRefused, match=r"put it back from where you keep it.*--without-ledger"):
        restore_backup(tmp_path / "house.tar", manifest)
    ledger.begin()
    with pytest.raises(BackupRefused, match="of another installation"):
        restore_backup(tmp_path / "house.tar", manifest)
    # Without it one comes as far as the next question: whether the place is fresh.
    with pytest.raises(BackupRefused, match="in use already"):
        restore_backup(tmp_path / "house.tar", manifest, without_ledger=True)


def brought_back(company: Company, at: Any = MONDAY_MORNING) -> int:
    """What a backup of earlier times does: the same row with the same number is there again."""
    with company.seen():
        old = ledger.erasures()[0].customers[0]
        customer = Customer.objects.create(
            pk=old, name="Valentina Moser", name_source="mail:from", sort_name="moser", known_since=at
        )
        ContactPoint.objects.create(
            customer=customer, channel="EMAIL", address="valentina@kundin.example", shown="valentina@kundin.example",
            source="mail:from", first_seen_at=at, last_used_at=at,
        )  # fmt: skip
        Erasure.objects.all().delete()
    return old


def test_whoever_a_backup_brings_back_is_erased_again_before_anything_else(house: Company) -> None:
    erase_valentina(house)
    brought_back(house)
    assert replay_erasures(at=LATER + timedelta(days=5)) == 1
    assert names(house) == ["Björn Petersen"]
    assert replay_erasures(at=LATER + timedelta(days=6)) == 0 and ledger.head().count == 1


def test_whoever_came_anew_after_being_erased_stays(house: Company) -> None:
    erase_valentina(house)
    with house.seen():
        arrives(a_mail(from_=VALENTINA, id_="anew@kundin.example"), at=LATER + timedelta(days=3))
    assert replay_erasures(at=LATER + timedelta(days=5)) == 0
    assert names(house) == ["Björn Petersen", "Valentina Moser"]


def test_an_archive_of_earlier_times_does_not_bring_them_back(house: Company, tmp_path: Path) -> None:
    export_tenant(Tenant.objects.get(pk=house.tenant.pk), tmp_path / "old.zip", at=MONDAY_MORNING)
    erase_valentina(house)
    arrived = import_tenant(tmp_path / "old.zip", slug="heizwerk-graz", at=LATER + timedelta(days=5))
    assert arrived.left_out == 1
    with seeing(Tenant.objects.get(slug="heizwerk-graz").pk):
        assert list(Customer.objects.values_list("name", flat=True)) == ["Björn Petersen"]


def test_old_mail_of_somebody_erased_is_left_out(house: Company, tmp_path: Path) -> None:
    erase_valentina(house)
    (tmp_path / "old.eml").write_bytes(a_mail(from_=VALENTINA, id_="old@kundin.example"))
    (tmp_path / "new.eml").write_bytes(a_mail(from_=VALENTINA, id_="new@kundin.example", at=LATER + timedelta(days=9)))
    paths = [str(tmp_path / "old.eml"), str(tmp_path / "new.eml")]
    report = import_mails(tenant=house.tenant, paths=paths, at=LATER + timedelta(days=10))
    assert (report.left_out, report.imported) == (1, 1)
    with house.seen():
        assert Conversation.objects.filter(customer__name="Valentina Moser").count() == 1
