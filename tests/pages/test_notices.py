"""Notices on one's own devices, as the settings show them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from golddraht.notices.models import Device, Notice
from golddraht.notices.queries import vapid
from golddraht.pages.devices import named
from tests.cast import Company
from tests.journeys.push_service import Browser

PAGE = "/t/heizwerk/settings/notices/"
PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
Page = Callable[[Any], str]


def given(**other: str) -> dict[str, str]:
    return {"endpoint": "https://push.example/one", "zone": "Europe/Vienna", **Browser().keys, **other}


def switched_on(client: Client) -> Device:
    answer = client.post(PAGE, given(), headers={"User-Agent": PHONE})
    assert answer.status_code == 302
    device: Device = Device.objects.get()
    return device


def test_a_device_is_switched_on_changed_tried_and_switched_off(company: Company, nina: Client, page: Page) -> None:
    assert "Noch nirgends" in page(nina.get(PAGE))
    assert vapid().public in page(nina.get(PAGE))
    device = switched_on(nina)
    assert (device.name, device.zone, device.member_id) == ("Firefox, Android", "Europe/Vienna", company.nina.pk)
    assert device.session.reveal() == nina.session.session_key

    prefix = f"device-{device.pk}"
    nina.post(
        f"{PAGE}{device.pk}/",
        {f"{prefix}-kinds": ["MENTIONED"], f"{prefix}-quiet_from": "20:00", f"{prefix}-quiet_until": "07:00"},
    )
    device.refresh_from_db()
    assert device.kinds == ["MENTIONED"]
    assert 'value="20:00"' in page(nina.get(PAGE))

    nina.post(f"{PAGE}{device.pk}/try/")
    assert Notice.objects.get().kind == "TRIAL"
    nina.post(f"{PAGE}{device.pk}/remove/")
    assert not Device.objects.exists()


def test_half_a_quiet_night_is_refused_and_stays_in_the_form(company: Company, nina: Client, page: Page) -> None:
    device = switched_on(nina)
    answer = nina.post(f"{PAGE}{device.pk}/", {f"device-{device.pk}-quiet_from": "20:00"})
    assert answer.status_code == 422
    assert "Beginn und ein Ende" in page(answer)
    assert 'value="20:00"' in page(answer)


@pytest.mark.parametrize("wrong", [{"endpoint": "http://169.254.169.254/"}, {"secret": "kurz"}])
def test_what_is_no_push_service_is_refused(company: Company, nina: Client, page: Page, wrong: dict[str, str]) -> None:
    answer = nina.post(PAGE, given(**wrong))
    assert answer.status_code == 422
    assert "keine Adresse" in page(answer)
    assert not Device.objects.exists()


def test_a_colleagues_device_is_nowhere_to_be_found(
    company: Company, nina: Client, signed_in: Callable[[Any], Client], page: Page
) -> None:
    device = switched_on(nina)
    tom = signed_in(company.tom)
    assert "Firefox, Android" not in page(tom.get(PAGE))
    for act in ("", "try/", "remove/"):
        assert tom.post(f"{PAGE}{device.pk}/{act}").status_code == 404
    assert Device.objects.count() == 1


def test_the_page_of_somebody_who_signed_in_anew_says_so(
    company: Company, nina: Client, signed_in: Callable[[Any], Client]
) -> None:
    switched_on(nina)
    again = signed_in(company.nina)
    assert again.post(f"{PAGE}renew/", {"endpoint": "https://push.example/one"}).status_code == 204
    assert Device.objects.get().session.reveal() == again.session.session_key


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (PHONE, "Firefox, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140.0 Safari/537 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537 Chrome/140.0 Safari/537", "Chrome, Linux"),
    ],
)  # fmt: skip
def test_a_browser_is_called_by_its_name(said: str, words: str) -> None:
    assert named(said) == words
