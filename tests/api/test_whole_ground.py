"""What only pages could do for long: questions, the shelf of articles, letters, doubts, setting the company up."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from golddraht.api.dressing import SQUARE
from golddraht.commerce.operations import state
from golddraht.commerce.rules import Thing
from golddraht.customers.models import Doubt
from golddraht.customers.rules.doubts import Kind
from golddraht.improvement.models import FixLetter
from golddraht.plumbing import clock
from tests.api.programs import Program, a_program, of
from tests.cast import Company, a_conversation
from tests.mails import a_mailbox


@pytest.fixture
def nina(company: Company) -> Program:
    return a_program(company.nina)


@pytest.fixture
def lea(company: Company) -> Program:
    return a_program(company.lea)


@pytest.fixture
def ada(company: Company) -> Program:
    return a_program(company.ada)


def told(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content
    return answer.json()


def in_days(days: int) -> str:
    return (clock.now() + timedelta(days=days)).date().isoformat()


def test_a_question_is_noted_planned_joined_answered_and_closed(nina: Program, company: Company) -> None:
    concern = a_conversation(at=clock.now())
    number = of(concern).rpartition("/")[2]
    asked = {"words": "Heizt der Ofen ohne Strom, Valentina Moser?", "conversation": number}
    first = told(nina.post("/questions", asked, key="q"), 201)
    again = nina.post("/questions", asked, key="q")
    other = told(nina.post("/questions", {"words": "Welches Holz darf hinein?"}), 201)
    step = {"owner_id": company.tom.pk, "next_step": "Hersteller fragen", "due_on": in_days(3)}

    assert again["Idempotency-Replayed"] == "true" and len(first["askings"]) == 1
    assert "Moser" not in first["words"]
    assert told(nina.send("put", f"/questions/{first['id']}/step", step))["owner_name"] == "Tom Berger"
    assert nina.send("put", f"/questions/{first['id']}/step", step | {"due_on": "2001-01-01"}).status_code == 422
    assert told(nina.post(f"/questions/{other['id']}/join", {"into_id": first["id"]}))["id"] == first["id"]
    article = told(nina.post("/articles", {"title": "Ohne Strom", "body": "Ja."}), 201)
    settled = told(nina.post(f"/questions/{first['id']}/answer", {"article_id": article["id"]}))
    assert (settled["state"], settled["article_id"]) == ("ANSWERED", article["id"])
    assert nina.post(f"/questions/{first['id']}/close", {"reason": "Zu spät."}).status_code == 422
    assert told(nina.get("/questions"))["questions"] == []
    assert nina.post("/questions", {"words": "?!"}).status_code == 422
    assert nina.get("/questions/999").json()["type"].endswith("no-such-question")


def test_an_article_is_furnished_kept_files_with_and_brought_back(
    nina: Program, lea: Program, company: Company
) -> None:
    article = told(nina.post("/articles", {"title": "Ofen raucht", "body": "Lüften, sagt Frau Moser."}), 201)
    path = f"/articles/{article['id']}"
    furnished = {"owner_id": company.tom.pk, "review_on": in_days(90), "audience": "PUBLIC", "tags": ["Ofen"]}

    assert told(nina.send("put", f"{path}/furnishing", furnished))["owner_name"] == "Tom Berger"
    assert told(nina.post(f"{path}/reviewed", {"next_on": in_days(30)}))["review_on"] == in_days(30)
    assert nina.post(f"{path}/reviewed", {"next_on": "2001-01-01"}).status_code == 422
    file = told(nina.post(f"{path}/files", {"name": "zug.txt", "content": "TGludHM6IGF1Zg=="}), 201)
    got = nina.get(f"{path}/files/{file['id']}")
    assert got.status_code == 200 and "zug.txt" in got["Content-Disposition"]
    assert nina.get(f"/articles/999/files/{file['id']}").status_code == 404
    assert told(nina.send("delete", f"{path}/files/{file['id']}")) == {"files": []}
    assert [one["kept_by"] for one in told(nina.get(f"{path}/texts/de/marks"))["marks"]] == [""]
    assert lea.post(f"{path}/texts/de/publish").status_code == 409

    told(nina.send("put", f"{path}/texts/de", {"title": "Ofen raucht", "body": "Lüften."}))
    assert [one["number"] for one in told(nina.get(f"{path}/texts/de/versions"))["versions"]] == [2, 1]
    back = told(nina.post(f"{path}/texts/de/versions/1/restore"))
    assert back["texts"][0]["body"] == "Lüften, sagt Frau Moser."
    assert nina.post(f"{path}/texts/de/versions/9/restore").status_code == 404
    assert nina.get(f"{path}/texts/en/versions").status_code == 404
    assert told(nina.send("delete", path))["state"] == "RETIRED"
    assert told(nina.post(f"{path}/bring-back"))["state"] == "DRAFT"


def test_letters_about_a_fix_are_looked_at_written_by_leads_and_stopped(nina: Program, lea: Program) -> None:
    a_mailbox()
    concern = a_conversation(at=clock.now())
    number = of(concern).rpartition("/")[2]
    problem = {"title": "Die Dichtung reißt", "target_on": in_days(9)}
    path = f"/problems/{told(nina.post('/problems', problem), 201)['id']}"
    letter = {"text": "{greeting}\n\ndie Dichtung hält jetzt."}

    assert told(nina.send("put", path, problem | {"title": "Die Dichtung"}))["title"] == "Die Dichtung"
    assert told(nina.send("put", f"{path}/concerns/{number}"))["concerns"] == 1
    assert told(nina.send("delete", f"{path}/concerns/{number}"))["concerns"] == 0
    told(nina.send("put", f"{path}/concerns/{number}"))
    told(nina.post(f"{path}/fixed"))
    assert told(nina.send("delete", f"{path}/fixed"))["is_fixed"] is False
    assert lea.post(f"{path}/letters", letter).status_code == 422
    told(nina.post(f"{path}/fixed"))
    assert nina.post(f"{path}/letters", letter).status_code == 403
    [draft] = told(lea.post(f"{path}/letters/preview", letter))["letters"]
    assert draft["text"] == "Guten Tag Valentina Moser,\n\ndie Dichtung hält jetzt." and draft["why_not"] == ""
    assert not FixLetter.objects.exists()
    [written] = told(lea.post(f"{path}/letters", letter), 201)["letters"]
    assert (written["conversation"], written["state"]) == (number, "WAITING")
    assert told(lea.post(f"{path}/letters/stop"))["letters"][0]["state"] == "STOPPED"
    assert len(told(nina.get(f"{path}/letters"))["letters"]) == 1


def test_a_doubt_is_settled_and_waits_again(nina: Program) -> None:
    concern = a_conversation(at=clock.now())
    doubt = Doubt.objects.create(
        customer_id=concern.customer_id, kind=Kind.NAME, values=[], cost=1, noticed_at=clock.now()
    )
    path = f"/doubts/{doubt.pk}"

    assert [one["id"] for one in told(nina.get("/doubts"))["doubts"]] == [doubt.pk]
    assert nina.post(f"{path}/settle", {"settled_as": "kept", "value": "X"}).status_code == 409
    assert told(nina.post(f"{path}/settle", {"settled_as": "left"}))["doubts"] == []
    assert [one["id"] for one in told(nina.post(f"{path}/reopen"))["doubts"]] == [doubt.pk]
    assert nina.post(f"{path}/reopen").status_code == 409
    assert nina.post("/doubts/999/reopen").status_code == 404


def test_a_concern_is_about_an_order_of_its_customer(nina: Program) -> None:
    concern = a_conversation(at=clock.now())
    theirs = {"number": "88-2041", "customer_id": str(concern.customer_id)}
    order = state(thing=Thing.ORDER, source="shop", row=theirs, at=clock.now()).id
    strange = state(thing=Thing.ORDER, source="shop", row={"number": "88-9"}, at=clock.now()).id

    told(nina.send("put", f"{of(concern)}/orders/{order}"))
    told(nina.send("delete", f"{of(concern)}/orders/{order}"))
    assert nina.send("put", f"{of(concern)}/orders/{strange}").status_code == 422
    assert nina.send("put", f"{of(concern)}/orders/999999").status_code == 404


def test_an_admins_program_sets_teams_and_company_up(nina: Program, ada: Program, company: Company) -> None:
    team = {"name": "Technik", "lead_id": company.lea.pk, "member_ids": [company.tom.pk], "state": "BY"}
    new = team | {"hours": ["MO 08:00-12:00", "MO 13:00-24:00"]}
    assert nina.post("/team/teams", new).status_code == 403
    made = told(ada.post("/team/teams", new), 201)
    path = f"/team/teams/{made['id']}"

    assert ada.post("/team/teams", new | {"hours": ["MO 12:00-08:00"]}).json()["detail"] == "ORDER"
    assert ada.post("/team/teams", new).status_code == 422
    assert told(ada.send("put", path, team | {"name": "Außendienst"}))["name"] == "Außendienst"
    assert told(ada.send("put", f"{path}/hours", {"hours": ["TU 09:00-10:00"]}))["hours"] == ["TU 09:00-10:00"]
    closed = told(ada.post(f"{path}/closed-days", {"on": in_days(5), "reason": "Umzug"}), 201)["closed_days"]
    assert told(ada.send("delete", f"{path}/closed-days/{closed[0]['id']}")) == {"closed_days": []}
    assert ada.send("delete", f"{path}/closed-days/999").status_code == 404
    known = told(ada.get("/company"))
    assert told(ada.send("put", "/company", known | {"name": "Heizwerk Süd"}))["name"] == "Heizwerk Süd"
    assert ada.send("put", "/company", known | {"name": " "}).status_code == 422
    assert nina.get("/company").status_code == 403


def test_an_admins_program_puts_up_a_logo(nina: Program, ada: Program, company: Company) -> None:
    square = {"content": SQUARE, "says_name": True}
    assert nina.send("put", "/company/logo", square).status_code == 403
    assert told(ada.get("/company/logo")) == {"logo": None}
    assert ada.post("/company/logo/put-back", {}).status_code == 404

    shown = told(ada.send("put", "/company/logo", square))["logo"]
    assert (shown["width"], shown["height"], shown["says_name"]) == (16, 16, True)
    assert Client().get(shown["url"])["Content-Type"] == "image/png"
    assert told(ada.send("delete", "/company/logo")) == {"logo": None}
    assert told(ada.post("/company/logo/put-back", {}))["logo"] == shown
    drawing = base64.b64encode(b"<svg/>").decode()
    refused = ada.send("put", "/company/logo", {"content": drawing}).json()
    assert refused["type"].endswith("logo-refused") and "SVG" in refused["detail"]


def test_texts_that_are_agreed_to_are_kept_by_version(ada: Program, nina: Program) -> None:
    words = {"words": "Heizwerk darf mir Neues per E-Mail schicken; das kann ich jederzeit zurücknehmen."}
    path = "/consent-texts/NEWS/EMAIL/de"

    assert len(told(ada.send("put", path, words))["texts"]) == 1
    assert ada.send("put", path, words).status_code == 422
    assert words["words"] in {one["words"] for one in told(ada.get("/consent-texts"))["texts"]}
    assert told(ada.get(path))["texts"][0]["version"] == 1
    assert ada.send("put", "/consent-texts/SERVICE/EMAIL/de", words).status_code == 422
    assert nina.get(path).status_code == 403


def test_a_purchase_is_taken_down_with_its_words(nina: Program) -> None:
    concern = a_conversation(at=clock.now())
    path = f"/customers/{concern.customer_id}/consents/purchase"

    [act] = told(nina.post(path, {"words": "Auftrag 88-2041"}), 201)["acts"]

    assert (act["kind"], act["words"]) == ("SALE", "Auftrag 88-2041")
