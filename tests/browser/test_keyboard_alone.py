"""A whole matter without a pointer: answered, handed over, asked whether it is solved; and pages that are calm and large."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.customers import a_customer, row_of, writes
from tests.browser.desk import PATIENCE, Desk
from tests.browser.running import House

NINA = "nina@heizwerk.example"
Desks = Callable[..., Desk]
TWICE_AS_LARGE = {"width": 720, "height": 450}
"""What a screen of 1440 by 900 has room for at 200 % zoom (WCAG 2.2, 1.4.4)."""


@pytest.fixture(autouse=True)
def patient() -> None:
    expect.set_options(timeout=2 * PATIENCE)


def before_a_concern(one: Desk, house: House, words: str) -> Any:
    subject = f"{words} {time.time_ns() % 10**6}"
    one.go("/t/heizwerk/inbox/?place=all")
    writes(house, a_customer("Tina Taste"), subject=subject, text="Guten Tag, wann kommt der Monteur?")
    expect(row_of(one.page, subject)).to_have_count(1)
    one.go(row_of(one.page, subject).get_attribute("href"))
    expect(one.page.locator("h1.bar-title")).to_have_text(subject)
    return one.page


def test_answered_handed_over_and_asked_whether_it_is_solved_by_keys_alone(desk: Desks, house: House) -> None:
    page = before_a_concern(desk(NINA), house, "Nur Tasten")
    page.keyboard.press("r")
    expect(page.locator("#id_text")).to_be_focused()
    page.keyboard.type("Guten Tag, der Monteur kommt am Dienstag.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message-leaving, .message-out")).to_contain_text(["am Dienstag"])

    page.keyboard.press("s")
    expect(page.locator("dialog[open] textarea")).to_be_focused()
    page.keyboard.type("War der Monteur da, und ist alles gut?")
    _press_the_main_button(page)
    expect(page.locator("#thread")).to_contain_text("ist alles gut?")

    page.keyboard.press("h")
    expect(page.locator("dialog[open]")).to_be_visible()
    chosen = page.locator("dialog[open] select").first
    _tab_to(page, "dialog[open] select")
    page.keyboard.press("ArrowDown")
    name = chosen.evaluate("one => one.selectedOptions[0].textContent.trim().split(/[ ,(]/)[0]")
    _press_the_main_button(page)
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(".bar-care")).to_contain_text(name)


@pytest.mark.parametrize("path", ["/t/heizwerk/today/", "/t/heizwerk/inbox/", "/t/heizwerk/settings/"])
def test_nothing_moves_for_whoever_wants_it_calm(path: str, desk: Desks) -> None:
    nina = desk(NINA, reduced_motion="reduce")
    nina.go(path)
    longest = nina.page.evaluate(
        "Math.max(0, ...[...document.querySelectorAll('*')].flatMap((one) => {"
        " const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(one);"
        " if (scrollBehavior === 'smooth') return [1];"
        " return `${transitionDuration},${animationDuration}`.split(',').map(parseFloat); }))"
    )
    assert longest <= 0.01


def test_at_twice_the_size_everything_is_there(desk: Desks, house: House) -> None:
    nina = desk(NINA, viewport=TWICE_AS_LARGE, device_scale_factor=2)
    page = before_a_concern(nina, house, "Doppelt groß")
    assert page.evaluate("document.documentElement.scrollWidth") <= TWICE_AS_LARGE["width"]
    for needed in ("#id_text", "#reply [data-send]", "[data-act=hand_over]", "[data-act=ask_whether_solved]"):
        page.locator(needed).first.scroll_into_view_if_needed()
        expect(page.locator(needed).first).to_be_in_viewport(ratio=0.9)
    page.locator("#id_text").click()
    page.keyboard.type("Guten Tag, das geht auch groß.")
    page.locator("#reply [data-send]").scroll_into_view_if_needed()
    page.locator("#reply [data-send]").click()
    expect(page.locator(".message-leaving, .message-out")).to_contain_text(["das geht auch groß"])


def _press_the_main_button(page: Any) -> None:
    _tab_to(page, "dialog[open] form button.button-primary")
    page.keyboard.press("Enter")


def _tab_to(page: Any, selector: str) -> None:
    """Every stop on the way must be seen to be in focus, and have a name."""
    for _ in range(60):
        if page.evaluate("which => document.activeElement.matches(which)", selector):
            return
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || document.activeElement.matches(':focus-visible')"
        )
    raise AssertionError(f"The tabulator never comes to {selector}")
