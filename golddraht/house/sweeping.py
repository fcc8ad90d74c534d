"""What a sweep is."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Sweep(Protocol):
    """Does what is due in the tenant being seen; safe to call at any time, any number of times.

    When the answer says `is_done=False` it is called again at once, in a new transaction.
    """

    def __call__(self, *, at: datetime) -> object: ...
