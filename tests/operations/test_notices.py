"""Somebody is told on their own devices: that something waits, never what; not twice, not at night, and only while signed in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from golddraht.conversations.models import Conversation
from golddraht.conversations.operations import add_note, hand_over, leave
from golddraht.conversations.operations.reading import note_read
from golddraht.notices import jobs
from golddraht.notices.models import Device, Notice
from golddraht.notices.operations import DeviceRefused, change, renew, sweep, switch_off, switch_on, try_out
from golddraht.notices.queries import SETTLES, NoSuchDevice, devices_of, has_devices, vapid, waiting_device_ids
from golddraht.notices.rules import CHOICES, Kind
from golddraht.notices.sending import tell
from golddraht.plumbing import clock
from golddraht.plumbing.tenancy import seeing
from golddraht.promises.models import Promise
from golddraht.promises.operations.endangering import mark_endangered
from golddraht.team.models import Membership
from golddraht.team.operations import plan_absence
from tests.cast import Company, a_conversation
from tests.journeys.push_service import PushService, pushing


@pytest.fixture
def service() -> Iterator[PushService]:
    with pushing() as service:
        yield service


class Clock:
    """A moment that tests move on; notices settle for some seconds, so it begins that much later."""

    def __init__(self) -> None:
        self.at = clock.now() + SETTLES

    def __call__(self) -> datetime:
        return self.at

    def later(self, **after: float) -> None:
        self.at += timedelta(**after)


@pytest.fixture
def watch() -> Clock:
    return Clock()


def signed_in(member: Membership) -> str:
    """A session of that member; its key."""
    session = SessionStore()
    session[SESSION_KEY] = str(member.user_id)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
    session.save()
    assert session.session_key
    return session.session_key


def a_device(member: Membership, service: PushService, **other: Any) -> Device:
    said: dict[str, Any] = {
        "endpoint": service.endpoint,
        "session": signed_in(member),
        "name": "Firefox, Android",
        "zone": "Europe/Berlin",
        "kinds": CHOICES,
        **service.browser.keys,
    }
    return switch_on(member_id=member.pk, at=clock.now(), **said | other)


def told(company: Company, device: Device, watch: Clock) -> Any:
    return tell(tenant_id=company.tenant.pk, device_id=device.pk, clock=watch)


def ninas(company: Company, **said: Any) -> Conversation:
    """A concern that Tom hands over to Nina."""
    concern = a_conversation(at=clock.now(), **said)
    hand_over(conversation_id=concern.pk, to_id=company.tom.pk, by=None, at=clock.now())
    hand_over(conversation_id=concern.pk, to_id=company.nina.pk, by=company.tom.pk, at=clock.now())
    return concern


# What is told


def test_a_hand_over_is_told_without_a_name_a_subject_or_a_word(
    company: Company, service: PushService, watch: Clock
) -> None:
    device = a_device(company.nina, service)
    concern = ninas(company)
    Notice.objects.filter(kind=Kind.CUSTOMER_WROTE).delete()

    told(company, device, watch)

    assert [notice["title"] for notice in service.told] == ["Etwas wartet auf Sie"]
    said = service.told[0]
    assert said["body"] == "eine Übergabe an Sie"
    assert f"/t/heizwerk/conversations/{concern.number}-" in said["url"]
    assert set(said) == {"title", "body", "url", "tag", "lang"}
    for secret in ("Valentina", "Moser", "Waschmaschine", "pumpt", "Tom", "Berger"):
        assert secret not in json.dumps(said)


def test_the_service_in_between_is_told_who_sends_and_reads_nothing(
    company: Company, service: PushService, watch: Clock
) -> None:
    device = a_device(company.nina, service)
    ninas(company)
    told(company, device, watch)

    _path, headers, body = service.came[0]
    assert b"wartet" not in body and b"heizwerk" not in body
    assert headers["content-encoding"] == "aes128gcm"
    assert int(headers["ttl"]) == 4 * 3600
    assert 1 <= len(headers["topic"]) <= 32
    word = service.word()
    assert word["k"] == vapid().public
    assert word["sub"].startswith(("https://", "mailto:"))
    assert timedelta(0) < datetime.fromtimestamp(word["exp"], watch().tzinfo) - watch() <= timedelta(hours=24)


def test_each_kind_is_counted_and_several_concerns_lead_to_the_day(
    company: Company, service: PushService, watch: Clock
) -> None:
    device = a_device(company.nina, service)
    first, second = ninas(company), ninas(company, subject="Ofen raucht")
    add_note(conversation_id=first.pk, by=company.tom.pk, text="@Nina schau bitte", at=clock.now())
    promise = Promise.objects.filter(conversation=second).first()
    assert promise is not None
    mark_endangered(promise, why="Stau", at=clock.now())

    told(company, device, watch)

    said = service.told[0]
    assert "2 Übergaben an Sie" in said["body"]
    assert "eine Notiz nennt Sie" in said["body"]
    assert "eine Zusage in Gefahr" in said["body"]
    assert said["url"] == "/t/heizwerk/today/"


def test_only_what_was_chosen_is_told(company: Company, service: PushService, watch: Clock) -> None:
    device = a_device(company.nina, service, kinds=[Kind.MENTIONED])
    concern = ninas(company)
    assert told(company, device, watch) is None
    add_note(conversation_id=concern.pk, by=company.tom.pk, text="@Nina schau bitte", at=clock.now())
    told(company, device, watch)
    assert [notice["body"] for notice in service.told] == ["eine Notiz nennt Sie"]


def test_nobody_is_told_what_they_did_themselves(company: Company, service: PushService, watch: Clock) -> None:
    device = a_device(company.nina, service, kinds=[Kind.HANDED_OVER])
    concern = a_conversation(at=clock.now())
    with seeing(company.tenant.pk, actor=company.nina.pk):
        hand_over(conversation_id=concern.pk, to_id=company.nina.pk, by=company.nina.pk, at=clock.now())
    assert told(company, device, watch) is None


# Once, and not when it is needless


def test_the_same_matter_is_told_once_and_again_only_when_something_new_came(
    company: Company, service: PushService, watch: Clock
) -> None:
    device = a_device(company.nina, service)
    concern = ninas(company)
    told(company, device, watch)
    assert told(company, device, watch) is None

    hand_over(conversation_id=concern.pk, to_id=company.tom.pk, by=None, at=watch())
    hand_over(conversation_id=concern.pk, to_id=company.nina.pk, by=company.tom.pk, at=watch())
    watch.later(seconds=20)
    told(company, device, watch)

    assert len(service.told) == 2
    assert Notice.objects.filter(kind=Kind.HANDED_OVER, device=device).count() == 1


def test_who_has_read_it_meanwhile_is_not_told(company: Company, service: PushService, watch: Clock) -> None:
    device = a_device(company.nina, service)
    concern = ninas(company)
    note_read(conversation_id=concern.pk, member_id=company.nina.pk, at=watch())
    assert told(company, device, watch) is None
    assert service.came == []


def test_quiet_hours_put_everything_off_until_they_end_but_a_trial(
    company: Company, service: PushService, watch: Clock
) -> None:
    device = a_device(company.nina, service, zone="UTC")
    now = watch()
    quiet_until = (now + timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
    quiet_from = now - timedelta(hours=1)
    change(
        member_id=company.nina.pk,
        device_id=device.pk,
        kinds=CHOICES,
        quiet_from=quiet_from.time(),
        quiet_until=quiet_until.time(),
    )
    ninas(company)
    assert told(company, device, watch) is None
    try_out(member_id=company.nina.pk, device_id=device.pk, at=watch())
    told(company, device, watch)
    assert "Probe" in service.told[0]["body"]

    device.refresh_from_db()
    watch.at = quiet_until
    ninas(company, subject="Am Morgen")
    told(company, device, watch)
    assert "Übergabe" in service.told[-1]["body"]
    assert "Probe" not in service.told[-1]["body"]


def test_who_is_away_hears_nothing(company: Company, service: PushService, watch: Clock) -> None:
    device = a_device(company.nina, service)
    ninas(company)
    plan_absence(
        member_id=company.nina.pk,
        deputy_id=company.tom.pk,
        starts_at=clock.now() - timedelta(hours=1),
        ends_at=clock.now() + timedelta(days=3),
    )
    assert told(company, device, watch) is None
    assert service.came == []


# Whose device it is


def test_who_is_signed_out_hears_nothing_and_the_device_is_forgotten(
    company: Company, service: PushService, watch: Clock
) -> None:
    key = signed_in(company.nina)
    device = a_device(company.nina, service, session=key)
    ninas(company)
    SessionStore(key).delete()
    assert told(company, device, watch) is None
    assert not Device.objects.exists()


def test_signing_in_anew_on_a_known_device_goes_on(company: Company, service: PushService, watch: Clock) -> None:
    device = a_device(company.nina, service, session="gone")
    assert renew(member_id=company.nina.pk, endpoint=service.endpoint, session=signed_in(company.nina))
    assert not renew(member_id=company.tom.pk, endpoint=service.endpoint, session=signed_in(company.tom))
    ninas(company)
    assert told(company, device, watch).status == 201


def test_who_has_left_hears_nothing(company: Company, service: PushService, watch: Clock) -> None:
    device = a_device(company.tom, service)
    try_out(member_id=company.tom.pk, device_id=device.pk, at=clock.now())
    leave(member_id=company.tom.pk, by=company.ada.pk, at=clock.now())
    assert told(company, device, watch) is None
    assert service.came == []


def test_a_browser_tells_only_who_switched_on_last(company: Company, service: PushService) -> None:
    a_device(company.nina, service)
    device = a_device(company.tom, service)
    assert list(Device.objects.values_list("member_id", flat=True)) == [company.tom.pk]
    assert devices_of(viewer=company.viewer(company.nina)) == []
    with pytest.raises(NoSuchDevice):
        switch_off(member_id=company.nina.pk, device_id=device.pk)
    switch_off(member_id=company.tom.pk, device_id=device.pk)
    assert not has_devices(company.tom.pk)


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "http://push.example/x"},
        {"endpoint": "https://user@push.example/x"},
        {"endpoint": "nothing"},
        {"endpoint": "https://push.example/" + "x" * 1000},
        {"public_key": "AAAA"},
        {"secret": "AAAA"},
        {"secret": "ä"},
    ],
)
def test_what_is_no_device_is_refused(company: Company, service: PushService, wrong: dict[str, str]) -> None:
    with pytest.raises(DeviceRefused):
        a_device(company.nina, service, **wrong)


# When it does not go well


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(company: Company, service: PushService, watch: Clock, status: int) -> None:
    device = a_device(company.nina, service)
    ninas(company)
    service.answer = status
    told(company, device, watch)
    assert not Device.objects.exists()


def test_a_service_that_fails_is_asked_again_later_and_later(
    company: Company, service: PushService, watch: Clock
) -> None:
    device = a_device(company.nina, service)
    ninas(company)
    service.answer = 503
    told(company, device, watch)
    assert told(company, device, watch) is None, "it rests"
    assert waiting_device_ids(at=watch()) == []
    watch.later(seconds=40)
    assert waiting_device_ids(at=watch()) == [device.pk]
    told(company, device, watch)
    watch.later(seconds=40)
    assert told(company, device, watch) is None, "it rests longer"

    service.answer = 201
    watch.later(minutes=5)
    told(company, device, watch)
    device.refresh_from_db()
    assert (device.failures, device.failing_since) == (0, None)
    assert len(service.came) == 3


def test_a_device_that_fails_for_a_week_is_forgotten_and_old_news_too(
    company: Company, service: PushService, watch: Clock
) -> None:
    device = a_device(company.nina, service)
    service.answer = 500
    for _ in range(8):
        try_out(member_id=company.nina.pk, device_id=device.pk, at=watch())
        told(company, device, watch)
        watch.later(days=1)
    assert not Device.objects.exists()

    device = a_device(company.nina, service)
    ninas(company)
    watch.at = clock.now() + timedelta(days=2)
    sweep(at=watch())
    assert not Notice.objects.exists()


def test_what_a_dead_worker_left_behind_is_found(
    company: Company, service: PushService, watch: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    nudged: list[int] = []
    monkeypatch.setattr(jobs, "nudge", lambda device_id, *, at: nudged.append(device_id))
    device = a_device(company.nina, service)
    ninas(company)
    nudged.clear()
    watch.later(seconds=5)
    sweep(at=watch())
    assert nudged == [device.pk]


def test_time_of_day_is_kept_as_it_was_chosen(company: Company, service: PushService) -> None:
    device = a_device(company.nina, service, zone="No/Where")
    with pytest.raises(DeviceRefused):
        change(member_id=company.nina.pk, device_id=device.pk, kinds=CHOICES, quiet_from=time(20), quiet_until=None)
    change(member_id=company.nina.pk, device_id=device.pk, kinds=["NONSENSE"], quiet_from=time(20), quiet_until=time(7))
    (line,) = devices_of(viewer=company.viewer(company.nina))
    assert (line.quiet_from, line.quiet_until, line.kinds, line.zone) == (time(20), time(7), (), "Europe/Berlin")
