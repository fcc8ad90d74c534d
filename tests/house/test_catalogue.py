"""The data catalogue says what the models are; and the check that holds this can fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from django.apps import apps

from golddraht.privacy.catalogue import ACTIVITIES, BY_LABEL, TABLES, entries
from golddraht.privacy.catalogue.forms import Fate, Kind, Table, of_nobody
from tests.house.catalogued import gaps


def found(tables: Mapping[str, Table]) -> str:
    return "\n".join(gaps(apps.get_models(include_auto_created=True), tables))


def changed(label: str, **more: object) -> dict[str, Table]:
    return BY_LABEL | {label: replace(BY_LABEL[label], **more)}  # type: ignore[arg-type]  # As the test likes.


def test_every_field_of_every_model_has_an_entry() -> None:
    assert found(BY_LABEL) == ""


def test_each_table_is_described_once_and_by_an_activity_of_the_record() -> None:
    assert len(TABLES) == len(BY_LABEL)
    assert {table.activity for table in TABLES} == set(ACTIVITIES)


def test_a_table_that_nobody_described_is_found() -> None:
    rest = {label: table for label, table in BY_LABEL.items() if label != "customers.Fact"}
    assert "customers.Fact has no entry" in found(rest)


def test_a_field_that_nobody_described_is_found() -> None:
    fields = {name: kind for name, kind in BY_LABEL["customers.Fact"].fields.items() if name != "evidence"}
    assert "customers.Fact.evidence has no entry" in found(changed("customers.Fact", fields=fields))


def test_a_field_that_is_no_more_is_found() -> None:
    fields = {**BY_LABEL["customers.Fact"].fields, "shoe_size": Kind.TRAIT}
    assert "customers.Fact.shoe_size is in the catalogue and no field" in found(
        changed("customers.Fact", fields=fields)
    )


def test_a_reference_to_what_goes_has_to_say_what_becomes_of_it() -> None:
    erasing = replace(BY_LABEL["promises.Promise"].erasing, loosens=())
    assert "promises.Promise.answered_with names conversations.Message" in found(
        changed("promises.Promise", erasing=erasing)
    )


def test_only_what_may_be_empty_lets_go() -> None:
    erasing = replace(BY_LABEL["customers.Fact"].erasing, by=(), loosens=("customer",))
    assert "customers.Fact.customer is to let go and may not be empty" in found(
        changed("customers.Fact", erasing=erasing)
    )


def test_what_is_about_nobody_says_why_and_holds_nothing_personal() -> None:
    table = of_nobody("team.ClosedDay", ACTIVITIES[0], "", words="reason", setting="team on")
    said = found(BY_LABEL | {"team.ClosedDay": table})
    assert "team.ClosedDay is about nobody: say why" in said
    assert "team.ClosedDay.reason is personal" in said


def test_no_field_is_declared_twice() -> None:
    with pytest.raises(ValueError, match="reason is declared twice"):
        of_nobody("team.ClosedDay", ACTIVITIES[0], "why", words="reason", setting="reason")


def test_what_customers_said_is_in_reach_of_erasing() -> None:
    reached = {Fate.GOES, Fate.SPEAKS, Fate.SPARED}
    for entry in entries():
        is_kept_on_purpose = entry.table.activity.key == "rights"
        if entry.table.people.value == "customers" and entry.is_personal and not is_kept_on_purpose:
            assert entry.table.erasing.fate in reached, f"{entry.table.label}.{entry.field}"
