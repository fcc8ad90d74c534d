"""Rows made comparable: one table `people` in DuckDB, whatever the file had."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from golddraht.ground.sounds import sound_of
from golddraht.identity.batch.reading import Sheet
from golddraht.identity.rules import steps
from golddraht.identity.rules.birthdays import PLACEHOLDERS, birth_in_sql
from golddraht.identity.rules.columns import COLUMNS
from golddraht.identity.rules.people import ROOTS_BARE
from golddraht.identity.rules.steps import Steps, folded_in_sql, in_sql, quoted

NAMED_FROM = 2_000
"""A given name that stands in one of so many rows, and in three at least, is a name and no slip of the pen."""


def prepare(at: duckdb.DuckDBPyConnection, sheets: Sequence[Sheet]) -> None:
    """Makes the table `people`: a row for each row of the sheets, numbered (`row`) in an order that only the ids decide."""
    at.register("read", pa.concat_tables([_whole(sheet, place) for place, sheet in enumerate(sheets)]))
    at.execute(_clean_sql())
    at.unregister("read")
    at.execute(_people_sql())
    at.execute("DROP TABLE clean")
    _add_names(at)


def _whole(sheet: Sheet, place: int) -> pa.Table:
    """The sheet with every column that has a meaning; those it does not have are empty."""
    rows = sheet.table.num_rows
    nothing = pa.nulls(rows, pa.string())
    columns = dict.fromkeys(COLUMNS, nothing) | {name: sheet.table.column(name) for name in sheet.table.column_names}
    return pa.table(
        {
            "file": pa.repeat(pa.scalar(place, pa.int8()), rows),
            "place": pa.array(range(rows), pa.int32()),
            "id": pa.array(sheet.ids, pa.string()),
        }
        | columns
    )


def _clean_sql() -> str:
    """Everything folded, with nothing where nothing is known."""
    folded = ", ".join(
        f"CASE WHEN {_raw(column)} IS NULL THEN NULL ELSE {folded_in_sql(_raw(column))} END AS {column}"
        for column in COLUMNS
    )
    return f"CREATE TEMP TABLE clean AS SELECT file, place, id, {folded} FROM read"


def _raw(column: str) -> str:
    return f"CASE WHEN regexp_matches(lower({column}), {quoted(steps.NOTHING)}) THEN NULL ELSE {column} END"


def _or_nothing(expression: str) -> str:
    return f"nullif({expression}, '')"


def _first(*expressions: str) -> str:
    """The first of them that leaves something."""
    return f"coalesce({', '.join(map(_or_nothing, expressions))})"


def _part(column: str, pattern: str, part: int) -> str:
    return _or_nothing(f"regexp_extract({column}, {quoted(pattern)}, {part})")


def _stepped(column: str, done: Steps) -> str:
    return _or_nothing(in_sql(column, done))


def _people_sql() -> str:
    name = in_sql(in_sql("regexp_replace(name, '^ *([^,]+), *([^,]+)$', '\\2 \\1')", steps.NAME), steps.WITHOUT_TITLES)
    comma = "regexp_extract(address, '^([^,;]*)', 1)"
    code = f"coalesce(postcode, {_part('address', steps.POSTCODE_AND_CITY, 1)}, {_part('address', steps.POSTCODE_AT_END, 1)})"
    town = f"coalesce(city, {_part('address', steps.POSTCODE_AND_CITY, 2)})"
    birth = f"CASE WHEN birth IS NOT NULL THEN {birth_in_sql('birth')} ELSE {_birth_of_parts()} END"
    bare_given = in_sql("given_name", steps.NAME)
    bare_family = in_sql("family_name", steps.NAME)
    untitled = in_sql(bare_family, steps.WITHOUT_TITLES)
    return f"""
    CREATE TEMP TABLE people AS
    WITH named AS (SELECT *, {name} AS whole, coalesce(street, {comma}) AS road FROM clean),
    parted AS (
      SELECT file, place, id,
        {_first(in_sql(bare_given, steps.WITHOUT_TITLES), bare_given, _part("whole", steps.FULL_NAME, 1))} AS given,
        {
        _first(
            in_sql(untitled, steps.WITHOUT_PARTICLES),
            untitled,
            bare_family,
            in_sql(f"coalesce({_part('whole', steps.FULL_NAME, 2)}, whole)", steps.WITHOUT_PARTICLES),
            "whole",
        )
    } AS family,
        left({_part("concat_ws(' ', title, given_name, family_name, name)", steps.GENERATION, 1)}, 1) AS generation,
        {_or_nothing(birth)} AS birth,
        {
        _stepped(
            _first(_part("road", steps.STREET_AND_NUMBER, 1), _part("road", steps.NUMBER_AND_STREET, 2), "road"),
            steps.STREET,
        )
    } AS street,
        {
        _stepped(
            _first(
                "house_number", _part("road", steps.STREET_AND_NUMBER, 2), _part("road", steps.NUMBER_AND_STREET, 1)
            ),
            steps.NUMBER,
        )
    } AS number,
        {_stepped("street_more", steps.STREET)} AS street_more,
        {_stepped(code, steps.POSTCODE)} AS postcode,
        {_stepped(town, steps.CITY)} AS city,
        {_stepped("email", steps.MAIL)} AS email,
        {_stepped("phone", steps.PHONE)} AS phone,
        {_stepped("mobile", steps.PHONE)} AS mobile,
        {_stepped("identifier", steps.IDENTIFIER)} AS identifier,
        {_stepped("organisation", steps.ORGANISATION)} AS organisation
      FROM named
    )
    SELECT * REPLACE (CASE WHEN birth NOT IN ({
        ", ".join(map(quoted, PLACEHOLDERS))
    }) AND length(birth) = 8 THEN birth END AS birth),
      file || '|' || id AS key,
      split_part(given, ' ', 1) AS first,
      split_part(family, ' ', 1) AS family_start,
      split_part(family, ' ', -1) AS family_end,
      CASE WHEN street IS NOT NULL AND coalesce(postcode, city) IS NOT NULL
        THEN concat_ws('|', street, coalesce(number, ''), coalesce(postcode, city)) END AS address,
      split_part(email, '@', 1) AS mailbox,
      {_mailbox_is_name()} AS mailbox_is_name
    FROM parted"""


def _mailbox_is_name() -> str:
    """As people.Person has it."""
    family = "replace(family, ' ', '')"
    ways = [f"first || {family}", f"left(first, 1) || {family}", f"{family} || first", f"{family} || left(first, 1)"]
    return f"coalesce({in_sql('mailbox', steps.MAILBOX)} IN ({', '.join([family, *ways])}), false)"


def _birth_of_parts() -> str:
    digits = [f"regexp_replace(birth_{part}, '\\.0$', '')" for part in ("year", "month", "day")]
    return f"lpad({digits[0]}, 4, '0') || lpad({digits[1]}, 2, '0') || lpad({digits[2]}, 2, '0')"


def _add_names(at: duckdb.DuckDBPyConnection) -> None:
    """What a given name is short for, whether it is one, and how both names sound."""
    firsts = at.execute("SELECT first, count(*) FROM people WHERE first IS NOT NULL GROUP BY ALL").fetchall()
    rows = sum(count for _, count in firsts)
    least = max(3, rows // NAMED_FROM)
    words = {first: (ROOTS_BARE.get(first, first), first in ROOTS_BARE or count >= least) for first, count in firsts}
    families = at.execute("SELECT DISTINCT unnest([family_start, family_end]) FROM people").fetchall()
    spoken = {word for (word,) in families if word} | set(words)
    at.register(
        "roots",
        pa.table(
            {"word": list(words), "root": [r for r, _ in words.values()], "named": [n for _, n in words.values()]}
        ),
    )
    at.register("sounds", pa.table({"word": list(spoken), "sound": [sound_of(word) or word for word in spoken]}))
    at.execute("""
    CREATE OR REPLACE TEMP TABLE people AS
    SELECT row_number() OVER (ORDER BY key)::INTEGER - 1 AS row, people.*, roots.root, coalesce(roots.named, false) AND length(first) > 1 AS named,
      one.sound AS given_sound, two.sound AS family_sound
    FROM people LEFT JOIN roots ON roots.word = first LEFT JOIN sounds one ON one.word = first
      LEFT JOIN sounds two ON two.word = family_start
    ORDER BY row""")
    at.unregister("roots")
    at.unregister("sounds")
