"""People of a client company: they see figures, statements and what was said with customers, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from golddraht.conversations.models import Conversation
from golddraht.conversations.operations import add_note, ask_third_party, reply
from golddraht.conversations.operations.sorting import mark_spam
from golddraht.conversations.rules import Channel
from golddraht.ground.numbers import spoken
from golddraht.plumbing import clock
from golddraht.plumbing.models import Tenant, Trace
from golddraht.team.models import ClientSeat, Membership, User
from golddraht.team.operations.clients import seat_client, unseat_client
from golddraht.team.queries import members, names_of_colleagues
from tests.cast import MONDAY_MORNING, PASSWORD, Company, a_company, a_conversation, bjoern
from tests.mails import a_mailbox
from tests.operations.test_statements import DECEMBER, swept
from tests.pages.test_joining import asked

Page = Callable[[Any], str]
HERE = "/client/heizwerk/"


def a_client(company: Company, email: str = "karla@heizwerk.example") -> Client:
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, PASSWORD, name="Karla Heinz")
    with company.seen():
        seat_client(user=user, name="Karla Heinz", at=clock.now())
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def karla(company: Company) -> Client:
    return a_client(company)


def url_of(concern: Conversation) -> str:
    return f"{HERE}concerns/{spoken(concern.number)}/"


def test_they_are_invited_choose_a_password_and_land_in_their_own_view(
    company: Company, signed_in: Callable[[Membership], Client]
) -> None:
    path = asked(signed_in(company.ada), "karla@heizwerk.example", name="Karla Heinz", role="client")

    karla = Client()
    chosen = karla.post(path, {"password": PASSWORD, "again": PASSWORD})
    karla.force_login(User.objects.get(email="karla@heizwerk.example"))

    assert chosen.status_code == 302
    assert karla.get("/")["Location"] == HERE
    assert ClientSeat.objects.filter(ended_at=None).count() == 1
    assert not Membership.objects.filter(user__email="karla@heizwerk.example").exists()


def test_they_see_what_was_said_and_no_note_and_no_question_to_others(
    company: Company, karla: Client, page: Page
) -> None:
    a_mailbox()
    concern = a_conversation(text="Mein Ofen bleibt kalt.")
    at = MONDAY_MORNING + timedelta(hours=1)
    add_note(conversation_id=concern.pk, by=company.nina.pk, text="Kundin ist schwierig", at=at)
    ask_third_party(
        conversation_id=concern.pk,
        by=company.nina.pk,
        asked="Spedition",
        address="dispo@spedition.example",
        subject="Tour 7",
        text="Wo bleibt die Tour?",
        due_at=at + timedelta(days=1),
        at=at,
    )
    reply(conversation_id=concern.pk, author_id=company.nina.pk, text="Wir kommen.", channel=Channel.PHONE, at=at)

    shown = page(karla.get(url_of(concern)))

    assert "Mein Ofen bleibt kalt." in shown and "Wir kommen." in shown
    assert "schwierig" not in shown and "Wo bleibt die Tour" not in shown and "Spedition" not in shown
    look = Trace.objects.get(verb="see", subject="customers_customer", subject_id=concern.customer_id)
    assert (look.actor_id, look.seat_id) == (None, ClientSeat.objects.get().pk)


def test_what_they_looked_at_stands_in_the_trail_with_their_name(
    company: Company, karla: Client, signed_in: Callable[[Membership], Client], page: Page
) -> None:
    concern = a_conversation()
    karla.get(url_of(concern))
    seat, trail = ClientSeat.objects.get(), "/t/heizwerk/settings/trail/"
    lea = signed_in(company.lea)

    [line] = lea.get(trail, {"person": f"client-{seat.pk}"}).context["lines"]

    assert (line["who"], line["subject_id"]) == ("Karla Heinz (Auftraggeber)", concern.customer_id)
    assert (
        "Karla Heinz (Auftraggeber)" in lea.get(trail + "sheet.csv", {"person": f"client-{seat.pk}"}).content.decode()
    )
    assert lea.get(trail, {"person": str(company.nina.pk)}).context["lines"] == []


def test_the_list_has_open_and_solved_ones_and_no_spam(company: Company, karla: Client, page: Page) -> None:
    concern, spam = a_conversation(), a_conversation(customer=bjoern(), subject="Gewinnspiel")
    mark_spam(conversation_ids=[spam.pk], by=company.nina.pk, at=MONDAY_MORNING)

    shown = page(karla.get(HERE + "concerns/"))

    assert concern.subject in shown and "Gewinnspiel" not in shown
    assert concern.subject not in page(karla.get(HERE + "concerns/?solved=1"))
    assert karla.get(url_of(spam)).status_code == 404


def test_they_see_the_month_so_far_and_the_statement(company: Company, karla: Client, page: Page) -> None:
    assert "Noch ist nichts gezählt" in page(karla.get(HERE))
    assert "Noch ist kein Monat vorbei" in page(karla.get(HERE + "statement/"))
    a_conversation(at=MONDAY_MORNING)
    swept(DECEMBER)

    assert "Nach Kanal" in page(karla.get(HERE + "statement/2026-11/"))
    assert karla.get(HERE + "statement/2026-11/sheet.csv").status_code == 200
    assert karla.get(HERE + "statement/2026-13/").status_code == 404


def test_another_company_is_not_there_for_them(company: Company, karla: Client) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    with other.seen():
        theirs = a_conversation(subject="Sofa")

    for path in ("", "statement/", "concerns/", f"concerns/{spoken(theirs.number)}/"):
        assert karla.get(f"/client/moebelhaus/{path}").status_code == 404
    assert karla.get(url_of(theirs)).status_code == 404
    assert karla.get("/client/gibtesnicht/").status_code == 404


def test_they_find_nothing_of_the_workspace_and_their_pages_take_no_form(company: Company, karla: Client) -> None:
    concern = a_conversation()
    for path in ("inbox/", "today/", "figures/", "customers/", "settings/", f"conversations/{spoken(concern.number)}/"):
        assert karla.get(f"/t/heizwerk/{path}").status_code == 404
    for path in (HERE, HERE + "statement/", HERE + "concerns/", url_of(concern)):
        assert karla.post(path, {"text": "Hallo"}).status_code == 405
    assert Client().get(HERE).status_code == 302


def test_colleagues_do_not_look_through_the_clients_door(
    company: Company, signed_in: Callable[[Membership], Client]
) -> None:
    assert signed_in(company.ada).get(HERE).status_code == 404


def test_nobody_can_make_them_care_for_a_concern(company: Company, karla: Client) -> None:
    with company.seen():
        assert "Karla Heinz" not in {one.name for one in members()} | set(names_of_colleagues().values())


def test_whose_seat_has_ended_sees_nothing_from_the_next_page_on(
    company: Company, karla: Client, signed_in: Callable[[Membership], Client]
) -> None:
    seat = ClientSeat.objects.get()
    assert karla.get(HERE).status_code == 200

    signed_in(company.ada).post(f"/t/heizwerk/settings/people/clients/{seat.pk}/end/")

    assert karla.get(HERE).status_code == 404
    other = a_company("moebelhaus", "Möbelhaus")
    again = a_client(company)
    with other.seen():
        unseat_client(seat_id=ClientSeat.objects.get(ended_at=None).pk, at=clock.now())
    assert again.get(HERE).status_code == 200


def test_a_company_that_asks_for_a_second_factor_asks_them_too(company: Company, karla: Client) -> None:
    Tenant.objects.filter(pk=company.tenant.pk).update(second_factor_from=clock.now() - timedelta(days=1))

    assert "second-factor" in karla.get(HERE)["Location"]


def test_no_link_that_opens_something_for_the_customer_is_shown(company: Company, karla: Client, page: Page) -> None:
    a_mailbox()
    concern = a_conversation(text="Geht es noch?")
    links = "http://localhost:8000/my/heizwerk/de/enter/WzEsMV0:1x:abc/ https://x.example/k/geloest/WzEsMl0:1x:def/"
    at = MONDAY_MORNING + timedelta(hours=1)
    reply(
        conversation_id=concern.pk, author_id=company.nina.pk, text=f"Hier: {links} Gruß", channel=Channel.PHONE, at=at
    )

    shown = page(karla.get(url_of(concern)))

    assert (
        shown.count("[ein Link, der nur der Kundin oder dem Kunden gehört]") == 3 and "Gruß" in shown
    )  # The receipt's, too.
    assert "/enter/" not in shown and "/geloest/" not in shown
