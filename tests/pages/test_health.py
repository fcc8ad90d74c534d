"""Is everything well? In words, for everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from golddraht.channels.models import Delivery, RawMail
from golddraht.channels.operations import add_mailbox
from golddraht.channels.operations.health import note_fetching_failed
from golddraht.channels.rules import DeliveryState
from golddraht.conversations.operations import reply
from golddraht.plumbing import clock
from golddraht.plumbing.database_state import DatabaseState, database_state
from golddraht.plumbing.models import Presence
from golddraht.plumbing.pausing import pause
from golddraht.team.operations import raise_alarm
from tests.cast import Company, a_company, a_conversation

Page = Callable[[Any], str]
URL = "/t/heizwerk/health/"


def a_refused_delivery(company: Company) -> Delivery:
    at = clock.now()
    add_mailbox(address="service@heizwerk.example", sender_name="Heizwerk", is_default=True)
    concern = a_conversation(at=at)
    reply(conversation_id=concern.pk, author_id=company.nina.pk, text="Guten Tag", at=at)
    delivery = Delivery.objects.filter(message__author=company.nina).get()
    delivery.state, delivery.answer, delivery.next_attempt_at = DeliveryState.REFUSED, "550 unbekannt", None
    delivery.save()
    return delivery


def test_a_quiet_house_says_that_all_is_well(company: Company, nina: Client) -> None:
    for role in ["worker", "sweeper", "deliverer", "listener"]:
        Presence.objects.create(role=role, seen_at=clock.now())

    response = nina.get(URL)

    assert response.status_code == 200
    assert response.context["is_fine"]


def test_a_dead_worker_is_told(company: Company, nina: Client) -> None:
    Presence.objects.create(role="worker", seen_at=clock.now() - timedelta(hours=1))

    response = nina.get(URL)

    assert not response.context["is_fine"]
    assert not response.context["processes"][0]["is_fine"]


def test_a_failing_mailbox_says_since_when_and_why(company: Company, nina: Client, page: Page) -> None:
    mailbox = add_mailbox(address="service@heizwerk.example", sender_name="Heizwerk", imap_host="mail.example")
    at = clock.now() - timedelta(minutes=2)
    note_fetching_failed(mailbox_id=mailbox.pk, failure="mail.example refused user name or password.", at=at)

    said = page(nina.get(URL))

    assert "mail.example refused user name or password." in said
    assert "settings/mailboxes" not in said


def test_an_alarm_and_unread_mail_are_shown(company: Company, nina: Client) -> None:
    at = clock.now() - timedelta(minutes=5)
    raise_alarm(kind="x", subject="y", words="Die Bremse ist gezogen.", at=at)
    RawMail.objects.create(source="SMTP", sha256="0" * 64, content=b"x", received_at=at)

    response = nina.get(URL)

    assert response.context["alarms"][0]["words"] == "Die Bremse ist gezogen."
    assert response.context["unread"] == 1


def test_a_refused_mail_leads_to_its_concern_and_is_sent_again(company: Company, nina: Client, page: Page) -> None:
    delivery = a_refused_delivery(company)
    said = page(nina.get(URL))
    assert "550 unbekannt" in said and "/conversations/" in said

    nina.post(f"{URL}deliveries/{delivery.pk}/again/")

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.WAITING


def test_another_companys_mail_cannot_be_sent_again(company: Company, nina: Client) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    with other.seen():
        delivery = a_refused_delivery_of(other)

    assert nina.post(f"{URL}deliveries/{delivery.pk}/again/").status_code == 404


def a_refused_delivery_of(company: Company) -> Delivery:
    at = clock.now()
    add_mailbox(address=f"service@{company.tenant.slug}.example", sender_name="X", is_default=True)
    concern = a_conversation(at=at)
    message = reply(conversation_id=concern.pk, author_id=company.nina.pk, text="Hallo", at=at)
    Delivery.objects.filter(message=message).update(state=DeliveryState.REFUSED)
    return Delivery.objects.get(message=message)


def test_a_pause_is_said(company: Company, nina: Client) -> None:
    pause(reason="restored copy", at=clock.now())

    assert "restored copy" in nina.get(URL).context["pause_text"]


def test_room_database_and_background_are_told_in_words(company: Company, nina: Client, page: Page) -> None:
    said = page(nina.get(URL))
    assert "Platz auf der Platte" in said and " GB sind frei" in said
    assert "Datenbank: antwortet und belegt" in said and "nichts ist liegen geblieben" in said


def test_a_full_disk_is_no_good_news(
    company: Company, nina: Client, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=900_000_000, total=40_000_000_000))
    said = page(nina.get(URL))
    assert "nur 900,0 MB von 40,0 GB sind frei" in said and "Ja. Es kommt Post" not in said


@pytest.mark.parametrize(
    ("connections", "longest", "counted", "words"),
    [
        (90, timedelta(0), 0, "90 von 97 Verbindungen sind belegt"),
        (3, timedelta(hours=2), 0, "seit über einer Stunde nicht zu Ende gekommen"),
        (3, timedelta(0), 1_600_000_000, "warum VACUUM nicht durchkommt"),
    ],
)
def test_a_database_in_trouble_is_no_good_news(
    connections: int,
    longest: timedelta,
    counted: int,
    words: str,
    company: Company,
    nina: Client,
    page: Page,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state = DatabaseState(connections, 97, longest, counted)
    monkeypatch.setattr("golddraht.pages.health.views.database_state", lambda: state)
    said = page(nina.get(URL))
    assert words in said and "Ja. Es kommt Post" not in said


def test_the_database_says_how_it_fares(company: Company) -> None:
    state = database_state()
    assert state.trouble is None
    assert 1 <= state.connections < state.most_connections
    assert state.longest < timedelta(minutes=30) and state.counted > 0


def test_what_was_given_up_in_the_background_is_told(company: Company, nina: Client, page: Page) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args) VALUES ('default', 'x', 'failed', '{}')"
            " RETURNING id"
        )
        job_id = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'failed', %s)", [job_id, clock.now()]
        )
    assert "1 Aufgabe wurde seit gestern aufgegeben" in page(nina.get(URL))
