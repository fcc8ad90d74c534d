"""The interface for programs: who may what, and that nothing is done twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from golddraht.api import limits
from golddraht.conversations.models import Conversation, Draft, Message, Note
from golddraht.conversations.operations import Writing, keep_draft
from golddraht.conversations.operations.wording import keep_text_module
from golddraht.customers.models import Customer
from golddraht.ground.numbers import spoken
from golddraht.plumbing import clock
from golddraht.plumbing.models import Trace
from golddraht.team.models import ApiToken, Membership
from golddraht.team.operations import revoke_api_token
from tests.api.programs import URL, Program, a_program, of
from tests.cast import Company, a_company, a_conversation, bjoern, valentina

A_CONCERN = {
    "customer": {"name": "Gerda Klein", "email": "gerda@kundin.example"},
    "subject": "Ofen",
    "text": "Mein Ofen bleibt kalt. Wann kommt jemand?",
}


def test_without_a_token_nothing_opens_and_the_answer_is_a_problem(company: Company) -> None:
    for headers in ({}, {"Authorization": "Bearer gd_falsch"}, {"Authorization": "Basic eDp5"}):
        response = Client().get(f"{URL}/conversations", headers=headers)

        assert response.status_code == 401
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
        assert response.json()["status"] == 401


def test_a_session_of_a_browser_does_not_open_the_interface(company: Company) -> None:
    browser = Client()
    browser.force_login(company.nina.user)

    assert browser.get(f"{URL}/conversations").status_code == 401


def test_a_revoked_token_and_one_of_somebody_who_left_open_nothing(company: Company) -> None:
    revoked, left = a_program(company.nina), a_program(company.tom)
    revoke_api_token(token_id=ApiToken.objects.earliest("pk").pk, at=clock.now())
    Membership.objects.filter(pk=company.tom.pk).update(active=False)

    assert {revoked.get("/conversations").status_code, left.get("/conversations").status_code} == {401}


def test_conversations_are_listed_page_by_page(company: Company, shop: Program) -> None:
    known = {spoken(a_conversation(customer=who()).number) for who in (valentina, bjoern)}
    known.add(spoken(a_conversation(subject="Noch etwas").number))

    first = shop.get("/conversations?limit=2").json()
    second = shop.get(f"/conversations?limit=2&cursor={first['next'].replace('+', '%2B')}").json()

    assert {one["number"] for one in first["conversations"] + second["conversations"]} == known
    assert second["next"] is None


def test_a_page_has_its_bounds(shop: Program) -> None:
    assert [shop.get(f"/conversations?limit={limit}").status_code for limit in (0, 1, 200, 201)] == [422, 200, 200, 422]


def test_a_place_that_does_not_exist_is_a_problem_with_a_pointer(shop: Program) -> None:
    response = shop.get("/conversations?place=nowhere")

    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/place"


def test_a_conversation_comes_with_its_thread_and_looking_is_noted(company: Company, shop: Program) -> None:
    concern = a_conversation()

    read = shop.get(of(concern)).json()

    assert read["customer_name"] == "Valentina Moser"
    assert next(one["text"] for one in read["thread"] if one["kind"] == "message").startswith("Meine Waschmaschine")
    assert Trace.objects.filter(verb="see", subject_id=concern.customer_id, actor_id=company.nina.pk).exists()


def test_another_companys_conversation_does_not_exist(company: Company, shop: Program) -> None:
    other = a_company("moebelhaus", "Möbelhaus")
    with other.seen():
        for _ in range(3):
            concern = a_conversation(subject="Geheim")

    answers = [shop.get(of(concern)), shop.post(f"{of(concern)}/notes", {"text": "?"})]
    listed = shop.get("/conversations").json()["conversations"]

    assert [one.status_code for one in answers] == [404, 404]
    assert listed == []
    assert shop.get("/customers").json()["customers"] == []


def test_an_answer_is_written_in_the_members_name(company: Company, shop: Program) -> None:
    concern = a_conversation()

    response = shop.post(f"{of(concern)}/replies", {"text": "Wir kommen morgen."})

    assert response.status_code == 201
    message = Message.objects.get(pk=response.json()["message_id"])
    assert (message.author_id, message.text) == (company.nina.pk, "Wir kommen morgen.")


def test_frau_and_herr_need_evidence_and_the_refusal_says_how_to_greet(company: Company, shop: Program) -> None:
    concern = a_conversation()

    refused = shop.post(f"{of(concern)}/replies", {"text": "Liebe Frau Moser,\n\nwir kommen."})

    told = refused.json()
    assert (refused.status_code, told["type"]) == (422, "urn:golddraht:problem:salutation-unproven")
    assert (told["line"], told["instead"]) == ("Liebe Frau Moser,", "Guten Tag Valentina Moser,")


def test_an_answer_leaves_when_it_is_told_to_and_can_be_taken_back(company: Company, shop: Program) -> None:
    concern = a_conversation(at=clock.now())
    keep_draft(conversation_id=concern.pk, member_id=company.nina.pk, writing=Writing("Von Hand."), at=clock.now())
    moment = clock.now().replace(microsecond=0) + timedelta(minutes=30)

    sent = shop.post(f"{of(concern)}/replies", {"text": "Wir kommen.", "send_at": moment.isoformat()})
    too_late = shop.post(f"{of(concern)}/replies", {"text": "Ja.", "send_at": "2099-01-01T00:00:00Z"})

    assert (sent.status_code, too_late.status_code) == (202, 422)
    [waiting] = shop.get(of(concern)).json()["leaving"]
    assert (waiting["text"], datetime.fromisoformat(waiting["leaves_at"])) == ("Wir kommen.", moment)
    assert Draft.objects.get(leaves_at=None).text == "Von Hand."
    back = f"{of(concern)}/leaving/{sent.json()['draft_id']}/take-back"
    assert shop.post(back, {}).json()["text"] == "Wir kommen.\n\nVon Hand."
    assert shop.get(of(concern)).json()["leaving"] == []
    assert shop.post(f"{of(concern)}/leaving/4711/take-back", {}).status_code == 409


def test_an_answer_to_something_older_is_refused(company: Company, shop: Program) -> None:
    concern = a_conversation()

    response = shop.post(f"{of(concern)}/replies", {"text": "Ja.", "seen_message_id": 0})

    assert response.status_code == 409
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_note_is_kept(company: Company, shop: Program) -> None:
    concern = a_conversation()

    assert shop.post(f"{of(concern)}/notes", {"text": "Bitte zweimal klingeln."}).status_code == 201
    assert Note.objects.get(conversation=concern).author_id == company.nina.pk


def test_a_token_that_only_reads_cannot_write(company: Company) -> None:
    reader = a_program(company.nina, may_write=False)
    concern = a_conversation()

    answers = [
        reader.post("/conversations", A_CONCERN),
        reader.post(f"{of(concern)}/replies", {"text": "Ja"}),
        reader.post(f"{of(concern)}/notes", {"text": "Ja"}),
    ]

    assert {one.status_code for one in answers} == {403}
    assert reader.get(of(concern)).status_code == 200


def test_a_form_enters_a_concern_with_owner_and_next_touch(shop: Program) -> None:
    response = shop.post("/conversations", A_CONCERN)

    assert response.status_code == 201
    concern = Conversation.objects.get()
    assert concern.owner_id and concern.next_touch_at
    assert concern.customer.name == "Gerda Klein"


def test_a_call_enters_a_concern(shop: Program) -> None:
    call = A_CONCERN | {"channel": "PHONE", "customer": {"phone": "+49 30 901820"}}

    assert shop.post("/conversations", call).status_code == 201
    assert Message.objects.get(direction="IN").channel == "PHONE"


@pytest.mark.parametrize(
    "changes",
    [
        {"text": ""},
        {"text": "   "},
        {"customer": {}},
        {"customer": {"email": "keine"}},
        {"customer": {"phone": "1"}},
        {"channel": "FAX"},
    ],
)
def test_what_cannot_be_entered_is_said_and_nothing_is_kept(shop: Program, changes: dict[str, Any]) -> None:
    response = shop.post("/conversations", A_CONCERN | changes)

    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    assert not Conversation.objects.exists() and not Customer.objects.exists()


def test_a_repeated_request_is_answered_again_and_done_once(shop: Program) -> None:
    first = shop.post("/conversations", A_CONCERN, key="bestellung-4711")
    again = shop.post("/conversations", A_CONCERN, key="bestellung-4711")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Conversation.objects.count() == 1


def test_the_same_key_for_another_request_is_refused(shop: Program) -> None:
    shop.post("/conversations", A_CONCERN, key="k")

    assert shop.post("/conversations", A_CONCERN | {"text": "Etwas anderes?"}, key="k").status_code == 422


def test_the_same_key_of_another_member_is_another_request(company: Company, shop: Program) -> None:
    shop.post("/conversations", A_CONCERN, key="k")

    assert a_program(company.tom).post("/conversations", A_CONCERN, key="k").status_code == 201
    assert Message.objects.filter(direction="IN").count() == 2


def test_customers_are_listed_page_by_page(shop: Program) -> None:
    known = {valentina().pk, bjoern().pk}

    first = shop.get("/customers?limit=1").json()
    second = shop.get(f"/customers?limit=1&cursor={first['next']}").json()

    assert {one["id"] for one in first["customers"] + second["customers"]} == known
    assert second["next"] is None
    assert shop.get("/customers?cursor=x").status_code == 400


def test_due_promises_are_listed(shop: Program) -> None:
    shop.post("/conversations", A_CONCERN)
    until = (clock.now() + timedelta(days=30)).isoformat().replace("+", "%2B")

    due = shop.get(f"/promises/due?until={until}").json()

    assert [one["customer_name"] for one in due["promises"]] == ["Gerda Klein"]


def test_too_many_requests_are_slowed_down(shop: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_MINUTE", 2)

    answers = [shop.get("/customers").status_code for _ in range(6)]

    assert answers[:2] == [200, 200]
    assert 429 in answers


def test_the_use_of_a_token_is_noted(company: Company, shop: Program) -> None:
    shop.get("/customers")

    assert ApiToken.objects.get().used_at is not None


def test_a_conversation_names_who_takes_part_and_an_answer_goes_to_whom_one_chooses(
    company: Company, shop: Program
) -> None:
    concern = a_conversation(answer_to=("valentina@kundin.example", "sohn@familie.example"))

    named = shop.get(of(concern)).json()["recipients"]
    answer = shop.post(of(concern) + "/replies", {"text": "Gern.", "recipients": ["sohn@familie.example"]})
    refused = shop.post(of(concern) + "/replies", {"text": "Gern.", "recipients": ["wer@fremd.example"]})

    assert [(one["address"], one["is_kept"]) for one in named] == [
        ("valentina@kundin.example", True),
        ("sohn@familie.example", True),
    ]
    assert answer.status_code == 201 and refused.status_code == 422
    assert Message.objects.get(direction="OUT", automatic="").recipients == ["sohn@familie.example"]


# Text modules


def test_a_program_reads_text_modules_and_what_one_says(company: Company, shop: Program) -> None:
    module = keep_text_module(name="Melden", text="{anrede} {nummer}", by=None, at=clock.now())
    number = spoken(a_conversation(at=clock.now()).number)

    listed = shop.get("/text-modules").json()["modules"]
    said = shop.get(f"/text-modules/{module.pk}/in/{number}")

    assert [(one["short"], one["text"]) for one in listed] == [("melden", "{anrede} {nummer}")]
    assert said.json() == {"text": f"Guten Tag Valentina Moser, {number}", "missing": []}
    assert shop.get(f"/text-modules/999/in/{number}").status_code == 404
    assert shop.get(f"/text-modules/{module.pk}/in/1-9").status_code == 404
