"""Cursors: where the next page of a list begins, as text that nobody but us has to understand."""

from __future__ import annotations

from datetime import datetime

from golddraht.api.problems import Problem

MOST_DIGITS = 18


def id_in(cursor: str | None) -> int:
    """Of a list in the order of ids; 0 without a cursor. Raises Problem for what is no cursor."""
    if not cursor:
        return 0
    if not cursor.isdecimal() or len(cursor) > MOST_DIGITS:
        raise _no_cursor()
    return int(cursor)


def moment_and_id_in(cursor: str | None) -> tuple[datetime, int] | None:
    """Of a list in the order of moments. Raises Problem for what is no cursor."""
    if not cursor:
        return None
    moment, _, pk = cursor.rpartition("_")
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        raise _no_cursor() from None
    if read.tzinfo is None or not pk.isdecimal() or len(pk) > MOST_DIGITS:
        raise _no_cursor()
    return read, int(pk)


def cursor_of(moment: datetime, pk: int) -> str:
    return f"{moment.isoformat()}_{pk}"


def _no_cursor() -> Problem:
    return Problem(400, "no-cursor", "This is no cursor.", "Take it from `next` of the page before.")
