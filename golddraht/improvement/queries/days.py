"""Where a day begins and ends: on the clocks of the default team."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Min

from golddraht.conversations.models import Conversation
from golddraht.plumbing.memory import remembered
from golddraht.plumbing.tenancy import current_sight
from golddraht.team.models import Team


@remembered
def zone() -> ZoneInfo:
    name = Team.objects.order_by("-is_default", "pk").values_list("zone", flat=True).first()
    return ZoneInfo(name or "Europe/Berlin")


def today(at: datetime) -> date:
    return at.astimezone(zone()).date()


def bounds_of(first: date, last: date | None = None) -> tuple[datetime, datetime]:
    """The moment at which the first day begins, and that at which the last one is over."""
    here = zone()
    following = (last or first) + timedelta(days=1)
    return datetime.combine(first, time(), here), datetime.combine(following, time(), here)


def first_day() -> date | None:
    """The day of the first concern; None before there is any."""
    rows = Conversation.objects.filter(tenant_id__in=current_sight().tenants)
    earliest: datetime | None = rows.aggregate(earliest=Min("created_at"))["earliest"]
    return today(earliest) if earliest else None
