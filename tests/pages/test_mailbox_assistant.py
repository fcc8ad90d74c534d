"""Setting up a mailbox in steps, with real servers on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from golddraht.channels.carriers.smtp import send_trial
from golddraht.channels.mail.asking import Answer
from golddraht.channels.models import Mailbox, TrialMail
from golddraht.pages.settings import assistant
from golddraht.plumbing.models import Tenant
from golddraht.team.models import Membership
from tests.cast import Company, a_company
from tests.journeys.smtp_peer import Peer, smtp_peer
from tests.mails import a_mailbox, arrives

Page = Callable[[Any], str]
START = "/t/heizwerk/settings/mailboxes/assistant/"
SERVERS = START + "servers/"


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], list[str]]:
    """The world's DNS, which knows nothing but what is put in here."""
    records: dict[tuple[str, str], list[str]] = {}

    def within(_seconds: float) -> Any:
        return lambda name, kind: tuple(Answer(text) for text in records.get((name, kind), []))

    monkeypatch.setattr(assistant, "look_afresh", within)
    return records


@pytest.fixture
def ada(company: Company, signed_in: Callable[[Membership], Client]) -> Client:
    return signed_in(company.ada)


@pytest.fixture
def peer() -> Iterator[Peer]:
    with smtp_peer() as peer:
        yield peer


def told(peer: Peer | None = None, **more: Any) -> dict[str, Any]:
    """What the second step sends: reading is left to the listener, sending goes to the peer."""
    return {
        "address": "care@heizwerk.example",
        "sender_name": "Heizwerk",
        "password": "geheim",
        "is_default": "on",
        "imap_host": "",
        "imap_port": 993,
        "imap_security": "TLS",
        "imap_user": "",
        "imap_folder": "INBOX",
        "smtp_host": "127.0.0.1" if peer else "",
        "smtp_port": peer.port if peer else 465,
        "smtp_security": "NONE",
        "smtp_user": "",
    } | more


def test_the_address_leads_to_a_proposal(ada: Client, page: Page) -> None:
    answer = ada.post(START, {"address": "service@gmx.de"})
    assert answer.headers["Location"] == SERVERS + "?address=service%40gmx.de"

    said = page(ada.get(answer.headers["Location"]))
    assert "imap.gmx.net" in said and "mail.gmx.net" in said and "POP3/IMAP" in said


def test_what_is_no_address_is_said(ada: Client) -> None:
    assert ada.post(START, {"address": "kein"}).status_code == 422
    assert ada.get(SERVERS + "?address=kein").headers["Location"] == START


def test_a_guess_says_that_it_is_one(ada: Client, page: Page) -> None:
    said = page(ada.get(SERVERS + "?address=service@muster.example"))
    assert "imap.muster.example" in said and "geraten" in said


def test_microsoft_is_connected_without_a_password(ada: Client, page: Page, names: Any) -> None:
    names["muster.example", "MX"] = ["muster-example.mail.protection.outlook.com"]
    assert "Ohne Passwort verbinden" in page(ada.get(SERVERS + "?address=service@muster.example"))

    answer = ada.post(SERVERS, {"address": "service@muster.example", "oauth": "yes"})
    mailbox = Mailbox.objects.get()
    assert answer.headers["Location"] == f"/t/heizwerk/settings/mailboxes/{mailbox.pk}/sign-in/"


def test_what_does_not_work_is_said_and_not_kept(ada: Client, page: Page) -> None:
    answer = ada.post(SERVERS, told(smtp_host="127.0.0.1", smtp_port=1))

    assert answer.status_code == 422 and "antwortet auf diesem Port niemand" in page(answer)
    assert not Mailbox.objects.exists()
    # The password is never written into a page.
    assert "geheim" not in page(answer)


def test_it_can_be_kept_all_the_same(ada: Client) -> None:
    ada.post(SERVERS, told(smtp_host="127.0.0.1", smtp_port=1, anyway="yes"))
    assert Mailbox.objects.get().smtp_password.reveal() == "geheim"


def test_what_works_is_kept_and_leads_to_the_trial(ada: Client, page: Page, peer: Peer) -> None:
    answer = ada.post(SERVERS, told(peer))
    mailbox = Mailbox.objects.get()
    here = f"/t/heizwerk/settings/mailboxes/{mailbox.pk}/trial/"

    assert answer.headers["Location"] == here and mailbox.is_default
    assert "Probe-Mail senden" in page(ada.get(here))


def test_a_trial_goes_out_and_comes_back(company: Company, ada: Client, page: Page, peer: Peer) -> None:
    ada.post(SERVERS, told(peer))
    mailbox = Mailbox.objects.get()
    here = f"/t/heizwerk/settings/mailboxes/{mailbox.pk}/trial/"

    ada.post(here + "send/")
    trial = TrialMail.objects.get()
    assert ProcrastinateJob.objects.filter(task_name="channels.send_trial").count() == 1
    part = ada.get(here, headers={"HX-Request": "true"})
    assert b"<html" not in part.content and "every 2s" in page(part)

    send_trial(tenant_id=company.tenant.pk, trial_id=trial.pk, at=timezone.now())
    assert "wir warten" in page(ada.get(here))
    (taken,) = peer.taken
    message = arrives(taken, mailbox=mailbox, at=timezone.now())

    said = page(ada.get(here))
    assert "kam nach" in said and "every 2s" not in said
    # It is nobody's concern.
    assert message.conversation.status == "QUIET"


def test_a_trial_that_does_not_go_out_says_why(company: Company, ada: Client, page: Page) -> None:
    mailbox = a_mailbox(smtp_host="127.0.0.1", smtp_port=1, smtp_security="NONE")
    here = f"/t/heizwerk/settings/mailboxes/{mailbox.pk}/trial/"
    ada.post(here + "send/")
    send_trial(tenant_id=company.tenant.pk, trial_id=TrialMail.objects.get().pk, at=timezone.now())

    assert "Sie ging nicht hinaus" in page(ada.get(here))


def test_a_demo_asks_nobody(company: Company, ada: Client, page: Page, names: Any) -> None:
    Tenant.objects.filter(pk=company.tenant.pk).update(is_demo=True)
    names["muster.example", "MX"] = ["aspmx.l.google.com"]
    assert "imap.muster.example" in page(ada.get(SERVERS + "?address=service@muster.example"))


def test_the_mailbox_of_another_company_does_not_exist(company: Company, ada: Client) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    with other.seen():
        theirs = a_mailbox("care@moebelhaus.example")
    assert ada.get(f"/t/heizwerk/settings/mailboxes/{theirs.pk}/trial/").status_code == 404
    assert ada.post(f"/t/heizwerk/settings/mailboxes/{theirs.pk}/trial/send/").status_code == 404
