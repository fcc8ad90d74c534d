"""In which order tables are gone through, and over which column each of them hangs on which other one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from golddraht.privacy.catalogue.forms import Fate, Table

ROOT = "customers.Customer"


@dataclass(frozen=True)
class Tie:
    """A column whose value is the id of a row of `goal`."""

    column: str
    goal: str


def model_of(table: Table) -> Any:
    return apps.get_model(table.label) if table.label != "auth.Group_permissions" else None


def ties(table: Table) -> list[Tie]:
    """Over what its rows hang on a person."""
    return [_tie(table, name) for name in table.erasing.by]


def emptying_tie(table: Table) -> Tie | None:
    name = table.erasing.empties_by
    return _tie(table, name) if name else None


def loosening_ties(table: Table) -> list[Tie]:
    return [_tie(table, name) for name in table.erasing.loosens]


def _tie(table: Table, name: str) -> Tie:
    field: Any = model_of(table)._meta.get_field(name)
    if field.is_relation:
        return Tie(field.column, field.related_model._meta.label)
    return Tie(field.column, table.names[name])


def columns_of(table: Table) -> Mapping[str, models.Field[Any, Any]]:
    """Its fields by name."""
    return {field.name: field for field in model_of(table)._meta.fields}


@cache
def in_order(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """Those that can go, whatever they hang on before them; what only speaks of a person after all that it may speak of."""
    going = [table for table in tables if table.erasing.fate in {Fate.GOES, Fate.SPEAKS}]
    ordered: list[Table] = []
    while len(ordered) < len(going):
        known = {table.label for table in ordered}
        ready = [table for table in going if table not in ordered and _stands_on(table, going) <= known]
        if not ready:
            raise ValueError("The catalogue goes in circles.")
        ordered += ready
    return tuple(ordered)


@cache
def in_layers(tables: tuple[Table, ...]) -> tuple[tuple[Table, ...], ...]:
    """The same order in layers: the tables of one hang only on tables of those before, and on themselves.

    What only speaks of a person makes layers of its own.
    """
    depth: dict[str, int] = {}
    for table in in_order(tables):
        stands_on = max((depth[goal] + 1 for goal in _goals_in(table, depth)), default=0)
        depth[table.label] = stands_on
    speaks = {table.label for table in tables if table.erasing.fate is Fate.SPEAKS}
    layers: dict[tuple[int, bool], list[Table]] = {}
    for table in in_order(tables):
        layers.setdefault((depth[table.label], table.label in speaks), []).append(table)
    return tuple(tuple(layers[key]) for key in sorted(layers))


def _goals_in(table: Table, depth: Mapping[str, int]) -> set[str]:
    """What it has to wait for: whatever it hangs on; what only speaks waits for all that stands already."""
    if table.erasing.fate is Fate.SPEAKS:
        return set(depth)
    emptying = emptying_tie(table)
    goals = {tie.goal for tie in ties(table)} | ({emptying.goal} if emptying else set())
    return {goal for goal in goals if goal != table.label and goal in depth}


def _stands_on(table: Table, going: list[Table]) -> set[str]:
    if table.erasing.fate is Fate.SPEAKS:
        return {one.label for one in going if one.erasing.fate is Fate.GOES and not _hangs_on_speech(one, going)}
    own = {tie.goal for tie in ties(table)}
    return {goal for goal in own if goal != table.label and any(goal == one.label for one in going)}


def _hangs_on_speech(table: Table, going: list[Table]) -> bool:
    by_label = {one.label: one for one in going}
    goals = [by_label[tie.goal] for tie in ties(table) if tie.goal in by_label and tie.goal != table.label]
    return any(goal.erasing.fate is Fate.SPEAKS or _hangs_on_speech(goal, going) for goal in goals)


def file_fields(tables: tuple[Table, ...]) -> Iterator[tuple[Table, str]]:
    """Every column that names a stored file."""
    for table in tables:
        model = model_of(table)
        if model is None:
            continue
        for field in model._meta.fields:
            if isinstance(field, models.FileField):
                yield table, str(field.column)
