"""Which looks at single colleagues a company may turn off."""

from __future__ import annotations

from enum import StrEnum


class StaffSwitch(StrEnum):
    OWN_FIGURES = "own_figures"  # The page with one's own figures.
    DESKS = "desks"  # How much each colleague has on the desk, for leads.
