"""Figures for groups, one's own for oneself, and nothing on the page that the rules hide."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from golddraht.conversations.operations import reply
from golddraht.improvement.models import CountedDay, DayTally
from golddraht.improvement.operations import count_day
from golddraht.improvement.queries import today
from golddraht.improvement.rules import Figure, Tally, mark_of
from golddraht.plumbing import clock
from golddraht.promises.models import Promise
from tests.api.programs import a_program
from tests.cast import Company, a_conversation, bjoern
from tests.pages.conftest import Browser
from tests.pages.test_promises import questions

pytestmark = pytest.mark.django_db

URL = "/t/heizwerk/figures/"
Said = Callable[[Any], str]


@pytest.fixture
def lea(company: Company, mailbox: None, signed_in: Browser) -> Client:
    return signed_in(company.lea)


def a_day(company: Company, *, people: int, channel: str = "EMAIL", tag: str = "", **counts: int) -> None:
    """What today came to, with so many people behind it."""
    at = clock.now()
    CountedDay.objects.get_or_create(on=today(at), defaults={"counted_at": at})
    marks = 0
    for one in range(people):
        marks |= mark_of(one)
    tally = Tally(people=marks, **counts)
    DayTally.objects.create(on=today(at), team=company.team, channel=channel, tag=tag, **asdict(tally))


def test_every_figure_says_how_sure_it_is_and_what_it_means(company: Company, lea: Client, page: Said) -> None:
    a_day(company, people=4, arrived=40, first_kept=30, first_broken=10, kept=30, broken=10, open=7, waiting=2)
    said = page(lea.get(URL, headers={"Accept-Language": "de"}))
    assert "75,0 %" in said and "30 von 40" in said and "zwischen 59,8 und 85,8 %" in said
    assert "2 davon warten auf ein Wort von uns" in said
    assert said.count("Was das heißt") == len(Figure) - 1  # Nobody was asked how satisfied they are.


def test_an_agent_is_led_to_their_own_figures(company: Company, nina: Client, page: Said) -> None:
    at = clock.now()
    conversation = a_conversation(at=at)
    reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Gern.", at=at)
    Promise.objects.filter(conversation=conversation).update(owner=company.nina, due_at=at - timedelta(hours=1))
    response = nina.get(URL)
    assert response["Location"] == f"{URL}mine/"
    assert "1 von 1" in page(nina.get(f"{URL}mine/"))
    for closed in ("csv/", "behind/?figure=kept"):
        assert nina.get(URL + closed).status_code == 403


def test_what_one_person_did_is_neither_on_the_page_nor_in_the_table_nor_behind_it(
    company: Company, lea: Client, page: Said
) -> None:
    a_day(company, people=1, arrived=3, kept=2, broken=1)
    said = page(lea.get(URL))
    assert "66,7" not in said and "Weniger als fünf Personen" in said
    rows = table(lea.get(f"{URL}csv/"))
    assert {row["Kennzahl"] for row in rows} == {"Eingegangen", "Offen, und wie alt"}
    assert "Weniger als fünf Personen" in page(lea.get(f"{URL}behind/?figure=kept"))


def table(response: Any) -> list[dict[str, str]]:
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_the_table_says_the_same_as_the_page(company: Company, lea: Client) -> None:
    a_day(company, people=4, arrived=40, kept=30, broken=10)
    a_day(company, people=4, arrived=12, kept=9, broken=3, tag="=cmd|'calc'")
    response = lea.get(f"{URL}csv/")
    assert "attachment" in response["Content-Disposition"]
    rows = table(response)
    whole = next(row for row in rows if row["Teil"] == "alles" and row["Kennzahl"] == "Gehaltene Zusagen")
    assert (whole["Wert"], whole["Anzahl"], whole["Von insgesamt"]) == ("75,00", "30", "40")
    assert {row["Name"] for row in rows if row["Teil"] == "Schlagwort"} == {"'=cmd|'calc'"}


def test_the_concerns_behind_a_figure_are_one_click_away(company: Company, lea: Client, page: Said) -> None:
    at = clock.now()
    conversation = a_conversation(at=at)
    count_day(on=today(at), at=at)
    said = page(lea.get(f"{URL}behind/?figure=arrived"))
    assert conversation.subject in said
    assert lea.get(f"{URL}behind/?figure=nonsense").status_code == 200
    assert "Hier gibt es keine" in page(lea.get(f"{URL}behind/?figure=recurred&span=day&on=2020-01-01"))


@pytest.mark.parametrize(
    "query",
    [
        "span=week",
        "span=own&on=2026-01-01&until=1999-01-01",
        "span=x&on=y&team=z&channel=q&tag=%00",
        "team=99999999999999999999",
        "span=own&on=2000-01-01&until=2100-12-31",
    ],
)
def test_an_odd_address_shows_a_page(company: Company, lea: Client, query: str) -> None:
    for path in ("", "csv/", "behind/"):
        assert lea.get(f"{URL}{path}?figure=kept&{query}").status_code == 200


def test_more_concerns_ask_no_more_questions(company: Company, lea: Client) -> None:
    at = clock.now()
    a_conversation(at=at)
    count_day(on=today(at), at=at)
    lea.get(URL)
    few, few_behind = questions(lea, URL), questions(lea, f"{URL}behind/?figure=arrived")
    for _ in range(3):
        a_conversation(customer=bjoern(at=at), at=at)
    count_day(on=today(at), at=at)
    assert questions(lea, URL) == few
    assert questions(lea, f"{URL}behind/?figure=arrived") == few_behind


def test_a_program_of_a_lead_reads_them_and_that_of_an_agent_does_not(company: Company) -> None:
    cache.clear()
    a_day(company, people=4, arrived=40, kept=30, broken=10)
    a_day(company, people=1, channel="LETTER", arrived=2, kept=1)
    assert a_program(company.nina).get("/figures").status_code == 403
    found = a_program(company.lea).get("/figures").json()
    parts = {(part["kind"], part["name"]): part for part in found["parts"] if part["kind"] != "time"}
    kept = next(one for one in parts["all", ""]["figures"] if one["figure"] == "kept")
    assert (kept["value"], kept["number"], kept["of"], kept["unit"]) == (
        pytest.approx(75.6, abs=0.1),
        31,
        41,
        "percent",
    )
    assert kept["at_least"] < kept["value"] < kept["at_most"]
    letter = parts["channel", "LETTER"]
    assert not letter["shows_work"] and {one["figure"] for one in letter["figures"]} == {"arrived", "backlog"}
