"""The audit trail: found by person, kind, record and day, paged without end, and taken along as a table."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from golddraht.plumbing.audit import Asked, trail
from golddraht.plumbing.models import Trace
from tests.cast import MONDAY_MORNING, Company

PAGE = "/t/heizwerk/settings/trail/"
Page = Callable[[Any], str]


def line(
    member_id: int | None, *, verb: str = "see", subject: str = "customers_customer", id_: int = 7, **more: Any
) -> Trace:
    told = {"at": MONDAY_MORNING, "fields": []} | more
    trace: Trace = Trace.objects.create(actor_id=member_id, verb=verb, subject=subject, subject_id=id_, **told)
    return trace


@pytest.fixture
def lea(company: Company, signed_in: Callable[[Any], Client]) -> Client:
    Trace.objects.all().delete()
    return signed_in(company.lea)


def found(answer: Any) -> list[int]:
    return [one["subject_id"] for one in answer.context["lines"]]


def test_lines_are_found_by_person_kind_record_and_day(company: Company, lea: Client) -> None:
    line(company.nina.pk, id_=1)
    line(company.tom.pk, id_=2, at=MONDAY_MORNING + timedelta(days=1))
    line(
        company.nina.pk,
        id_=3,
        verb="update",
        subject="team_team",
        fields=["name"],
        at=MONDAY_MORNING + timedelta(days=2),
    )
    line(None, id_=3, verb="insert", at=MONDAY_MORNING + timedelta(days=3))

    assert found(lea.get(PAGE)) == [3, 3, 2, 1]
    assert found(lea.get(PAGE, {"person": company.nina.pk})) == [3, 1]
    assert found(lea.get(PAGE, {"verb": "see"})) == [2, 1]
    assert found(lea.get(PAGE, {"subject": "team_team"})) == [3]
    assert found(lea.get(PAGE, {"subject": "customers_customer", "subject_id": 3})) == [3]
    assert found(lea.get(PAGE, {"since": "2026-11-17", "until": "2026-11-18"})) == [3, 2]
    assert found(lea.get(PAGE, {"since": "2030-01-01"})) == []
    assert found(lea.get(PAGE, {"until": "2020-01-01"})) == []


def test_what_makes_no_sense_is_said_and_hides_nothing(company: Company, lea: Client, page: Page) -> None:
    line(company.nina.pk)
    answer = lea.get(PAGE, {"since": "gestern", "person": "x"})
    assert answer.status_code == 200
    assert found(answer) == [7]
    assert 'class="field-error"' in page(answer)


def test_a_page_leads_to_the_next_with_the_same_question(company: Company, lea: Client) -> None:
    for number in range(1, 121):
        line(company.nina.pk if number % 2 else company.tom.pk, id_=number)
    seen: list[int] = []
    answer = lea.get(PAGE, {"person": company.nina.pk})
    seen += found(answer)
    while older := answer.context["pager"]["older_url"]:
        answer = lea.get(older)
        seen += found(answer)
    assert seen == list(range(119, 0, -2))


def test_the_sheet_has_every_line_that_was_asked_for_and_no_formula(company: Company, lea: Client) -> None:
    for number in range(1, 61):
        line(company.nina.pk, id_=number)
    line(company.tom.pk, id_=61, fields=["=1+1"], verb="update")
    rows = list(csv.reader(StringIO(lea.get(f"{PAGE}sheet.csv").content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 62
    assert rows[1][1] == "Tom Berger"
    assert rows[1][5] == "'=1+1"
    only = lea.get(f"{PAGE}sheet.csv", {"person": company.nina.pk}).content.decode()
    assert "Tom Berger" not in only


def test_agents_see_no_trail(company: Company, nina: Client) -> None:
    assert nina.get(PAGE).status_code == 403
    assert nina.get(f"{PAGE}sheet.csv").status_code == 403


@pytest.mark.parametrize(
    "asked",
    [
        Asked(),
        Asked(subject="team_team"),
        Asked(actor_id=-1),
        Asked(since=datetime(2026, 11, 16, tzinfo=UTC), until=datetime(2026, 11, 17, tzinfo=UTC)),
    ],
    ids=["everything", "a kind", "a person", "a day"],
)
def test_whatever_is_asked_for_a_page_is_read_off_the_end_of_an_index(company: Company, asked: Asked) -> None:
    """Also among many lines of others: nothing is read whole and nothing is sorted."""
    told = [("conversations_message", company.nina.pk)] * 20_000 + [("team_team", -1)] * 200
    Trace.objects.bulk_create(
        (
            Trace(actor_id=actor, verb="see", subject=subject, subject_id=n, at=MONDAY_MORNING + timedelta(seconds=n))
            for n, (subject, actor) in enumerate(told[::-1])
        ),
        batch_size=5_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE plumbing_trace")
    with CaptureQueriesContext(connection) as queries:
        trail(asked, limit=50)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + queries.captured_queries[-1]["sql"])
        plan = json.dumps(cursor.fetchone()[0])
    assert '"Index Scan"' in plan
    assert '"Seq Scan"' not in plan and '"Sort"' not in plan
