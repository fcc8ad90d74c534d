"""The ledger of erasures: only ever added to, and it notices whoever changes it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from golddraht.plumbing import ledger
from golddraht.plumbing.ledger import Erased, LedgerRefused

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    settings.LEDGER, settings.LEDGER_KEY = str(tmp_path / "erasures.ledger"), str(tmp_path / "erasures.key")
    return tmp_path


def erased(request: str = "r1", address: str = "valentina@kundin.example", at: datetime = AT) -> Erased:
    return Erased(request, "heizwerk", at, (7,), frozenset({ledger.mark_of("heizwerk", "EMAIL", address)}))


def test_what_was_written_is_read_and_says_nothing_of_anybody(place: Path) -> None:
    ledger.note_erasure(erased())
    (one,) = ledger.erasures()
    assert one == erased() and ledger.head().count == 1
    text = (place / "erasures.ledger").read_text()
    assert "valentina" not in text and (place / "erasures.key").read_text().strip() not in text
    assert (place / "erasures.ledger").stat().st_mode & 0o077 == (place / "erasures.key").stat().st_mode & 0o077 == 0


def test_the_same_request_is_written_once() -> None:
    ledger.note_erasure(erased())
    ledger.note_erasure(erased())
    assert ledger.head().count == 1


def test_it_remembers_an_address_of_that_company_alone() -> None:
    ledger.note_erasure(erased())
    memory = ledger.memory()
    assert memory.erased_at("heizwerk", "EMAIL", "valentina@kundin.example") == AT
    assert memory.erased_at("moebelhaus", "EMAIL", "valentina@kundin.example") is None
    assert memory.erased_at("heizwerk", "EMAIL", "bjoern@kunde.example") is None


def test_a_torn_last_line_was_never_acknowledged_and_gives_way(place: Path) -> None:
    ledger.note_erasure(erased())
    with (place / "erasures.ledger").open("a") as file:
        file.write('{"request": "torn')
    assert ledger.head().count == 1
    ledger.note_erasure(erased("r2"))
    assert [one.request for one in ledger.erasures()] == ["r1", "r2"]


def test_a_line_that_was_changed_or_taken_out_is_noticed(place: Path) -> None:
    for name in ("r1", "r2"):
        ledger.note_erasure(erased(name))
    path = place / "erasures.ledger"
    first, second, third = path.read_text().splitlines(keepends=True)
    path.write_text(first + third)
    with pytest.raises(LedgerRefused, match="does not fit"):
        ledger.erasures()
    told = json.loads(second) | {"customers": [8]}
    path.write_text(first + json.dumps(told, sort_keys=True) + "\n" + third)
    with pytest.raises(LedgerRefused, match="does not fit"):
        ledger.erasures()


def test_another_key_does_not_open_it(place: Path) -> None:
    ledger.note_erasure(erased())
    (place / "erasures.key").write_text("00" * 32 + "\n")
    with pytest.raises(LedgerRefused, match="does not fit"):
        ledger.erasures()


def test_without_its_key_it_says_what_to_do(place: Path) -> None:
    ledger.note_erasure(erased())
    (place / "erasures.key").unlink()
    with pytest.raises(LedgerRefused, match="put the key back"):
        ledger.erasures()


def test_without_a_ledger_it_says_what_to_do(place: Path) -> None:
    with pytest.raises(LedgerRefused, match="outside of backups"):
        ledger.head()
    assert ledger.memory().by_mark == {}
