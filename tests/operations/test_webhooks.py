"""Programs hear what happened: signed, in order, again after a failure, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from golddraht.conversations.operations import hand_over, reply
from golddraht.ground.numbers import spoken
from golddraht.plumbing import clock, web
from golddraht.programs.models import HookAttempt, HookDelivery, Occurrence, Webhook
from golddraht.programs.operations import (
    WebhookRefused,
    add_webhook,
    close_webhook,
    pause_webhook,
    ping,
    replay_given_up,
    resume_webhook,
    rotate_secret,
    sweep,
)
from golddraht.programs.queries import NoSuchWebhook, forget_who_listens, is_wanted, told_to, webhook_line
from golddraht.programs.rules import KEPT_FOR, News, signature
from golddraht.programs.sending import tell
from golddraht.team.models import Alarm
from tests.cast import Company, a_conversation
from tests.journeys.hook_receiver import Receiver, drips, hangs, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


class Clock:
    """A moment that tests move on."""

    def __init__(self) -> None:
        self.at = clock.now()

    def __call__(self) -> datetime:
        return self.at

    def later(self, **after: float) -> None:
        self.at += timedelta(**after)


@pytest.fixture
def watch() -> Clock:
    return Clock()


def a_webhook(receiver: Receiver, *news: News) -> Webhook:
    return add_webhook(name="Shop", url=receiver.url, news=news or [News.CONCERN_OPENED], by=None, at=clock.now())[0]


def told(company: Company, webhook: Webhook, watch: Clock) -> int:
    return tell(tenant_id=company.tenant.pk, webhook_id=webhook.pk, clock=watch)


# What is told


def test_a_new_concern_is_told_by_its_number_and_signed(company: Company, receiver: Receiver, watch: Clock) -> None:
    webhook, secret = add_webhook(
        name="Shop", url=receiver.url, news=[News.CONCERN_OPENED, News.MESSAGE_RECEIVED], by=None, at=watch()
    )
    concern = a_conversation()

    assert told(company, webhook, watch) == 2

    (headers, body), (_, second) = receiver.came
    said = json.loads(body)
    assert (said["type"], said["data"]["conversation"]) == ("concern.opened", spoken(concern.number))
    assert json.loads(second)["type"] == "message.received"
    assert headers["webhook-id"] == f"evt_{said['sequence']}"
    assert headers["webhook-signature"] == signature(
        secret=secret, message_id=headers["webhook-id"], timestamp=int(headers["webhook-timestamp"]), body=body
    )


def test_nothing_that_a_customer_said_leaves_the_house(company: Company, receiver: Receiver, watch: Clock) -> None:
    from golddraht.programs.rules import TOLD

    webhook = a_webhook(receiver, *TOLD)
    concern = a_conversation()
    reply(conversation_id=concern.pk, author_id=company.nina.pk, text="Streng vertraulich", at=watch())
    hand_over(conversation_id=concern.pk, to_id=company.tom.pk, by=company.nina.pk, at=watch())

    assert told(company, webhook, watch) > 5

    everything = " ".join(receiver.bodies)
    for word in ("Waschmaschine", "Valentina", "kundin.example", "vertraulich"):
        assert word not in everything
    sequences = [json.loads(body)["sequence"] for body in receiver.bodies]
    assert sequences == sorted(set(sequences))


def test_only_what_was_chosen_is_told(company: Company, receiver: Receiver, watch: Clock) -> None:
    webhook = a_webhook(receiver, News.PROMISE_ENDANGERED)
    a_conversation()

    assert told(company, webhook, watch) == 0 and not Occurrence.objects.exists()


def test_where_nobody_listens_nothing_is_asked_of_the_database(company: Company) -> None:
    forget_who_listens()
    assert not is_wanted(News.CONCERN_OPENED)
    with CaptureQueriesContext(connection) as asked:
        a_conversation()
    assert [one["sql"] for one in asked.captured_queries if "programs_" in one["sql"]] == []


def test_another_company_hears_nothing_of_ours(company: Company, receiver: Receiver) -> None:
    from tests.cast import a_company

    other = a_company("moebelhaus", "Möbelhaus")
    with other.seen():
        a_webhook(receiver)
    a_conversation()

    with other.seen():
        assert not HookDelivery.objects.exists()


# What goes wrong


def test_what_fails_is_told_again_with_the_same_id_and_in_order(
    company: Company, receiver: Receiver, watch: Clock
) -> None:
    webhook = a_webhook(receiver)
    a_conversation(), a_conversation()
    receiver.answer = 503

    assert told(company, webhook, watch) == 1
    assert told(company, webhook, watch) == 0  # It rests.
    watch.later(seconds=11)
    receiver.answer = 200
    assert told(company, webhook, watch) == 2

    ids = [headers["webhook-id"] for headers, _ in receiver.came]
    assert ids[0] == ids[1] != ids[2]
    assert [one.state for one in told_to(webhook_id=webhook.pk)] == ["DELIVERED", "DELIVERED"]
    assert webhook_line(webhook.pk).failing_since is None


@pytest.mark.parametrize(
    ("answer", "location", "said"),
    [(hangs, "", "timed out"), (drips, "", ""), (302, "http://127.0.0.1:1/inside", ""), (500, "", "")],
)
def test_hanging_dripping_redirecting_and_failing_are_failures_within_bounds(
    company: Company,
    receiver: Receiver,
    watch: Clock,
    monkeypatch: pytest.MonkeyPatch,
    answer: Any,
    location: str,
    said: str,
) -> None:
    monkeypatch.setattr(web, "STEP", 0.3)
    monkeypatch.setattr(web, "WHOLE", 0.6)
    webhook = a_webhook(receiver)
    receiver.answer, receiver.location = answer, location
    a_conversation()

    assert told(company, webhook, watch) == 1

    attempt = HookAttempt.objects.get()
    assert attempt.milliseconds < 2500 and said in attempt.failure
    assert attempt.status == (answer if isinstance(answer, int) else None)
    assert len(receiver.came) == 1  # Nobody was followed elsewhere.
    assert webhook_line(webhook.pk).waiting == 1


def test_private_addresses_are_not_knocked_at(company: Company, watch: Clock, settings: Any) -> None:
    with receiving() as receiver:
        webhook = a_webhook(receiver)
        settings.PRIVATE_HOSTS = []
        a_conversation()

        assert told(company, webhook, watch) == 1

        assert receiver.came == []
    assert "GOLDDRAHT_PRIVATE_HOSTS" in HookAttempt.objects.get().failure


def test_a_message_that_is_refused_again_and_again_holds_up_nothing_for_ever(
    company: Company, receiver: Receiver, watch: Clock
) -> None:
    webhook = a_webhook(receiver)
    a_conversation()
    receiver.answer = 422
    for _ in range(4):
        assert told(company, webhook, watch) == 1
        watch.later(hours=1)
    receiver.answer = 200
    a_conversation()

    assert told(company, webhook, watch) == 1
    assert sorted(one.state for one in told_to(webhook_id=webhook.pk)) == ["DELIVERED", "GIVEN_UP"]
    assert replay_given_up(webhook_id=webhook.pk, at=watch()) == 1
    assert told(company, webhook, watch) == 1 and len(receiver.came) == 6


def test_a_webhook_that_fails_for_two_days_is_paused_with_an_alarm_and_loses_nothing(
    company: Company, receiver: Receiver, watch: Clock
) -> None:
    webhook = a_webhook(receiver)
    a_conversation()
    receiver.answer = 500
    for _ in range(20):
        told(company, webhook, watch)
        watch.later(hours=8, minutes=1)

    tries = len(receiver.came)
    assert webhook_line(webhook.pk).paused_at is not None and tries < 10
    assert Alarm.objects.get(kind="webhook").cleared_at is None

    receiver.answer = 200
    resume_webhook(webhook_id=webhook.pk, at=watch())
    assert told(company, webhook, watch) == 1
    assert Alarm.objects.get(kind="webhook").cleared_at is not None


def test_gone_means_gone(company: Company, receiver: Receiver, watch: Clock) -> None:
    webhook = a_webhook(receiver)
    a_conversation()
    receiver.answer = 410

    told(company, webhook, watch)

    assert webhook_line(webhook.pk).paused_at is not None and webhook_line(webhook.pk).waiting == 1


def test_a_worker_that_died_is_followed_by_another(company: Company, receiver: Receiver, watch: Clock) -> None:
    webhook = a_webhook(receiver)
    a_conversation()
    Webhook.objects.update(busy_until=watch() + timedelta(seconds=60))

    assert told(company, webhook, watch) == 0
    watch.later(seconds=61)
    sweep(at=watch())
    assert told(company, webhook, watch) == 1


# Setting up


def test_a_rotated_secret_is_followed_by_both_for_a_day(company: Company, receiver: Receiver, watch: Clock) -> None:
    webhook, old = add_webhook(name="Shop", url=receiver.url, news=["concern.opened"], by=None, at=watch())
    new = rotate_secret(webhook_id=webhook.pk, at=watch())

    ping(webhook_id=webhook.pk, at=watch())
    told(company, webhook, watch)
    watch.later(hours=25)
    ping(webhook_id=webhook.pk, at=watch())
    told(company, webhook, watch)

    assert old != new
    assert [len(headers["webhook-signature"].split(" ")) for headers, _ in receiver.came] == [2, 1]


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example/", "ftp://shop.example/", "https://", "shop.example", "https://a:b@shop.example/",
        "https://shop.example/#x", "https://shop.example:0/", "https://[::1", "https://shop.example/\r\nX: 1",
        "https://shop.example/" + "x" * 500, "https://müller.example/",
    ],
)  # fmt: skip
def test_what_is_no_address_for_a_webhook_is_refused(company: Company, url: str) -> None:
    with pytest.raises(WebhookRefused):
        add_webhook(name="Shop", url=url, news=["concern.opened"], by=None, at=clock.now())


def test_a_webhook_that_hears_nothing_or_has_no_name_is_refused(company: Company, receiver: Receiver) -> None:
    for name, news in (("", ["concern.opened"]), ("Shop", []), ("Shop", ["ping", "no.such"])):
        with pytest.raises(WebhookRefused):
            add_webhook(name=name, url=receiver.url, news=news, by=None, at=clock.now())


def test_paused_it_waits_and_closed_it_hears_nothing(company: Company, receiver: Receiver, watch: Clock) -> None:
    webhook = a_webhook(receiver)
    pause_webhook(webhook_id=webhook.pk, at=watch())
    a_conversation()
    assert told(company, webhook, watch) == 0 and webhook_line(webhook.pk).waiting == 1

    close_webhook(webhook_id=webhook.pk, at=watch())
    a_conversation()

    assert told(company, webhook, watch) == 0 and HookDelivery.objects.count() == 1
    webhook.refresh_from_db()
    assert not webhook.secret
    with pytest.raises(NoSuchWebhook):
        webhook_line(webhook.pk)


def test_what_was_told_long_ago_is_forgotten_and_what_waits_is_not(
    company: Company, receiver: Receiver, watch: Clock
) -> None:
    webhook = a_webhook(receiver)
    a_conversation()
    told(company, webhook, watch)
    pause_webhook(webhook_id=webhook.pk, at=watch())
    a_conversation()
    watch.later(seconds=KEPT_FOR.total_seconds() + 60)

    sweep(at=watch())

    assert [one.state for one in told_to(webhook_id=webhook.pk)] == ["WAITING"]
