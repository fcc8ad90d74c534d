"""No table about customers is forgotten by the daily run: each is reached from something that goes by itself, or says why not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from golddraht.ground.retention_law import Keeping
from golddraht.privacy.catalogue import BY_LABEL, TABLES
from golddraht.privacy.catalogue.forms import Fate, People, Table
from golddraht.privacy.catalogue.keepers import KEEPERS, NEVER, ROOTS, WHATS
from golddraht.privacy.catalogue.order import emptying_tie, model_of, ties
from golddraht.privacy.operations.keeping import STEPS
from golddraht.privacy.operations.removing import remove


def roots() -> set[str]:
    return {one.label for one in KEEPERS} | set(ROOTS.values())


def reached(known: set[str]) -> set[str]:
    """Whatever hangs on them, as far as that leads."""
    found = set(known)
    while more := {table.label for table in TABLES if table.label not in found and set(_goals(table)) & found}:
        found |= more
    return found


def _goals(table: Table) -> Iterator[str]:
    if model_of(table) is None:
        return
    yield from (tie.goal for tie in ties(table))
    emptying = emptying_tie(table)
    if emptying is not None:
        yield emptying.goal
    # What goes by the cascades of its model.
    for field in model_of(table)._meta.fields:
        if field.is_relation and field.remote_field.on_delete.__name__ == "CASCADE":
            yield field.related_model._meta.label


def test_every_table_about_customers_is_reached_or_says_why_not() -> None:
    personal = {table.label for table in TABLES if table.people is People.CUSTOMERS and table.personal}
    assert sorted(personal - reached(roots()) - set(NEVER)) == []


def test_what_is_said_to_have_no_day_is_there_and_has_none() -> None:
    assert set(NEVER) <= set(BY_LABEL) and not set(NEVER) & roots()


def test_without_a_keeper_its_table_would_be_missed() -> None:
    without = roots() - {"telephone.Call", "commerce.BadRow"}
    assert "commerce.BadRow" not in reached(without)


def test_every_step_has_a_name_and_every_class_with_a_day_is_looked_for() -> None:
    assert {step.what for step in STEPS} == set(WHATS)
    looked_for = {one.keeping for one in KEEPERS} | {
        Keeping.LETTER, Keeping.CONSENT, Keeping.CLAIMS, Keeping.TRAIL, Keeping.COPY, Keeping.SESSION, Keeping.RECORD,
    }  # fmt: skip
    assert set(Keeping) - looked_for == {Keeping.STAFF, Keeping.LASTING}


@pytest.mark.django_db
@pytest.mark.parametrize("keeper", KEEPERS, ids=lambda one: one.key)
def test_every_keeper_names_columns_that_are_there_and_can_remove(keeper, company) -> None:  # type: ignore[no-untyped-def]  # Parametrised.
    from datetime import date

    from golddraht.privacy.queries.looking import View, finder_of
    from golddraht.privacy.queries.periods import keeping_lines

    on = date(2026, 11, 16)
    assert finder_of(keeper)(View.of(on, keeping_lines(on=on)), 0) == []
    remove(keeper.label, {4711})
    assert BY_LABEL[keeper.label].erasing.fate in {Fate.GOES, Fate.SPARED, Fate.SPEAKS}
