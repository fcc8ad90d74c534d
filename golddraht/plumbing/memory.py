"""Asking once for what stays the same while several arrivals are worked off in one transaction.

Outside of `remembering` nothing is remembered, and every question goes to the database.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from golddraht.plumbing.tenancy import current_tenant_id

P = ParamSpec("P")
T = TypeVar("T")
_memory: ContextVar[dict[Hashable, Any] | None] = ContextVar("memory", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Let `remembered` questions be asked once until the block ends. Inside one `seeing`, for as long as one transaction."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def forget() -> None:
    """What is remembered may be wrong from here on, for instance after a rollback to a savepoint."""
    memory = _memory.get()
    if memory is not None:
        memory.clear()


def remembered(question: Callable[P, T]) -> Callable[P, T]:
    """A question whose answer arrivals do not change; the arguments must be hashable. Callers must not change the answer."""

    @wraps(question)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        memory = _memory.get()
        if memory is None:
            return question(*args, **kwargs)
        key = (question, current_tenant_id(), args, tuple(sorted(kwargs.items())))
        if key not in memory:
            memory[key] = question(*args, **kwargs)
        answer: T = memory[key]
        return answer

    return ask
