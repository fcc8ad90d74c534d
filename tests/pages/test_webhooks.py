"""The settings of webhooks: a secret is shown once, every try can be read, and only admins get there."""

from __future__ import annotations

import pytest
from django.test import Client

from golddraht.plumbing import clock
from golddraht.programs.models import HookDelivery, Webhook
from golddraht.programs.operations import Outcome, begin, note_outcome
from tests.cast import Company

URL = "/t/heizwerk/settings/webhooks/"
A_SHOP = {"name": "Shop", "url": "https://shop.example/hook", "news": ["concern.opened", "promise.endangered"]}


@pytest.fixture
def ada(company: Company) -> Client:
    client = Client()
    client.force_login(company.ada.user)
    return client


def test_a_webhook_is_added_and_its_secret_is_shown_once(ada: Client) -> None:
    told = ada.post(URL, A_SHOP).context["told"]

    webhook = Webhook.objects.get()
    assert told.startswith("whsec_") and webhook.secret.reveal() == told
    for page in (URL, f"{URL}{webhook.pk}/"):
        assert told not in ada.get(page).content.decode()


def test_what_is_refused_is_said_and_stays_typed(ada: Client) -> None:
    answer = ada.post(URL, A_SHOP | {"url": "http://shop.example/hook"})

    assert answer.status_code == 422 and "https://" in answer.content.decode()
    assert 'value="Shop"' in answer.content.decode() and not Webhook.objects.exists()


def test_it_is_tried_out_and_the_try_can_be_read_and_repeated(ada: Client) -> None:
    ada.post(URL, A_SHOP)
    webhook = Webhook.objects.get()
    page = f"{URL}{webhook.pk}/"

    ada.post(f"{page}try/")
    letter = begin(webhook_id=webhook.pk, at=clock.now())
    assert letter is not None
    note_outcome(letter, Outcome(503, 41, answer="<b>Wartung</b>"), at=clock.now())

    shown = ada.get(page).content.decode()
    assert "503" in shown and "41 ms" in shown and "&lt;b&gt;Wartung" in shown
    HookDelivery.objects.update(state="GIVEN_UP")
    ada.post(f"{page}again/", {"delivery": HookDelivery.objects.get().pk})
    assert HookDelivery.objects.get().state == "WAITING"


def test_it_is_paused_resumed_changed_given_a_new_secret_and_closed(ada: Client) -> None:
    first = ada.post(URL, A_SHOP).context["told"]
    webhook = Webhook.objects.get()
    page = f"{URL}{webhook.pk}/"

    ada.post(f"{page}pause/")
    assert Webhook.objects.get().paused_at is not None
    ada.post(f"{page}resume/")
    assert Webhook.objects.get().paused_at is None
    ada.post(page, A_SHOP | {"name": "Kasse"})
    assert Webhook.objects.get().name == "Kasse"
    second = ada.post(f"{page}secret/").context["told"]
    assert second.startswith("whsec_") and second != first
    ada.post(f"{page}close/")
    assert ada.get(page).status_code == 404 and "Kasse" not in ada.get(URL).content.decode()
