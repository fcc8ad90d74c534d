"""What customers allow, take back and refuse: taken down for good, provable, and one for one person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from golddraht.consent.models import ChannelChoice, ConsentAct, ConsentText, ObjectionMark
from golddraht.consent.operations import (
    ConsentRefused,
    TextRefused,
    choose_channels,
    give,
    note_sale,
    object_to,
    set_quiet_hours,
    withdraw,
    write_text,
)
from golddraht.consent.queries import NoSuchAct, Stand, act_for, acts_of_person, choices, current_text, is_marked
from golddraht.consent.rules import Kind, Proof, Purpose, Way
from golddraht.customers.models import Customer
from golddraht.customers.operations import merge_customers
from golddraht.customers.queries import NoSuchCustomer
from golddraht.customers.rules.values import NotSuchValue
from tests.cast import MONDAY_MORNING, Company, a_company, bjoern, valentina

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEWS, EMAIL, CALL = Purpose.NEWS, Way.EMAIL, Way.CALL


def allows(customer: Customer, way: Way = EMAIL, *, proof: Proof = Proof.SIGNED, days: int = 0) -> ConsentAct:
    at = MONDAY_MORNING + days * DAY
    return give(customer_id=customer.pk, purpose=NEWS, ways=[way], proof=proof, words="Ja, gern.", at=at)[0]


def stand(company: Company, customer: Customer, way: Way = EMAIL, *, days: int = 1) -> Stand:
    found = choices(viewer=company.viewer(company.nina), customer_id=customer.pk, at=MONDAY_MORNING + days * DAY)
    purpose = next(one for one in found.purposes if one.purpose is NEWS)
    return next(one.stand for one in purpose.ways if one.way is way)


def test_what_is_allowed_keeps_its_words_its_text_and_its_proof(company: Company) -> None:
    with company.seen(by=company.nina):
        act = allows(valentina(), CALL, proof=Proof.SPOKEN)
    line = act_for(viewer=company.viewer(company.nina), act_id=act.pk)
    assert (line.kind, line.way, line.purpose, line.proof, line.words) == (
        Kind.GIVEN,
        CALL,
        NEWS,
        Proof.SPOKEN,
        "Ja, gern.",
    )
    assert "Heizwerk" in line.text and "durch einen Anruf eines Menschen" in line.text and line.version == 1
    assert line.actor_id == company.nina.pk and line.keep_until.year == 2031


def test_a_customer_who_says_so_themselves_is_nobody_of_ours(company: Company) -> None:
    customer = valentina()
    (act,) = give(customer_id=customer.pk, purpose=NEWS, ways=[EMAIL], proof=Proof.OWN_PAGE, at=MONDAY_MORNING)
    assert act.actor_id is None and act.address == "valentina@kundin.example"


def test_what_was_said_is_never_changed(company: Company) -> None:
    act = allows(valentina())
    choose_channels(customer_id=act.customer_id, purpose=NEWS, ways=[EMAIL], at=MONDAY_MORNING)
    for rows, column in ((ConsentAct, "words"), (ConsentText, "words"), (ChannelChoice, "purpose")):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.objects.update(**{column: "NEWS"})


def test_a_consent_without_text_or_proof_is_none(company: Company) -> None:
    act = allows(valentina())
    for missing in ({"text_id": None}, {"proof": ""}, {"way": ""}, {"purpose": ""}):
        same = {"kind": "GIVEN", "way": "SMS", "purpose": "NEWS", "proof": "SIGNED", "text_id": act.text_id}
        with pytest.raises(IntegrityError), transaction.atomic():
            rows = {"customer_id": act.customer_id, "at": MONDAY_MORNING, "keep_until": act.keep_until}
            ConsentAct.objects.create(**(same | rows | missing))


@pytest.mark.parametrize(
    ("reason", "asked"),
    [
        ("PURPOSE", {"purpose": Purpose.SERVICE}),
        ("WAYS", {"ways": []}),
        ("PROOF", {"ways": [CALL], "proof": Proof.CONFIRMED}),
        ("PROOF", {"ways": [EMAIL], "proof": Proof.SPOKEN}),
        ("WORDS", {"words": " "}),
    ],
)
def test_what_proves_nothing_is_not_taken_down(company: Company, reason: str, asked: dict[str, object]) -> None:
    told = {"purpose": NEWS, "ways": [EMAIL], "proof": Proof.SIGNED, "words": "Ja.", "at": MONDAY_MORNING} | asked
    with pytest.raises(ConsentRefused) as refused:
        give(customer_id=valentina().pk, **told)  # type: ignore[arg-type]  # As told.
    assert refused.value.reason == reason and not ConsentAct.objects.exists()


def test_taking_back_and_allowing_anew(company: Company) -> None:
    customer = valentina()
    assert stand(company, customer) is Stand.NEVER_GIVEN
    assert withdraw(customer_id=customer.pk, purpose=NEWS, at=MONDAY_MORNING) is None
    allows(customer)
    assert stand(company, customer) is Stand.ALLOWED
    assert withdraw(customer_id=customer.pk, purpose=NEWS, way=EMAIL, at=MONDAY_MORNING + HOUR) is not None
    assert withdraw(customer_id=customer.pk, purpose=NEWS, way=EMAIL, at=MONDAY_MORNING + 2 * HOUR) is None
    assert stand(company, customer) is Stand.WITHDRAWN
    allows(customer, days=1)
    assert stand(company, customer, days=2) is Stand.ALLOWED


def test_what_a_sale_lets_leave_is_taken_back_for_one_purpose_or_for_all(company: Company) -> None:
    customer = valentina()
    note_sale(customer_id=customer.pk, words="Rechnung 4711", at=MONDAY_MORNING)
    assert withdraw(customer_id=customer.pk, purpose=NEWS, way=CALL, at=MONDAY_MORNING + HOUR) is None
    assert withdraw(customer_id=customer.pk, purpose=NEWS, way=EMAIL, at=MONDAY_MORNING + HOUR) is not None
    assert stand(company, customer) is Stand.WITHDRAWN
    assert withdraw(customer_id=customer.pk, purpose=NEWS, way=EMAIL, at=MONDAY_MORNING + 2 * HOUR) is None
    assert withdraw(customer_id=customer.pk, at=MONDAY_MORNING + 2 * HOUR) is not None
    assert withdraw(customer_id=customer.pk, at=MONDAY_MORNING + 3 * HOUR) is None


def test_an_objection_holds_for_every_way_and_is_remembered_as_a_hash(company: Company) -> None:
    customer = valentina()
    allows(customer)
    assert object_to(customer_id=customer.pk, words="Keine Werbung mehr!", at=MONDAY_MORNING + HOUR) is not None
    assert object_to(customer_id=customer.pk, at=MONDAY_MORNING + 2 * HOUR) is None
    found = choices(viewer=company.viewer(company.nina), customer_id=customer.pk, at=MONDAY_MORNING + DAY)
    assert found.objects and stand(company, customer, Way.LETTER) is Stand.OBJECTED
    assert is_marked("valentina@kundin.example", at=MONDAY_MORNING + DAY)
    assert not is_marked("bjoern@kunde.example", at=MONDAY_MORNING + DAY)
    assert "valentina" not in ObjectionMark.objects.get().mark


def test_an_objection_outlives_the_record_of_whoever_said_it(company: Company) -> None:
    customer = valentina()
    object_to(customer_id=customer.pk, at=MONDAY_MORNING)
    ConsentAct.objects.all().delete()
    assert stand(company, customer) is Stand.OBJECTED
    allows(customer, days=1)
    assert stand(company, customer, days=2) is Stand.ALLOWED
    object_to(customer_id=customer.pk, at=MONDAY_MORNING + 2 * DAY)
    ConsentAct.objects.all().delete()
    assert stand(company, customer, days=3) is Stand.OBJECTED and ObjectionMark.objects.count() == 1


def test_a_hash_of_one_company_says_nothing_to_another(company: Company) -> None:
    object_to(customer_id=valentina().pk, at=MONDAY_MORNING)
    theirs = a_company("moebelhaus", "Möbelhaus")
    with theirs.seen():
        assert not is_marked("valentina@kundin.example", at=MONDAY_MORNING)


def test_who_is_one_person_has_one_will(company: Company) -> None:
    one, other = valentina(), bjoern()
    allows(one)
    merge_customers(customer_id=other.pk, into_id=one.pk, reasons=[], at=MONDAY_MORNING + HOUR)
    object_to(customer_id=other.pk, at=MONDAY_MORNING + 2 * HOUR)
    assert stand(company, one) is Stand.OBJECTED
    lines = acts_of_person(viewer=company.viewer(company.nina), customer_id=one.pk)
    assert [line.kind for line in lines] == [Kind.OBJECTED, Kind.GIVEN]


def test_ways_are_chosen_for_a_purpose_and_narrow_what_may_come(company: Company) -> None:
    customer = valentina()
    allows(customer)
    assert choose_channels(customer_id=customer.pk, purpose=NEWS, ways=[Way.LETTER], at=MONDAY_MORNING)
    assert not choose_channels(customer_id=customer.pk, purpose=NEWS, ways=[Way.LETTER], at=MONDAY_MORNING + HOUR)
    assert stand(company, customer) is Stand.NOT_CHOSEN and stand(company, customer, Way.LETTER) is Stand.ALLOWED
    choose_channels(customer_id=customer.pk, purpose=Purpose.SERVICE, ways=[CALL, EMAIL], at=MONDAY_MORNING)
    found = choices(viewer=company.viewer(company.nina), customer_id=customer.pk, at=MONDAY_MORNING)
    assert {one.purpose: one.chosen for one in found.purposes if one.chosen is not None} == {
        Purpose.SERVICE: (CALL, EMAIL),
        NEWS: (Way.LETTER,),
    }


def test_quiet_hours_are_a_fact_of_the_record(company: Company) -> None:
    customer, viewer = valentina(), company.viewer(company.nina)
    set_quiet_hours(customer_id=customer.pk, hours="20 bis 9 Uhr", at=MONDAY_MORNING)
    quiet = choices(viewer=viewer, customer_id=customer.pk, at=MONDAY_MORNING).quiet
    assert quiet is not None and (quiet[0].hour, quiet[1].hour) == (20, 9)
    with pytest.raises(NotSuchValue):
        set_quiet_hours(customer_id=customer.pk, hours="abends", at=MONDAY_MORNING)
    set_quiet_hours(customer_id=customer.pk, hours="", at=MONDAY_MORNING + HOUR)
    assert choices(viewer=viewer, customer_id=customer.pk, at=MONDAY_MORNING).quiet is None


def test_a_new_text_is_a_new_version_and_the_old_one_stays(company: Company) -> None:
    before = allows(valentina())
    write_text(purpose=NEWS, way=EMAIL, language="de", words="Ja, Post bitte.", at=MONDAY_MORNING + HOUR)
    after = allows(bjoern(), days=1)
    assert current_text(NEWS, EMAIL, language="de").words == "Ja, Post bitte."
    viewer = company.viewer(company.nina)
    assert [act_for(viewer=viewer, act_id=one.pk).version for one in (before, after)] == [1, 2]
    for reason, words in (("EMPTY", " "), ("SAME", "Ja, Post bitte."), ("LONG", "a" * 2001)):
        with pytest.raises(TextRefused) as refused:
            write_text(purpose=NEWS, way=EMAIL, language="de", words=words, at=MONDAY_MORNING + HOUR)
        assert refused.value.reason == reason


def test_what_belongs_to_another_company_does_not_exist(company: Company) -> None:
    act = allows(valentina())
    theirs = a_company("moebelhaus", "Möbelhaus")
    with theirs.seen():
        for asked in (
            lambda: act_for(viewer=theirs.viewer(theirs.nina), act_id=act.pk),
            lambda: choices(viewer=theirs.viewer(theirs.nina), customer_id=act.customer_id, at=MONDAY_MORNING),
        ):
            with pytest.raises((NoSuchAct, NoSuchCustomer)):
                asked()
