"""Files of orders, deliveries, visits, returns and products: what the subjects of these names do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from golddraht.commerce.operations.foretelling import Fault, Foretold, foretell, source_of
from golddraht.commerce.operations.keeping import Origin, keep_row
from golddraht.commerce.operations.remembering import Answered
from golddraht.commerce.operations.stating import FromFile, Outcome, Stated, state
from golddraht.commerce.operations.unsaying import undo_some
from golddraht.commerce.rules import Thing, Unreadable
from golddraht.commerce.rules.sheets import guesses, meaning_of, targets_of
from golddraht.ground.text import one_line
from golddraht.imports.models import Import, Row
from golddraht.imports.operations.taking import count_verdicts, keep_rows
from golddraht.imports.rules.states import RowState, Verdict
from golddraht.imports.rules.subjects import Subject

PORTION = 250
"""Each is a word that may change a promise: fewer in a transaction than people are."""
VERDICTS = {
    Outcome.NEW: Verdict.NEW,
    Outcome.CHANGED: Verdict.CHANGED,
    Outcome.OLDER: Verdict.KNOWN,
    Outcome.SAME: Verdict.KNOWN,
    Outcome.REFUSED: Verdict.BAD,
}


def preview(file: Import, rows: Sequence[Row], *, at: datetime) -> list[Foretold]:
    return foretell(file, rows, at=at)


def try_rows(file: Import, rows: Sequence[Row], *, at: datetime, seen: Any = None) -> None:
    for one in foretell(file, rows, at=at):
        _note(one, _verdict(one.outcome, is_somebodys=one.is_somebodys))


def _verdict(outcome: Outcome, *, is_somebodys: bool) -> Verdict:
    """Of whom nobody is known, it waits for them."""
    verdict = VERDICTS[outcome]
    return Verdict.DOUBTFUL if verdict is not Verdict.BAD and not is_somebodys else verdict


def _note(one: Foretold, verdict: Verdict) -> None:
    for row in one.rows:
        row.verdict, row.odd = verdict, [odd for odd in _odd(one, row, verdict) if odd]
        row.erased_at = one.of_erased.erased_at if one.of_erased else None


def _odd(one: Foretold, row: Row, verdict: Verdict) -> list[str]:
    """In the form "REASON:field"; a row that is right says which of its fellows is not."""
    if one.fault is not None:
        return [_odd_of_fault(one, one.fault, row)]
    without = [f"WITHOUT:{name}" for name in dict.fromkeys(one.dropped)]
    named = next((one.cells[name] for name in ("customer_number", "email", "order") if one.cells.get(name)), "")
    return [*without, one_line(f"NOBODY:{named}", 220) if verdict is Verdict.DOUBTFUL else ""]


def _odd_of_fault(one: Foretold, fault: Fault, row: Row) -> str:
    if one.of_erased is not None:
        return f"ERASED:{one.of_erased.erased_at.date().isoformat()}"
    return f"{fault.reason}:{fault.field}" if row.number == fault.row else f"FELLOW:{fault.row}"


def take(file: Import, rows: Sequence[Row], *, at: datetime) -> None:
    """Take down what can be, keep apart what names somebody erased, mark what is bad, and count. Within one transaction."""
    source = source_of(file)
    for one in foretell(file, rows, at=at):
        if one.of_erased is not None:
            _keep_apart(file, one, source, at=at)
        elif one.fault is not None:
            _note(one, Verdict.BAD)
            _put(one, RowState.BAD)
        else:
            _take(file, one, source, at=at)
    keep_rows(rows)
    count_verdicts(file, [Verdict(row.verdict) for row in rows])


def _put(one: Foretold, state_: RowState, said_id: int | None = None) -> None:
    for row in one.rows:
        row.state, row.said_id = state_, said_id
        row.cells = row.cells if state_ is RowState.BAD else []


def _take(file: Import, one: Foretold, source: str, *, at: datetime) -> None:
    assert file.begun_at is not None, "It was begun."
    if not one.needs_word:
        _note(one, _verdict(one.outcome, is_somebodys=one.is_somebodys))
        _put(one, RowState.TAKEN, one.said_id)
        return
    try:
        told = state(
            thing=Thing(file.about), source=source, row=one.cells, at=at, origin=FromFile(file.pk, file.begun_at)
        )
    except Unreadable as error:
        fault = Fault(error.reason, error.field, one.rows[0].number)
        _note(Foretold(one.rows, one.cells, Outcome.REFUSED, fault), Verdict.BAD)
        _put(one, RowState.BAD)
        return
    is_somebodys = told.customer_id is not None or file.about == Thing.PRODUCT
    _note(one, _verdict(told.outcome, is_somebodys=is_somebodys))
    _put(one, RowState.TAKEN, told.said_id)


def _keep_apart(file: Import, one: Foretold, source: str, *, at: datetime) -> None:
    """Of somebody erased: it waits where whatever names the erased waits, and somebody decides there."""
    assert one.of_erased is not None
    refused = Stated(str(one.cells.get("number", "")), Outcome.REFUSED, reason="ERASED", field=one.of_erased.field)
    origin = Origin(Thing(file.about), source, file.file_name, file.by_id, file.pk)
    keep_row(Answered(refused, one.of_erased), origin, cells=one.cells, at=at, line=one.rows[0].number)
    _note(one, Verdict.BAD)
    _put(one, RowState.LEFT)


def _subject(thing: Thing) -> Subject:
    return Subject(
        name=thing.value,
        targets=frozenset({"", *targets_of(thing)}),
        many=frozenset(),
        knows=lambda column: bool(meaning_of(thing, column)),
        guesses=partial(guesses, thing),
        preview=preview,
        try_rows=try_rows,
        take=take,
        undo_some=undo_some,
        must="number",
        one_by="number" if thing is Thing.ORDER else "",
        portion=PORTION,
    )


SUBJECTS = [_subject(thing) for thing in Thing]
"""What files of this room may be about."""
