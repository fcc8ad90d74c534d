"""Another engine scores the very pairs that we score, from the files that are written for it."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import pytest

from bench.identity.population import Population
from golddraht.identity.batch.elsewhere import MODEL, PEOPLE, write
from golddraht.identity.batch.reading import Sheet, read
from golddraht.identity.batch.resolving import Resolved
from golddraht.identity.rules.model import REVIEW_FROM
from tests.rules.identity.files import file_of

SPARK = bool(importlib.util.find_spec("pyspark")) and bool(shutil.which("java"))


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return read(file_of(list(Population(9).rows(300)), tmp_path / "rows.csv"))


def ours(sheet: Sheet) -> dict[tuple[str, str], float]:
    return {(pair.left[1], pair.right[1]): round(pair.weight, 3) for pair in Resolved([sheet], threads=1).pairs()}


def test_the_folder_is_whole(sheet: Sheet, tmp_path: Path) -> None:
    write([sheet], tmp_path / "out")
    model = json.loads((tmp_path / "out" / MODEL).read_text(encoding="utf-8"))
    assert "jaro_winkler_similarity" not in json.dumps(model) and model["sql_dialect"] == "spark"
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {
        PEOPLE,
        "common_given.parquet",
        "common_birth.parquet",
    }


@pytest.mark.skipif(not SPARK, reason="needs pyspark and Java, which Golddraht does not bring: pip install pyspark")
def test_spark_scores_the_same_pairs(sheet: Sheet, tmp_path: Path) -> None:
    from pyspark.sql import SparkSession
    from splink import Linker
    from splink.backends.spark import SparkAPI, similarity_jar_location

    write([sheet], tmp_path / "out")
    spark = (
        SparkSession.builder.master("local[1]")
        .config("spark.jars", similarity_jar_location())
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    try:
        database = SparkAPI(spark_session=spark, break_lineage_method="persist")
        people = database.register(spark.read.parquet(str(tmp_path / "out" / PEOPLE)))
        linker = Linker(people, str(tmp_path / "out" / MODEL))
        for path in (tmp_path / "out").glob("common_*.parquet"):
            common = database.register(spark.read.parquet(str(path)))
            linker.table_management.register_term_frequency_lookup(common, path.stem.removeprefix("common_"))
        pairs = linker.inference.predict(threshold_match_weight=REVIEW_FROM).as_record_list()
    finally:
        spark.stop()
    found = {tuple(sorted((pair["key_l"][2:], pair["key_r"][2:]))): round(pair["match_weight"], 3) for pair in pairs}
    assert found == pytest.approx(ours(sheet), abs=0.01)
