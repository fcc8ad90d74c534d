"""Scopes, lost updates, repeated requests, limits, cursors, and signs that are no text."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from golddraht.api import limits
from golddraht.conversations.models import Conversation, Message
from golddraht.plumbing import clock
from golddraht.promises.operations import make_promise
from golddraht.promises.rules import Kind
from golddraht.team.models import ApiToken
from golddraht.team.operations import TokenRefused, create_api_token
from golddraht.team.rules import READING, Area, Scope, scope_of, scopes_of
from tests.api.programs import Program, a_program, of
from tests.cast import Company, a_conversation, valentina

BY_AREA = {
    Area.CONVERSATIONS: "/conversations",
    Area.CUSTOMERS: "/customers",
    Area.PROMISES: "/promises/due",
    Area.TEAM: "/team/members",
}


# Scopes


@pytest.mark.parametrize("area", BY_AREA)
def test_a_scope_opens_its_own_area_alone(company: Company, area: Area) -> None:
    program = a_program(company.nina, scopes=[scope_of(area, is_reading=True)])

    opened = {each for each, path in BY_AREA.items() if program.get(path).status_code == 200}

    assert opened == {area}


def test_a_missing_scope_is_named(company: Company) -> None:
    program = a_program(company.nina, scopes=[Scope.CONVERSATIONS_READ])

    refused = program.post(of(a_conversation()) + "/notes", {"text": "Ja"})

    assert refused.status_code == 403
    assert refused.json()["type"] == "urn:golddraht:problem:scope-missing"
    assert 'scope="conversations:write"' in refused["WWW-Authenticate"]


def test_a_scope_that_writes_does_not_read(company: Company) -> None:
    program = a_program(company.nina, scopes=[Scope.CONVERSATIONS_WRITE])
    concern = a_conversation()

    assert program.post(of(concern) + "/notes", {"text": "Ja"}).status_code == 201
    assert program.get(of(concern)).status_code == 403


def test_any_token_may_ask_for_whom_it_speaks(company: Company) -> None:
    told = a_program(company.nina, scopes=[Scope.CALLS_WRITE]).get("/me").json()

    assert (told["tenant"], told["member_name"], told["scopes"]) == ("heizwerk", "Nina Aigner", ["calls:write"])


def test_a_token_from_before_there_were_scopes_opens_what_it_did(company: Company, shop: Program) -> None:
    ApiToken.objects.update(scopes=[], may_write=False)

    assert shop.get("/customers").status_code == 200
    assert shop.post("/conversations", {}).status_code == 403
    assert scopes_of([], may_write=True) == frozenset(Scope)
    assert scopes_of(["from:later"], may_write=False) == READING


def test_a_token_that_opens_nothing_is_not_made(company: Company) -> None:
    with pytest.raises(TokenRefused):
        create_api_token(name="Nichts", member_id=company.nina.pk, scopes=[], at=clock.now())


# Lost updates


def test_whoever_read_something_older_writes_over_nothing(company: Company, shop: Program) -> None:
    concern = a_conversation()
    read = shop.get(of(concern))

    first = shop.send("put", of(concern) + "/tags", {"tags": ["Ofen"]}, If_Match=read["ETag"])
    second = shop.send("put", of(concern) + "/tags", {"tags": ["Herd"]}, If_Match=read["ETag"])

    assert (first.status_code, second.status_code) == (200, 412)
    assert Conversation.objects.get().tags == ["Ofen"]


def test_what_has_not_changed_is_not_sent_again(company: Company, shop: Program) -> None:
    concern = a_conversation()
    tag = shop.get(of(concern))["ETag"]

    again = shop.get(of(concern), If_None_Match=tag)
    shop.post(of(concern) + "/notes", {"text": "Neu"})
    changed = shop.get(of(concern), If_None_Match=tag)

    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)


def test_customers_and_promises_are_guarded_too(company: Company, shop: Program) -> None:
    person, due = valentina(), clock.now() + timedelta(days=1)
    promise = make_promise(
        customer_id=person.pk,
        conversation_id=None,
        owner_id=company.nina.pk,
        kind=Kind.CALLBACK,
        what="",
        due_at=due,
        by=company.nina.pk,
        at=clock.now(),
    )

    old = '"0000"'
    assert shop.send("patch", f"/customers/{person.pk}", {"name": "V. Moser"}, If_Match=old).status_code == 412
    assert shop.post(f"/promises/{promise.pk}/kept", {}, If_Match=old).status_code == 412
    assert shop.post(f"/promises/{promise.pk}/kept", {}, If_Match="*").status_code == 200


# Repeated requests


def test_every_act_can_be_named_and_is_done_once(company: Company, shop: Program) -> None:
    concern = a_conversation()

    answers = [shop.post(of(concern) + "/replies", {"text": "Wir kommen."}, key="k1") for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert answers[1]["Idempotency-Replayed"] == "true"
    assert Message.objects.filter(direction="OUT", automatic="").count() == 1


def test_what_was_refused_is_not_remembered(company: Company, shop: Program) -> None:
    concern = a_conversation()

    refused = shop.post(of(concern) + "/replies", {"text": "  "}, key="k2")
    mended = shop.post(of(concern) + "/replies", {"text": "Wir kommen."}, key="k2")

    assert (refused.status_code, mended.status_code) == (422, 201)


# Limits


def test_every_answer_says_what_is_left_of_the_minute(shop: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_MINUTE", 3)

    answers = [shop.get("/me") for _ in range(3)]

    assert answers[0]["RateLimit-Policy"] == '"token";q=3;w=60'
    left = [answer["RateLimit"].split(";")[1] for answer in answers]
    assert left in (["r=2", "r=1", "r=0"], ["r=2", "r=2", "r=1"], ["r=2", "r=1", "r=2"])


def test_whoever_knocks_too_often_is_told_when_to_come_back(shop: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_MINUTE", 0)

    refused = shop.get("/me")

    assert refused.status_code == 429 and 0 < int(refused["Retry-After"]) <= 60
    assert refused["RateLimit"].startswith('"token";r=0;t=')


# Cursors


def test_due_promises_are_listed_page_by_page_even_when_they_are_due_at_once(company: Company, shop: Program) -> None:
    due, person = clock.now() + timedelta(hours=5), valentina()
    made = {
        make_promise(
            customer_id=person.pk,
            conversation_id=None,
            owner_id=company.nina.pk,
            kind=Kind.CALLBACK,
            what="",
            due_at=due,
            by=None,
            at=clock.now(),
        ).pk
        for _ in range(5)
    }

    assert set(_read_all(shop, "/promises/due?limit=2", "promises")) == made


def _read_all(program: Program, path: str, name: str) -> list[int]:
    read: list[Any] = []
    page = program.get(path).json()
    read += page[name]
    while page["next"]:
        page = program.get(f"{path}&cursor={page['next'].replace('+', '%2B')}").json()
        read += page[name]
    return [one["id"] for one in read]


@pytest.mark.parametrize("cursor", ["x", "2026-01-01_1", "2026-01-01T00:00:00%2B00:00_x", "1_2_3"])
def test_what_is_no_cursor_is_said(shop: Program, cursor: str) -> None:
    assert shop.get(f"/promises/due?cursor={cursor}").json()["type"] == "urn:golddraht:problem:no-cursor"


# Signs that are no text


@pytest.mark.parametrize("text", ["a\\u0000b", "\\ud800"])
def test_what_is_no_text_is_refused_before_anybody_looks_at_it(shop: Program, text: str) -> None:
    body = f'{{"text": "{text}"}}'
    path = f"/api/v1{of(a_conversation())}/notes"

    refused = shop.client.post(path, body, content_type="application/json", headers=shop.headers)

    assert refused.status_code == 400 and refused["Content-Type"] == "application/problem+json"
    assert shop.get("/customers/search?q=%00").status_code == 400


@pytest.mark.parametrize("body", ["", "[]", "{", "[" * 3000, '{"text": NaN}', '"x"', "null"])
def test_what_is_no_body_is_refused(shop: Program, body: str) -> None:
    path = f"/api/v1{of(a_conversation())}/notes"

    refused = shop.client.post(path, body, content_type="application/json", headers=shop.headers)

    assert refused.status_code in {400, 422} and refused["Content-Type"] == "application/problem+json"
