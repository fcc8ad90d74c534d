"""Without a network and back again, with a real browser before the real program."""

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
WORDS = "Guten Tag, im Zug geht das Netz verloren, die Worte nicht."
Desks = Callable[..., Desk]
IS_CONTROLLED = "() => navigator.serviceWorker.controller !== null"


@pytest.fixture(autouse=True)
def patient() -> None:
    expect.set_options(timeout=3 * PATIENCE)


def before_a_concern(one: Desk, house: House, words: str) -> Any:
    """Somebody has a new concern open, in a browser that has the app."""
    subject = f"{words} {time.time_ns() % 10**6}"
    one.go(ALL)
    one.page.wait_for_function(IS_CONTROLLED, timeout=3 * PATIENCE)
    writes(house, a_customer("Ottilie Funk"), subject=subject, text="Guten Tag, wann kommt der Monteur?")
    expect(row_of(one.page, subject)).to_have_count(1)
    one.go(row_of(one.page, subject).get_attribute("href"))
    expect(one.page.locator("h1.bar-title")).to_have_text(subject)
    return one.page


def test_what_is_written_without_a_network_is_kept_and_goes_when_it_is_back(desk: Desks, house: House) -> None:
    nina = desk(NINA)
    page = before_a_concern(nina, house, "Ohne Netz")

    nina.cut_off()
    expect(page.locator(".offline-line")).to_be_visible()
    page.locator("#id_text").press_sequentially(WORDS)
    expect(page.locator("[data-draft-line]")).to_contain_text("in diesem Tab")
    page.locator("#reply [data-send]").click()
    expect(page.locator("[data-unsent]")).to_be_visible()
    expect(page.locator("#id_text")).to_have_value(WORDS)

    page.goto(page.url, wait_until="domcontentloaded")
    expect(page.locator("h1")).to_have_text("Sie sind offline")
    expect(page.locator("[data-kept]")).to_have_text("Ein Text wartet darin.")
    expect(page.locator("[data-seen] time")).to_contain_text(":")

    nina.cut_off(is_off=False)
    expect(page.locator("#id_text")).to_have_value(WORDS)
    expect(page.locator("[data-draft-line]")).to_contain_text("Entwurf behalten")
    page.locator("#reply [data-send]").click()
    expect(page.locator(".message-leaving, .message-out")).to_contain_text(["die Worte nicht"])
    expect(page.locator("#id_text")).to_have_value("")


def test_an_open_list_shows_what_came_while_there_was_no_network(desk: Desks, house: House) -> None:
    nina = desk(NINA)
    before_a_concern(nina, house, "Vorher")
    nina.go(ALL)
    nina.page.evaluate("window.wasNeverReloaded = true")
    nina.cut_off()
    subject = f"Unterdessen {time.time_ns() % 10**6}"
    writes(house, a_customer("Udo Still"), subject=subject, text="Guten Tag, ist jemand da? Der Ofen raucht.")
    expect(nina.page.locator(".offline-line")).to_be_visible()
    expect(row_of(nina.page, subject)).to_have_count(0)

    nina.cut_off(is_off=False)

    expect(row_of(nina.page, subject)).to_have_count(1)
    expect(nina.page.locator(".offline-line")).to_be_hidden()
    assert nina.page.evaluate("window.wasNeverReloaded === true")


def test_an_answer_that_does_not_arrive_comes_back_to_its_page(desk: Desks, house: House) -> None:
    """The device believes that it has a network, but the house does not answer."""
    nina = desk(NINA)
    page = before_a_concern(nina, house, "Haus antwortet nicht")
    page.fill("#id_text", WORDS)
    expect(page.locator("[data-draft-line]")).to_contain_text("Entwurf behalten")
    page.evaluate("Object.defineProperty(Navigator.prototype, 'onLine', { get: () => true })")
    nina.cut_off()

    page.locator("#reply [data-send]").click()
    expect(page.locator("[data-not-sent]")).to_be_visible()
    nina.cut_off(is_off=False)

    expect(page.locator("#id_text")).to_have_value(WORDS)
    expect(page.locator("[data-unsent]")).to_be_visible()


def test_nothing_personal_is_kept_on_the_device(desk: Desks, house: House) -> None:
    nina = desk(NINA)
    page = before_a_concern(nina, house, "Bleibt im Haus")
    names = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) => "
        "(await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"
    )
    assert "/app/offline/de/" in names
    assert [name for name in names if not name.startswith(("/static/", "/app/"))] == []
