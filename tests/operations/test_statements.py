"""A statement is made once, when its month is over and counted, and never changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from golddraht.conversations.operations import reply
from golddraht.conversations.rules import Channel
from golddraht.improvement.models import DayTally, Statement, StatementLine
from golddraht.improvement.operations import stating
from golddraht.improvement.operations import sweeping as counting
from golddraht.improvement.queries.statements import NoSuchStatement, months_stated, statement_of
from golddraht.improvement.rules.counting import Tally
from golddraht.improvement.rules.stating import Axis, columns_of, month_of, months_over
from golddraht.team.operations import form_team
from tests.cast import MONDAY_MORNING, WEEKDAYS, Company, a_company, a_conversation, bjoern

NOVEMBER = date(2026, 11, 1)
LATE_NOVEMBER = datetime(2026, 11, 30, 12, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 1, 1, tzinfo=UTC)  # Two o'clock in Berlin.
HOUR = timedelta(hours=1)


def swept(at: datetime) -> None:
    """As the sweeper does: every day that is due, then every statement."""
    while not counting.sweep(at=at).is_done:
        pass
    while not stating.sweep(at=at).is_done:
        pass


def an_answered_and_an_open_concern(company: Company) -> None:
    answered = a_conversation()
    at = MONDAY_MORNING + HOUR
    reply(conversation_id=answered.pk, author_id=company.nina.pk, text="Gern.", channel=Channel.PHONE, at=at)
    a_conversation(customer=bjoern())


def test_a_month_is_stated_when_it_is_over_and_not_before(company: Company) -> None:
    an_answered_and_an_open_concern(company)

    swept(LATE_NOVEMBER)
    assert not Statement.objects.exists()
    swept(DECEMBER)

    found = statement_of(viewer=company.viewer(company.lea), month=NOVEMBER)
    assert (found.whole.arrived, found.whole.open) == (2, 2)
    assert [(one.name, one.arrived) for one in found.channels] == [("EMAIL", 2)]
    assert sum(one.arrived for one in found.days) == 2 and len(found.days) == 30
    assert found.is_of_today and months_stated(viewer=company.viewer(company.lea)) == [NOVEMBER]


def test_it_waits_until_every_day_was_counted_after_the_month(company: Company) -> None:
    an_answered_and_an_open_concern(company)

    while not counting.sweep(at=LATE_NOVEMBER).is_done:
        pass
    assert stating.sweep(at=DECEMBER).is_done

    assert not Statement.objects.exists()


def test_what_is_stated_stands_whatever_is_counted_later(company: Company) -> None:
    an_answered_and_an_open_concern(company)
    swept(DECEMBER)

    DayTally.objects.update(arrived=77)
    stating.make_statement(month=month_of(NOVEMBER), at=DECEMBER + HOUR)

    [statement] = Statement.objects.all()
    assert statement.made_at == DECEMBER
    assert statement_of(viewer=company.viewer(company.lea), month=NOVEMBER).whole.arrived == 2


def test_the_database_lets_nobody_change_it(company: Company) -> None:
    an_answered_and_an_open_concern(company)
    swept(DECEMBER)

    for rows, change in ((Statement.objects, {"definitions": 9}), (StatementLine.objects, {"arrived": 9})):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def test_of_the_work_of_few_nothing_is_kept(company: Company) -> None:
    form_team(name="Technik", lead=company.ada, members=[company.ada], hours=WEEKDAYS)
    an_answered_and_an_open_concern(company)
    swept(DECEMBER)

    hidden = StatementLine.objects.filter(shows_work=False)
    assert hidden.filter(axis=Axis.DAY).count() == 30
    assert not hidden.exclude(first_kept=None, kept=None, broken=None, first_answer_minutes=None).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        StatementLine.objects.create(
            statement=Statement.objects.get(), axis=Axis.TEAM, name="x", arrived=1, open=1, shows_work=False, kept=1
        )


def test_another_company_has_none_of_it(company: Company) -> None:
    an_answered_and_an_open_concern(company)
    swept(DECEMBER)
    other = a_company("moebelhaus", "Möbelhaus")

    with other.seen(), pytest.raises(NoSuchStatement):
        statement_of(viewer=other.viewer(other.lea), month=NOVEMBER)


def test_a_company_without_a_concern_gets_no_statement(company: Company) -> None:
    swept(DECEMBER)
    assert not Statement.objects.exists()


def test_months_are_stated_from_the_first_concern_on_and_a_year_at_most() -> None:
    today = date(2026, 12, 5)
    months = [one.first for one in months_over(first=date(2026, 10, 31), today=today)]

    assert months == [date(2026, 11, 1), date(2026, 10, 1)]
    assert len(months_over(first=date(2020, 1, 1), today=today)) == 12
    assert months_over(first=today, today=today) == []


def test_without_enough_people_the_columns_of_work_stay_out() -> None:
    tally = Tally(arrived=3, open=1, first_kept=2, kept=2, confirmed=1)
    assert columns_of(tally, shows_work=False) == {"arrived": 3, "open": 1, "shows_work": False}
    assert columns_of(tally, shows_work=True)["first_answer_minutes"] is None
