"""Whole days, with a real browser before the real program: of somebody who serves two companies, and of a lead."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.customers import SERVICE, a_customer, mailbox_of, row_of, writes
from tests.browser.desk import PATIENCE, PHONE, Desk
from tests.browser.running import House

NINA, LEA = "nina@heizwerk.example", "lea@heizwerk.example"
NAMES = {"heizwerk": "Heizwerk", "sonnenreise": "Sonnenreise"}
Desks = Callable[..., Desk]


@pytest.fixture(autouse=True)
def patient() -> None:
    expect.set_options(timeout=3 * PATIENCE)


def test_a_day_for_two_companies_that_are_never_mixed_up(desk: Desks, house: House) -> None:
    """Nina sees what comes in for both, answers each in its own name, and knows how the day stands for both."""
    nina = desk(NINA)
    page = nina.page
    nina.go("/")
    page.wait_for_url("**/clients/")
    nina.go("/clients/?place=all&order=newest")
    page.evaluate("window.wasNeverReloaded = true")
    rosa, otto = a_customer("Rosa Lindner"), a_customer("Otto Feld")
    asked = {
        "heizwerk": (otto, _subject("Ofentür klemmt", otto)),
        "sonnenreise": (rosa, _subject("Fähre nach Elba", rosa)),
    }

    for company, (customer, subject) in asked.items():
        writes(house, customer, subject=subject, text="Guten Tag, was kann ich tun?", to=company)

    for company, (_, subject) in asked.items():
        expect(row_of(page, subject)).to_have_count(1)
        expect(row_of(page, subject).locator(".row-sign")).to_contain_text(NAMES[company])
    assert page.evaluate("window.wasNeverReloaded === true")
    assert nina.barriers() == []

    for key, company, other in (("g 1", "heizwerk", "sonnenreise"), ("g 2", "sonnenreise", "heizwerk")):
        _press(page, key)
        page.wait_for_url(f"**/t/{company}/inbox/")
        _is_speaking_for(nina, company, other)
        _press(page, "g m")
        page.wait_for_url("**/clients/**")
        nina.go(f"/clients/?place=all&order=newest&client={company}")
        customer, subject = asked[company]
        expect(row_of(page, asked[other][1])).to_have_count(0)
        row_of(page, subject).click()
        page.wait_for_url(f"**/t/{company}/conversations/**")
        _is_speaking_for(nina, company, other)
        expect(page.locator(".composer-from")).to_have_text(
            re.compile(rf"Nina Aigner, {NAMES[company]} · {SERVICE[company]}")
        )
        _answers(page, f"Guten Tag, das klärt {NAMES[company]} bis morgen.")
        page.locator(".speaking-link").first.click()
        page.wait_for_url("**/clients/**")

    for company, other in (("heizwerk", "sonnenreise"), ("sonnenreise", "heizwerk")):
        customer, _ = asked[company]
        _hears_from(desk(), customer, company, f"das klärt {NAMES[company]} bis morgen")
        elsewhere = desk()
        elsewhere.go(mailbox_of(customer, at=other))
        expect(elsewhere.page.locator("#phone")).to_be_visible()
        expect(elsewhere.page.locator("#phone a.mail-subject")).to_have_count(0)


def test_the_list_over_all_companies_on_the_phone(desk: Desks) -> None:
    nina = desk(NINA, viewport=PHONE, has_touch=True)
    nina.go("/clients/?place=all")
    assert nina.scrolls_sideways() == 0
    row = nina.page.locator("a.row.is-signed").first
    company = str(row.get_attribute("href")).split("/")[2]
    row.click()
    nina.page.wait_for_url(f"**/t/{company}/conversations/**")
    expect(nina.page.locator(".speaking-for b")).to_have_text(NAMES[company])
    assert nina.scrolls_sideways() == 0 and nina.barriers() == []


def test_a_leads_day(desk: Desks, house: House) -> None:
    """Lea sees the teams and no ranking of people, hands a new concern over with what is known, and overlooks nobody."""
    lea, nina = desk(LEA), desk(NINA)
    page = lea.page
    lea.go("/t/heizwerk/today/")
    teams = page.get_by_role("group", name="Was vor den Teams liegt")
    expect(teams.locator("tbody tr").first).to_be_visible()
    expect(teams).not_to_contain_text("Nina Aigner")
    nina.go("/t/heizwerk/inbox/?place=mine")
    nina.page.evaluate("window.wasNeverReloaded = true")
    lea.go("/t/heizwerk/inbox/?place=all")
    greta = a_customer("Greta Holm")
    subject = _subject("Heizung aus, Baby im Haus", greta)

    writes(house, greta, subject=subject, text="Guten Tag, seit heute früh ist es kalt. Wer kann kommen?")
    row_of(page, subject).first.click()
    page.wait_for_url("**/conversations/**")
    if "Nina Aigner" not in page.locator(".bar-care").inner_text():
        page.locator("[data-act=hand_over]").click()
        dialog = page.locator("#ask-dialog")
        dialog.locator("[name=to]").select_option(label="Nina Aigner")
        dialog.locator("[name=note]").fill("Das Baby ist drei Wochen alt. Bitte zuerst anrufen.")
        dialog.locator("button[type=submit].button-primary").click()
        expect(page.locator("#thread")).to_contain_text("Das Baby ist drei Wochen alt")
    expect(page.locator(".bar-care")).to_contain_text("Nina Aigner")

    expect(row_of(nina.page, subject)).to_have_count(1)
    assert nina.page.evaluate("window.wasNeverReloaded === true")
    _wakes_a_thanks(lea, house)
    lea.go("/t/heizwerk/figures/")
    expect(page.locator("main h2").first).to_be_visible()
    assert lea.barriers() == []


def _wakes_a_thanks(lea: Desk, house: House) -> None:
    """What was put aside as thanks gets an owner and a next touch with one click."""
    jan = a_customer("Jan Okpara")
    subject = _subject("Danke", jan)
    lea.go("/t/heizwerk/lead/quiet/")
    writes(house, jan, subject=subject, text="Vielen Dank, alles bestens!")
    line = lea.page.locator("li.quiet-line", has_text=subject)
    expect(line).to_have_count(1)
    line.locator("[data-wake]").click()
    expect(line).to_have_count(0)
    lea.go("/t/heizwerk/inbox/?place=all")
    expect(row_of(lea.page, subject).locator(".touch")).to_contain_text("Nächste Meldung")


# What the days share


def _subject(words: str, customer: tuple[str, str]) -> str:
    """With something that nobody else's has, so that a story can be told again in the same house."""
    return f"{words} {customer[1].split('.')[2].split('@')[0]}"


