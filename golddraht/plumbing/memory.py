"""Asking once for what stays the same while several arrivals are worked off in one transaction, or while a page is read.

Outside of `remembering` nothing is remembered, and every question goes to the database.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db.models import Model

from golddraht.plumbing.tenancy import current_tenant_id, seeing

P = ParamSpec("P")
T = TypeVar("T")
M = TypeVar("M", bound=Model)
_at_hand: ContextVar[dict[tuple[type[Model], int], Model]] = ContextVar("at_hand", default={})  # noqa: B039  # Never changed.
_memory: ContextVar[dict[Hashable, Any] | None] = ContextVar("memory", default=None)
_only_reads: ContextVar[bool] = ContextVar("only_reads", default=False)


@contextmanager
def remembering() -> Iterator[None]:
    """Let `remembered` questions be asked once until the block ends. Inside one `seeing`, for as long as one transaction."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


@contextmanager
def looking_at(tenant_id: int, *, actor: int | None = None, is_reading: bool) -> Iterator[None]:
    """See the rows of a tenant for one page. While it is only read, it cannot write, and asks once for what stays the same."""
    with (
        seeing(tenant_id, actor=actor, read_only=is_reading),
        _only_reading() if is_reading else nullcontext(),
    ):
        yield


@contextmanager
def _only_reading() -> Iterator[None]:
    token = _only_reads.set(True)
    try:
        with remembering():
            yield
    finally:
        _only_reads.reset(token)


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


def remembered_while_reading(question: Callable[P, T]) -> Callable[P, T]:
    """The same for a question whose answer arrivals do change: asked once for a page that is only read, and always anew elsewhere."""
    kept = remembered(question)

    @wraps(question)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        return kept(*args, **kwargs) if _only_reads.get() else question(*args, **kwargs)

    return ask


@contextmanager
def at_hand(*rows: Model) -> Iterator[None]:
    """Let reactions have these rows by `in_hand` instead of reading them again: the caller has just written all of them.

    Whoever changes such a row changes this one, too.
    """
    token = _at_hand.set(_at_hand.get() | {(type(row), row.pk): row for row in rows})
    try:
        yield
    finally:
        _at_hand.reset(token)


def in_hand(model: type[M], id_: int) -> M | None:
    """The row as the caller of this reaction has it, who has just written it; None when it must be read."""
    return _at_hand.get().get((model, id_))  # type: ignore[return-value]  # Kept under its own type.
