"""Asking for somebody to be erased, deciding about it, and what is the same afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from golddraht.conversations import operations as care
from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations.goodwill import grant_goodwill
from golddraht.customers.models import Customer
from golddraht.customers.operations import merge_customers, recognise
from golddraht.improvement.models import DayTally
from golddraht.improvement.operations.counting import count_day
from golddraht.privacy.catalogue import TABLES
from golddraht.privacy.catalogue.order import in_layers, in_order, ties
from golddraht.privacy.models import Erasure, Locked
from golddraht.privacy.operations import (
    ErasureRefused,
    approve_erasure,
    ask_erasure,
    begin_run,
    carry_on,
    carry_out,
    extend_erasure,
    refuse_erasure,
    withdraw_erasure,
)
from golddraht.privacy.queries import erasure_of, erasure_request, erasure_requests, preview_erasure
from golddraht.privacy.queries.archive import locked_ids, opened
from golddraht.privacy.rules import Sign, Stage
from tests.cast import MONDAY_MORNING, Company, a_conversation, a_message, bjoern, valentina
from tests.mails import a_mailbox

pytestmark = pytest.mark.django_db
TODAY = MONDAY_MORNING.date()


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    settings.LEDGER, settings.LEDGER_KEY = str(tmp_path / "e.ledger"), str(tmp_path / "e.key")


def erased(company: Company, customer: Customer, *, at: Any = MONDAY_MORNING) -> int:
    erasure_id = ask_erasure(customer_id=customer.pk, by=None, at=at)
    approve_erasure(erasure_id=erasure_id, by=company.lea.pk, at=at)
    assert carry_out(tenant_id=company.tenant.pk, erasure_id=erasure_id, at=at)
    return erasure_id


def test_a_request_has_its_clock_and_is_open_once(company: Company) -> None:
    customer = valentina()
    first = ask_erasure(customer_id=customer.pk, by=None, at=MONDAY_MORNING)
    assert ask_erasure(customer_id=customer.pk, by=company.nina.pk, at=MONDAY_MORNING) == first
    found = erasure_of(customer_id=customer.pk)
    assert found is not None and (found.stage, found.asker, found.due_on) == ("ASKED", "CUSTOMER", date(2026, 12, 16))


def test_in_switzerland_it_is_thirty_days(company: Company) -> None:
    company.tenant.country = "CH"
    company.tenant.save(update_fields=["country"])
    erasure_id = ask_erasure(customer_id=valentina().pk, by=None, at=MONDAY_MORNING)
    assert erasure_request(erasure_id=erasure_id).due_on == TODAY + timedelta(days=30)


def test_only_a_person_refuses_and_says_why(company: Company) -> None:
    erasure_id = ask_erasure(customer_id=valentina().pk, by=None, at=MONDAY_MORNING)
    with pytest.raises(ErasureRefused):
        refuse_erasure(erasure_id=erasure_id, by=company.lea.pk, why=" ", at=MONDAY_MORNING)
    refuse_erasure(erasure_id=erasure_id, by=company.lea.pk, why="Nicht dieselbe Person", at=MONDAY_MORNING)
    assert erasure_request(erasure_id=erasure_id).stage is Stage.REFUSED
    with pytest.raises(ErasureRefused):
        approve_erasure(erasure_id=erasure_id, by=company.lea.pk, at=MONDAY_MORNING)
    with pytest.raises(DatabaseError), transaction.atomic():
        Erasure.objects.filter(pk=erasure_id).update(refused_why="")


def test_the_time_is_extended_once_within_the_first_month(company: Company) -> None:
    erasure_id = ask_erasure(customer_id=valentina().pk, by=None, at=MONDAY_MORNING)
    with pytest.raises(ErasureRefused):
        extend_erasure(erasure_id=erasure_id, why="viel", at=MONDAY_MORNING + timedelta(days=40))
    extend_erasure(erasure_id=erasure_id, why="sehr viel", at=MONDAY_MORNING)
    assert erasure_request(erasure_id=erasure_id).due_on == date(2027, 2, 16)
    with pytest.raises(ErasureRefused):
        extend_erasure(erasure_id=erasure_id, why="noch mehr", at=MONDAY_MORNING)


def test_whoever_changes_their_mind_is_not_erased(company: Company) -> None:
    customer = valentina()
    erasure_id = ask_erasure(customer_id=customer.pk, by=None, at=MONDAY_MORNING)
    withdraw_erasure(erasure_id=erasure_id, at=MONDAY_MORNING)
    with pytest.raises(ErasureRefused):
        approve_erasure(erasure_id=erasure_id, by=company.lea.pk, at=MONDAY_MORNING)
    assert ask_erasure(customer_id=customer.pk, by=None, at=MONDAY_MORNING) != erasure_id


def test_the_preview_tells_what_goes_and_what_the_law_keeps_and_why(company: Company) -> None:
    a_conversation(text="Wie entkalkt man das?", subject="Frage")
    deal = a_conversation(text="Meine Rechnung stimmt nicht.", subject="Rechnung", at=MONDAY_MORNING)
    seen = preview_erasure(customer_id=deal.customer_id, at=MONDAY_MORNING)
    assert seen.goes["concerns"] == 2 and seen.open_concerns
    (kept,) = seen.kept
    assert (kept.number, kept.sign, kept.until) == (deal.number, Sign.WORDS, date(2033, 1, 1))
    assert "§ 257" in kept.law
    assert Conversation.objects.count() == 2


def test_a_goodwill_is_a_voucher_for_eight_years(company: Company) -> None:
    concern = a_conversation()
    care.take(conversation_id=concern.pk, by=company.nina.pk, at=MONDAY_MORNING)
    grant_goodwill(
        conversation_id=concern.pk, by=company.nina.pk, cents=500, kind="CREDIT", reason="Ärger", at=MONDAY_MORNING
    )
    kept = preview_erasure(customer_id=concern.customer_id, at=MONDAY_MORNING).kept
    assert {(one.keeping.value, one.until) for one in kept} == {
        ("letter", date(2033, 1, 1)),
        ("voucher", date(2035, 1, 1)),
    }


def test_all_records_of_a_merged_person_go(company: Company) -> None:
    one, other = valentina(), bjoern()
    merge_customers(customer_id=other.pk, into_id=one.pk, reasons=["same"], at=MONDAY_MORNING)
    a_conversation(customer=other)
    erased(company, one)
    assert not Customer.objects.filter(pk__in=[one.pk, other.pk]).exists() and not Conversation.objects.exists()


def test_somebody_elses_concern_is_passed_on_and_not_destroyed(company: Company) -> None:
    message = a_message(customer=valentina(), text="Der Ofen wackelt", subject="Ofen von Valentina Moser")
    concern = message.conversation
    Message.objects.create(
        conversation=concern, direction="IN", channel="EMAIL", customer=bjoern(), author_name="Björn Petersen",
        text="Bei mir auch", written_at=MONDAY_MORNING, received_at=MONDAY_MORNING,
    )  # fmt: skip
    erased(company, valentina())
    concern.refresh_from_db()
    texts = list(
        Message.objects.filter(conversation=concern, direction="IN").order_by("pk").values_list("text", flat=True)
    )
    assert concern.customer_id == bjoern().pk and "Bei mir auch" in texts and "Der Ofen wackelt" not in texts
    assert "Valentina" not in concern.subject + concern.preview


def test_the_count_of_a_day_is_the_same_before_and_after(company: Company) -> None:
    concern = a_conversation()
    a_conversation(customer=bjoern())
    count_day(on=TODAY, at=MONDAY_MORNING)
    before = list(DayTally.objects.filter(tag="").values_list("arrived", "unanswered"))
    erased(company, Customer.objects.get(pk=concern.customer_id), at=MONDAY_MORNING + timedelta(days=1))
    for _ in range(2):
        count_day(on=TODAY, at=MONDAY_MORNING + timedelta(days=1))
        assert list(DayTally.objects.filter(tag="").values_list("arrived", "unanswered")) == before
    assert Conversation.objects.count() == 1


def test_what_is_locked_is_neither_changed_nor_deleted_before_its_day(company: Company) -> None:
    concern = a_conversation(text="Meine Bestellung fehlt")
    erasure_id = erased(company, Customer.objects.get(pk=concern.customer_id))
    assert Locked.objects.count() >= 1
    for statement in (lambda: Locked.objects.update(law="x"), lambda: Locked.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            statement()
    found = erasure_request(erasure_id=erasure_id)
    assert (found.stage is Stage.DONE and not found.name and found in erasure_requests()) or found.lines


def test_whoever_writes_again_is_somebody_new(company: Company) -> None:
    a_mailbox()
    old = valentina()
    erased(company, old)
    new = recognise(
        channel="EMAIL",
        address="valentina@kundin.example",
        shown="valentina@kundin.example",
        name="Valentina Moser",
        source="mail:from",
        at=MONDAY_MORNING,
    )
    assert new.pk != old.pk


def test_what_is_locked_goes_by_itself_when_its_day_has_come(company: Company) -> None:
    concern = a_conversation(text="Meine Bestellung fehlt", at=MONDAY_MORNING)
    erased(company, Customer.objects.get(pk=concern.customer_id))
    kept = Locked.objects.order_by("pk")[0]
    over = Locked.objects.create(
        kind="message", keeping="letter", law="§ 257 HGB", happened_on=date(2015, 1, 1), over_on=date(2022, 1, 1),
        size=1, content=b"x", locked_at=MONDAY_MORNING,
    )  # fmt: skip
    run_id = begin_run(at=MONDAY_MORNING)
    while carry_on(tenant_id=company.tenant.pk, run_id=run_id, at=MONDAY_MORNING):
        pass
    assert not Locked.objects.filter(pk=over.pk).exists() and Locked.objects.filter(pk=kept.pk).exists()


def test_what_is_locked_is_opened_for_an_auditor(company: Company) -> None:
    concern = a_conversation(text="Meine Bestellung fehlt")
    erased(company, Customer.objects.get(pk=concern.customer_id))
    told = list(opened(locked_ids()))
    assert any("Bestellung" in one["text"] for one in told) and all(one["law"] for one in told)


def test_an_erasure_is_previewed_with_few_questions(company: Company, django_assert_max_num_queries: Any) -> None:
    """The tables of the catalogue are asked in layers, not one by one: a new table costs no question of its own."""
    concern = a_conversation(text="Meine Rechnung stimmt nicht.")
    with django_assert_max_num_queries(45):
        preview_erasure(customer_id=concern.customer_id, at=MONDAY_MORNING)


def test_the_layers_hold_every_table_once_and_in_order() -> None:
    layers = in_layers(TABLES)
    flat = [table.label for layer in layers for table in layer]
    assert len(flat) == len(set(flat)) == len(in_order(TABLES))
    place = {table.label: number for number, layer in enumerate(layers) for table in layer}
    for table in in_order(TABLES):
        for tie in ties(table):
            assert tie.goal == table.label or tie.goal not in place or place[tie.goal] < place[table.label]
