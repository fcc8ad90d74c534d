"""Pairs of rows with their weight, found and scored by Splink with the shipped model."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import duckdb

from golddraht.identity.rules.model import MODEL, Comparison, Level, prior_of
from golddraht.identity.rules.scoring import WEIGH


def settings(
    keys: Sequence[str], rows: int, *, across: bool = False, dialect: str = "duckdb", named_by: str = "key"
) -> dict[str, Any]:
    """The model as Splink takes it, for any of its backends; `named_by` is the column that tells rows apart."""
    return {
        "sql_dialect": dialect,
        "link_type": "dedupe_only",
        "unique_id_column_name": named_by,
        "probability_two_random_records_match": prior_of(rows),
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": rule, "sql_dialect": dialect} for rule in _rules(keys, across)
        ],
        "comparisons": [_comparison(one) for one in MODEL],
        "additional_columns_to_retain": ["generation"],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
    }


def _rules(keys: Sequence[str], across: bool) -> list[str]:
    """When two rows are compared: any of these holds."""
    between = " AND l.file <> r.file" if across else ""
    rules = [f"l.{key} = r.{key}{between}" for key in keys]
    if {"by_phone", "by_mobile"} & set(keys):
        rules.append(f"l.by_phone = r.by_mobile{between}")
        rules.append(f"l.by_mobile = r.by_phone{between}")
    return rules


def _comparison(comparison: Comparison) -> dict[str, Any]:
    unknown = {"sql_condition": comparison.unknown, "label_for_charts": "unknown", "is_null_level": True}
    levels = [unknown, *map(_level, comparison.levels)]
    return {"output_column_name": column_of(comparison), "comparison_levels": levels}


def column_of(comparison: Comparison) -> str:
    return comparison.field.replace(" ", "_").replace("-", "_")


def _level(level: Level) -> dict[str, Any]:
    common = {"tf_adjustment_column": level.common, "tf_adjustment_weight": 1.0} if level.common else {}
    return {
        "sql_condition": level.condition,
        "label_for_charts": level.name,
        "m_probability": level.m,
        "u_probability": level.u,
    } | common


def score(at: duckdb.DuckDBPyConnection, keys: Sequence[str], rows: int, least: float, *, across: bool = False) -> str:
    """The name of a table with all pairs of at least that weight, and the level of every comparison."""
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    _compare_by_key(at, keys, across)
    database = DuckDBAPI(connection=at)
    linker = Linker(
        database.register("keyed"),
        settings(keys, rows, across=across, named_by="row"),
        log_level=logging.ERROR,
        validate_settings=False,
    )
    linker.table_management.register_blocked_pairs_for_predict(database.register("compared"))
    for column, usual in commons().items():
        found = database.register(at.sql(how_common_sql(column, usual, rows)))
        linker.table_management.register_term_frequency_lookup(found, column)
    return str(linker.inference.predict(threshold_match_weight=least).physical_name)


def _compare_by_key(at: duckdb.DuckDBPyConnection, keys: Sequence[str], across: bool) -> None:
    """Makes `compared`, every two rows that share a key, once.

    Splink would ask of every pair whether an earlier key has it already, which takes four times as long as sorting that out at the end.
    """
    found = " UNION ALL ".join(
        f"SELECT l.row AS join_key_l, r.row AS join_key_r FROM keyed l JOIN keyed r ON {rule} AND l.row < r.row"
        for rule in _rules(keys, across)
    )
    at.execute(f"CREATE OR REPLACE TEMP TABLE compared AS SELECT DISTINCT '0' AS match_key, * FROM ({found})")


def commons() -> dict[str, float]:
    """The columns whose values count by how common they are, and how common a value usually is."""
    return {level.common: level.u for one in MODEL for level in one.levels if level.common}


def how_common_sql(column: str, usual: float, rows: int) -> str:
    """How common each value is among the others: the file itself, and as many rows again as are in WEIGH of what is usual."""
    return (
        f"SELECT {column}, (greatest(count(*) - 2, 0) + {WEIGH * usual}) / {rows + WEIGH} AS tf_{column} "
        f"FROM keyed WHERE {column} IS NOT NULL GROUP BY {column}"
    )
