"""Whether the data catalogue says what the models are: part of `make check`, and tried by `test_catalogue.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from golddraht.privacy.catalogue.forms import UNDERSTOOD, Fate, Kind, People, Table

WHERE = "golddraht/privacy/catalogue"


def gaps(models: Iterable[Any], tables: Mapping[str, Table]) -> Iterator[str]:
    """A sentence for every table, field or reference of the models that the catalogue does not describe, or describes wrongly."""
    known = {model._meta.label: model for model in models}
    for label in sorted(set(tables) - set(known)):
        yield f"{label} is in the catalogue and no model"
    for label, model in sorted(known.items()):
        if label not in tables:
            yield f"{label} has no entry in {WHERE}: say what each field holds, and what erasing a person does to it"
        else:
            yield from _of_fields(model, tables[label])
            yield from _of_references(model, tables)
            yield from _of_reasons(tables[label])


def _of_fields(model: Any, table: Table) -> Iterator[str]:
    there = {field.name for field in model._meta.fields}
    for name in sorted(there - set(table.fields) - set(UNDERSTOOD)):
        yield f"{table.label}.{name} has no entry in {WHERE}: is it personal, and what does it hold?"
    for name in sorted(set(table.fields) - there):
        yield f"{table.label}.{name} is in the catalogue and no field"
    erasing = table.erasing
    for name in {*erasing.by, *erasing.loosens, *erasing.speaking, erasing.empties_by, erasing.empties} - {""} - there:
        yield f"{table.label}: erasing goes by {name}, which is no field"


def _of_references(model: Any, tables: Mapping[str, Table]) -> Iterator[str]:
    """Whatever names a row that goes must go with it or let go of it, or the database refuses to delete."""
    table = tables[model._meta.label]
    erasing = table.erasing
    for field in model._meta.fields:
        if not field.is_relation or field.name == "tenant":
            continue
        goal = tables.get(field.related_model._meta.label)
        may_go = goal is not None and (goal.erasing.fate is Fate.GOES or _goes_when_it_speaks(goal))
        if may_go and field.name not in {*erasing.by, *erasing.loosens, erasing.empties_by}:
            yield f"{table.label}.{field.name} names {goal.label if goal else ''}, which goes with a person: say in {WHERE} whether this row goes (by) or lets go (loosens)"
        if field.name in erasing.loosens and not field.null:
            yield f"{table.label}.{field.name} is to let go and may not be empty"


def _goes_when_it_speaks(goal: Table) -> bool:
    return goal.erasing.fate is Fate.SPEAKS and not goal.erasing.empties


def _of_reasons(table: Table) -> Iterator[str]:
    if table.people is People.NOBODY and not table.why:
        yield f"{table.label} is about nobody: say why"
    if table.people is People.NOBODY and table.erasing.fate is Fate.UNTOUCHED:
        for name, kind in table.personal.items():
            if kind is not Kind.COLLEAGUE:
                yield f"{table.label}.{name} is personal, and erasing does not touch the table"
