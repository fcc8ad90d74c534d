from __future__ import annotations

from datetime import UTC, datetime

import pytest

from golddraht.commerce.rules import told_of
from golddraht.conversations.models import Conversation
from golddraht.house.demo import COMPANIES, fill, found_companies
from golddraht.house.demo.companies import CompanyScript
from golddraht.house.demo.filling import scripts_of
from golddraht.house.demo.moments import moment
from golddraht.house.demo.ordering import sayings_of
from golddraht.house.demo.playing import Player
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import seeing
from golddraht.team.queries import all_tenants

TIMES = [
    datetime(2026, 11, 18, 10, 20, tzinfo=UTC),
    datetime(2026, 11, 22, 0, 5, tzinfo=UTC),
    datetime(2026, 12, 28, 6, 0, tzinfo=UTC),
]


@pytest.mark.django_db
def test_the_demo_is_believable_when_it_is_filled_after_the_holidays() -> None:
    at = datetime(2026, 12, 28, 6, 0, tzinfo=UTC)

    count = fill(at=at)

    tenants = all_tenants()
    with seeing(*[tenant.pk for tenant in tenants]):
        concerns = Conversation.objects.order_by("tenant", "number")
        assert count - 3 <= concerns.count() <= count
        overdue = concerns.filter(next_touch_at__lt=at, status__in=["OPEN", "WAITING", "PROPOSED"])
        assert overdue.count() <= 3, [one.subject for one in overdue]
        assert concerns.exclude(latest_at__lte=at).count() == 0
    assert fill(at=at) == 0
    assert Tenant.objects.count() == len(tenants)


@pytest.mark.django_db
@pytest.mark.parametrize("at", TIMES, ids=["wednesday-noon", "sunday-night", "after-christmas"])
@pytest.mark.parametrize("company", COMPANIES, ids=lambda company: str(company.slug))
def test_every_script_is_over_when_the_demo_is_filled_and_its_steps_follow_each_other(
    company: CompanyScript, at: datetime
) -> None:
    found_companies(at=at)
    with seeing(Tenant.objects.get(slug=company.slug).pk):
        player = Player(people={}, mailbox=company.mailbox, at=at)

    scenes = player.scenes(scripts_of(company))

    for scene in scenes:
        assert scene.moments == sorted(scene.moments), scene.script["subject"]
        assert scene.moments[-1] <= at, scene.script["subject"]
    subjects = [(scene.name, scene.script["subject"]) for scene in scenes]
    assert len(set(subjects)) == len(subjects)
    phones = {(scene.script["phone"], scene.name) for scene in scenes if "phone" in scene.script}
    assert len({phone for phone, _ in phones}) == len(phones)


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


@pytest.mark.parametrize("at", TIMES, ids=["wednesday-noon", "sunday-night", "after-the-holidays"])
def test_no_source_says_what_has_not_happened_yet(at: datetime) -> None:
    for one in sayings_of("heizwerk", at=at):
        row = {name: value for name, value in one.row.items() if name != "number"}

        assert one.when <= at
        assert told_of(one.thing, row, zone="Europe/Berlin", at=one.when)
