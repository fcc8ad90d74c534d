"""`golddraht customers import`: what would happen, what happened, and back again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from golddraht.commerce.models import Order
from golddraht.customers.models import Customer
from golddraht.house.cli import golddraht
from golddraht.imports.models import Import, Mapping
from tests.cast import Company
from tests.importing import SHOP


@pytest.fixture
def file(tmp_path: Path, company: Company, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("golddraht.house.whereabouts.open_django", lambda: None)
    path = tmp_path / "kunden.csv"
    path.write_text(SHOP)
    return path


def run(*words: str) -> Any:
    return CliRunner().invoke(golddraht, ["customers", *words, "--tenant", "heizwerk"], standalone_mode=False)


def told(*words: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(*words, "--json").stdout)
    return answer


def test_a_dry_run_says_what_would_happen_and_leaves_nothing(file: Path) -> None:
    said = told("import", str(file), "--source", "Shop", "--dry-run")

    assert (said["rows"], said["new"], said["bad"], said["dry_run"]) == (3, 2, 1, True)
    assert said["bad_rows"] == [{"row": 4, "reasons": ["mail:keine Adresse"]}] and said["columns"]["E-Mail"] == "email"
    assert not Customer.objects.exists() and not Import.objects.exists()


def test_an_import_with_a_mapping_and_its_undoing(file: Path) -> None:
    answer = run(
        "import",
        str(file),
        "--source",
        "ERP",
        "--kind",
        "contract",
        "--map",
        "=Notiz",
        "--map",
        "name=Nachname",
        "--keep-as",
        "ERP",
    )
    assert answer.return_value == 1 and "3 rows: 2 new" in answer.stdout and "Row 4" in answer.stderr
    done = Import.objects.get()
    assert done.source.source == "contract:erp" and Mapping.objects.get().targets == done.targets
    assert done.targets[done.columns.index("Notiz")] == "" and Customer.objects.filter(name="Petra Huber").exists()

    assert told("undo", str(done.pk)) == {"import": done.pk, "gone": 2, "stayed": 0, "withdrawn": done_facts(done)}
    assert not Customer.objects.exists()


def done_facts(done: Import) -> int:
    done.refresh_from_db()
    return done.withdrawn_count


@pytest.mark.parametrize("words", [("--map", "unsinn=Nachname"), ("--map", "name=Nirgends"), ("--map", "nichts")])
def test_a_wrong_mapping_is_refused_with_what_there_is(file: Path, words: tuple[str, str]) -> None:
    answer = run("import", str(file), "--source", "Shop", *words)

    assert answer.exception is not None and "--map" in str(answer.exception)


def test_a_file_that_is_none_is_refused(tmp_path: Path, file: Path) -> None:
    file.write_bytes(b"%PDF")

    assert "neither a table nor a card" in str(run("import", str(file), "--source", "Shop").exception)
    assert not Import.objects.exists()


def test_orders_are_imported_tried_and_undone(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("golddraht.house.whereabouts.open_django", lambda: None)
    path = tmp_path / "bestellungen.csv"
    path.write_text("Bestellnr.;E-Mail;Artikel\n1;kim@lee.example;Ofen\n2;kim;Rohr\n")

    def orders(*words: str) -> dict[str, Any]:
        answer = CliRunner().invoke(golddraht, ["commerce", *words, "--json"], standalone_mode=False)
        told: dict[str, Any] = json.loads(answer.stdout)
        return told

    words = ("import", "heizwerk", "order", str(path), "--source", "Shop")
    assert orders(*words, "--dry-run")["doubtful"] == 1 and not Order.objects.exists()
    done = orders(*words, "--map", "=Artikel")
    assert (done["doubtful"], done["bad"]) == (1, 1) and Order.objects.get().number == "1"
    assert orders("undo", str(done["import"]), "--tenant", "heizwerk")["gone"] == 1
