"""Keys and the palette: what the help says is what happens, and what is found may be seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from golddraht.conversations import operations as care
from golddraht.conversations.models import Conversation
from golddraht.conversations.operations.sorting import mark_spam
from golddraht.conversations.queries import Place
from golddraht.ground.numbers import spoken
from golddraht.pages import keys
from golddraht.pages.search.called import CALLED
from golddraht.pages.search.reach import BEGINNINGS, FURTHER
from golddraht.pages.settings.place import PLACES
from golddraht.plumbing import clock
from golddraht.search.operations import read_some
from golddraht.team.models import User
from golddraht.telephone.operations import report_call, set_extension
from golddraht.telephone.rules import Signal
from tests.cast import Company, a_company, a_conversation, bjoern

Page = Callable[[Any], str]
BEHAVIOURS = Path(keys.__file__).parent / "static" / "js" / "behaviours"


def all_keys() -> list[keys.Key]:
    return [key for group in keys.groups("heizwerk") for key in group.keys]


def test_no_key_does_two_things() -> None:
    strokes = [key.keys for key in all_keys()]

    assert len(strokes) == len(set(strokes))
    assert not [one for one in strokes for other in strokes if other.startswith(f"{one} ")]


def test_the_help_on_every_page_shows_all_keys(company: Company, nina: Client, page: Page) -> None:
    said = page(nina.get("/t/heizwerk/customers/"))

    assert set(re.findall(r'data-keys="([^"]+)"', said)) == {key.keys for key in all_keys()}


def test_every_place_is_there(company: Company, signed_in: Callable[[Any], Client], mailbox: None) -> None:
    browser = signed_in(company.ada)

    assert {key.url: browser.get(key.url).status_code for key in all_keys() if key.place} == {
        key.url: 200 for key in all_keys() if key.place
    }


def test_every_act_of_the_table_stands_on_a_concern_in_some_state(company: Company, nina: Client, page: Page) -> None:
    open_one, quiet_one = a_conversation(), a_conversation(customer=bjoern())
    care.hand_over(conversation_id=open_one.pk, to_id=company.tom.pk, by=None, at=clock.now())
    Conversation.objects.filter(pk=quiet_one.pk).update(status="QUIET")
    spam = a_conversation(customer=bjoern())
    mark_spam(conversation_ids=[spam.pk], by=company.nina.pk, at=clock.now())

    said = [page(nina.get(f"/t/heizwerk/conversations/{spoken(one.number)}/")) for one in (open_one, quiet_one, spam)]
    said.append(page(nina.get("/t/heizwerk/search/")))
    set_extension(member_id=company.nina.pk, number="23")
    report_call(call_id="1", signal=Signal.RINGING, number="0170 1234567", agent="23", at=clock.now())
    said.append(page(nina.get("/t/heizwerk/calls/", headers={"HX-Request": "true"})))

    assert {key.act for key in all_keys() if key.act} <= set(re.findall(r'data-act="([a-z_]+)"', " ".join(said)))


def test_every_event_of_the_table_has_a_listener() -> None:
    code = "".join(path.read_text() for path in BEHAVIOURS.glob("*.js"))

    for key in all_keys():
        assert not key.event or f'"{key.event}"' in code


@pytest.fixture
def known(company: Company) -> Conversation:
    one = a_conversation(text="Die Rechnungskorrektur fehlt.", subject="Meine Rechnung")
    a_conversation(customer=bjoern(), text="Der Ofen ist kalt.", subject="Ofen")
    read_some()
    return one


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Mosr", "Valentina Moser"),
        ("val", "Valentina Moser"),
        ("korrektur", "Meine Rechnung"),
        ("rechn", "Meine Rechnung"),
        ("1-3", "Meine Rechnung"),
    ],
)
def test_the_palette_finds_while_one_types(
    company: Company, nina: Client, page: Page, known: object, typed: str, text: str
) -> None:
    said = page(nina.get("/t/heizwerk/palette/", {"q": typed}))

    assert text in said and "Ofen" not in said
    assert "<html" not in said


@pytest.mark.parametrize("typed", ["", "m", "zzzzz", "999-1", "   "])
def test_the_palette_finds_nothing_where_there_is_nothing(
    company: Company, nina: Client, page: Page, known: object, typed: str
) -> None:
    assert page(nina.get("/t/heizwerk/palette/", {"q": typed})) == ""


def test_the_palette_shows_nothing_of_another_company(
    company: Company, signed_in: Callable[[Any], Client], page: Page, known: object
) -> None:
    others = a_company("moebelhaus", "Möbelhaus")
    browser = signed_in(others.nina)

    assert "Moser" not in page(browser.get("/t/moebelhaus/palette/", {"q": "Moser"}))
    assert browser.get("/t/heizwerk/palette/", {"q": "Moser"}).status_code == 404


def aims(said: str) -> dict[str, str]:
    """Where the palette leads, and the further words for it."""
    return dict(re.findall(r'<a href="([^"]+)" data-called="([^"]*)"', said))


def test_the_palette_leads_wherever_the_viewer_may_go_and_nowhere_else(
    company: Company, signed_in: Callable[[Any], Client], page: Page, mailbox: None
) -> None:
    found = {}
    for who in (company.nina, company.ada):
        browser = signed_in(who)
        found[who] = set(aims(page(browser.get("/t/heizwerk/palette/places/"))))
        assert {url: browser.get(url, follow=True).status_code for url in found[who] if "/t/" in url} == {
            url: 200 for url in found[who] if "/t/" in url
        }
    assert found[company.nina] < found[company.ada]
    assert {f"/t/heizwerk/{path}" for path in ("customers/refinery/", "settings/privacy/archive/", "problems/new/")} < (
        found[company.nina]
    )
    settings = {reverse(name, args=["heizwerk"]) for name, *_ in PLACES}
    assert settings < found[company.ada]
    assert not {f"/t/heizwerk/settings/{path}" for path in ("people/", "macros/new/")} & found[company.nina]


@pytest.mark.parametrize(
    ("word", "path"),
    [
        ("makro", "settings/macros/new/"),
        ("textbaustein", "settings/modules/"),
        ("aufbewahrung", "settings/privacy/retention/"),
        ("snippet", "settings/modules/"),
        ("gefahr", "inbox/?place=in_danger"),
        ("pending", "inbox/?place=waiting"),
        ("einladen", "settings/people/invite/"),
        ("artikel", "knowledge/new/"),
        ("dubletten", "customers/refinery/"),
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_place_is_found_by_the_word_of_either_language(
    company: Company, signed_in: Callable[[Any], Client], page: Page, word: str, path: str, language: str
) -> None:
    User.objects.filter(pk=company.ada.user_id).update(language=language)

    called = aims(page(signed_in(company.ada).get("/t/heizwerk/palette/places/")))[f"/t/heizwerk/{path}"]

    assert [one for one in called.lower().split() if one.startswith(word)]


def test_whatever_is_called_something_exists() -> None:
    names = {name for name, *_ in (*PLACES, *BEGINNINGS, *FURTHER)} | {key.place for key in keys.places("heizwerk")}
    lists = {f"inbox {place}" for place in keys.OF_LISTS}

    assert names | lists | {"clients", "catcher", "account_logout"} == set(CALLED)
    assert set(keys.OF_LISTS) == set(Place)
