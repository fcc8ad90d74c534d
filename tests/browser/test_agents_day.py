"""The day of somebody who serves, from the first look to the last word: in German at the desk, in English on the phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.customers import a_customer, mailbox_of, row_of, writes
from tests.browser.desk import DESKTOP, PATIENCE, PHONE, Desk
from tests.browser.furnishing import EVE, rows_of
from tests.browser.running import House

NINA = "nina@heizwerk.example"
Desks = Callable[..., Desk]


@dataclass(frozen=True)
class Day:
    """Who serves, before which screen, and what the page says in their language."""

    login: str
    language: str
    size: dict[str, int]
    today: str
    send_now: str
    answer: str


DAYS = [
    Day(NINA, "de", DESKTOP, "Heute", "Jetzt senden", "Guten Tag, ich sehe nach und rufe Sie morgen an."),
    Day(EVE, "en", PHONE, "Today", "Send now", "Good day, I shall look into it and call you tomorrow."),
]


@pytest.fixture(autouse=True)
def patient() -> None:
    expect.set_options(timeout=3 * PATIENCE)


@pytest.mark.parametrize("day", DAYS, ids=["german-desk", "english-phone"])
def test_a_day_of_somebody_who_serves(day: Day, desk: Desks, house: House) -> None:
    """Today, a new concern, an answer with a promise, a note, a hand-over, and what the customer hears of it."""
    rows_of(house)  # Invites Eve.
    one = desk(day.login, viewport=day.size, locale={"de": "de-DE", "en": "en-GB"}[day.language])
    page = one.page
    one.go("/t/heizwerk/today/")
    expect(page.locator("h1")).to_contain_text(day.today)
    expect(page.locator("html")).to_have_attribute("lang", day.language)
    customer = a_customer("Wilma Brandt")
    subject = f"Ofen zieht nicht {customer[1].split('.')[2].split('@')[0]}"

    one.go("/t/heizwerk/inbox/?place=all")
    writes(house, customer, subject=subject, text="Guten Tag, seit gestern raucht es ins Zimmer.")
    row_of(page, subject).first.click()
    page.wait_for_url("**/conversations/**")
    expect(page.locator("#thread")).to_contain_text("raucht es ins Zimmer")
    assert one.scrolls_sideways() == 0

    _answers(page, day)
    _promises_a_call(page)
    _asks(page, "note", "text", "@Tom weiß, welches Rohr dort liegt.")
    expect(page.locator("#thread")).to_contain_text("welches Rohr dort liegt")
    _hands_over_to(page, "Tom Berger")
    assert one.barriers() == []

    _is_heard(desk(), customer, day.answer)
    one.go("/t/heizwerk/today/")
    expect(page.locator("main")).not_to_contain_text(subject)


def _answers(page: Any, day: Day) -> None:
    page.fill("#id_text", day.answer)
    page.locator("#reply [data-send]").click()
    page.locator(".message-leaving").get_by_role("button", name=day.send_now).click()
    expect(page.locator(".message-leaving")).to_have_count(0)
    expect(page.locator("#thread")).to_contain_text(day.answer)


def _promises_a_call(page: Any) -> None:
    """By tomorrow noon; it stands in the thread with its date."""
    tomorrow = (datetime.now().astimezone() + timedelta(days=1)).replace(hour=12, minute=0)
    dialog = _opened(page, "promise")
    dialog.locator("[name=kind]").select_option("CALLBACK")
    dialog.locator("[name=what]").fill("Rückruf zum Kaminzug")
    dialog.locator("[name=due_at]").fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    _confirmed(page, dialog)
    expect(page.locator("#thread")).to_contain_text("Rückruf zum Kaminzug")


def _hands_over_to(page: Any, name: str) -> None:
    dialog = _opened(page, "hand_over")
    dialog.locator("[name=to]").select_option(label=name)
    dialog.locator("[name=note]").fill("Es raucht ins Zimmer, bitte bald.")
    _confirmed(page, dialog)
    expect(page.locator(".bar-care")).to_contain_text(name)


def _asks(page: Any, act: str, field: str, words: str) -> None:
    dialog = _opened(page, act)
    dialog.locator(f"[name={field}]").fill(words)
    _confirmed(page, dialog)


def _opened(page: Any, act: str) -> Any:
    """The dialog behind an act of the concern, which may stand in its menu."""
    link = page.locator(f"[data-act={act}]").first
    if not link.is_visible():
        page.locator(".bar details.menu > summary").last.click()
    link.click()
    dialog = page.locator("#ask-dialog")
    expect(dialog).to_be_visible()
    return dialog


def _confirmed(page: Any, dialog: Any) -> None:
    dialog.locator("button[type=submit].button-primary").click()
    expect(page.locator("dialog[open]")).to_have_count(0)


def _is_heard(visitor: Desk, customer: tuple[str, str], words: str) -> None:
    visitor.go(mailbox_of(customer))
    expect(visitor.page.locator("#phone li", has_text=words[:30])).to_have_count(1)
