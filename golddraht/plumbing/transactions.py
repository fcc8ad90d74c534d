"""How an operation joins the transaction it runs in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
T = TypeVar("T")
_stretch: ContextVar[bool] = ContextVar("stretch", default=False)


@contextmanager
def at_a_stretch() -> Iterator[None]:
    """Steps within are not undone one by one: what fails there fails the whole, and whoever asked for it does it again in steps."""
    token = _stretch.set(True)
    try:
        yield
    finally:
        _stretch.reset(token)


def is_at_a_stretch() -> bool:
    return _stretch.get()


def step() -> AbstractContextManager[Any]:
    """Something that can fail and leave the rest of the transaction alone; not `at_a_stretch`."""
    return nullcontext() if _stretch.get() else transaction.atomic()


def stepwise(operation: Callable[P, T]) -> Callable[P, T]:
    """An operation that is a `step` of whatever it is called in."""

    @wraps(operation)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        with step():
            return operation(*args, **kwargs)

    return run


def joined(operation: Callable[P, T]) -> Callable[P, T]:
    """One transaction, without a savepoint of its own when there is one already.

    For operations on the path of every arriving mail that refuse nothing: an exception from them ends the whole
    transaction. What a caller may want to survive stays with `transaction.atomic`. A savepoint costs two round trips.
    """
    return transaction.atomic(savepoint=False)(operation)
