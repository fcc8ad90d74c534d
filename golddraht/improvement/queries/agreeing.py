"""What of single colleagues is shown at all."""

from __future__ import annotations

from golddraht.improvement.models import StaffChoice
from golddraht.improvement.rules.staff import StaffSwitch


def staff_switches() -> dict[StaffSwitch, bool]:
    """Which of them are on."""
    found = StaffChoice.objects.first()
    return {switch: getattr(found, f"{switch}_off_at", None) is None for switch in StaffSwitch}
