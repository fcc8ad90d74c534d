"""Rows that hang on nobody and whose words may name somebody: jobs, what programs were told, what they were answered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection

from golddraht.conversations.models import Conversation
from golddraht.ground.numbers import spoken
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.privacy.catalogue.forms import Table
from golddraht.privacy.catalogue.order import model_of
from golddraht.privacy.queries.persons import Person

NAMED = {
    "customer": "customers.Customer",
    "conversation": "conversations.Conversation",
    "message": "conversations.Message",
    "note": "conversations.Note",
    "draft": "conversations.Draft",
    "inquiry": "conversations.Inquiry",
    "solution": "conversations.Solution",
    "promise": "promises.Promise",
    "delivery": "channels.Delivery",
    "merge": "customers.Merge",
    "call": "telephone.Call",
}
"""What `…_id` stands for; under another name it may be any row."""
AT_ONCE = 2000


def speaking_rows(table: Table, gone: Mapping[str, set[int]], person: Person) -> set[int]:
    """The rows whose words name a row that goes, or an address or a name of the person."""
    known = _Known(gone, person)
    return {id_ for id_, texts in _rows(table) if any(known.is_named_in(text) for text in texts)}


class _Known:
    """What must not be named: ids by table, the numbers of concerns as people say them, addresses and names."""

    def __init__(self, gone: Mapping[str, set[int]], person: Person) -> None:
        self.gone = gone
        self.anything = {id_ for label in set(NAMED.values()) for id_ in gone.get(label, ())}
        self.numbers = _numbers(gone.get("conversations.Conversation", set()))
        self.words = tuple(word.casefold() for word in person.sought.everything)

    def is_named_in(self, text: Any) -> bool:
        try:
            told = json.loads(text) if isinstance(text, str) else text
        except ValueError:
            return self._says(str(text))
        return any(self._names(key, value) for key, value in _pairs("", told))

    def _names(self, key: str, value: Any) -> bool:
        if isinstance(value, str) and (value in self.numbers or self._says(value)):
            return True
        if not isinstance(value, int) or isinstance(value, bool):
            return False
        if key == "number":
            return str(value) in self.numbers
        if key == "id" or (key.endswith("_id") and key.removesuffix("_id") not in NAMED):
            return key not in NOT_THEIRS and value in self.anything
        return key.endswith("_id") and value in self.gone.get(NAMED[key.removesuffix("_id")], ())

    def _says(self, text: str) -> bool:
        low = text.casefold()
        return any(word in low for word in self.words)


NOT_THEIRS = frozenset(
    {
        "tenant_id",
        "webhook_id",
        "mailbox_id",
        "alarm_id",
        "member_id",
        "by_id",
        "owner_id",
        "team_id",
        "errand_id",
        "mail_domain_id",
        "trial_id",
        "actor_id",
    }
)
"""Ids of the company's own things."""


def _numbers(ids: set[int]) -> set[str]:
    rows = Conversation.objects.filter(pk__in=ids).values_list("number", flat=True)
    return {words for number in rows for words in (spoken(number), str(number))}


def _pairs(key: str, told: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(told, dict):
        for name, value in told.items():
            yield from _pairs(str(name), value)
    elif isinstance(told, list):
        for value in told:
            yield from _pairs(key, value)
    else:
        yield key, told


def _rows(table: Table) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Ids with the columns that may speak, a portion at a time."""
    meta = model_of(table)._meta
    columns = ", ".join(f'"{name}"' for name in table.erasing.speaking)
    ours = "tenant_id = %s" if any(one.name == "tenant" for one in meta.fields) else "args ->> 'tenant_id' = %s::text"
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT id, {columns} FROM "{meta.db_table}" WHERE {ours} AND id > %s ORDER BY id LIMIT {AT_ONCE}',
                [current_tenant_id(), last],
            )
            found = cursor.fetchall()
        if not found:
            return
        last = found[-1][0]
        yield from ((row[0], row[1:]) for row in found)
