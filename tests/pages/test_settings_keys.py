"""Keys in the settings, and what of them stands in a concern."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from golddraht.channels.jobs import open_again
from golddraht.channels.models import KnownKey, MessageSeal, OwnKey
from golddraht.channels.operations.unsealing import look_again
from golddraht.ground.numbers import spoken
from golddraht.plumbing import clock
from golddraht.team.models import Membership
from tests.cast import Company, a_company
from tests.mails import a_mailbox, arrives
from tests.operations.test_sealed_mail import p12
from tests.sealing import AT, CARE, ENTITY, PETRA, ROOT, detached, for_care, p7m

Page = Callable[[Any], str]
HERE = "/t/heizwerk/settings/keys/"
FOR_US = p7m(for_care(ENTITY), b"enveloped-data")


@pytest.fixture(autouse=True)
def in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def ada(company: Company, signed_in: Callable[[Membership], Client]) -> Client:
    a_mailbox()
    return signed_in(company.ada)


def upload(content: bytes, name: str = "schluessel.p12") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_key_is_uploaded_listed_and_never_shown(ada: Client, page: Page) -> None:
    answer = ada.post(f"{HERE}own/new/", {"file": upload(p12(CARE)), "password": "geheim"})
    said = page(ada.get(HERE))

    assert answer.status_code == 302 and answer.headers["Location"] == HERE
    assert "care@heizwerk.example" in said and "S/MIME" in said and "2. April 2026" in said
    assert "PRIVATE" not in said and "Ada Dorn" in said


def test_a_key_can_be_pasted(ada: Client) -> None:
    ada.post(f"{HERE}own/new/", {"pasted": (CARE.pem + CARE.secret).decode()})
    assert OwnKey.objects.get().address == "care@heizwerk.example"


def test_a_wrong_password_is_said_in_the_form(ada: Client, page: Page) -> None:
    answer = ada.post(f"{HERE}own/new/", {"file": upload(p12(CARE)), "password": "falsch"})

    assert answer.status_code == 422 and "Das Passwort öffnet die Datei nicht" in page(answer)
    assert not OwnKey.objects.exists()


def test_nothing_chosen_is_said(ada: Client) -> None:
    assert ada.post(f"{HERE}own/new/", {"password": "x"}).status_code == 422


def test_a_key_goes_out_of_service_and_back_and_is_forgotten(ada: Client, page: Page) -> None:
    ada.post(f"{HERE}own/new/", {"file": upload(p12(CARE)), "password": "geheim"})
    here = f"{HERE}own/{OwnKey.objects.get().pk}/"

    ada.post(here, {"act": "retire"})
    assert "außer Dienst" in page(ada.get(HERE))
    ada.post(here, {"act": "restore"})
    assert OwnKey.objects.get().retired_at is None
    assert ada.post(here, {"act": "sell"}).status_code == 404
    ada.post(here, {"act": "remove"})
    assert not OwnKey.objects.exists()


def test_an_authority_is_added_taken_back_and_forgotten(ada: Client, page: Page) -> None:
    ada.post(f"{HERE}known/new/", {"file": upload(ROOT.pem, "wurzel.pem")})
    said = page(ada.get(HERE))
    assert "Heizwerk Root" in said and "bürgt für andere" in said

    here = f"{HERE}known/{KnownKey.objects.get().pk}/"
    ada.post(here, {"act": "retire"})
    assert KnownKey.objects.get().retired_at is not None
    ada.post(here, {"act": "remove"})
    assert not KnownKey.objects.exists()


def test_what_is_closed_is_counted_tried_again_and_its_progress_refreshed(ada: Client, page: Page) -> None:
    arrives(FOR_US, at=AT)
    assert "1 Mail ist noch verschlossen" in page(ada.get(HERE))

    ada.post(f"{HERE}again/")
    part = ada.get(HERE, headers={"HX-Request": "true"})
    assert "every 2s" in page(part) and b"<html" not in part.content
    look_again(at=AT)
    assert "every 2s" not in page(ada.get(HERE))


def test_only_admins_see_keys(company: Company, signed_in: Callable[[Membership], Client]) -> None:
    assert signed_in(company.lea).get(HERE).status_code == 403


def test_a_key_of_another_company_cannot_be_touched(ada: Client, company: Company) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    with other.seen():
        key = KnownKey.objects.create(
            address="x@y.example", method="pgp", fingerprint="00", certificate=b"", added_at=AT
        )
    ada.post(f"{HERE}known/{key.pk}/", {"act": "remove"})
    with other.seen():
        assert KnownKey.objects.filter(pk=key.pk).exists()


# In a concern


def test_a_closed_mail_says_what_helps(company: Company, nina: Client, page: Page) -> None:
    message = arrives(FOR_US, at=AT)
    said = page(nina.get(f"/t/heizwerk/conversations/{spoken(message.conversation.number)}/"))

    assert "keiner unserer Schlüssel öffnet sie" in said
    # Said once, and not again as something that could not be read.
    assert "Nicht alles" not in said


def test_a_stranger_is_looked_at_and_remembered(company: Company, nina: Client, page: Page) -> None:
    message = arrives(detached(PETRA), at=AT)
    number = spoken(message.conversation.number)
    said = page(nina.get(f"/t/heizwerk/conversations/{number}/"))
    (url,) = re.findall(r'href="(/t/heizwerk/seals/[0-9]+/)"', said)

    asked = page(nina.get(url))
    assert "petra@kunde.example" in asked and KnownKey.objects.count() == 0
    answer = nina.post(url)
    look_again(at=AT)

    assert answer.headers["Location"] == f"/t/heizwerk/conversations/{number}/"
    assert KnownKey.objects.get().added_by == company.nina
    assert "geprüft" in page(nina.get(f"/t/heizwerk/conversations/{number}/"))
    assert nina.get(url).status_code == 404


def test_a_seal_of_another_company_does_not_exist(company: Company, nina: Client) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    with other.seen():
        arrives(detached(PETRA), at=AT)
        seal = MessageSeal.objects.get()
    assert nina.get(f"/t/heizwerk/seals/{seal.pk}/").status_code == 404


def test_the_job_opens_what_waits(committed: None) -> None:
    company = a_company()
    with company.seen():
        a_mailbox()
        message = arrives(FOR_US, at=AT)
        ada = Client()
        ada.force_login(company.ada.user)
    ada.post(f"{HERE}own/new/", {"file": upload(p12(CARE)), "password": "geheim"})

    open_again(tenant_id=company.tenant.pk)

    with company.seen():
        message.refresh_from_db()
        assert message.text == "Bitte die IBAN ändern."
