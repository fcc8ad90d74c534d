"""Two people before two web processes of one house: each sees at once what the other does."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SECOND_HOST
from tests.browser.customers import a_customer, row_of, writes
from tests.browser.desk import PATIENCE, Desk
from tests.browser.running import ROOT, House, end, environment_of, is_up

NINA, LEA = "nina@heizwerk.example", "lea@heizwerk.example"
ALL = "/t/heizwerk/inbox/?place=all"
STARTS_WITHIN = 120.0
Desks = Callable[..., Desk]


@pytest.fixture(autouse=True)
def patient() -> None:
    expect.set_options(timeout=2 * PATIENCE)


@pytest.fixture
def second(house: House) -> Iterator[str]:
    """The address of another web process of the same house."""
    url = f"http://{SECOND_HOST}:{house.port}"
    own = {"GOLDDRAHT_BIND": SECOND_HOST, "GOLDDRAHT_HOSTS": f"localhost,{SECOND_HOST}", "GOLDDRAHT_LOG": "plain"}
    process = subprocess.Popen(
        [sys.executable, "-m", "golddraht", "web"],
        cwd=ROOT,
        env=environment_of(house.data, house.port) | own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + STARTS_WITHIN
        while not is_up(f"{url}/readyz") and process.poll() is None and time.monotonic() < until:
            time.sleep(0.2)
        assert process.poll() is None, "the second web process did not come up"
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        end(process)


def test_what_happens_in_one_is_seen_in_the_other(chromium: Any, desk: Desks, house: House, second: str) -> None:
    nina = desk(NINA)
    lea = Desk.opened(chromium, second, login=LEA)
    subject = f"Zwei Prozesse {time.time_ns() % 10**6}"
    for one in (nina, lea):
        one.go(ALL)
        one.page.evaluate("window.wasNeverReloaded = true")

    writes(house, a_customer("Zora Zwilling"), subject=subject, text="Guten Tag, sehen das beide? Es eilt ein wenig.")
    for one in (nina, lea):
        expect(row_of(one.page, subject)).to_have_count(1)
        assert one.page.evaluate("window.wasNeverReloaded === true")

    path = row_of(nina.page, subject).get_attribute("href")
    for one in (nina, lea):
        one.go(path)
        expect(one.page.locator("h1.bar-title")).to_have_text(subject)
    expect(nina.page.locator(".attendance")).to_contain_text("liest mit")
    lea.page.locator("#id_text").press_sequentially("Guten Tag, ja, das")
    expect(nina.page.locator(".attendance")).to_contain_text("schreibt eine Antwort")

    lea.page.fill("#id_text", "Guten Tag, ja, das sehen beide zugleich.")
    lea.page.locator("#reply [data-send]").click()
    expect(nina.page.locator("#thread")).to_contain_text("das sehen beide zugleich")
    complaints = lea.complaints
    lea.close()
    assert not complaints
