"""Finding what was said: by word, by part of a word, by who wrote it; and never what was erased or belongs to others."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from golddraht.conversations import operations as care
from golddraht.conversations.models import Attachment, Conversation, Message, Note
from golddraht.conversations.operations.notes import add_note
from golddraht.customers.models import Customer
from golddraht.customers.operations import meet, rename
from golddraht.search.models import Document, Name, Unread
from golddraht.search.operations import read_some, sweep
from golddraht.search.queries import Order, lag, people_called, people_found, results
from golddraht.search.rules import asked
from tests.cast import MONDAY_MORNING, Company, a_company, a_conversation, a_message, bjoern, valentina

BERLIN = ZoneInfo("Europe/Berlin")


def found(company: Company, typed: str, order: Order = Order.NEWEST) -> list[str]:
    """The titles of what is found, the first first."""
    return [one.title for one in searched(company, typed, order).found]


def searched(company: Company, typed: str, order: Order = Order.NEWEST, **more: object) -> object:
    while read_some():
        pass
    wanted = asked(typed, today=MONDAY_MORNING.date())
    return results(viewer=company.viewer(company.nina), asked=wanted, zone=BERLIN, order=order, **more)  # type: ignore[arg-type]


@pytest.fixture
def concerns(company: Company) -> tuple[Conversation, Conversation]:
    bill = a_conversation(text="Ich bitte um eine Rechnungskorrektur. Die Verträge stimmen nicht.", subject="Rechnung")
    pump = a_conversation(
        customer=bjoern(),
        text="Die Pumpe der Waschmaschine steht.",
        subject="Defekt",
        at=MONDAY_MORNING + timedelta(hours=1),
    )
    return bill, pump


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("korrektur", ["Rechnung"]),
        ("Vertrag", ["Rechnung"]),
        ("VERTRAEGE", ["Rechnung"]),
        ("Waschmaschinenpumpe", ["Defekt"]),
        ('"stimmen nicht"', ["Rechnung"]),
        ('"nicht stimmen"', []),
        ("-pumpe", ["Rechnung"]),
        ("von:moser", ["Rechnung"]),
        ("von:björn pumpe", ["Defekt"]),
        ("von:björn rechnung", []),
        ("status:offen", ["Defekt", "Rechnung"]),
        ("status:gelöst", []),
        ("team:service", ["Defekt", "Rechnung"]),
        ("team:lager", []),
        ("nach:2026-11-16", ["Defekt", "Rechnung"]),
        ("vor:2026-11-16", []),
        ("hat:anhang", []),
        ("-hat:anhang", ["Defekt", "Rechnung"]),
    ],
)
def test_what_is_found(company: Company, concerns: object, typed: str, titles: list[str]) -> None:
    assert found(company, typed) == titles


def test_words_are_not_found_in_the_address_a_message_went_to(company: Company) -> None:
    message = a_message(text="Der Ofen bleibt kalt.", subject="Ofen")
    Message.objects.filter(pk=message.pk).update(recipients=["service@heizwerk.example"])

    for typed in ("Heizung", "Werk", "Service", "heizwerk", "example"):
        assert found(company, typed) == []
    for typed in ("an:service", "an:heizwerk", "an:werk", "an:service@heizwerk.example ofen"):
        assert found(company, typed) == ["Ofen"]
    assert found(company, "an:lager") == []


def test_addresses_in_an_index_from_before_are_told_apart(company: Company, concerns: object) -> None:
    apart = import_module("golddraht.search.migrations.0007_keep_addresses_apart")
    message = a_message(text="Der Ofen bleibt kalt.", subject="Ofen")
    Message.objects.filter(pk=message.pk).update(recipients=["nina@heizwerk.example"])
    assert found(company, "an:nina") == ["Ofen"]

    for statement, plain, by_address in ((apart.TOGETHER, ["Ofen"], []), (apart.APART, [], ["Ofen"])):
        with connection.cursor() as cursor:
            cursor.execute(statement)
        assert (found(company, "heizwerk"), found(company, "an:nina")) == (plain, by_address)
        assert found(company, "korrektur") == ["Rechnung"] and found(company, '"bleibt kalt"') == ["Ofen"]


def test_a_compound_finds_its_parts_when_it_stands_nowhere_itself(company: Company) -> None:
    a_conversation(text="Wo bleibt die Rechnung?", subject="Frage")

    page = searched(company, "Rechnungskorrektur")

    assert page.is_wide
    assert [one.title for one in page.found] == ["Frage"]


def test_a_misspelled_name_finds_who_may_have_been_meant(company: Company, concerns: object) -> None:
    page = searched(company, "von:Mosr rechnung")

    assert page.is_wide
    assert [one.title for one in page.found] == ["Rechnung"]
    assert "moser" in page.asked.senders[0].meant


def test_filters_by_owner_and_tag(company: Company, concerns: tuple[Conversation, Conversation]) -> None:
    bill, pump = concerns
    care.hand_over(conversation_id=bill.pk, to_id=company.nina.pk, by=None, at=MONDAY_MORNING)
    care.hand_over(conversation_id=pump.pk, to_id=company.tom.pk, by=None, at=MONDAY_MORNING)
    Conversation.objects.filter(pk=pump.pk).update(tags=["pumpe"])

    assert found(company, "kümmerer:ich") == ["Rechnung"]
    assert found(company, "kümmerer:tom") == ["Defekt"]
    assert found(company, "tag:pumpe") == ["Defekt"]
    assert found(company, "-tag:pumpe") == ["Rechnung"]


def test_notes_and_names_of_files_are_found(company: Company) -> None:
    message = a_message(text="Siehe Anhang.", subject="Foto")
    add_note(conversation_id=message.conversation_id, by=company.nina.pk, text="Kulanz vermerkt", at=MONDAY_MORNING)
    Attachment.objects.create(
        message=message, name="Typenschild.jpg", content_type="image/jpeg", size=1, sha256="0" * 64, file="x"
    )

    assert [one.kind for one in searched(company, "Kulanz").found] == ["note"]
    assert found(company, "Typenschild") == found(company, "hat:anhang") == ["Foto"]
    assert searched(company, "hat:anhang").found[0].file_names == ("Typenschild.jpg",)


def test_spam_is_only_found_when_asked_for(company: Company, concerns: tuple[Conversation, Conversation]) -> None:
    Conversation.objects.filter(pk=concerns[0].pk).update(status="SPAM")

    assert found(company, "rechnung") == []
    assert found(company, "rechnung status:spam") == ["Rechnung"]


def test_the_best_stands_first_when_asked_for(company: Company) -> None:
    a_conversation(text="Garantie, Garantie! Gilt die Garantie noch?", subject="Garantie", at=MONDAY_MORNING)
    later = MONDAY_MORNING + timedelta(hours=1)
    a_conversation(customer=bjoern(), text="Viele Worte. " * 30 + "Und die Garantie?", subject="Anderes", at=later)

    assert found(company, "Garantie") == ["Anderes", "Garantie"]
    assert found(company, "Garantie", Order.BEST) == ["Garantie", "Anderes"]


@pytest.mark.parametrize("order", Order)
def test_every_hit_stands_on_one_page(company: Company, order: Order) -> None:
    for hour in range(5):
        a_conversation(
            customer=bjoern(), text="Ofen " * (hour + 1), subject=f"{hour}", at=MONDAY_MORNING + timedelta(hours=hour)
        )

    seen, before = [], None
    while True:
        page = searched(company, "ofen", order, limit=2, before=before)
        seen += [one.title for one in page.found]
        before = page.next_before
        if before is None:
            break

    assert sorted(seen) == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    "before",
    ["", "x", "e_1_2_3", "e_0.0_2026-11-16T09:00:00_5", "e_nan_2026-11-16T09:00:00+00:00_99999999999999999999"],
)
def test_a_cursor_that_cannot_be_read_is_the_beginning(company: Company, concerns: object, before: str) -> None:
    assert len(searched(company, "rechnung", before=before).found) == 1


def test_what_was_changed_is_found_by_its_new_words_and_never_again_by_its_old_ones(
    company: Company, concerns: object
) -> None:
    assert found(company, "pumpe")
    Message.objects.filter(text__contains="Pumpe").update(text="Erledigt.")

    assert not Document.objects.filter(words__icontains="pump").exists()
    assert found(company, "pumpe") == []
    assert found(company, "erledigt") == ["Defekt"]


def test_what_was_erased_is_gone_in_the_same_moment(company: Company, concerns: object) -> None:
    found(company, "x")
    note = add_note(conversation_id=concerns[0].pk, by=company.nina.pk, text="Notiz", at=MONDAY_MORNING)  # type: ignore[index]
    read_some()
    stranger = meet(name="Ganz Fremd", source="member", at=MONDAY_MORNING)
    read_some()
    assert people_found(viewer=company.viewer(company.nina), typed="Fremd")

    Note.objects.filter(pk=note.pk).delete()
    Customer.objects.filter(pk=stranger.pk).delete()

    assert not Document.objects.filter(kind="note").exists()
    assert not Document.objects.filter(kind="customer", source_id=stranger.pk).exists()
    assert not Name.objects.filter(customer_id=stranger.pk).exists()


def test_what_was_erased_before_it_was_read_is_never_found(company: Company) -> None:
    stranger = meet(name="Ganz Fremd", source="member", at=MONDAY_MORNING)
    Customer.objects.filter(pk=stranger.pk).delete()

    read_some()

    assert not Document.objects.filter(source_id=stranger.pk, kind="customer").exists()


def test_words_follow_their_message_into_another_concern(
    company: Company, concerns: tuple[Conversation, Conversation]
) -> None:
    bill, pump = concerns
    read_some()

    care.merge(source_id=pump.pk, target_id=bill.pk, by=company.nina.pk, at=MONDAY_MORNING)

    assert set(Document.objects.filter(kind="message").values_list("conversation_id", flat=True)) == {bill.pk}


def test_reading_again_changes_nothing(company: Company, concerns: object) -> None:
    found(company, "x")
    before = sorted(Document.objects.values_list("kind", "source_id", "words"))
    for kind, source_id, _ in before:
        Unread.objects.create(kind=kind, source_id=source_id, since=MONDAY_MORNING)

    sweep(at=MONDAY_MORNING)

    assert sorted(Document.objects.values_list("kind", "source_id", "words")) == before


def test_nothing_is_unread_after_reading_and_the_lag_is_told(company: Company, concerns: object) -> None:
    viewer = company.viewer(company.nina)
    behind = lag(viewer=viewer)
    assert behind.waiting >= 4 and behind.is_lagging(behind.since + timedelta(minutes=2))  # type: ignore[operator]

    sweep(at=MONDAY_MORNING)

    assert lag(viewer=viewer).waiting == 0


def test_the_words_of_our_own_form_letters_are_not_searched(company: Company) -> None:
    a_conversation(text="Der Ofen bleibt kalt.", subject="Ofen")
    assert Message.objects.exclude(automatic="").exists()

    assert found(company, "Ofen") == ["Ofen"]


@pytest.mark.parametrize("typed", ["Val", "Mosr", "moser", "valentina@kun", "Moser Valentina", "Walentina", "Mooser"])
def test_people_are_found_however_they_are_spelled(company: Company, typed: str) -> None:
    valentina()
    bjoern()
    read_some()

    assert [line.name for line in people_found(viewer=company.viewer(company.nina), typed=typed)] == ["Valentina Moser"]


def test_people_are_found_by_their_number(company: Company) -> None:
    from golddraht.customers.operations import add_contact_point

    person = valentina()
    add_contact_point(
        customer_id=person.pk,
        channel="PHONE",
        address="+491711234567",
        shown="0171 1234567",
        source="member",
        at=MONDAY_MORNING,
    )
    read_some()

    assert people_found(viewer=company.viewer(company.nina), typed="0171/123 45 67")


def test_a_new_name_replaces_the_old_one(company: Company) -> None:
    person = valentina()
    read_some()
    rename(customer_id=person.pk, name="Valentina Huber", source="customer", at=MONDAY_MORNING)
    read_some()
    viewer = company.viewer(company.nina)

    assert people_called(viewer=viewer, name="Hubr")
    assert not people_called(viewer=viewer, name="Moser")


def test_another_company_finds_nothing_of_ours(company: Company, concerns: object) -> None:
    found(company, "x")
    others = a_company("moebelhaus", "Möbelhaus")

    with others.seen():
        assert found(others, "rechnung") == found(others, "status:offen") == []
        assert people_found(viewer=others.viewer(others.nina), typed="Moser") == []
