"""Rows as plain values for a copy: what each field holds decides whether it stays, goes, or is said of a colleague."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from golddraht.access.queries.rows import Rows
from golddraht.access.rules.redacting import Others, first_name, redacted
from golddraht.privacy.catalogue import BY_LABEL
from golddraht.privacy.catalogue.forms import Kind

NOT_TOLD = frozenset({Kind.MACHINERY, Kind.KEY, Kind.FILE})
"""How the program works, secrets, and where a file lies; the files themselves come along."""
REPEATED = frozenset({"preview"})
"""The first words of a message, which stand there already, whoever wrote it."""
SAID = frozenset({Kind.WORDS, Kind.CONTACT, Kind.NAME, Kind.TRAIT, Kind.HAPPENED, Kind.STATE})
"""Where somebody may be named."""

Plain = dict[str, Any]


def texts_in(rows: Rows) -> Iterator[str]:
    """Everything that is said in them, to find out who else is named."""
    for label, found in rows.items():
        fields = [name for name, kind in BY_LABEL[label].fields.items() if kind is Kind.WORDS]
        for row in found:
            for name in fields:
                yield from _strings(getattr(row, name))


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []


def plain_row(label: str, row: Any, others: Others, colleagues: Mapping[int, str]) -> Plain:
    """The row with its number, without what tells nothing of the person."""
    told: Plain = {"id": row.pk}
    for name, kind in BY_LABEL[label].fields.items():
        if name in ("id", "tenant") or name in REPEATED or kind in NOT_TOLD:
            continue
        value = getattr(row, row._meta.get_field(name).attname)
        told[name] = _of_colleague(value, colleagues) if kind is Kind.COLLEAGUE else _plain(value, kind, others)
    return told


def _of_colleague(value: Any, names: Mapping[int, str]) -> Any:
    """A colleague by their first name; a moment stays what it is."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return first_name(names.get(value, ""))
    return first_name(value) if isinstance(value, str) else _plain(value, Kind.HAPPENED, Others(""))


def _plain(value: Any, kind: Kind, others: Others) -> Any:
    if isinstance(value, str):
        return redacted(value, others) if kind in SAID else value
    if isinstance(value, list | tuple):
        return [_plain(one, kind, others) for one in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value if isinstance(value, int | float | bool) or value is None else str(value)
