"""What a company turns off that would tell of single colleagues."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.improvement.models import StaffChoice
from golddraht.improvement.rules.staff import StaffSwitch


@transaction.atomic
def turn_staff_switch(*, switch: StaffSwitch, is_on: bool, by: int, at: datetime) -> None:
    """On or off for everybody in the company; who turned it off and when is kept."""
    found, _ = StaffChoice.objects.get_or_create()
    fields = {f"{switch}_off_at": None if is_on else at, f"{switch}_off_by_id": None if is_on else by}
    StaffChoice.objects.filter(pk=found.pk).update(**fields)
