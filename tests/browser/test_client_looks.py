"""Provider staff and their client: what one company's people care for, the client sees, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.customers import a_customer, row_of, writes
from tests.browser.desk import PATIENCE, PHONE, Desk
from tests.browser.running import House

NINA, LEA, KARLA = "nina@heizwerk.example", "lea@heizwerk.example", "karla@heizwerk.example"
Desks = Callable[..., Desk]


@pytest.fixture(autouse=True)
def patient() -> None:
    expect.set_options(timeout=3 * PATIENCE)


def test_a_client_sees_what_was_said_in_their_own_company_and_nothing_else(desk: Desks, house: House) -> None:
    """Nina serves two companies and notes something for colleagues; Karla looks at hers alone, and Lea sees that she did."""
    greta, otto = a_customer("Greta Holm"), a_customer("Otto Feld")
    subject = f"Ofen kalt {greta[1].split('.')[2].split('@')[0]}"
    other = f"Fähre {otto[1].split('.')[2].split('@')[0]}"
    writes(house, greta, subject=subject, text="Guten Tag, seit heute früh ist der Ofen kalt.")
    writes(house, otto, subject=other, text="Guten Tag, wann geht die Fähre?", to="sonnenreise")
    nina = desk(NINA)
    nina.go("/clients/?place=all&order=newest")
    expect(row_of(nina.page, subject)).to_have_count(1)
    expect(row_of(nina.page, other)).to_have_count(1)
    _hands_over_with_a_note(nina, subject)

    karla = desk(KARLA)
    assert karla.page.url.endswith("/client/heizwerk/")
    karla.page.get_by_role("link", name="Anliegen").click()
    expect(karla.page.locator("main")).not_to_contain_text(other)
    karla.page.get_by_role("link", name=subject).click()
    expect(karla.page.locator(".thread")).to_contain_text("seit heute früh ist der Ofen kalt")
    expect(karla.page.locator("main")).not_to_contain_text("Bitte zuerst anrufen")
    assert karla.page.locator("main form, main textarea").count() == 0
    _gets_nowhere_else(karla)
    _reads_the_statement(karla)
    _stands_in_the_trail(desk(LEA))


def _hands_over_with_a_note(nina: Desk, subject: str) -> None:
    page = nina.page
    row_of(page, subject).first.click()
    page.wait_for_url("**/t/heizwerk/conversations/**")
    page.locator("[data-act=hand_over]").click()
    dialog = page.locator("#ask-dialog")
    dialog.locator("[name=to]").select_option(label="Tom Berger")
    dialog.locator("[name=note]").fill("Bitte zuerst anrufen, sie ist ungeduldig.")
    dialog.locator("button[type=submit].button-primary").click()
    expect(page.locator("#thread")).to_contain_text("Bitte zuerst anrufen")


def _gets_nowhere_else(karla: Desk) -> None:
    here = karla.page.url
    for path in ("/t/heizwerk/inbox/", "/t/heizwerk/settings/", "/client/sonnenreise/", "/t/sonnenreise/today/"):
        assert karla.go(path).status == 404, path
    karla.go("/clients/")
    assert karla.page.url.endswith("/client/heizwerk/")
    karla.go(here)


def _reads_the_statement(karla: Desk) -> None:
    karla.page.get_by_role("link", name="Monatsberichte").click()
    expect(karla.page.locator("h1")).to_contain_text("Monatsbericht")
    assert karla.barriers() == []
    karla.page.set_viewport_size(PHONE)
    karla.go("/client/heizwerk/concerns/")
    assert karla.barriers() == []
    karla.page.get_by_role("link", name="abmelden").click()


def _stands_in_the_trail(lea: Desk) -> None:
    lea.go("/t/heizwerk/settings/trail/")
    lea.page.locator("[name=person]").select_option(label="Karla Heinz (Auftraggeber)")
    lea.page.get_by_role("button", name="Zeigen").click()
    expect(lea.page.locator("tbody tr").first).to_contain_text("Karla Heinz (Auftraggeber)")
    assert lea.barriers() == []
