"""How sure it is that a way of contact reaches somebody: by its source, by being used, by age, and by what came back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from golddraht.customers.rules.sources import certainty_of

HALF_LIFE = timedelta(days=6 * 365.25)
"""After this time unused it is half as sure: people change their provider and their number."""
USED = 0.3
"""What is left of the doubt once they have written or called from there again."""
DEAD = 0.03


@dataclass(frozen=True)
class Way:
    """What is known of a way of contact."""

    source: str
    first_seen_at: datetime
    last_used_at: datetime
    is_dead: bool = False

    @property
    def was_used(self) -> bool:
        return self.last_used_at > self.first_seen_at

    def certainty(self, at: datetime) -> float:
        """0 to 1."""
        if self.is_dead:
            return DEAD
        doubt = (1 - certainty_of(self.source)) * (USED if self.was_used else 1.0)
        age = max(at - self.last_used_at, timedelta(0))
        return round((1 - doubt) * math.pow(0.5, age / HALF_LIFE), 4)
