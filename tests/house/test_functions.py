"""No two rooms choose one name for a function of the database: the second would silently replace the first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunSQL

MADE = re.compile(
    r"CREATE\s+(?:OR\s+REPLACE\s+)?(?:FUNCTION|PROCEDURE|AGGREGATE)\s+(?:public\.)?\"?(\w+)", re.IGNORECASE
)
OURS = "golddraht."


def made_in(sql: Any) -> set[str]:
    """The functions that a statement, or a list of them, makes; by the name that PostgreSQL keeps."""
    if not isinstance(sql, str):
        return {name for one in sql or () for name in made_in(one[0] if isinstance(one, tuple | list) else one)}
    return {name.lower() for name in MADE.findall(sql)}


def functions() -> Iterator[tuple[str, str]]:
    """Every function that a migration of ours makes, with its room."""
    for (room, _), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        if type(migration).__module__.startswith(OURS):
            for operation in migration.operations:
                if isinstance(operation, RunSQL):
                    yield from ((name, room) for name in made_in(operation.sql))


def shared(made: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """The names that more than one room has chosen."""
    rooms: dict[str, set[str]] = defaultdict(set)
    for name, room in made:
        rooms[name].add(room)
    return {name: chosen for name, chosen in rooms.items() if len(chosen) > 1}


def test_each_function_of_the_database_belongs_to_one_room() -> None:
    made = list(functions())

    assert {"golddraht_find", "golddraht_tagged", "golddraht_trace_change"} <= {name for name, _ in made}
    assert shared(made) == {}


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("CREATE FUNCTION golddraht_look(a int) RETURNS int", {"golddraht_look"}),
        ("create or replace function\n  public.Golddraht_Look ()", {"golddraht_look"}),
        (["SELECT 1", ("CREATE FUNCTION one() …", None), "CREATE PROCEDURE two()"], {"one", "two"}),
        ("DROP FUNCTION golddraht_look", set()),
        ("", set()),
    ],
)
def test_a_function_is_found_however_it_is_made(sql: Any, expected: set[str]) -> None:
    assert made_in(sql) == expected


def test_two_rooms_with_one_name_are_told() -> None:
    made = [
        ("golddraht_look", "search"),
        ("golddraht_look", "knowledge"),
        ("golddraht_find", "search"),
        ("golddraht_find", "search"),
    ]

    assert shared(made) == {"golddraht_look": {"search", "knowledge"}}


@pytest.mark.django_db
def test_every_function_that_the_database_has_of_ours_was_made_by_a_migration() -> None:
    """So none hides in an operation that the list above does not read."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace"
            " WHERE nspname = 'public' AND proname ~ '^golddraht_'"
        )
        there = {name for (name,) in cursor.fetchall()}

    assert there <= {name for name, _ in functions()}
