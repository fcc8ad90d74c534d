"""A copy of everything about a person: complete, without anybody else, kept for a week."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.timezone import localdate

from golddraht.access.operations import ask_for_copy, sweep, take_request
from golddraht.access.operations.making import make_copy
from golddraht.access.operations.setting import as_pdf
from golddraht.access.queries.copying import own_copy
from golddraht.access.queries.rows import LEFT_OUT, rows_of_person
from golddraht.access.rules.redacting import Others, redacted
from golddraht.consent.operations import give, object_to
from golddraht.consent.rules import Proof, Purpose, Way
from golddraht.conversations.models import Attachment, Inquiry, Message
from golddraht.conversations.operations import Words, receive_message
from golddraht.conversations.operations.notes import add_note
from golddraht.conversations.rules import Channel
from golddraht.customers.models import Customer
from golddraht.customers.operations import Said, add_contact_point, learn, meet, merge_customers
from golddraht.customers.rules.attributes import Attribute
from golddraht.ground.retention_law import answer_clock
from golddraht.plumbing import clock
from golddraht.plumbing.models import Tenant
from golddraht.privacy.catalogue import TABLES
from golddraht.privacy.catalogue.forms import Fate, People
from golddraht.promises.models import Promise
from golddraht.promises.operations.making import make_promise
from golddraht.promises.rules import Kind
from tests.cast import MONDAY_MORNING, Company, a_conversation, bjoern, valentina
from tests.mails import a_mailbox

pytestmark = pytest.mark.django_db
SCHEMA = json.loads(files("golddraht.access").joinpath("own-copy.schema.json").read_text())
HERS, HIS = "valentina@kundin.example", "bjoern@kunde.example"


@pytest.fixture
def mailbox(company: Company) -> None:
    a_mailbox()


def a_rich_life(company: Company) -> Customer:
    """Marked in every store, with other people in between."""
    person, other = valentina(), bjoern()
    learn(customer_id=person.pk, said=[Said(Attribute.MATTERS, "MARK-MATTERS", "customer")], at=MONDAY_MORNING)
    add_contact_point(
        customer_id=other.pk,
        channel="PHONE",
        address="+436641234567",
        shown="0664 1234567",
        source="member",
        at=MONDAY_MORNING,
    )
    add_contact_point(
        customer_id=person.pk,
        channel="PHONE",
        address="+4930111222",
        shown="MARK-POINT",
        source="member",
        at=MONDAY_MORNING,
    )
    text = f"MARK-MESSAGE Björn Petersen ({HIS}, 0043 664 1234567) war auch da. Grüße an Frau Aigner."
    concern = a_conversation(customer=person, text=text, answer_to=(HERS,), subject="MARK-SUBJECT")
    add_note(
        conversation_id=concern.pk,
        by=company.tom.pk,
        text="MARK-NOTE: Nina Aigner meint, Björn Petersen lügt.",
        at=MONDAY_MORNING,
    )
    make_promise(
        customer_id=person.pk, conversation_id=None, owner_id=company.nina.pk, kind=Kind.DELIVERY, what="MARK-PROMISE",
        due_at=clock.now() + timedelta(days=3), by=company.nina.pk, at=clock.now(),
    )  # fmt: skip
    message = Message.objects.get(direction="IN", conversation=concern)
    name = default_storage.save("t/mark", ContentFile(b"MARK-FILE"))
    Attachment.objects.create(
        message=message, name="../MARK-NAME.txt", content_type="text/plain", size=9, sha256="0" * 64, file=name
    )
    Inquiry.objects.create(
        conversation=concern, asked="MARK-CARRIER", address="dispo@spedition.example", subject="Wo ist es?",
        due_at=clock.now(), asked_at=clock.now(), asked_by=company.nina,
    )  # fmt: skip
    give(
        customer_id=person.pk,
        purpose=Purpose.NEWS,
        ways=[Way.LETTER],
        proof=Proof.SIGNED,
        words="MARK-CONSENT",
        at=clock.now(),
    )
    object_to(customer_id=person.pk, purpose=Purpose.SURVEY, words="MARK-OBJECTION", at=clock.now())
    twin = meet(name="MARK-TWIN", source="import", at=MONDAY_MORNING)
    merge_customers(customer_id=twin.pk, into_id=person.pk, reasons=["MARK-REASON"], at=MONDAY_MORNING)
    return person


MARKS = [
    "MATTERS",
    "POINT",
    "MESSAGE",
    "SUBJECT",
    "NOTE",
    "PROMISE",
    "NAME",
    "CARRIER",
    "CONSENT",
    "OBJECTION",
    "TWIN",
    "REASON",
]


def the_copy(customer_id: int) -> dict[str, Any]:
    with translation.override("de"):
        return own_copy(customer_id=customer_id, at=clock.now()).told


def test_everything_marked_is_in_it_and_it_keeps_to_its_schema(company: Company, mailbox: None) -> None:
    person = a_rich_life(company)

    told = the_copy(person.pk)

    said = json.dumps(told, ensure_ascii=False)
    assert [mark for mark in MARKS if f"MARK-{mark}" not in said] == []
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(told)
    assert {"purpose", "basis", "source", "recipients", "kept_for"} <= told["processing"][0].keys()


def test_nobody_else_is_in_it(company: Company, mailbox: None) -> None:
    person = a_rich_life(company)
    a_conversation(customer=bjoern(), text="MARK-BJOERN")

    said = json.dumps(the_copy(person.pk), ensure_ascii=False)

    for other in ("Björn", "Petersen", HIS, "664 1234567", "+436641234567", "MARK-BJOERN", "Aigner", "Berger", "Dorn"):
        assert other not in said, other
    assert "[eine andere Person]" in said and "Nina" in said and "Tom" in said


def test_what_another_person_wrote_in_her_concern_is_theirs(company: Company) -> None:
    person = valentina()
    concern = a_conversation(customer=person, author_name="Valentina Moser")
    words = Words(channel=Channel.EMAIL, text="MARK-FOREIGN", author_name="Björn Petersen", language="de")
    receive_message(customer=bjoern(), conversation=concern, words=words, at=MONDAY_MORNING + timedelta(minutes=5))
    shared = Words(channel=Channel.EMAIL, text="MARK-HUSBAND", author_name="Bruno Moser", language="de")
    receive_message(customer=person, conversation=concern, words=shared, at=MONDAY_MORNING + timedelta(minutes=6))

    told = the_copy(person.pk)

    said = json.dumps(told, ensure_ascii=False)
    assert "MARK-FOREIGN" not in said and "MARK-HUSBAND" not in said and "Bruno" not in said
    assert any(one["what"] == "conversations.Message" and one["why"].startswith("2 ") for one in told["withheld"])


def test_files_of_third_parties_are_looked_at_first(company: Company, mailbox: None) -> None:
    person = a_rich_life(company)
    inquiry = Inquiry.objects.get(address="dispo@spedition.example")
    name = default_storage.save("t/tour", ContentFile(b"EVERYBODY ON THE TOUR"))
    listed = Message.objects.filter(conversation=inquiry.conversation, direction="IN").latest("pk")
    listed.pk, listed.inquiry = None, inquiry
    listed.save()
    Attachment.objects.create(
        message=listed, name="Tour.pdf", content_type="application/pdf", size=9, sha256="0" * 64, file=name
    )

    with translation.override("de"):
        found = own_copy(customer_id=person.pk, at=clock.now())

    assert [one.stored_as for one in found.files if one.stored_as == name] == []
    assert len(found.files) == 1
    assert any(one["why"].startswith("1 Dateien, die zwischen uns und Dritten") for one in found.told["withheld"])


def test_every_table_about_customers_is_in_the_copy_or_left_out_for_a_reason(company: Company) -> None:
    """A new table comes along by itself, because the walk goes over the catalogue."""
    theirs = {table.label for table in TABLES if table.people is People.CUSTOMERS and table.erasing.fate is Fate.GOES}
    begins_with = "customers.Customer"
    reached = {
        table.label for table in TABLES if table.label in theirs and (table.erasing.by or table.erasing.addresses)
    }
    reached |= {begins_with}

    assert set(LEFT_OUT) <= theirs
    assert theirs - reached <= set(LEFT_OUT)
    assert rows_of_person([valentina().pk]).keys() == {"customers.Customer", "customers.ContactPoint", "customers.Fact"}


def test_the_archive_is_made_once_fetched_and_deleted_after_a_week(company: Company, mailbox: None) -> None:
    person = a_rich_life(company)
    copy = ask_for_copy(customer_id=person.pk, language="de", at=clock.now())
    assert ask_for_copy(customer_id=person.pk, language="de", at=clock.now()).pk == copy.pk

    make_copy(tenant_id=company.tenant.pk, copy_id=copy.pk, clock=clock.now)
    copy.refresh_from_db()

    assert (copy.state, copy.done) == ("READY", 100)
    with default_storage.open(copy.file) as file:
        bound = zipfile.ZipFile(io.BytesIO(file.read()))
    enclosed = [name for name in bound.namelist() if name.startswith("files/")]
    assert {"data.json", "data.schema.json", "read-me.pdf"} <= set(bound.namelist())
    assert len(enclosed) == 1 and ".." not in enclosed[0].split("/")[1:] and bound.read(enclosed[0]) == b"MARK-FILE"
    assert bound.read("read-me.pdf").startswith(b"%PDF-")
    make_copy(tenant_id=company.tenant.pk, copy_id=copy.pk, clock=clock.now)

    place = copy.file
    sweep(at=clock.now() + timedelta(days=6))
    assert default_storage.exists(place)
    sweep(at=clock.now() + timedelta(days=8))
    copy.refresh_from_db()
    assert copy.state == "GONE" and not default_storage.exists(place)


def test_a_copy_that_cannot_be_made_is_tried_three_times(company: Company, monkeypatch: Any) -> None:
    copy = ask_for_copy(customer_id=valentina().pk, language="de", at=clock.now())

    def fails(**_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("golddraht.access.operations.making.own_copy", fails)
    for _ in range(4):
        make_copy(tenant_id=company.tenant.pk, copy_id=copy.pk, clock=clock.now)

    copy.refresh_from_db()
    assert copy.state == "FAILED" and copy.attempts == 3


@pytest.mark.parametrize(("country", "days"), [("DE", range(28, 32)), ("AT", range(28, 32)), ("CH", range(30, 31))])
def test_whoever_asked_a_colleague_has_a_concern_with_the_clock_of_the_law(
    company: Company, country: str, days: range
) -> None:
    Tenant.objects.filter(pk=company.tenant.pk).update(country=country)
    copy = take_request(customer_id=valentina().pk, words="Bitte alle meine Daten.", by=company.nina.pk, at=clock.now())

    clocked = Promise.objects.exclude(kind="FIRST_ANSWER").get()
    due_on, today = localdate(clocked.due_at), localdate(clock.now())
    assert (due_on - today).days in days
    assert due_on == answer_clock(country).due_on(today)
    assert copy.conversation is not None and "Auskunft" in copy.conversation.tags and copy.conversation.is_live()


def test_the_pdf_is_tagged_and_takes_any_words(company: Company, mailbox: None) -> None:
    person = a_rich_life(company)
    told = the_copy(person.pk)
    for words in ('Ayşe Yılmaz #import "x" *fett* $a$ @ref [x] \\', "Ein Lachen 😀 und ein Zeichen 漢"):
        told["concerns"][0]["subject"] = words
        with translation.override("de"):
            made = as_pdf(told, language="de")
        assert b"StructTreeRoot" in made and b"/Lang" in made


def test_redacting_leaves_what_is_hers() -> None:
    others = Others(
        "[x]", own=frozenset({HERS}), colleagues={"Nina Aigner": "Nina"}, names=frozenset({"Bruno Moser"}),
        numbers=frozenset({"+436641234567"}), surnames=frozenset({"moser"}),
    )  # fmt: skip

    said = redacted(
        f"Frau Moser ({HERS}) kommt mit Bruno Moser, bruno@moser.example, 0043 664 1234567, zu Frau Aigner; Auftrag 2026-11-28.",
        others,
    )

    assert said == f"Frau Moser ({HERS}) kommt mit [x], [x], [x], zu Nina; Auftrag 2026-11-28."
