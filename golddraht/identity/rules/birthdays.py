"""Dates of birth in the many forms in which programs write them, as eight digits: 19800503."""

from __future__ import annotations

from golddraht.identity.rules.steps import quoted

PLACEHOLDERS = ("19000101", "19700101", "00000000", "11111111", "99991231", "19010101")
YEAR_FIRST = r"^(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})(?:[t ].*)?$"
DAY_FIRST = r"^(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4})$"
SHORT_YEAR = r"^(\d{1,2})[-./](\d{1,2})[-./](\d{2})$"


THIS_YEAR = "26"
"""Two digits of a year beyond this one are of the last century."""


def birth_in_sql(column: str) -> str:
    """An expression of DuckDB for the eight digits; a date that does not exist keeps them, "" where there is none.

    Where the second number cannot be a month, the first one is.
    """
    text = f"regexp_replace(lower(trim({column})), '\\.0$', '')"
    first, second, year = (f"lpad(regexp_extract({text}, {quoted(DAY_FIRST)}, {part}), 2, '0')" for part in (1, 2, 3))
    short = [f"lpad(regexp_extract({text}, {quoted(SHORT_YEAR)}, {part}), 2, '0')" for part in (1, 2, 3)]
    iso = [f"regexp_extract({text}, {quoted(YEAR_FIRST)}, {part})" for part in (1, 2, 3)]
    year = f"regexp_extract({text}, {quoted(DAY_FIRST)}, 3)"
    return f"""CASE
      WHEN regexp_matches({text}, '^\\d{{8}}$') AND left({text}, 2) NOT IN ('18', '19', '20') AND substr({text}, 5, 2) IN ('18', '19', '20')
        THEN substr({text}, 5, 4) || substr({text}, 3, 2) || left({text}, 2)
      WHEN regexp_matches({text}, '^\\d{{8}}$') THEN {text}
      WHEN regexp_matches({text}, {quoted(YEAR_FIRST)}) THEN {iso[0]} || lpad({iso[1]}, 2, '0') || lpad({iso[2]}, 2, '0')
      WHEN regexp_matches({text}, {quoted(DAY_FIRST)})
        THEN {year} || CASE WHEN {second} > '12' THEN {first} || {second} ELSE {second} || {first} END
      WHEN regexp_matches({text}, {quoted(SHORT_YEAR)})
        THEN CASE WHEN {short[2]} > '{THIS_YEAR}' THEN '19' ELSE '20' END || {short[2]} || {short[1]} || {short[0]}
      ELSE '' END"""
