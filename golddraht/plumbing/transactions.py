"""How an operation joins the transaction it runs in."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
T = TypeVar("T")


def joined(operation: Callable[P, T]) -> Callable[P, T]:
    """One transaction, without a savepoint of its own when there is one already.

    For operations on the path of every arriving mail that refuse nothing: an exception from them ends the whole
    transaction. What a caller may want to survive stays with `transaction.atomic`. A savepoint costs two round trips.
    """
    return transaction.atomic(savepoint=False)(operation)
