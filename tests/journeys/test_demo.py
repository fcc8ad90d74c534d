from __future__ import annotations

from datetime import UTC, datetime

import pytest

from golddraht.conversations.models import Conversation
from golddraht.house.demo import fill
from golddraht.house.demo.moments import moment
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import seeing
from golddraht.team.queries import all_tenants

TIMES = [
    datetime(2026, 11, 18, 10, 20, tzinfo=UTC),
    datetime(2026, 11, 22, 0, 5, tzinfo=UTC),
    datetime(2026, 12, 28, 6, 0, tzinfo=UTC),
]


@pytest.mark.django_db
@pytest.mark.parametrize("at", TIMES, ids=["wednesday-noon", "sunday-night", "after-christmas"])
def test_the_demo_is_believable_whenever_it_is_filled(at: datetime) -> None:
    count = fill(at=at)

    tenants = all_tenants()
    with seeing(*[tenant.pk for tenant in tenants]):
        assert Conversation.objects.count() <= count
        overdue = Conversation.objects.filter(next_touch_at__lt=at, status__in=["OPEN", "WAITING", "PROPOSED"])
        assert overdue.count() <= 3, [one.subject for one in overdue]
    assert fill(at=at) == 0
    assert Tenant.objects.count() == len(tenants)


def test_business_days_are_counted_back_from_the_latest_one_that_has_come() -> None:
    monday_at_seven = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)

    assert moment("0 10:30", at=monday_at_seven) == datetime(2026, 11, 13, 9, 30, tzinfo=UTC)
    assert moment("-1 06:30", at=monday_at_seven) == datetime(2026, 11, 13, 5, 30, tzinfo=UTC)
    assert moment("+1 10:00", at=monday_at_seven) == datetime(2026, 11, 17, 9, 0, tzinfo=UTC)


def test_minutes_at_work_are_counted_in_opening_hours() -> None:
    sunday_night = datetime(2026, 11, 22, 0, 5, tzinfo=UTC)
    monday_at_ten_past_eight = datetime(2026, 11, 23, 7, 10, tzinfo=UTC)

    assert moment("-30min", at=sunday_night, at_work=True) == datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
    assert moment("+30min", at=sunday_night, at_work=True) == datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
    assert moment("-30min", at=monday_at_ten_past_eight, at_work=True) == datetime(2026, 11, 21, 12, 40, tzinfo=UTC)
    assert moment("-30min", at=sunday_night) == datetime(2026, 11, 21, 23, 35, tzinfo=UTC)
