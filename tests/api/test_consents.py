"""Programs take consents down, ask the gate, and go through it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from golddraht.consent.models import ConsentAct, Permission, Refusal
from golddraht.customers.models import Customer
from golddraht.plumbing import clock
from tests.api.programs import Program, a_program
from tests.cast import Company, a_message, valentina
from tests.mails import a_mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(company: Company) -> Customer:
    a_mailbox()
    return valentina(at=clock.now() - timedelta(days=1))


class Shop:
    """A program whose questions succeed; `refused` gives the problem of one that does not."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def get(self, path: str) -> Any:
        answer = self.program.get(path)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def post(self, path: str, body: Any) -> Any:
        answer = self.program.post(path, body)
        assert answer.status_code == 201, answer.content
        return answer.json()

    def put(self, path: str, body: Any) -> Any:
        answer = self.program.send("put", path, body)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def refused(self, path: str, body: Any) -> Any:
        answer = self.program.post(path, body)
        assert answer.status_code == 422, answer.content
        return answer.json()


@pytest.fixture
def program(company: Company) -> Shop:
    return Shop(a_program(company.nina))


def of(customer: Customer, rest: str) -> str:
    return f"/customers/{customer.pk}/{rest}"


YES = {"purpose": "NEWS", "ways": ["CALL"], "proof": "RECORDED", "words": "Ja, rufen Sie an.", "call_note": "c9"}


def test_given_asked_used_and_withdrawn(customer: Customer, program: Shop) -> None:
    (act,) = program.post(of(customer, "consents"), YES)["acts"]
    assert act["words"] == "Ja, rufen Sie an." and act["version"] == 1 and act["uses"] == []
    asked = program.get(of(customer, "may-leave?way=CALL"))
    assert (asked["state"], asked["basis"], asked["act_id"]) == ("ALLOWED", "CONSENT", act["id"])
    assert not Permission.objects.exists()
    program.post(of(customer, "leave"), {"message_class": "ADVERTISING", "way": "CALL"})
    told = program.get(of(customer, "consents"))
    assert len(told["acts"][0]["uses"]) == 1
    program.post(of(customer, "consents/withdraw"), {"purpose": "NEWS", "way": "CALL"})
    refused = program.post(of(customer, "leave"), {"message_class": "ADVERTISING", "way": "CALL"})
    assert (refused["state"], refused["reason"]) == ("REFUSED", "WITHDRAWN")
    assert Refusal.objects.get().reason == "WITHDRAWN"


def test_an_objection_holds_when_the_answer_comes(customer: Customer, program: Shop) -> None:
    program.post(of(customer, "consents"), YES)
    assert program.post(of(customer, "consents/object"), {"words": "Keine Werbung."})["acts"][0]["kind"] == "OBJECTED"
    assert program.post(of(customer, "consents/object"), {})["acts"] == []
    assert program.get(of(customer, "may-leave?way=CALL"))["reason"] == "OBJECTED"
    assert program.get(of(customer, "consents"))["objects"] is True


def test_ways_are_chosen_and_questions_sent(customer: Customer, program: Shop) -> None:
    told = program.put(of(customer, "channels"), {"purpose": "SERVICE", "ways": ["CALL", "EMAIL"]})
    assert told["purposes"][0]["chosen"] == ["CALL", "EMAIL"]
    assert program.post(of(customer, "consents/ask"), {"purpose": "NEWS"})["acts"][0]["kind"] == "ASKED"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"proof": "CONFIRMED", "ways": ["EMAIL"]}, "PROOF"),
        ({"proof": "MAIL"}, "PROOF"),
        ({"purpose": "SERVICE"}, "PURPOSE"),
        ({"words": ""}, "WORDS"),
        ({"said_at": "2199-01-01T00:00:00Z"}, "PROOF"),
    ],
)
def test_what_proves_nothing_is_refused_with_its_reason(
    customer: Customer, program: Shop, wrong: dict[str, Any], reason: str
) -> None:
    problem = program.refused(of(customer, "consents"), YES | wrong)
    assert problem["reason"] == reason and not ConsentAct.objects.exists()


def test_words_that_were_read_are_judged_by_a_program(customer: Customer, program: Shop) -> None:
    program.post(of(customer, "consents"), YES)
    a_message(customer=customer, text="Bitte keine Werbung mehr!", at=clock.now())
    act = next(one for one in program.get(of(customer, "consents"))["acts"] if one["kind"] == "OBJECTED")
    place = of(customer, f"consents/{act['id']}/reading")
    assert program.refused(place, {"reading": "MISREAD"})["reason"] == "WORDS"
    (said,) = program.post(place, {"reading": "MISREAD", "words": "Zitat"})["acts"]
    assert (said["kind"], said["read_id"]) == ("MISREAD", act["id"])
    assert program.get(of(customer, "may-leave?way=CALL"))["state"] == "ALLOWED"
    program.post(place, {"reading": "UNSAID"})
    assert program.get(of(customer, "may-leave?way=CALL"))["reason"] == "OBJECTED"
    assert program.post(place, {"reading": "UNSAID"})["acts"] == []


def test_what_they_declared_is_not_judged(customer: Customer, program: Shop) -> None:
    (act,) = program.post(of(customer, "consents/object"), {"words": "Keine Werbung."})["acts"]
    told = {"reading": "MISREAD", "words": "Doch."}
    assert program.refused(of(customer, f"consents/{act['id']}/reading"), told)["reason"] == "DECLARED"


def test_exceptions_are_noted_with_their_proof(customer: Customer, program: Shop) -> None:
    (looked,) = program.post(of(customer, "consents/ground"), {"ground": "LISTED_NOT", "words": "Liste 11/26"})["acts"]
    assert looked["kind"] == "LISTED_NOT"
    told = {"ground": "PRESUMED", "words": "Anfrage"}
    assert program.refused(of(customer, "consents/ground"), told)["reason"] == "BUSINESS"


def test_first_words_say_what_they_are(customer: Customer, program: Shop) -> None:
    first = {
        "customer": {"email": "valentina@kundin.example"},
        "subject": "Öfen",
        "text": "Neu!",
        "message_class": "ADVERTISING",
    }
    problem = program.refused("/conversations/first-words", first)
    assert (problem["type"], problem["reason"]) == ("urn:golddraht:problem:may-not-leave", "NO_CONSENT")
    assert Refusal.objects.get().reason == "NO_CONSENT"
    program.post(of(customer, "consents"), YES | {"ways": ["EMAIL"], "proof": "SIGNED"})
    program.post("/conversations/first-words", first)
    assert Permission.objects.get().message_class == "ADVERTISING"
