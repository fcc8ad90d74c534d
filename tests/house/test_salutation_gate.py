"""Whoever makes words of ours that leave: none of them says Frau or Herr to somebody of whom it is not known."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from golddraht.conversations.models import Conversation, Draft, Message
from golddraht.conversations.operations import Writing, let_leave, reply, send_answer, start_conversation
from golddraht.conversations.operations.asking import ask_third_party
from golddraht.conversations.operations.solving import propose_solution
from golddraht.conversations.operations.writing import write_automatic
from golddraht.conversations.rules import Automatic, Channel, Stopped
from golddraht.customers.models import Customer
from golddraht.customers.operations import WordsNeeded, note_salutation, take_back
from golddraht.customers.queries import greeted_as_proven
from golddraht.customers.rules import Source, UnprovenSalutation
from golddraht.customers.rules.attributes import Attribute
from tests.cast import MONDAY_MORNING, Company, a_conversation
from tests.house.test_one_gate import HOUSE, MAKERS

AT = MONDAY_MORNING + timedelta(hours=1)
WORDS = "Sehr geehrte Frau Moser,\n\nwir kommen am Freitag."


@pytest.fixture
def concern(company: Company) -> Conversation:
    return a_conversation()


def first_words(concern: Conversation, company: Company, text: str) -> object:
    team_id = concern.team_id
    return start_conversation(
        customer=concern.customer, author_id=company.nina.pk, team_id=team_id, subject="Ofen", text=text, at=AT
    )


PERSONS: dict[str, Callable[[Conversation, Company, str], object]] = {
    "an answer": lambda one, us, text: reply(conversation_id=one.pk, author_id=us.nina.pk, text=text, at=AT),
    "an answer that can be taken back": lambda one, us, text: send_answer(
        conversation_id=one.pk,
        author_id=us.nina.pk,
        writing=Writing(text),
        undo_within=timedelta(seconds=10),
        at=AT,
    ),
    "a letter": lambda one, us, text: reply(
        conversation_id=one.pk, author_id=us.nina.pk, text=text, channel=Channel.LETTER, at=AT
    ),
    "a solution": lambda one, us, text: propose_solution(conversation_id=one.pk, by=us.nina.pk, text=text, at=AT),
    "a first word": first_words,
}


@pytest.mark.parametrize("make", PERSONS.values(), ids=PERSONS)
def test_what_a_person_writes_is_refused_until_it_is_proven(
    concern: Conversation, company: Company, make: Callable[..., Any]
) -> None:
    with pytest.raises(UnprovenSalutation) as refused:
        make(concern, company, WORDS)
    assert refused.value.instead == "Guten Tag Valentina Moser,"
    assert not Message.objects.filter(direction="OUT", automatic="").exists() and not Draft.objects.exists()

    note_salutation(customer_id=concern.customer_id, mode="frau", words="Ich bin Frau Moser.", at=AT)

    make(concern, company, WORDS)


def test_what_a_machine_says_greets_as_is_proven(concern: Conversation) -> None:
    said = write_automatic(conversation_id=concern.pk, kind=Automatic.DANGER, subject="Ofen", text=WORDS, at=AT)

    assert said is not None
    assert said.text == "Guten Tag Valentina Moser,\n\nwir kommen am Freitag."


def test_a_call_is_noted_and_a_third_party_is_not_our_customer(concern: Conversation, company: Company) -> None:
    reply(conversation_id=concern.pk, author_id=company.nina.pk, text=WORDS, channel=Channel.PHONE, at=AT)
    ask_third_party(
        conversation_id=concern.pk,
        asked="Frau Sommer",
        address="dispo@spedition.example",
        subject="Ofen",
        text="Guten Tag Frau Sommer,\n\nwann?",
        due_at=AT + timedelta(days=1),
        by=company.nina.pk,
        at=AT,
    )


def test_what_is_not_proven_any_more_when_it_is_to_leave_is_stopped(concern: Conversation, company: Company) -> None:
    note_salutation(customer_id=concern.customer_id, mode="frau", words="Ich bin Frau Moser.", at=AT)
    sent = send_answer(
        conversation_id=concern.pk,
        author_id=company.nina.pk,
        writing=Writing(WORDS),
        undo_within=timedelta(seconds=10),
        at=AT,
    )
    take_back(customer_id=concern.customer_id, attribute=Attribute.SALUTATION, source=Source.CUSTOMER, at=AT)

    assert sent.draft_id is not None
    assert let_leave(draft_id=sent.draft_id, at=AT + timedelta(minutes=1)) is None
    assert Draft.objects.get().stopped_why == Stopped.SALUTATION


def test_their_words_are_kept_and_what_was_said_otherwise_is_wrong(concern: Conversation) -> None:
    customer = Customer.objects.get(pk=concern.customer_id)
    note_salutation(customer_id=customer.pk, mode="herr", words="Herr Moser", at=AT)
    with pytest.raises(WordsNeeded):
        note_salutation(customer_id=customer.pk, mode="frau", words=" ", at=AT)

    note_salutation(customer_id=customer.pk, mode="frau", words="Nein, Frau Moser!", at=AT + timedelta(minutes=1))

    customer.refresh_from_db()
    assert (customer.salutation, customer.salutation_source) == ("FRAU", "member")
    assert customer.facts.filter(evidence="Nein, Frau Moser!").count() == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Liebe Frau Moser, gern.\n\nBis bald", "Guten Tag Valentina Moser, gern.\n\nBis bald"),
        ("Guten Tag, Frau Moser,\nja.", "Guten Tag Valentina Moser,\nja."),
        ("Frau Moser\n\nja.", "Guten Tag Valentina Moser,\n\nja."),
        ("Frau Huber kommt morgen.", "Frau Huber kommt morgen."),
        ("Lieber morgen.", "Lieber morgen."),
    ],
)
def test_only_the_greeting_gives_way(concern: Conversation, text: str, said: str) -> None:
    assert greeted_as_proven(text, customer_id=concern.customer_id, language="de") == said


def test_every_maker_of_what_leaves_stands_behind_the_gate() -> None:
    """All of our words to a customer are made by `say`, which asks the gate; a mail without a concern by `plain_dispatch`."""
    assert _calls("conversations/operations/writing.py", "say") >= {"_greeted_as_proven", "refuse_greeting"}
    assert _calls("channels/operations/plain_mail.py", "plain_dispatch") >= {"greeted_as_proven"}
    assert set(MAKERS) == {"Delivery", "say", "Permission", "plain_dispatch"}, "A new maker asks the gate, too."


def _calls(path: str, name: str) -> set[str]:
    tree = ast.parse((HOUSE / path).read_text(encoding="utf-8"))
    made = next(one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == name)
    return {one.func.id for one in ast.walk(made) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}
