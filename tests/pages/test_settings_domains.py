"""Domains in the settings: what was found in words, what to publish, and the keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from golddraht.channels.carriers.dns import look_at_domain
from golddraht.channels.models import DomainKey, DomainPlate, MailDomain
from golddraht.channels.operations import add_mailbox
from golddraht.channels.operations.domains import proof_of
from golddraht.plumbing import clock
from golddraht.plumbing.models import Tenant
from golddraht.team.models import Membership
from tests.cast import Company, a_company
from tests.names import World

Page = Callable[[Any], str]
HERE = "/t/heizwerk/settings/domains/"
DOMAIN = "heizwerk.example"


@pytest.fixture
def ada(company: Company, signed_in: Callable[[Membership], Client]) -> Client:
    return signed_in(company.ada)


@pytest.fixture
def domain(ada: Client) -> MailDomain:
    ada.post(HERE, {"domain": DOMAIN})
    found: MailDomain = MailDomain.objects.get()
    return found


def look(company: Company, domain: MailDomain, records: dict[tuple[str, str], list[str]]) -> None:
    look_at_domain(tenant_id=company.tenant.pk, mail_domain_id=domain.pk, at=clock.now(), within=World(records).within)


def test_the_domain_of_a_mailbox_stands_there_before_anybody_added_it(
    company: Company, ada: Client, page: Page
) -> None:
    add_mailbox(address="care@heizwerk.example", sender_name="Heizwerk", is_default=True)

    said = page(ada.get(HERE))

    assert DOMAIN in said and "Noch hat niemand nachgesehen" in said


def test_adding_a_domain_asks_by_a_job_and_shows_that_somebody_looks(
    ada: Client, page: Page, domain: MailDomain
) -> None:
    said = page(ada.get(f"{HERE}{domain.pk}/"))

    assert ProcrastinateJob.objects.filter(task_name="channels.look_at_domain").count() == 1
    assert "Wir sehen nach" in said and "every 2s" in said


def test_what_is_no_domain_is_said_in_the_form(ada: Client) -> None:
    answer = ada.post(HERE, {"domain": "kein name"})

    assert answer.status_code == 422 and not MailDomain.objects.exists()


def test_the_page_says_what_to_publish(company: Company, ada: Client, page: Page, domain: MailDomain) -> None:
    look(company, domain, {(DOMAIN, "MX"): ["10 mx.heizwerk.example"]})

    said = page(ada.get(f"{HERE}{domain.pk}/"))

    assert f"golddraht-domain={proof_of(DOMAIN, company.tenant.pk)}" in said
    assert "v=spf1 mx ~all" in said and "v=DMARC1; p=none; rua=mailto:postmaster@heizwerk.example" in said
    assert "every 2s" not in said


def test_the_page_refreshes_its_findings_alone(company: Company, ada: Client, domain: MailDomain) -> None:
    answer = ada.get(f"{HERE}{domain.pk}/", headers={"HX-Request": "true"})

    assert b"<html" not in answer.content and b'id="findings"' in answer.content


def test_a_proof_is_shown_and_takes_the_mark_from_the_mailbox(
    company: Company, ada: Client, page: Page, domain: MailDomain
) -> None:
    add_mailbox(address="care@heizwerk.example", sender_name="Heizwerk", is_default=True)
    assert "Domain nicht nachgewiesen" in page(ada.get("/t/heizwerk/settings/mailboxes/"))

    look(company, domain, {(DOMAIN, "TXT"): [f"golddraht-domain={proof_of(DOMAIN, company.tenant.pk)}"]})

    assert "Domain nicht nachgewiesen" not in page(ada.get("/t/heizwerk/settings/mailboxes/"))
    assert "nachgewiesen" in page(ada.get(HERE))


def test_a_mailbox_on_somebody_elses_domain_is_refused_in_words(company: Company, ada: Client, page: Page) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    DomainPlate.objects.create(domain=DOMAIN, tenant=other.tenant, proven_at=clock.now())

    with company.seen():
        told = {"address": "care@heizwerk.example", "sender_name": "H", "imap_port": 993, "imap_folder": "INBOX"}
        told |= {"smtp_port": 465, "imap_security": "TLS", "smtp_security": "TLS"}
        answer = ada.post("/t/heizwerk/settings/mailboxes/new/", told)

    assert answer.status_code == 422 and "nachgewiesen" in answer.content.decode()


def test_a_key_is_made_found_switched_on_replaced_and_removed(
    company: Company, ada: Client, page: Page, domain: MailDomain
) -> None:
    here = f"{HERE}{domain.pk}/"
    ada.post(f"{here}keys/new/", {"algorithm": "ed25519"})
    key = DomainKey.objects.get()
    said = page(ada.get(here))
    assert f"{key.selector}._domainkey.{DOMAIN}" in said and key.record in said and "PRIVATE" not in said

    ada.post(f"{here}keys/{key.pk}/", {"act": "on"})
    key.refresh_from_db()
    assert key.signs_since is None  # Nobody has found it yet.

    look(company, domain, {(f"{key.selector}._domainkey.{DOMAIN}", "TXT"): [key.record]})
    ada.post(f"{here}keys/{key.pk}/", {"act": "on"})
    assert "signiert Ihre Mails" in page(ada.get(here))

    ada.post(f"{here}keys/{key.pk}/", {"act": "off"})
    ada.post(f"{here}keys/{key.pk}/", {"act": "remove"})
    assert not DomainKey.objects.exists()


def test_nobody_reaches_another_companys_domain_or_key(company: Company, ada: Client, domain: MailDomain) -> None:
    from golddraht.channels.mail.signing import Algorithm
    from golddraht.channels.operations.domains import add_domain
    from golddraht.channels.operations.sealing import make_key

    other = a_company("moebelhaus", "Möbelhaus")
    with other.seen():
        theirs = add_domain(domain="moebelhaus.example", at=clock.now())
        key = make_key(mail_domain_id=theirs.pk, algorithm=Algorithm.ED25519, at=clock.now())

    assert ada.get(f"{HERE}{theirs.pk}/").status_code == 404
    assert ada.post(f"{HERE}{theirs.pk}/look/").status_code == 404
    assert ada.post(f"{HERE}{domain.pk}/keys/{key.pk}/", {"act": "remove"}).status_code == 404


def test_an_agent_changes_no_domain(nina: Client, ada: Client, domain: MailDomain) -> None:
    assert nina.get(HERE).status_code == 403
    assert nina.post(f"{HERE}{domain.pk}/keys/new/", {}).status_code == 403


def test_a_demo_asks_nobody_and_says_so(ada: Client, page: Page) -> None:
    Tenant.objects.update(is_demo=True)

    said = page(ada.post(HERE, {"domain": DOMAIN}, follow=True))

    assert "Demo" in said and not ProcrastinateJob.objects.exists()


def test_doctor_tells_of_a_broken_domain_without_asking(company: Company, domain: MailDomain) -> None:
    from golddraht.house.diagnosis import _domains

    look(company, domain, {})

    [finding] = list(_domains())
    assert not finding.ok and finding.check == "domain heizwerk.example" and "golddraht domain check" in finding.words
