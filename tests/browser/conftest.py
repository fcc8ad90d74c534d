"""A real browser before the real program. Nothing leaves the machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.desk import Desk
from tests.browser.running import House, a_running_house, scratch_folder

HERE = Path(__file__).parent
SECOND_HOST = "127.0.0.2"
"""Where a second web process of the same house listens."""
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-sync",
    "--disable-quic",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE {SECOND_HOST}",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    # Last, because the browser's driver keeps an event loop in this thread, in which Django asks no database.
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """The program with its demo, freshly filled; GOLDDRAHT_TEST_HOUSE=port:folder names one that runs already."""
    if known := os.environ.get("GOLDDRAHT_TEST_HOUSE"):
        port, _, folder = known.partition(":")
        yield House(f"http://localhost:{port}", int(port), Path(folder))
        return
    with scratch_folder() as data, a_running_house(data) as house:
        yield house


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """Chromium without a window; without it the stories are skipped, but not where everything has to be tested."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("These stories need chromium (apt: chromium).")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def desk(chromium: Any, house: House) -> Iterator[Callable[..., Desk]]:
    """Opens a browser window of somebody; at the end none of them may have had anything to complain about."""
    opened: list[Desk] = []

    def open_desk(login: str = "", **screen: Any) -> Desk:
        opened.append(Desk.opened(chromium, house.url, login=login, **screen))
        return opened[-1]

    yield open_desk
    for one in opened:
        one.close()
    complaints = [complaint for one in opened for complaint in one.complaints]
    assert not complaints
