"""Telephone systems announce calls by POST or by a link, with a token that opens nothing else; people see them at once."""

from __future__ import annotations

import pytest
from django.test import Client

from golddraht.team.rules import Scope
from golddraht.telephone.models import Call
from golddraht.telephone.operations import set_extension
from tests.api.programs import URL, Program, a_program
from tests.cast import Company

TOLD = {"call_id": "c1", "signal": "ringing", "number": "0170 1234567", "agent": "23"}


@pytest.fixture
def telephone(company: Company) -> Program:
    set_extension(member_id=company.nina.pk, number="23")
    return a_program(company.ada, scopes=[Scope.CALLS_WRITE])


def test_a_call_is_told_by_post(telephone: Program) -> None:
    states = [telephone.post("/calls", TOLD | {"signal": one}).json() for one in ("ringing", "answered", "ended")]

    assert [one["state"] for one in states] == ["RINGING", "ANSWERED", "ENDED"]
    assert set(states[0]) == {"call_id", "state"}
    assert telephone.post("/calls", TOLD | {"signal": "burns"}).status_code == 422


def test_a_call_is_told_by_a_link(telephone: Program) -> None:
    token = telephone.headers["Authorization"].removeprefix("Bearer ")
    link = f"{URL}/calls/ringing?token={token}&call_id=c2&number=%2B491701234567&agent=23"

    assert Client().get(link).json() == {"call_id": "c2", "state": "RINGING"}
    assert Client().get(link.replace(token, "gd_falsch")).status_code == 401
    assert Client().get(link.replace(token, "%00")).status_code in {400, 401}


def test_a_token_that_opens_more_does_not_belong_in_a_link(company: Company, telephone: Program) -> None:
    strong = a_program(company.ada).headers["Authorization"].removeprefix("Bearer ")

    refused = Client().get(f"{URL}/calls/ringing?token={strong}&call_id=c3")

    assert refused.status_code == 403 and not Call.objects.exists()


def test_a_token_for_calls_opens_nothing_else(telephone: Program) -> None:
    assert {telephone.get(path).status_code for path in ("/customers", "/conversations", "/team/members")} == {403}


def test_people_see_the_notice_and_where_it_leads(company: Company, telephone: Program) -> None:
    nina = Client()
    nina.force_login(company.nina.user)
    telephone.post("/calls", TOLD)

    notice = nina.get("/t/heizwerk/calls/", headers={"HX-Request": "true"}).content.decode()
    page = nina.get("/t/heizwerk/calls/").content.decode()
    form = nina.get("/t/heizwerk/enter/?phone=%2B491701234567").content.decode()

    assert "+491701234567" in notice and "/t/heizwerk/enter/?phone=%2B491701234567" in notice
    assert f"live:calls-{company.nina.pk} from:body" in notice and "<html" not in notice
    assert "+491701234567" in page and 'value="+491701234567"' in form


def test_extensions_change_hands_in_one_go(company: Company, telephone: Program) -> None:
    ada = Client()
    ada.force_login(company.ada.user)
    page = "/t/heizwerk/settings/telephone/"

    swapped = {f"member{company.nina.pk}": "", f"member{company.tom.pk}": "23"}
    assert ada.post(page, swapped).status_code == 302
    assert ada.post(page, {f"member{company.nina.pk}": "23", f"member{company.tom.pk}": "23"}).status_code == 422
    assert 'value="23"' in ada.get(page).content.decode()
