"""Programs word what is written by itself and by hand: drafts, automatic messages, text modules, rules of arrival."""

from __future__ import annotations

from typing import Any

import pytest

from golddraht.conversations.models import AutomaticText, Conversation, Draft
from golddraht.conversations.operations import Writing, keep_draft
from golddraht.plumbing import clock
from tests.api.programs import Program, a_program, of
from tests.cast import Company, a_conversation

TEXT = "{greeting}\n\nSie schreiben:\n{concern}\n\n{known}\n\n{owner} meldet sich bis {until}. Nummer {number}"


@pytest.fixture
def office(company: Company) -> Program:
    return a_program(company.ada)


def fresh() -> Conversation:
    return a_conversation(at=clock.now())


def body_of(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_draft_is_kept_read_continued_and_dropped(shop: Program) -> None:
    url = of(fresh()) + "/draft"
    nothing = body_of(shop.get(url), 404)

    kept = body_of(shop.send("put", url, {"text": "Ich sehe nach."}))
    stale = body_of(shop.send("put", url, {"text": "Alt", "known_at": "2026-11-16T09:00:00Z"}), 409)
    more = body_of(shop.send("put", url, {"text": "Ich sehe nach, heute.", "known_at": kept["changed_at"]}))

    assert (nothing["type"], stale["type"]) == (
        "urn:golddraht:problem:no-such-draft",
        "urn:golddraht:problem:draft-moved-on",
    )
    assert body_of(shop.get(url))["text"] == more["text"] == "Ich sehe nach, heute."
    body_of(shop.send("delete", url))
    assert not Draft.objects.exists()


def test_nobodys_program_sees_or_drops_the_draft_of_another(company: Company, shop: Program) -> None:
    concern = fresh()
    theirs = keep_draft(conversation_id=concern.pk, member_id=company.tom.pk, writing=Writing("Ich"), at=clock.now())

    body_of(shop.get(of(concern) + "/draft"), 404)
    body_of(shop.send("delete", of(concern) + "/draft"))

    assert theirs is not None and Draft.objects.filter(pk=theirs.pk).exists()


def test_an_automatic_message_is_worded_tried_out_and_given_back(office: Program) -> None:
    fresh()
    url = "/automatic-messages/RECEIPT/de"

    tried = body_of(office.post(url + "/preview", {"text": TEXT}))
    assert "Waschmaschine" in tried["text"] and not AutomaticText.objects.exists()
    own = body_of(office.send("put", url, {"text": TEXT}))
    given_back = body_of(office.send("delete", url))

    assert (own["is_own"], own["text"], own["changed_by"]) == (True, TEXT, "Ada Dorn")
    assert given_back["is_own"] is False and "{until}" in given_back["text"]


def test_a_message_without_what_it_promises_is_refused(office: Program) -> None:
    refused = body_of(office.send("put", "/automatic-messages/RECEIPT/de", {"text": "Danke!"}), 422)

    assert refused["reason"] == "MISSING" and "until" in refused["names"]
    assert len(body_of(office.get("/automatic-messages"))["messages"]) == 6


def test_a_text_module_is_made_changed_retired_and_brought_back(company: Company, shop: Program) -> None:
    lead = a_program(company.lea)
    made = body_of(lead.post("/text-modules", {"name": "Melden", "text": "{anrede}"}), 201)
    url = f"/text-modules/{made['id']}"

    changed = body_of(lead.send("put", url, {"name": "Melden", "text": "{anrede} Hallo", "language": "de"}))
    retired = body_of(lead.send("delete", url))
    body_of(lead.send("put", url, {"name": "Melden", "text": "Neu"}), 404)
    back = body_of(lead.post(url + "/bring-back"))

    assert changed["text"] == "{anrede} Hallo"
    assert [one["id"] for one in retired["retired"]] == [one["id"] for one in back["modules"]] == [made["id"]]
    body_of(lead.post("/text-modules", {"name": "Odd", "text": "{nobody}"}), 422)
    body_of(shop.post("/text-modules", {"name": "Neu", "text": "x"}), 403)


def test_rules_of_arrival_stand_in_an_order(company: Company, office: Program) -> None:
    team = company.team.pk
    body_of(office.post("/team/arrival-rules", {"words": "ofen", "team_id": team}), 201)
    two = body_of(office.post("/team/arrival-rules", {"words": "gas", "team_id": team, "priority": "URGENT"}), 201)
    first, second = (one["id"] for one in two["rules"])

    moved = body_of(office.post(f"/team/arrival-rules/{second}/move", {"to": "front"}))
    changed = body_of(office.send("put", f"/team/arrival-rules/{first}", {"words": "herd", "team_id": team}))
    left = body_of(office.send("delete", f"/team/arrival-rules/{second}"))

    assert [one["id"] for one in moved["rules"]] == [second, first]
    assert [one["words"] for one in changed["rules"]] == ["gas", "herd"]
    assert [one["id"] for one in left["rules"]] == [first]
    body_of(office.post("/team/arrival-rules", {"team_id": team}), 422)
    body_of(office.send("delete", f"/team/arrival-rules/{second}"), 404)