def _press(page: Any, keys: str) -> None:
    for stroke in keys.split(" "):
        page.keyboard.press(stroke)


def _is_speaking_for(one: Desk, company: str, other: str) -> None:
    expect(one.page.locator(".speaking-for b")).to_have_text(NAMES[company])
    expect(one.page).to_have_title(re.compile(rf"· {NAMES[company]}$"))
    assert NAMES[other] not in one.page.title()
    mark = one.page.locator("link[rel=icon]").get_attribute("href")
    assert mark.endswith(f"/{NAMES[company][:2].upper()}.svg")


def _answers(page: Any, text: str) -> None:
    """Written, sent, and on its way at once instead of after some seconds."""
    page.fill("#id_text", text)
    page.locator("#reply [data-send]").click()
    page.locator(".message-leaving").get_by_role("button", name="Jetzt senden").click()
    expect(page.locator(".message-leaving")).to_have_count(0)
    expect(page.locator("#thread")).to_contain_text(text)


def _hears_from(visitor: Desk, customer: tuple[str, str], company: str, words: str) -> None:
    """The mail comes to the customer, in that company's name."""
    visitor.go(mailbox_of(customer, at=company))
    mail = visitor.page.locator("#phone li", has_text=words)
    expect(mail).to_have_count(1)
    mail.locator("a.mail-subject").click()
    expect(visitor.page.locator(".phone .mail-text")).to_contain_text(words)
    expect(visitor.page.locator(".phone .mail-head").first).to_contain_text(NAMES[company])
