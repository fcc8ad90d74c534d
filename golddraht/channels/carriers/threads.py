"""Database work from threads that no request owns: each piece gives its connection back to the pool."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def borrowed_connection() -> Iterator[None]:
    """Within it the thread may use the database; afterwards its connection is back in the pool."""
    try:
        yield
    finally:
        # In the middle of somebody's transaction (a test) the connection is not ours to close.
        if not connection.in_atomic_block:
            connection.close()
