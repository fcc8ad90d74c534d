"""Founding a client company in the settings, and taking back one that was a mistake."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from golddraht.plumbing.links import opened
from golddraht.plumbing.models import Tenant
from golddraht.team.models import Founding, Membership
from golddraht.team.rules import INVITATION, INVITATION_LASTS
from tests.cast import Company

SignIn = Callable[[Membership], Client]
PLACE = "/t/heizwerk/settings/companies/"
TOLD = {
    "name": "Heizwerk Graz",
    "slug": "",
    "region": "AT-6",
    "language": "de",
    "brand_colour": "#1b7f4b",
    "team": "Service",
    "hours": "8-12, 13-17",
    "mailbox": "service@graz.example",
    "admin_name": "Gerda Graz",
    "admin_email": "gerda@graz.example",
}


@pytest.fixture
def ada(company: Company, signed_in: SignIn) -> Client:
    return signed_in(company.ada)


def founded(ada: Client, **told: Any) -> str:
    answer = ada.post(f"{PLACE}new/", TOLD | {"found": "1"} | told)
    assert answer.status_code == 200
    return answer.content.decode()


def test_before_there_is_any_the_list_says_how_to_begin(ada: Client) -> None:
    shown = ada.get(PLACE)

    assert shown.status_code == 200
    assert f'href="{PLACE}new/"' in shown.content.decode()


def test_nothing_is_founded_before_it_was_looked_over(ada: Client) -> None:
    shown = ada.post(f"{PLACE}new/", TOLD).content.decode()

    assert "heizwerk-graz" in shown
    assert "08:00–12:00, 13:00–17:00" in shown
    assert not Tenant.objects.filter(slug="heizwerk-graz").exists()


def test_what_was_looked_over_can_be_changed_with_all_that_was_typed(ada: Client) -> None:
    shown = ada.post(f"{PLACE}new/", TOLD | {"change": "1"}).content.decode()

    assert 'value="Heizwerk Graz"' in shown
    assert 'value="gerda@graz.example"' in shown


def test_a_founded_company_leads_to_its_first_mailbox(ada: Client) -> None:
    shown = founded(ada)

    assert "/t/heizwerk-graz/settings/mailboxes/assistant/servers/?address=service%40graz.example" in shown
    assert ada.get("/t/heizwerk-graz/settings/mailboxes/assistant/").status_code == 200


def test_without_an_address_the_assistant_asks_for_it(ada: Client) -> None:
    shown = founded(ada, mailbox="", admin_name="", admin_email="")

    assert 'href="/t/heizwerk-graz/settings/mailboxes/assistant/"' in shown
    assert "/einladung/" not in shown


def test_the_link_of_its_first_admin_opens_the_new_company(ada: Client) -> None:
    token = founded(ada).partition("/einladung/")[2].partition("/")[0]

    link = opened(INVITATION, token, within=INVITATION_LASTS)
    assert link is not None
    assert link.tenant_id == Tenant.objects.get(slug="heizwerk-graz").pk


@pytest.mark.parametrize(
    "wrong",
    [{"slug": "heizwerk"}, {"hours": "immer"}, {"mailbox": "graz"}, {"admin_email": ""}, {"name": "???"}],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(ada: Client, wrong: dict[str, str]) -> None:
    answer = ada.post(f"{PLACE}new/", TOLD | {"found": "1"} | wrong)

    assert answer.status_code == 422
    assert 'value="#1b7f4b"' in answer.content.decode()
    assert not Founding.objects.exists()


def test_a_company_taken_back_can_be_opened_again_from_the_toast(ada: Client) -> None:
    founded(ada)
    row = Founding.objects.get()

    told = ada.post(f"{PLACE}{row.pk}/take-back/", follow=True).content.decode()
    assert ada.get("/t/heizwerk-graz/inbox/").status_code == 404
    assert f'action="{PLACE}{row.pk}/open/"' in told

    ada.post(f"{PLACE}{row.pk}/open/")
    assert ada.get("/t/heizwerk-graz/inbox/").status_code == 200


def test_why_one_is_not_taken_back_is_told(ada: Client) -> None:
    founded(ada)
    row = Founding.objects.get()
    ada.post(
        "/t/heizwerk-graz/enter/",
        {"channel": "PHONE", "name": "Valentina", "text": "Der Ofen bleibt kalt.", "subject": "Ofen"},
    )

    told = ada.post(f"{PLACE}{row.pk}/take-back/", follow=True).content.decode()

    assert "nicht mehr leer" in told
    assert ada.get("/t/heizwerk-graz/inbox/").status_code == 200


def test_whoever_may_found_none_sees_no_place_for_it(ada: Client) -> None:
    founded(ada)

    assert ada.get("/t/heizwerk-graz/settings/companies/").status_code == 403
    assert "/settings/companies/" not in ada.get("/t/heizwerk-graz/settings/").content.decode()
    assert PLACE in ada.get("/t/heizwerk/settings/").content.decode()


def test_who_serves_both_has_both_in_one_list(ada: Client) -> None:
    founded(ada)

    assert "Heizwerk Graz" in ada.get("/clients/").content.decode()
