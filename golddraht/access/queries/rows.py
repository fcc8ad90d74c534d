"""Every row that hangs on a person, found by the data catalogue: what erasing takes away is what a copy has to hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from golddraht.privacy.catalogue import TABLES
from golddraht.privacy.catalogue.forms import Fate, People, Table

CUSTOMER, POINT = "customers.Customer", "customers.ContactPoint"
LEFT_OUT = {
    "channels.RawMail": "the mail as it came in; its words and files stand with the messages",
    "channels.CaughtMail": "mails that stayed in the house; their words stand with the messages",
    "channels.Reference": "numbers by which mail programs sort",
    "search.Document": "the same words once more, made findable",
    "search.Name": "the same name once more, made findable",
    "search.Unread": "what is about to be made findable",
    "access.Code": "codes that were sent to them, good for ten minutes",
    "access.Copy": "this copy and earlier ones",
}
"""Tables that hang on a person and hold nothing about them that stands nowhere else, with the reason."""

Rows = dict[str, list[Any]]


def rows_of_person(ids: Iterable[int]) -> Rows:
    """By table of the catalogue, in the order in which they came to be."""
    found: dict[str, set[int]] = {CUSTOMER: set(ids)}
    tables = [table for table in TABLES if _is_theirs(table)]
    # What hangs on what was just found may come in a later round: a row of a row of a row.
    while any(_grows(table, found) for table in tables):
        pass
    _add_by_address(found)
    kept = (label for label in found if found[label] and label not in LEFT_OUT)
    return {label: _rows(label, found[label]) for label in kept}


def _add_by_address(found: dict[str, set[int]]) -> None:
    """What names the person by an address alone: a key that belongs to it, a block of it."""
    points = _model(POINT).objects.filter(pk__in=found.get(POINT, ()))
    addresses = list(points.values_list("address", flat=True))
    for table in TABLES:
        # What hangs on somebody is that person's: a mailbox may be shared.
        if addresses and _goes(table) and table.erasing.addresses and not table.erasing.by:
            condition = Q()
            for column in table.erasing.addresses:
                condition |= Q(**{f"{column}__in": addresses})
            ids = _model(table.label).objects.filter(condition).values_list("pk", flat=True)
            found[table.label] = found.get(table.label, set()) | set(ids)


def _goes(table: Table) -> bool:
    return table.people is People.CUSTOMERS and table.erasing.fate is Fate.GOES


def _is_theirs(table: Table) -> bool:
    return _goes(table) and bool(table.erasing.by)


def _grows(table: Table, found: dict[str, set[int]]) -> bool:
    condition = Q()
    for column in (*table.erasing.by, *filter(None, [table.erasing.empties_by])):
        if ids := found.get(_target(table, column)):
            condition |= Q(**{f"{column}__in": ids})
    if not condition:
        return False
    before = found.get(table.label, set())
    found[table.label] = before | set(_model(table.label).objects.filter(condition).values_list("pk", flat=True))
    return len(found[table.label]) > len(before)


def _target(table: Table, column: str) -> str:
    """The table that a column names."""
    if column in table.names:
        return table.names[column]
    field = _model(table.label)._meta.get_field(column)
    other: Any = field.related_model
    return str(other._meta.label)


def _model(label: str) -> Any:
    model: type[models.Model] = apps.get_model(label)
    return model


def _rows(label: str, ids: set[int]) -> list[Any]:
    return list(_model(label).objects.filter(pk__in=ids).order_by("pk"))
