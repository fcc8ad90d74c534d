"""Tags in the settings and for programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from golddraht.conversations.models import Conversation
from golddraht.conversations.operations.sorting import set_tags
from golddraht.conversations.operations.tags import describe_tag
from golddraht.ground.numbers import spoken
from golddraht.plumbing.clock import now
from golddraht.team.models import Membership
from tests.api.programs import a_program
from tests.cast import Company, a_conversation

Page = Callable[[Any], str]
URL = "/t/heizwerk/settings/tags/"


@pytest.fixture
def concern(company: Company) -> Conversation:
    found = a_conversation(at=now())
    set_tags(conversation_id=found.pk, tags=["Lieferungen/Nord", "eilig"], by=None, at=now())
    return found


@pytest.fixture
def lea(company: Company, mailbox: None, signed_in: Callable[[Membership], Client]) -> Client:
    return signed_in(company.lea)


def test_a_tag_gets_meaning_colour_and_group_and_shows_them(
    concern: Conversation, lea: Client, nina: Client, page: Page
) -> None:
    said = page(lea.get(URL))
    assert "eilig" in said and "name=Lieferungen%2FNord" in said

    lea.post(URL + "one/?name=eilig", {"description": "Noch heute", "hue": "0", "group": "Dringend"})

    assert "Noch heute" in page(lea.get(URL)) and "hue0" in page(lea.get(URL))
    shown = page(nina.get(f"/t/heizwerk/conversations/{spoken(concern.number)}/"))
    assert 'badge-hue hue0" title="Noch heute"' in shown


def test_uniting_shows_what_would_happen_first_and_can_be_undone(
    concern: Conversation, lea: Client, page: Page
) -> None:
    told = {"old": "Lieferungen/Nord", "new": "Lieferung"}
    said = page(lea.post(URL + "unite/", told))
    concern.refresh_from_db()
    assert "heißt dann „Lieferung“" in said and concern.tags == ["Lieferungen/Nord", "eilig"]

    said = page(lea.post(URL + "unite/", told | {"sure": "yes"}, follow=True))
    concern.refresh_from_db()
    assert concern.tags == ["Lieferung", "eilig"] and "Lieferungen/Nord → Lieferung" in said
    change = said.split(f'action="{URL}changes/')[1].partition("/")[0]
    lea.post(f"{URL}changes/{change}/undo/")
    concern.refresh_from_db()
    assert concern.tags == ["Lieferungen/Nord", "eilig"]


def test_what_cannot_be_is_said(concern: Conversation, lea: Client) -> None:
    for told in ({"old": "nie", "new": "x"}, {"old": "eilig", "new": "eilig"}, {}):
        assert lea.post(URL + "unite/", told | {"sure": "yes"}).status_code in (200, 422)
    assert lea.post(URL + "unite/", {"old": "eilig", "new": "eilig"}).status_code == 422
    assert lea.get(URL + "one/?name=nie").status_code == 404
    assert lea.post(URL + "changes/99/undo/").status_code == 404


def test_out_of_use_and_back(concern: Conversation, lea: Client, nina: Client, page: Page) -> None:
    describe_tag(name="bekannt", at=now())
    tags = f"/t/heizwerk/conversations/{spoken(concern.number)}/tags/"
    assert "bekannt" in page(nina.get(tags))

    lea.post(URL + "retire/", {"name": "bekannt"})
    assert "bekannt" not in page(nina.get(tags))
    lea.post(URL + "use/", {"name": "bekannt"})
    assert "bekannt" in page(nina.get(tags))


def test_agents_do_not_shape_tags(concern: Conversation, nina: Client) -> None:
    assert nina.get(URL).status_code == 403


def test_programs_describe_unite_and_undo(company: Company, concern: Conversation) -> None:
    program = a_program(company.lea)
    program.send("put", "/tags", {"name": "eilig", "hue": 0, "group": "Dringend"})
    told = {"old": "Lieferungen/Nord", "new": "Lieferung"}

    assert program.post("/tags/unite/preview", told).json()["is_rename"]
    found = program.post("/tags/unite", told).json()

    assert {one["name"]: one["uses"] for one in found["tags"]} == {"Lieferung": 1, "eilig": 1}
    found = program.post(f"/tags/changes/{found['changes'][0]['id']}/undo").json()
    assert found["changes"] == [] and "Lieferungen/Nord" in {one["name"] for one in found["tags"]}
    assert program.send("put", "/tags/retired", {"name": "eilig"}).status_code == 200
    assert program.send("put", "/tags/in-use", {"name": "nie"}).status_code == 404
    assert program.post("/tags/unite", {"old": "eilig", "new": "eilig"}).json()["reason"] == "SAME"
    assert a_program(company.nina).post("/tags/unite", told).status_code == 403
