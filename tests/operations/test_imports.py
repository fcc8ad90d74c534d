"""Files of customers: kept, understood, tried without a trace, taken over once, mended, and undone to what was before."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from golddraht.conversations.models import Conversation
from golddraht.customers.models import Belonging, ContactPoint, Customer, Fact, Household, Organisation, Resemblance
from golddraht.customers.operations import Said, add_contact_point, join_organisation, learn, meet, rename
from golddraht.customers.queries.record import record_of, said_of
from golddraht.customers.rules.attributes import Attribute
from golddraht.imports.models import Import, Mapping, Row
from golddraht.imports.operations import (
    ImportRefused,
    keep_file,
    leave_rows,
    let_in,
    map_columns,
    mend_rows,
    open_source,
    take_over,
    take_without,
    throw_away,
    work_on,
)
from golddraht.imports.operations.judging import Seen
from golddraht.imports.operations.working import sweep
from golddraht.imports.rules.states import RowState, State, Verdict
from golddraht.imports.rules.understanding import Odd, Remark
from golddraht.plumbing.ledger import Erased, mark_of, note_erasure
from tests.cast import MONDAY_MORNING, Company, a_conversation, valentina
from tests.importing import LATER, SHOP, kept, taken_over, tried, undone, worked_off

NEXT = LATER + timedelta(days=1)


@pytest.fixture(autouse=True)
def inside(company: Company, settings: Any, tmp_path: Path) -> None:
    settings.LEDGER, settings.LEDGER_KEY = str(tmp_path / "e.ledger"), str(tmp_path / "e.key")


def world() -> dict[str, Any]:
    """Everything that is known of customers, without the numbers of rows."""
    return {
        "customers": sorted(
            Customer.objects.values_list(
                "pk", "name", "name_source", "salutation", "organisation_id", "head_id", "matters"
            )
        ),
        "facts": sorted(Fact.objects.values_list("customer_id", "attribute", "value", "source", "said_at", "denies")),
        "points": sorted(
            ContactPoint.objects.values_list("customer_id", "channel", "address", "shown", "source", "last_used_at")
        ),
        "belongings": sorted(
            Belonging.objects.values_list("customer_id", "organisation_id", "role", "source", "ended_at"), key=str
        ),
        "households": Household.objects.count(),
        "organisations": sorted(Organisation.objects.values_list("name", flat=True)),
        "pairs": sorted(Resemblance.objects.filter(settled_at=None).values_list("first_id", "second_id")),
    }


def test_a_file_is_kept_as_it_came_and_its_columns_are_guessed() -> None:
    file = kept()

    with file.file.open() as stored:
        assert stored.read() == SHOP.encode()
    assert file.state is State.MAPPING
    assert (file.separator, file.encoding, file.row_count) == (";", "utf-8-sig", 3)
    assert file.targets == [
        "number",
        "salutation",
        "given",
        "family",
        "email",
        "phone",
        "street",
        "postcode",
        "city",
        "born_on",
        "note",
    ]


def test_a_trial_says_what_would_happen_and_writes_nothing_of_customers() -> None:
    before = world()

    file = tried(kept())

    assert world() == before
    assert file.state is State.TRIED
    assert (file.new_count, file.known_count, file.doubtful_count, file.bad_count) == (2, 0, 0, 1)
    bad = Row.objects.get(verdict=Verdict.BAD)
    assert bad.number == 4 and [Odd.read(one) for one in bad.odd] == [Odd(Remark.MAIL, "keine Adresse")]


def test_what_is_taken_over_stands_in_the_record_with_its_source() -> None:
    file = taken_over(kept())

    petra = Customer.objects.get(name="Petra Huber")
    record = record_of(customer_id=petra.pk)
    assert petra.salutation == "FRAU" and petra.name_source == "import:shop"
    assert record[Attribute.POSTAL][0].value == "Lendkai 12\n80331 München\nDE"
    assert record[Attribute.BORN_ON][0].value == "1980-05-17"
    assert record[Attribute.NUMBER][0].value == "K-1" and record[Attribute.NOTE][0].value == "Stammkundin"
    assert {one.statement.source for one in said_of(customer_id=petra.pk)} == {"import:shop"}
    assert set(petra.contact_points.values_list("channel", "address")) == {
        ("EMAIL", "petra@huber.example"),
        ("PHONE", "+49316123456"),
    }
    assert (file.new_count, file.bad_count) == (2, 1)
    assert Row.objects.filter(state=RowState.TAKEN).exclude(cells=[]).count() == 0


def test_the_same_run_twice_is_one() -> None:
    file = taken_over(kept())
    after = world()

    worked_off(file)

    assert world() == after
    with pytest.raises(ImportRefused):
        take_over(import_id=file.pk, at=NEXT)


def test_a_portion_that_was_lost_is_done_once_by_the_next_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("golddraht.imports.operations.working.PORTION", 1)
    file = take_over(import_id=kept().pk, at=LATER)

    work_on(import_id=file.pk, at=LATER, seen=Seen())  # And then the worker is killed.
    sweep(at=LATER + timedelta(minutes=5))
    file = worked_off(file)

    assert file.state is State.DONE and Customer.objects.filter(name="Petra Huber").count() == 1
    assert (file.new_count, file.bad_count) == (2, 1)


def test_a_second_file_of_the_source_says_only_what_is_new_and_overwrites_nothing() -> None:
    taken_over(kept())
    before = Fact.objects.count()

    file = taken_over(kept(SHOP.replace("Petra;Huber", "Petra;Huber-Moser"), at=NEXT), at=NEXT)

    assert (file.new_count, file.known_count) == (0, 2)
    assert Fact.objects.count() == before + 1
    petra = Customer.objects.get(name="Petra Huber-Moser")
    assert {one.statement.value for one in said_of(customer_id=petra.pk)} >= {"Petra Huber", "Petra Huber-Moser"}


def test_what_a_colleague_said_holds_against_a_file() -> None:
    taken_over(kept())
    petra = Customer.objects.get(name="Petra Huber")
    rename(customer_id=petra.pk, name="Dr. Petra Huber", source="member", at=LATER)

    taken_over(kept(SHOP.replace("Petra;Huber", "Petra;Hubert"), at=NEXT), at=NEXT)

    petra.refresh_from_db()
    assert petra.name == "Dr. Petra Huber"


def test_somebody_is_known_by_an_address_whose_owner_is_called_alike() -> None:
    known = valentina()

    file = taken_over(kept(f"Name;Mail;Tel\nMoser, Valentina;{known.contact_points.get().shown};0043 316 12345\n"))

    assert file.known_count == 1 and Customer.objects.filter(head=None, name__contains="Moser").count() == 1
    assert known.contact_points.filter(channel="PHONE", address="+4331612345").exists()
    assert Row.objects.get().known_by.startswith("email:")


def test_an_address_of_somebody_called_otherwise_stays_theirs() -> None:
    known = valentina()

    file = taken_over(kept(f"Name;Mail\nKarl Moser;{known.contact_points.get().shown}\n"))

    karl = Customer.objects.get(name="Karl Moser")
    assert file.doubtful_count == 1 and karl.pk != known.pk and not karl.contact_points.exists()
    assert Odd.read(Row.objects.get().odd[0]).remark is Remark.TAKEN


def test_whoever_looks_like_somebody_known_is_proposed_and_never_merged() -> None:
    known = meet(name="Petra Huber", source="member", at=MONDAY_MORNING)
    learn(customer_id=known.pk, said=[Said(Attribute.BORN_ON, "1980-05-17", "member")], at=MONDAY_MORNING)

    trial = tried(kept())
    assert trial.doubtful_count == 1
    file = taken_over(trial)

    assert file.doubtful_count == 1 and Customer.objects.filter(name="Petra Huber", head=None).count() == 2
    (pair,) = Resemblance.objects.filter(settled_at=None)
    assert known.pk in (pair.first_id, pair.second_id)


def test_two_rows_of_one_person_are_one_person() -> None:
    twice = "Nr;Name;Mail;Telefon\n1;Petra Huber;p@huber.example;\n1;P. Huber;;0171 1234567\n;Petra Huber;p@huber.example;\n"

    trial = tried(kept(twice))
    assert (trial.new_count, trial.known_count) == (1, 2)
    file = taken_over(trial)

    assert (file.new_count, file.known_count) == (1, 2)
    (petra,) = Customer.objects.all()
    assert petra.name == "Petra Huber" and petra.contact_points.count() == 2


def test_people_of_one_household_and_one_firm_belong_together() -> None:
    taken_over(kept("Name;Firma;Funktion;Haushalt\nPetra Huber;Huber GmbH;Einkauf;7\nKarl Huber;Huber GmbH;;7\n"))

    assert Organisation.objects.count() == 1 and Household.objects.count() == 1
    assert Belonging.objects.filter(household__isnull=False).count() == 2
    assert Customer.objects.get(name="Petra Huber").organisation.name == "Huber GmbH"


def test_a_mapping_is_changed_kept_and_offered_again() -> None:
    file = kept("A;B\nPetra Huber;petra@huber.example\n")
    assert file.targets == ["", "email"]

    map_columns(import_id=file.pk, targets=["name", "email"], by=None, at=LATER, keep_as="Zwei Spalten")

    again = kept("B;A\nkarl@huber.example;Karl Huber\n")
    assert again.targets == ["email", "name"] and again.mapping_name == "Zwei Spalten"
    assert Mapping.objects.get().name == "Zwei Spalten"


def test_two_columns_cannot_both_be_the_birthday() -> None:
    file = kept("A;B\nx;y\n")

    with pytest.raises(ImportRefused):
        map_columns(import_id=file.pk, targets=["born_on", "born_on"], by=None, at=LATER)


def test_bad_rows_are_mended_taken_without_or_left() -> None:
    file = taken_over(kept(SHOP + "K-4;;Ute;Ohm;ute@;;;;;;\nK-5;;Ulf;Ohm;;;;;;31.2.1980;\n"))
    assert file.bad_count == 3
    cells = Row.objects.get(number=4).cells
    cells[4] = "kim@lee.example"

    assert mend_rows(import_id=file.pk, cells={4: cells}, at=NEXT) == 1
    assert take_without(import_id=file.pk, numbers=[5], at=NEXT) == 1
    assert leave_rows(import_id=file.pk, numbers=None, at=NEXT) == 1

    file.refresh_from_db()
    assert (file.new_count, file.bad_count) == (4, 0)
    assert ContactPoint.objects.filter(address="kim@lee.example").exists()
    assert not Customer.objects.get(name="Ute Ohm").contact_points.exists()
    assert Row.objects.get(number=6).cells == []


def test_an_undone_import_leaves_what_was_before() -> None:
    known = valentina()
    before = world()
    file = taken_over(
        kept(SHOP + f"K-9;;Valentina;Moser;{known.contact_points.get().shown};0171 1234567;;;;1.2.1990;\n")
    )
    assert world() != before

    file = undone(file)

    assert world() == before
    assert (file.state, file.gone_count, file.stayed_count) == (State.UNDONE, 2, 0)
    assert Row.objects.filter(state=RowState.TAKEN).count() == 0


def test_whoever_was_dealt_with_since_stays_reachable_and_is_counted(company: Company) -> None:
    file = taken_over(kept())
    petra = Customer.objects.get(name="Petra Huber")
    a_conversation(customer=petra)

    file = undone(file)

    petra.refresh_from_db()
    assert (file.gone_count, file.stayed_count) == (1, 1)
    assert petra.name == "Petra Huber" and petra.contact_points.filter(channel="EMAIL").exists()
    assert set(Fact.objects.filter(customer=petra).values_list("attribute", flat=True)) <= {"name", "language"}
    assert Conversation.objects.filter(customer=petra).exists()


def test_what_a_later_file_says_as_well_is_not_undone_with_the_first() -> None:
    first = taken_over(kept())
    taken_over(kept(SHOP.replace("1980", "1981"), source="ERP", kind="contract", at=NEXT), at=NEXT)

    first = undone(first, at=NEXT)

    assert first.gone_count == 0 and first.stayed_count == 2
    petra = Customer.objects.get(name="Petra Huber")
    assert record_of(customer_id=petra.pk)[Attribute.BORN_ON][0].value == "1981-05-17"


def test_a_file_that_cannot_be_read_says_why_and_is_kept() -> None:
    file = kept(b"%PDF-1.7 not a table")

    assert file.state is State.UNREADABLE and "neither" in file.unreadable and file.file
    throw_away(import_id=file.pk)
    assert not Import.objects.exists()


def test_an_empty_or_huge_file_is_refused_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImportRefused, match="EMPTY"):
        kept(b"")
    from django.core.files.base import ContentFile

    source = open_source(name="Shop", kind="import", at=LATER)
    with pytest.raises(ImportRefused, match="TOO_LARGE"):
        keep_file(source_id=source.pk, file=ContentFile(b"x" * 50), file_name="x", by=None, at=LATER, largest=10)


def test_files_are_thrown_away_when_nothing_can_be_taken_from_them_any_more() -> None:
    file = taken_over(kept())

    sweep(at=LATER + timedelta(days=31))

    file.refresh_from_db()
    assert not file.file


def test_a_file_with_which_nobody_goes_on_is_thrown_away() -> None:
    tried(kept())

    sweep(at=LATER + timedelta(days=29))
    assert Import.objects.count() == 1
    sweep(at=LATER + timedelta(days=31))
    assert not Import.objects.exists() and not Row.objects.exists()


NAMES = st.sampled_from(["Petra Huber", "Karl Huber", "P. Huber", "Familie Huber", "Huber GmbH", ""])
MAILS = st.sampled_from(["a@x.example", "b@x.example", "a@x.example, c@x.example", "falsch", ""])
PHONES = st.sampled_from(["0171 1234567", "0316 555", "", "siehe Akte"])
DAYS = st.sampled_from(["17.5.1980", "1980-05-18", "", "31.2.1999"])
ROWS = st.lists(
    st.tuples(st.sampled_from(["", "1", "2"]), NAMES, MAILS, PHONES, DAYS, st.sampled_from(["", "H"])),
    min_size=1,
    max_size=6,
)
BEFORE = st.lists(
    st.tuples(
        NAMES.filter(bool),
        st.sampled_from(["", "a@x.example", "b@x.example"]),
        DAYS.filter(lambda day: "31" not in day),
    ),
    max_size=3,
)


@trying(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=BEFORE, rows=ROWS)
def test_importing_and_undoing_is_the_identity(before: list[Any], rows: list[Any], company: Company) -> None:
    from django.db import transaction

    with transaction.atomic():
        for name, mail, day in before:
            one = meet(name=name, source="member", at=MONDAY_MORNING)
            if mail and not ContactPoint.objects.filter(address=mail).exists():
                add_contact_point(
                    customer_id=one.pk, channel="EMAIL", address=mail, shown=mail, source="member", at=MONDAY_MORNING
                )
            if day:
                learn(customer_id=one.pk, said=[Said(Attribute.BORN_ON, day, "member")], at=MONDAY_MORNING)
            join_organisation(customer_id=one.pk, name="Vorher", role="", source="member", at=MONDAY_MORNING)
        was = world()
        lines = ["Nr;Name;Mail;Tel;Geburtstag;Haushalt;Firma", *(";".join((*row, "Huber GmbH")) for row in rows)]
        undone(taken_over(kept("\n".join(lines))))
        assert world() == was
        transaction.set_rollback(True)


def test_an_imported_customer_is_known_when_they_write() -> None:
    from golddraht.customers.operations import recognise

    taken_over(kept())

    petra = recognise(
        channel="EMAIL",
        address="petra@huber.example",
        shown="petra@huber.example",
        name="P",
        source="mail:from",
        at=NEXT,
    )
    assert petra.name == "Petra Huber"


def said_again(file: Import) -> list[str]:
    return list(Row.objects.filter(file=file).order_by("number").values_list("known_by", flat=True))


def test_a_row_that_says_what_it_said_before_is_not_looked_at_again() -> None:
    taken_over(kept(), at=LATER)
    before = world()
    again = taken_over(kept(at=NEXT), at=NEXT)

    assert said_again(again) == ["row:", "row:", ""]
    assert (again.known_count, again.bad_count) == (2, 1)
    assert world() == before


def test_a_person_of_whom_something_was_said_since_is_looked_at_again() -> None:
    taken_over(kept(), at=LATER)
    petra = Customer.objects.get(name="Petra Huber")
    rename(customer_id=petra.pk, name="Petra Huber-Wolf", source="member", at=LATER + timedelta(hours=2))
    again = taken_over(kept(at=NEXT), at=NEXT)

    assert said_again(again)[:2] == ["number:K-1", "row:"]


def test_the_same_cells_under_other_meanings_are_another_row() -> None:
    taken_over(kept(), at=LATER)
    again = kept(at=NEXT)
    map_columns(import_id=again.pk, targets=[*again.targets[:-1], ""], by=None, at=NEXT)

    assert said_again(taken_over(again, at=NEXT))[0] == "number:K-1"


def test_what_was_undone_is_looked_at_again() -> None:
    undone(taken_over(kept(), at=LATER))
    again = taken_over(kept(at=NEXT), at=NEXT)

    assert (again.new_count, again.known_count) == (2, 0)


def erase_from_memory(company: Company, *marks: tuple[str, str]) -> None:
    slug = company.tenant.slug
    note_erasure(Erased("r-1", slug, MONDAY_MORNING, (), frozenset(mark_of(slug, *mark) for mark in marks)))


@pytest.mark.parametrize("mark", [("EMAIL", "petra@huber.example"), ("number", "K-1")])
def test_whoever_was_erased_is_not_brought_back(company: Company, mark: tuple[str, str]) -> None:
    erase_from_memory(company, mark)
    tried_first = tried(kept())
    file = taken_over(tried_first)

    row = Row.objects.get(file=file, number=2)
    assert (row.state, row.verdict, row.odd) == ("bad", "bad", [f"erased:{MONDAY_MORNING.date().isoformat()}"])
    assert row.cells[1] == "Frau", "It is kept until a person decides."
    assert not Customer.objects.filter(name="Petra Huber").exists()
    assert take_without(import_id=file.pk, at=LATER, numbers=[2]) == 0


def test_a_person_lets_somebody_in_for_a_reason(company: Company) -> None:
    erase_from_memory(company, ("EMAIL", "petra@huber.example"))
    file = taken_over(kept())
    with pytest.raises(ImportRefused, match="WHY"):
        let_in(import_id=file.pk, number=2, why="  ", at=LATER)
    with pytest.raises(ImportRefused, match="ROW"):
        let_in(import_id=file.pk, number=3, why="New contract", at=LATER)

    assert let_in(import_id=file.pk, number=2, why="New contract of 12 November", at=LATER) == 1
    assert Row.objects.get(file=file, number=2).let_in_why == "New contract of 12 November"
    assert Customer.objects.filter(name="Petra Huber").exists()


def test_whoever_came_back_by_themselves_is_known(company: Company) -> None:
    erase_from_memory(company, ("EMAIL", "petra@huber.example"))
    back = meet(name="Petra Huber", source="mail:from", at=LATER)
    add_contact_point(
        customer_id=back.pk,
        channel="EMAIL",
        address="petra@huber.example",
        shown="petra@huber.example",
        source="mail:from",
        at=LATER,
    )

    assert Row.objects.get(file=taken_over(kept()), number=2).customer_id == back.pk


def test_rows_about_the_erased_are_forgotten_after_a_month(company: Company) -> None:
    erase_from_memory(company, ("EMAIL", "petra@huber.example"))
    file = taken_over(kept())
    sweep(at=LATER + timedelta(days=29))
    assert Row.objects.get(file=file, number=2).cells
    sweep(at=LATER + timedelta(days=31))

    row = Row.objects.get(file=file, number=2)
    assert (row.state, row.cells, row.odd) == ("left", [], [])
    assert Row.objects.get(file=file, number=4).cells, "Other bad rows wait for a person."
