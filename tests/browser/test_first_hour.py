"""The first hour of an admin, with a real browser, a real IMAP server and a real SMTP peer: from the link to the first customer."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.customers import row_of
from tests.browser.desk import PATIENCE, Desk
from tests.browser.running import House, a_running_house, scratch_folder
from tests.browser.test_signing_in import chooses_a_password, command, signs_in
from tests.journeys.dovecot import PASSWORD, USER, Dovecot, running_dovecot
from tests.journeys.smtp_peer import Peer, smtp_peer

ADDRESS = "service@probe.example"
CUSTOMER = "karla@kundin.example"
OWN_WORDS = "Hallo aus der Probewerkstatt!"


@pytest.fixture(autouse=True)
def patient() -> None:
    expect.set_options(timeout=3 * PATIENCE)


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """An installation in which nothing was set up yet."""
    with scratch_folder() as data, a_running_house(data, "--no-demo") as house:
        yield house


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as dovecot:
        yield dovecot


@pytest.fixture
def peer() -> Iterator[Peer]:
    with smtp_peer() as peer:
        yield peer


def test_an_admins_first_hour(desk: Any, house: House, dovecot: Dovecot, peer: Peer) -> None:
    """Link, password, colour, hours, mailbox with a trial, own words, a colleague, and the first customer is answered for."""
    founded = command(
        house, "tenant", "add", "probe", "Probe GmbH", "--admin", "ada@probe.example", "--admin-name", "Ada Dorn"
    )
    ada = desk()
    chooses_a_password(ada, founded["link"])
    signs_in(ada, "ada@probe.example")

    _chooses_a_colour(ada)
    _opens_on_saturday(ada)
    _sets_the_mailbox_up(ada, dovecot, peer)
    _words_the_receipt(ada)
    _invites_uli(ada, desk())
    _hears_of_the_first_customer(ada, dovecot, peer)


def _chooses_a_colour(ada: Desk) -> None:
    ada.go("/t/probe/settings/company/")
    ada.page.fill("[name=brand_colour]", "#8a3ab9")
    _keeps(ada, "Speichern")
    expect(ada.page.locator("[name=brand_colour]")).to_have_value("#8a3ab9")


def _opens_on_saturday(ada: Desk) -> None:
    ada.go("/t/probe/settings/teams/")
    ada.page.get_by_role("link", name=re.compile("Service")).first.click()
    ada.page.fill("[name=day_5]", "9-13")
    ada.page.get_by_role("button", name="Zeiten speichern").click()
    expect(ada.page.locator("[name=day_5]")).to_have_value("09:00–13:00")
    expect(ada.page.locator("svg.week").first).to_have_accessible_name(re.compile("Samstag 09:00–13:00"))


def _sets_the_mailbox_up(ada: Desk, dovecot: Dovecot, peer: Peer) -> None:
    """Wrong first, so that what is wrong is said; then right, and a mail goes out and comes back."""
    page = ada.page
    ada.go("/t/probe/settings/mailboxes/assistant/")
    page.fill("[name=address]", ADDRESS)
    page.locator("form.card button[type=submit]").click()
    page.wait_for_url("**/assistant/servers/**")
    told = {"imap_host": "127.0.0.1", "imap_port": str(dovecot.port), "imap_user": USER, "imap_folder": "INBOX"}
    told |= {"smtp_host": "127.0.0.1", "smtp_port": str(peer.port), "smtp_user": "", "password": "falsch geraten"}
    _fills(page, told)
    page.locator("form.card button[type=submit]").first.click()
    expect(page.locator(".notice-late").first).to_be_visible()
    _fills(page, told | {"password": PASSWORD})
    page.locator("form.card button[type=submit]").first.click()
    page.wait_for_url("**/trial/**")

    page.get_by_role("button", name="Probe-Mail senden").click()
    dovecot.deliver(_taken(peer, ADDRESS))
    expect(page.locator("#trial .notice-ok")).to_be_visible()
    assert ada.barriers() == []


def _fills(page: Any, told: dict[str, str]) -> None:
    servers = page.locator("details.stack")
    if servers.get_attribute("open") is None:
        servers.locator("summary").click()
    for kind in ("imap", "smtp"):
        page.select_option(f"[name={kind}_security]", "NONE")
    for name, value in told.items():
        page.fill(f"[name={name}]", value)


def _words_the_receipt(ada: Desk) -> None:
    ada.go("/t/probe/settings/automatic/receipt/de/")
    words = ada.page.locator("[name=text]")
    words.fill(f"{OWN_WORDS}\n\n{words.input_value()}")
    _keeps(ada, "Speichern")
    ada.go("/t/probe/settings/automatic/receipt/de/")
    expect(words).to_have_value(re.compile(f"^{OWN_WORDS}"))


def _invites_uli(ada: Desk, uli: Desk) -> None:
    ada.go("/t/probe/settings/people/invite/")
    ada.page.fill("[name=name]", "Uli Ott")
    ada.page.fill("[name=email]", "uli@probe.example")
    ada.page.check("[name=role][value=agent]")
    ada.page.get_by_role("button", name="Einladen").click()
    link = ada.page.locator("#secret").inner_text()
    chooses_a_password(uli, link)
    signs_in(uli, "uli@probe.example")
    assert uli.go("/t/probe/settings/company/").status == 403


def _hears_of_the_first_customer(ada: Desk, dovecot: Dovecot, peer: Peer) -> None:
    ada.go("/t/probe/inbox/?place=all")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Karla Kern <{CUSTOMER}>", ADDRESS, "Wann haben Sie offen?"
    mail["Message-ID"] = "<first@kundin.example>"
    mail.set_content("Guten Tag, haben Sie am Samstag offen?")
    dovecot.deliver(mail.as_bytes())
    expect(row_of(ada.page, "Wann haben Sie offen?")).to_have_count(1)
    receipt: Any = message_from_bytes(_taken(peer, CUSTOMER), policy=default)
    said = receipt.get_body(("plain",)).get_content()
    assert said.startswith(OWN_WORDS) and "Ada Dorn" in said
    assert ADDRESS in receipt["From"]


# What the hour shares


def _keeps(ada: Desk, name: str) -> None:
    with ada.page.expect_navigation():
        ada.page.get_by_role("button", name=name, exact=True).first.click()


def _taken(peer: Peer, recipient: str) -> bytes:
    """The first mail to them that the peer took, once it has come."""
    until = time.monotonic() + 3 * PATIENCE / 1000
    while time.monotonic() < until:
        for mail in list(peer.taken):
            if recipient in str(message_from_bytes(mail, policy=default)["To"]):
                return mail
        time.sleep(0.1)
    raise AssertionError(f"Nothing was sent to {recipient}.")
