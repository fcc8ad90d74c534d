"""What holds of all that was said: for every value the latest word. The same statements in any order, however often, give the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Said:
    """What a source said of a thing at one moment: only the values that it named; None takes one back."""

    said_at: datetime
    told: Mapping[str, Any]


@dataclass(frozen=True)
class Held:
    """A value that holds, since its source said so."""

    value: Any
    said_at: datetime


@dataclass(frozen=True)
class Spoken:
    """A statement that is kept: its id, and the import that brought it, where one did."""

    said: Said
    id: int
    import_id: int | None


@dataclass(frozen=True)
class Heard:
    """How something that holds already is kept in mind: a word of its own is needed, or `by` says just that, or nothing has to be."""

    needs_word: bool
    by: int | None = None


def heard_already(told: Mapping[str, Any], known: Iterable[Spoken], import_id: int | None) -> Heard | None:
    """None where it does not hold. What rests on a file alone may be withdrawn with it, so whoever says it too is kept as well;
    of files that say the very same one after the other only the first, and the others point at it."""
    known = list(known)
    if not _holds(told, [one.said for one in known]):
        return None
    if _holds(told, [one.said for one in known if one.import_id in (None, import_id)]):
        return Heard(needs_word=False)
    same = [one.id for one in known if one.import_id and plain(dict(one.said.told)) == plain(dict(told))]
    return Heard(needs_word=import_id is None or not same, by=same[-1] if same and import_id is not None else None)


def _holds(told: Mapping[str, Any], known: Iterable[Said]) -> bool:
    now = held(known)
    return all(name in now and now[name].value == value for name, value in told.items())


def held(statements: Iterable[Said]) -> dict[str, Held]:
    """The latest word on every value. Of two said at the same moment the one that sorts last holds, whichever came first."""
    found: dict[str, Held] = {}
    for one in statements:
        for name, value in one.told.items():
            other = found.get(name)
            if other is None or _rank(one.said_at, value) > _rank(other.said_at, other.value):
                found[name] = Held(value, one.said_at)
    return found


def _rank(said_at: datetime, value: Any) -> tuple[datetime, str]:
    return said_at, plain(value)


def plain(value: Any) -> str:
    """The one way in which a value is written, for comparing."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def mark_of(one: Said) -> str:
    """What a statement is known by: the same words at the same moment have the same."""
    return hashlib.sha256(f"{one.said_at.timestamp()}\n{plain(dict(one.told))}".encode()).hexdigest()
