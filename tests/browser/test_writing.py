"""Two people at one concern, and one on two devices: with real browsers before the real program."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.customers import a_customer, row_of, writes
from tests.browser.desk import PATIENCE, Desk
from tests.browser.running import House

NINA, LEA = "nina@heizwerk.example", "lea@heizwerk.example"
ALL = "/t/heizwerk/inbox/?place=all"
Desks = Callable[..., Desk]


@pytest.fixture(autouse=True)
def patient() -> None:
    expect.set_options(timeout=3 * PATIENCE)


def opened(desk: Desk, subject: str) -> Any:
    desk.go(ALL)
    row_of(desk.page, subject).click()
    expect(desk.page.locator("h1.bar-title")).to_have_text(subject)
    return desk.page


def a_matter(house: House, desk: Desk, words: str, name: str) -> tuple[Any, str]:
    """Somebody new writes about something new: who, and the subject."""
    customer, subject = a_customer(name), f"{words} {time.time_ns() % 10**6}"
    writes(house, customer, subject=subject, text="Guten Tag, was kann ich da tun? Es eilt ein wenig.")
    desk.go(ALL)
    expect(row_of(desk.page, subject)).to_have_count(1)
    return customer, subject


def test_two_see_each_other_reading_and_writing(desk: Desks, house: House) -> None:
    nina, lea = desk(NINA), desk(LEA)
    _, subject = a_matter(house, nina, "Zwei an einem Anliegen", "Paula Zweig")
    ninas, leas = opened(nina, subject), opened(lea, subject)
    expect(ninas.locator(".attendance")).to_contain_text("liest mit")

    leas.locator("#id_text").press_sequentially("Guten Tag, ich")

    expect(ninas.locator(".attendance")).to_contain_text("schreibt eine Antwort", timeout=5000)
    lea.go(ALL)
    expect(ninas.locator(".attendance")).to_be_empty()


def test_a_draft_goes_along_to_another_device_and_comes_back_when_taken_back(desk: Desks, house: House) -> None:
    here, there = desk(NINA), desk(NINA)
    _, subject = a_matter(house, here, "Entwurf auf zwei Geräten", "Dora Wandel")
    page = opened(here, subject)
    page.fill("#id_text", "Guten Tag, die Anleitung liegt bei.")
    expect(page.locator("[data-draft-line]")).to_contain_text("Entwurf behalten")

    other = opened(there, subject)
    expect(other.locator("#id_text")).to_have_value("Guten Tag, die Anleitung liegt bei.")
    other.keyboard.press("Tab")
    other.locator("#id_text").press("Control+Enter")
    leaving = other.locator(".message-leaving")
    expect(leaving).to_contain_text("die Anleitung liegt bei")
    leaving.get_by_role("button", name="Zurücknehmen").click()

    expect(other.locator("#id_text")).to_have_value("Guten Tag, die Anleitung liegt bei.")
    expect(other.locator(".message-leaving")).to_have_count(0)
    other.locator("#reply [data-send]").click()
    expect(other.locator(".message-leaving")).to_have_count(1)
    expect(other.locator(".message-leaving")).to_have_count(0)
    expect(other.locator("#thread")).to_contain_text("die Anleitung liegt bei")


def test_an_answer_is_held_until_the_newer_message_was_read(desk: Desks, house: House) -> None:
    nina = desk(NINA)
    customer, subject = a_matter(house, nina, "Noch eine Frage dazu", "Karl Eilig")
    page = opened(nina, subject)
    number = re.search(r"/conversations/([\d-]+)/", page.url)
    assert number
    page.fill("#id_text", "Guten Tag, das geht so.")

    words = "Guten Tag, es geht nun doch nicht so, bitte warten Sie damit."
    writes(house, customer, subject=f"Re: {subject} [#{number[1]}]", text=words)

    held = page.locator("[data-newer]")
    expect(held).to_contain_text("es geht nun doch nicht so")
    page.locator("#id_text").press("Control+Enter")
    expect(page.locator("#id_text")).to_have_value("Guten Tag, das geht so.")
    expect(held.get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".message-leaving, .message-out")).to_contain_text(["das geht so"])
