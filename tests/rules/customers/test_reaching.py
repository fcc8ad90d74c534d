"""How sure it is that a way of contact reaches somebody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from golddraht.customers.rules.reaching import Way

AT = datetime(2026, 11, 28, tzinfo=UTC)
YEAR = timedelta(days=365.25)


def sure(source: str, *, first: timedelta, last: timedelta, dead: bool = False) -> float:
    return Way(source, AT - first, AT - last, dead).certainty(AT)


def test_it_is_surer_by_a_better_source_and_by_being_used() -> None:
    fresh = timedelta(0)
    assert (
        sure("list:fair", first=fresh, last=fresh)
        < sure("import:shop", first=fresh, last=fresh)
        < sure("member", first=fresh, last=fresh)
    )
    assert sure("import:shop", first=YEAR, last=fresh) > sure("import:shop", first=fresh, last=fresh)


def test_it_is_less_sure_with_every_year_unused_and_nearly_nothing_once_mail_came_back() -> None:
    assert sure("import:shop", first=6 * YEAR, last=6 * YEAR) == 0.45
    assert sure("import:shop", first=YEAR, last=YEAR) > sure("import:shop", first=3 * YEAR, last=3 * YEAR)
    assert sure("customer", first=YEAR, last=timedelta(0), dead=True) < 0.05
