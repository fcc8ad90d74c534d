"""The live line when it is dead and looks alive, and what is fetched ahead while others work."""

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
ALL = "/t/heizwerk/inbox/?place=all"
Desks = Callable[..., Desk]
FREEZABLE = """
    window.lines = [];
    window.EventSource = class extends EventSource {
      constructor(...told) { super(...told); this.isFrozen = false; window.lines.push(this); }
      addEventListener(name, hear) { super.addEventListener(name, (event) => { if (!this.isFrozen) hear(event); }); }
    };
"""
"""Lines that can be frozen: they stay open, and nothing comes any more, not even their end."""
IS_OPEN = "window.lines?.at(-1)?.readyState === EventSource.OPEN"


@pytest.fixture(autouse=True)
def patient() -> None:
    expect.set_options(timeout=3 * PATIENCE)


def a_subject(words: str) -> str:
    return f"{words} {time.time_ns() % 10**6}"


@pytest.mark.parametrize("wakes", ["by itself", "when it is looked at"])
def test_a_line_that_only_looks_alive_is_laid_anew(desk: Desks, house: House, wakes: str) -> None:
    nina = desk(NINA)
    nina.page.add_init_script(FREEZABLE)
    nina.page.clock.install()
    nina.go(ALL)
    _until(nina.page, lambda: nina.page.evaluate(IS_OPEN))
    nina.page.evaluate("window.lines.forEach((line) => { line.isFrozen = true; })")
    subject = a_subject("Eingefroren")
    writes(house, a_customer("Udo Still"), subject=subject, text="Guten Tag, ist jemand da? Der Ofen raucht.")
    nina.page.clock.run_for(30_000)
    time.sleep(2)  # The page must not have it: there is nothing to wait for.
    assert nina.page.evaluate("window.lines.length") == 1
    expect(row_of(nina.page, subject)).to_have_count(0)

    if wakes == "by itself":
        nina.page.clock.run_for(20_000)
    else:
        nina.page.clock.set_fixed_time(time.time() + 3600)
        nina.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(row_of(nina.page, subject)).to_have_count(1)
    assert nina.page.evaluate("window.lines.map((line) => line.readyState === EventSource.CLOSED)") == [True, False]


def test_a_line_that_beats_is_left_alone(desk: Desks) -> None:
    nina = desk(NINA)
    nina.page.add_init_script(FREEZABLE)
    nina.go(ALL)
    _until(nina.page, lambda: nina.page.evaluate(IS_OPEN))
    nina.page.wait_for_timeout(48_000)

    assert nina.page.evaluate("window.lines.length") == 1
    assert nina.page.evaluate("document.body.dataset.connection ?? ''") == ""


def test_the_next_is_kept_while_others_have_news_and_fetched_anew_with_its_own(desk: Desks, house: House) -> None:
    nina = desk(NINA)
    older, newer = a_customer("Anna Ahorn"), a_customer("Bodo Birke")
    first, second = a_subject("Zuerst"), a_subject("Danach")
    nina.go(ALL)
    for customer, subject in ((older, first), (newer, second)):
        writes(house, customer, subject=subject, text="Guten Tag, die Heizung tropft.")
        expect(row_of(nina.page, subject)).to_have_count(1)
    path = str(row_of(nina.page, first).get_attribute("href")).partition("?")[0]
    fetched = _asked_for(nina.page, path)

    row_of(nina.page, second).click()
    expect(nina.page.locator("h1.bar-title")).to_have_text(second)
    known = _at_rest(nina.page, fetched)
    other = a_subject("Andere")
    writes(house, a_customer("Cora Cedar"), subject=other, text="Guten Tag, etwas ganz anderes.")
    expect(row_of(nina.page, other)).to_have_count(1)
    nina.page.wait_for_timeout(3000)
    assert len(fetched) == known

    writes(house, older, subject=f"Re: {first}", text="Es tropft noch immer.")
    _until(nina.page, lambda: len(fetched) > known)


def _at_rest(page: Any, fetched: list[str]) -> int:
    """How often it was fetched, once no more comes: the receipt that goes out is news of the concern, too."""
    _until(page, lambda: bool(fetched))
    known = 0
    while known < len(fetched):
        known = len(fetched)
        page.wait_for_timeout(4000)
    return known


def test_a_list_that_renews_itself_says_that_it_can_wait_and_a_click_does_not(desk: Desks, house: House) -> None:
    nina = desk(NINA)
    nina.go(ALL)
    said: list[tuple[bool, str | None]] = []
    nina.page.on("request", lambda one: said.append(("seen=" in one.url, one.headers.get("priority"))))
    subject = a_subject("Von selbst")
    writes(house, a_customer("Eva Esche"), subject=subject, text="Guten Tag, es ist kalt.")
    expect(row_of(nina.page, subject)).to_have_count(1)
    row_of(nina.page, subject).click()
    expect(nina.page.locator("h1.bar-title")).to_have_text(subject)

    assert (True, "u=5") in said
    assert (True, None) not in said
    assert (False, None) in said


def _asked_for(page: Any, path: str) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if path in request.url else None)
    return asked


def _until(page: Any, is_so: Callable[[], bool]) -> None:
    for _ in range(3 * PATIENCE // 250):
        if is_so():
            return
        page.wait_for_timeout(250)
    raise AssertionError("It never came to it.")
