"""Splink as its tutorial has it, to compare with: `python -m bench.identity.plain FILE.csv …`.

It gets our comparable columns and our keys, trains its weights on the file itself, and follows all pairs above 0.95 (connected components).
"""

from __future__ import annotations

import json
import logging
import sys

import duckdb
import splink.comparison_library as comparing
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from golddraht.identity.batch.keys import add_keys
from golddraht.identity.batch.preparing import prepare
from golddraht.identity.batch.reading import read

THRESHOLD = 0.95


def main() -> int:
    """Prints the cluster of every row as JSON."""
    logging.disable()
    sheets = [read(path) for path in sys.argv[1:]]
    at = duckdb.connect()
    prepare(at, sheets)
    keys = add_keys(at, sum(len(sheet.ids) for sheet in sheets))
    across = " AND l.file <> r.file" if len(sheets) > 1 else ""
    linker = Linker(DuckDBAPI(connection=at).register("keyed"), _settings(at, keys, across), log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(
        [f"l.{key} = r.{key}{across}" for key in keys if key in ("by_identifier", "by_email", "by_birth_and_names")],
        recall=0.7,
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
    for columns in (("given", "family"), ("postcode",)):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
    found = linker.inference.predict(threshold_match_probability=THRESHOLD)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(found, threshold_match_probability=THRESHOLD)
    for key, cluster in at.execute(f"SELECT key, cluster_id FROM {clusters.physical_name}").fetchall():
        print(json.dumps({"id": key, "cluster": cluster}))
    return 0


def _settings(at: duckdb.DuckDBPyConnection, keys: list[str], across: str) -> SettingsCreator:
    counted = "count(birth), count(email), count(phone), count(mobile), count(identifier)"
    ((birth, email, phone, mobile, identifier),) = at.execute(f"SELECT {counted} FROM people").fetchall()
    comparisons = [comparing.NameComparison("given"), comparing.NameComparison("family")]
    comparisons += [
        comparing.JaroWinklerAtThresholds("street", [0.9]),
        comparing.LevenshteinAtThresholds("postcode", 1),
    ]
    comparisons += [comparing.LevenshteinAtThresholds("birth", [1, 2])] if birth else []
    comparisons += [comparing.EmailComparison("email")] if email else []
    comparisons += [comparing.ExactMatch(name) for name, count in (("phone", phone), ("mobile", mobile)) if count]
    comparisons += [comparing.LevenshteinAtThresholds("identifier", [1, 2])] if identifier else []
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="key",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[f"l.{key} = r.{key}{across}" for key in keys],
    )


if __name__ == "__main__":
    sys.exit(main())
