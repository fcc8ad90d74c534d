"""The editor is small until somebody turns to it, and no click is lost while it grows."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.customers import a_customer, row_of, writes
from tests.browser.desk import DESKTOP, PATIENCE, PHONE, Desk
from tests.browser.running import House

NINA = "nina@heizwerk.example"
Desks = Callable[..., Desk]
TOOLS = "#reply .composer-tools"


@pytest.fixture(autouse=True)
def patient() -> None:
    expect.set_options(timeout=2 * PATIENCE)


def before_a_concern(one: Desk, house: House) -> Any:
    """Somebody has a new concern open, in which nothing is written yet."""
    subject = f"Kleiner Editor {time.time_ns() % 10**6}"
    one.go("/t/heizwerk/inbox/?place=all")
    writes(house, a_customer("Rita Ruhe"), subject=subject, text="Guten Tag, wann kommt der Monteur?")
    expect(row_of(one.page, subject)).to_have_count(1)
    one.go(row_of(one.page, subject).get_attribute("href"))
    expect(one.page.locator("#reply")).to_be_visible()
    one.page.evaluate("document.activeElement.blur()")
    return one.page


@pytest.mark.parametrize(("screen", "most"), [(PHONE, 130), (DESKTOP, 260)], ids=["phone", "desk"])
def test_the_thread_has_the_room_until_somebody_writes(
    desk: Desks, house: House, screen: dict[str, int], most: int
) -> None:
    page = before_a_concern(desk(NINA, viewport=screen), house)
    box = page.locator("#reply").bounding_box()
    assert box["height"] <= most
    expect(page.locator(TOOLS)).to_be_hidden()

    page.locator("#id_text").click()
    expect(page.locator(TOOLS)).to_be_visible()
    page.keyboard.type("Guten Tag")
    page.locator("h1.bar-title").click()
    expect(page.locator(TOOLS)).to_be_visible()

    page.fill("#id_text", "")
    page.locator("h1.bar-title").click()
    expect(page.locator(TOOLS)).to_be_hidden()


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_the_first_click_on_a_button_of_the_small_editor_counts(
    desk: Desks, house: House, screen: dict[str, int]
) -> None:
    """A slow press: the button must stay under the pointer until it is released."""
    page = before_a_concern(desk(NINA, viewport=screen), house)
    page.locator("#reply [data-act=note]").click(delay=400)
    expect(page.locator("dialog[open] textarea")).to_be_visible()


def test_the_key_to_answer_wakes_it(desk: Desks, house: House) -> None:
    page = before_a_concern(desk(NINA), house)
    page.keyboard.press("r")
    expect(page.locator("#id_text")).to_be_focused()
    expect(page.locator(TOOLS)).to_be_visible()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('#reply') !== null")
