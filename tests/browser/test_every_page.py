"""Every page that the resolver knows, looked at by axe, by the console and on a narrow screen (WCAG 2.2 AA)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.desk import PHONE, Desk
from tests.browser.furnishing import EVE, rows_of
from tests.browser.places import NOT_LOOKED_AT, Place, places
from tests.browser.running import House

ADA, NINA = "ada@heizwerk.example", "nina@heizwerk.example"
KARLA = "karla@heizwerk.example"
"""Of the client company; she only looks."""
REFUSES = {"socialaccount_login_error": 401}
"""A page that says that something was refused, and says so in its status, too."""
Desks = Callable[..., Desk]
Findings = dict[str, list[str]]


@pytest.fixture(scope="session")
def rows(house: House) -> dict[str, Any]:
    return rows_of(house)


def test_what_is_left_out_is_known_to_the_resolver() -> None:
    """A reason for a page that is gone would hide nothing, and should go as well."""
    assert {place.name for place in places()} >= {"inbox", "conversation", "portal_choice", "settings_trail", "demo"}
    assert not {place.name for place in places()} & NOT_LOOKED_AT.keys()


@pytest.mark.parametrize(("login", "locale"), [(ADA, "de-DE"), (EVE, "en-GB")], ids=["german", "english"])
def test_every_page_of_the_workspace_is_without_barriers(
    login: str, locale: str, desk: Desks, rows: dict[str, Any]
) -> None:
    one = desk(login, locale=locale, reduced_motion="reduce")
    own = rows | {"filter_id": rows["filters"][login], "opening_id": rows["openings"][login]}
    findings = _looked_at(one, [place for place in places() if place.is_of_the_workspace], own, language=locale[:2])
    assert findings == {}


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, PHONE], ids=["desk", "phone"])
def test_every_page_of_a_client_is_without_barriers(size: dict[str, int], desk: Desks, rows: dict[str, Any]) -> None:
    one = desk(KARLA, viewport=size, locale="de-DE", reduced_motion="reduce")
    assert _looked_at(one, [place for place in places() if place.is_for_clients], rows) == {}


@pytest.mark.parametrize("locale", ["de-DE", "en-GB"])
def test_every_page_for_customers_and_visitors_is_without_barriers(locale: str, desk: Desks, house: House) -> None:
    rows = rows_of(house)  # Codes last for minutes, and the pages before took theirs.
    found = [place for place in places() if place.is_for_strangers]
    stranger = desk(locale=locale, reduced_motion="reduce")
    stranger.come_in(rows["own key"])
    language = {"language": locale[:2]}
    assert _looked_at(stranger, [one for one in found if one.name.startswith("own")], rows | language) == {}
    assert _looked_at(stranger, [one for one in found if not one.name.startswith("own")], rows) == {}


def test_an_english_customer_reads_english(desk: Desks, rows: dict[str, Any]) -> None:
    phone = desk(viewport=PHONE, locale="de-DE")
    phone.go(f"/k/anliegen/{rows['english token']}/")
    assert phone.page.locator("html").get_attribute("lang") == "en"
    assert phone.barriers() == []


@pytest.mark.parametrize(
    ("login", "path", "status"),
    [
        (NINA, "/t/heizwerk/lead/", 403),
        (NINA, "/t/heizwerk/conversations/999999-9/", 404),
        ("", "/k/wahl/changed/", 410),
        ("", "/nothing/", 404),
    ],
)
def test_refusals_are_pages_too(login: str, path: str, status: int, desk: Desks) -> None:
    one = desk(login)
    assert one.go(path).status == status
    assert one.barriers() == []
    assert one.scrolls_sideways() == 0


def test_dialogs_are_without_barriers(desk: Desks, rows: dict[str, Any]) -> None:
    nina = desk(NINA)
    nina.go(f"/t/heizwerk/conversations/{rows['number']}/")
    page = nina.page
    for opening in ("?", "Control+k"):
        page.locator("h1").click()
        page.keyboard.press(opening)
        page.wait_for_selector("dialog[open]")
        if opening == "Control+k":
            page.keyboard.type("Waschmaschine")
            page.wait_for_selector("#palette [role=group] a[href*='/conversations/']")
        assert nina.barriers() == [], opening
        page.keyboard.press("Escape")
    for name in ("hand-over", "promise", "solved", "note"):
        page.locator(f"a[data-asks][href*='/{name}/']").first.click()
        page.wait_for_selector("dialog[open] form.dialog-body")
        assert nina.barriers() == [], name
        page.keyboard.press("Escape")


# How a page is looked at


def _looked_at(one: Desk, found: list[Place], rows: dict[str, Any], *, language: str = "") -> Findings:
    """What was found on each page; a page that leads to another one that was seen already is seen once."""
    seen: set[str] = set()
    findings: Findings = {}
    for place in found:
        if not one.can_look_at(place.path(rows)):
            continue
        status = one.go(place.path(rows)).status
        if one.page.url in seen:
            continue
        seen.add(one.page.url)
        troubles = [] if status == REFUSES.get(place.name, 200) else [f"answered {status}"]
        if troubles := troubles + _troubles(one, language):
            findings[place.name] = troubles
    assert seen
    return findings


def _troubles(one: Desk, language: str) -> list[str]:
    troubles = one.barriers()
    if beyond := one.scrolls_sideways():
        troubles.append(f"is {beyond} pixels wider than a screen of 320")
    one.page.emulate_media(color_scheme="dark")
    troubles += [f"in the dark: {trouble}" for trouble in one.barriers(rules=["color-contrast"])]
    one.page.emulate_media(color_scheme="light")
    if language and one.page.locator("html").get_attribute("lang") != language:
        troubles.append(f"is not in {language}")
    return troubles
