"""What other rooms know of a matter, such as where an order is: a receipt says it beside what is promised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class Teller(Protocol):
    """Gives whole sentences in the language that is active, about this very customer's matters that `numbers` name.

    What is said of the references in `already` is said already.
    """

    def __call__(
        self, *, customer_id: int, numbers: Sequence[str], already: Sequence[str], at: datetime
    ) -> list[str]: ...


_tellers: list[Teller] = []


def use(tellers: Sequence[Teller]) -> None:
    """Take these as whoever knows more; the house's wiring calls this once at start."""
    _tellers[:] = tellers


def known_besides(*, customer_id: int, numbers: Sequence[str], already: Sequence[str], at: datetime) -> list[str]:
    """What is known besides promises of what the customer named. Nothing, where they named nothing."""
    if not numbers:
        return []
    told = (tell(customer_id=customer_id, numbers=numbers, already=already, at=at) for tell in _tellers)
    return [line for lines in told for line in lines]
