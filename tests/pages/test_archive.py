"""What is locked away: only for whoever was given the right, only for a reason, and noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from golddraht.plumbing import clock
from golddraht.plumbing.audit import trail
from golddraht.privacy.models import ArchiveOpening, ArchiveRight, Locked
from golddraht.privacy.operations import (
    ArchiveRefused,
    approve_erasure,
    ask_erasure,
    carry_out,
    end_archive_right,
    give_archive_right,
)
from golddraht.privacy.queries.archive import locked_lines
from tests.cast import Company
from tests.mails import a_mail, a_mailbox, arrives
from tests.pages.conftest import Browser

pytestmark = pytest.mark.django_db
Said = Callable[[Any], str]
URL = "/t/heizwerk/settings/privacy/archive/"


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    settings.LEDGER, settings.LEDGER_KEY = str(tmp_path / "e.ledger"), str(tmp_path / "e.key")


@pytest.fixture
def locked(company: Company) -> Locked:
    """A business letter of somebody who was erased."""
    a_mailbox()
    message = arrives(a_mail(subject="Meine Bestellung", text="Meine Bestellung fehlt noch."))
    assert message is not None
    at = clock.now()
    erasure_id = ask_erasure(customer_id=message.conversation.customer_id, by=None, at=at)
    approve_erasure(erasure_id=erasure_id, by=company.lea.pk, at=at)
    carry_out(tenant_id=company.tenant.pk, erasure_id=erasure_id, at=at)
    return Locked.objects.filter(kind="message").order_by("pk")[0]


def test_admins_without_the_right_see_nothing_of_it(
    company: Company, locked: Locked, signed_in: Browser, page: Said
) -> None:
    for member in (company.ada, company.lea, company.nina):
        somebody = signed_in(member)
        said = page(somebody.get(URL))
        assert "Sie haben kein Recht" in said and "Meine Bestellung" not in said and "§ 257" not in said
        assert somebody.post(f"{URL}{locked.pk}/open/", {"why": "Neugier"}).status_code == 404
    assert not ArchiveOpening.objects.exists()


def test_whoever_has_the_right_opens_it_for_a_reason_and_it_is_noted(
    company: Company, locked: Locked, signed_in: Browser, page: Said
) -> None:
    signed_in(company.ada).post(f"{URL}rights/", {"member": company.nina.pk})
    nina = signed_in(company.nina)
    said = page(nina.get(URL))
    assert "§ 257 Abs. 1 Nr. 2, 3 HGB" in said and "Bestellung fehlt" not in said
    nina.post(f"{URL}{locked.pk}/open/", {"why": " "})
    assert not ArchiveOpening.objects.exists()
    answer = nina.post(f"{URL}{locked.pk}/open/", {"why": "Betriebsprüfung 2026"}, follow=True)
    said = page(answer)
    assert "Meine Bestellung fehlt noch." in said and "Betriebsprüfung 2026" in said
    opening = ArchiveOpening.objects.get()
    assert any(one.subject == "privacy_locked" and one.subject_id == locked.pk for one in trail())
    raw = nina.get(f"{URL}opened/{opening.pk}/files/999/")
    assert b"Meine Bestellung" in raw.content and raw["Content-Disposition"].startswith("attachment")
    assert nina.get(f"{URL}opened/{opening.pk}/files/7/").status_code == 404
    assert "Betriebsprüfung 2026" in page(nina.get(URL))


def test_an_opening_is_shown_to_its_own_for_half_an_hour(company: Company, locked: Locked, signed_in: Browser) -> None:
    for member in (company.nina, company.tom):
        give_archive_right(member_id=member.pk, by=company.ada.pk, at=clock.now())
    signed_in(company.nina).post(f"{URL}{locked.pk}/open/", {"why": "Prüfung"})
    opening = ArchiveOpening.objects.get()
    address = f"{URL}opened/{opening.pk}/"
    assert signed_in(company.tom).get(address).status_code == 404
    ArchiveOpening.objects.update(at=clock.now() - timedelta(minutes=31))
    assert signed_in(company.nina).get(address).status_code == 404


def test_the_right_ends_and_nobody_gives_it_to_themselves(
    company: Company, locked: Locked, signed_in: Browser, page: Said
) -> None:
    ada = signed_in(company.ada)
    ada.post(f"{URL}rights/", {"member": company.ada.pk})
    with pytest.raises(ArchiveRefused):
        give_archive_right(member_id=company.ada.pk, by=company.ada.pk, at=clock.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        ArchiveRight.objects.create(member=company.ada, given_by=company.ada, given_at=clock.now())
    give_archive_right(member_id=company.ada.pk, by=None, at=clock.now())
    assert "§ 257" in page(ada.get(URL))
    end_archive_right(member_id=company.ada.pk, by=company.ada.pk, at=clock.now())
    assert "§ 257" not in page(ada.get(URL))
    assert ada.post(f"{URL}rights/", {"member": "999999"}).status_code == 404
    assert signed_in(company.lea).post(f"{URL}rights/", {"member": company.nina.pk}).status_code == 403


def test_it_is_found_by_year_and_address(company: Company, locked: Locked) -> None:
    give_archive_right(member_id=company.nina.pk, by=company.ada.pk, at=clock.now())
    viewer = company.viewer(company.nina)
    year = clock.now().year
    assert locked_lines(viewer=viewer, year=year) and not locked_lines(viewer=viewer, year=year - 1)
    assert locked_lines(viewer=viewer, address="Valentina@kundin.example")
    assert not locked_lines(viewer=viewer, address="niemand@kunde.example")
