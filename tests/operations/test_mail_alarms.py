"""A trouble with mail is told on another way than the one that failed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

from golddraht.channels.carriers.smtp import tell_alarm
from golddraht.channels.mail.reading import read
from golddraht.channels.models import Delivery, Mailbox
from golddraht.channels.operations import add_mailbox, keep_raw
from golddraht.channels.operations.health import note_fetched, note_fetching_failed
from golddraht.channels.operations.sweeping import sweep
from golddraht.channels.queries import deliveries_of, mailbox_health, raw_unread_since, source_of
from golddraht.channels.rules import Source
from golddraht.conversations.events import BrakePulled
from golddraht.conversations.models import AutomaticHour
from golddraht.plumbing import bus
from golddraht.team.models import Alarm
from tests.cast import MONDAY_MORNING, Company
from tests.journeys.smtp_peer import Peer, smtp_peer
from tests.mails import CARE, a_mail, a_mailbox, arrives

LATER = MONDAY_MORNING + timedelta(minutes=5)


@pytest.fixture
def peer() -> Iterator[Peer]:
    with smtp_peer() as peer:
        yield peer


@pytest.fixture
def mailbox(company: Company) -> Mailbox:
    return a_mailbox(imap_host="imap.heizwerk.example")


def a_failing(mailbox: Mailbox) -> Alarm:
    for at in (MONDAY_MORNING, LATER):
        note_fetching_failed(mailbox_id=mailbox.pk, failure="imap.heizwerk.example refused the connection.", at=at)
    alarm: Alarm = Alarm.objects.get(kind="mailbox")
    return alarm


def told(company: Company, alarm: Alarm) -> bool:
    return tell_alarm(tenant_id=company.tenant.pk, alarm_id=alarm.pk, at=LATER, step=2.0)


def test_a_short_trouble_is_no_alarm(mailbox: Mailbox) -> None:
    note_fetching_failed(mailbox_id=mailbox.pk, failure="It restarts.", at=MONDAY_MORNING)
    note_fetched(mailbox_id=mailbox.pk, at=MONDAY_MORNING + timedelta(minutes=1))

    mailbox.refresh_from_db()
    assert mailbox.failing_since is None and not Alarm.objects.exists()


def test_a_lasting_trouble_is_one_alarm_until_it_is_over(mailbox: Mailbox) -> None:
    alarm = a_failing(mailbox)
    note_fetching_failed(mailbox_id=mailbox.pk, failure="Still.", at=LATER + timedelta(minutes=1))
    assert Alarm.objects.count() == 1 and CARE in alarm.words

    note_fetched(mailbox_id=mailbox.pk, at=LATER + timedelta(minutes=2))

    alarm.refresh_from_db()
    assert alarm.cleared_at == LATER + timedelta(minutes=2)


def test_admins_are_told_by_the_operators_own_server(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    alarm = a_failing(mailbox)

    with override_settings(ALARM_SMTP_URL=f"smtp://127.0.0.1:{peer.port}", PRIVATE_HOSTS=[]):
        assert told(company, alarm)

    alarm.refresh_from_db()
    mail = read(peer.taken[0])
    assert alarm.told_at == LATER
    assert mail.to[0].address == "ada@heizwerk.example" and mail.is_automatic
    assert CARE in str(mail.subject) and "refused the connection" in str(mail.text)


def test_admins_are_told_by_another_healthy_mailbox(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    add_mailbox(
        address="info@heizwerk.example",
        sender_name="Heizwerk",
        smtp_host="127.0.0.1",
        smtp_port=peer.port,
        smtp_security="NONE",
    )
    alarm = a_failing(mailbox)

    assert told(company, alarm)

    assert read(peer.taken[0]).from_.address == "info@heizwerk.example"  # type: ignore[union-attr]  # It has one.


def test_the_only_mailbox_tells_itself_that_it_cannot_be_fetched(company: Company, peer: Peer) -> None:
    mailbox = a_mailbox(
        imap_host="imap.heizwerk.example", smtp_host="127.0.0.1", smtp_port=peer.port, smtp_security="NONE"
    )
    alarm = a_failing(mailbox)

    assert told(company, alarm)

    assert read(peer.taken[0]).to[0].address == "ada@heizwerk.example"


def test_an_alarm_that_nobody_could_be_told_of_is_tried_again(company: Company, mailbox: Mailbox) -> None:
    alarm = a_failing(mailbox)
    assert told(company, alarm) is False

    sweep(at=LATER + timedelta(minutes=2))

    jobs = ProcrastinateJob.objects.filter(task_name="channels.tell_alarm", args__alarm_id=alarm.pk)
    assert jobs.filter(scheduled_at=LATER + timedelta(minutes=3)).exists()


def test_mail_that_lies_unread_for_a_minute_alarms_until_it_is_read(company: Company, mailbox: Mailbox) -> None:
    from golddraht.channels.operations import read_raw

    raw = keep_raw(mailbox_id=mailbox.pk, source=Source.SMTP, content=a_mail(), at=MONDAY_MORNING)
    sweep(at=MONDAY_MORNING + timedelta(seconds=59))
    assert not Alarm.objects.exists()

    sweep(at=MONDAY_MORNING + timedelta(seconds=61))
    assert raw_unread_since(at=MONDAY_MORNING + timedelta(seconds=61)) == 1
    assert Alarm.objects.get(kind="unread-mail").cleared_at is None
    read_raw(raw_mail_id=raw.pk, at=LATER)
    sweep(at=LATER)

    assert Alarm.objects.get(kind="unread-mail").cleared_at == LATER


def test_a_pulled_brake_alarms(company: Company) -> None:
    bus.publish(BrakePulled(MONDAY_MORNING, MONDAY_MORNING))

    assert Alarm.objects.get(kind="brake").subject == "heizwerk"


def test_the_alarm_about_a_pulled_brake_ends_with_its_hour(company: Company) -> None:
    AutomaticHour.objects.create(hour=MONDAY_MORNING, count=company.tenant.automatic_per_hour + 1)
    bus.publish(BrakePulled(MONDAY_MORNING, MONDAY_MORNING))

    sweep(at=LATER)
    is_raised = Alarm.objects.filter(kind="brake", cleared_at=None).exists()
    sweep(at=MONDAY_MORNING + timedelta(hours=1))

    assert is_raised and not Alarm.objects.filter(cleared_at=None).exists()


def test_the_sweeper_nudges_what_was_forgotten(company: Company, mailbox: Mailbox) -> None:
    arrives(a_mail(), mailbox=mailbox)
    delivery = Delivery.objects.get()
    forget_all_jobs()

    for _ in range(2):
        sweep(at=LATER)

    jobs = ProcrastinateJob.objects.filter(task_name="channels.deliver", args__delivery_id=delivery.pk)
    assert jobs.count() == 1


def forget_all_jobs() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_health_is_said_in_words(company: Company, mailbox: Mailbox) -> None:
    a_failing(mailbox)

    health = mailbox_health(viewer=company.viewer(company.ada), at=LATER)[0]

    assert not health.is_healthy
    assert "5" in health.receiving and "refused the connection" in health.receiving


def test_the_source_of_a_message_is_there_for_its_tenant_alone(company: Company, mailbox: Mailbox) -> None:
    message = arrives(a_mail(), mailbox=mailbox)

    assert source_of(viewer=company.viewer(company.nina), message_id=message.pk) == a_mail()
    receipt = Delivery.objects.get()
    assert deliveries_of([receipt.message_id])[receipt.message_id][0].recipient == "valentina@kundin.example"
