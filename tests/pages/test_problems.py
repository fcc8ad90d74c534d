"""Causes: concerns are tied to them, and when they are gone everybody affected is told once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations import reply
from golddraht.conversations.operations.solving import confirm_in_person
from golddraht.conversations.rules import Status
from golddraht.customers.models import ContactPoint
from golddraht.customers.operations import meet
from golddraht.ground.numbers import spoken
from golddraht.improvement.models import Affected, FixLetter, Problem
from golddraht.improvement.operations import (
    ProblemRefused,
    link_concern,
    mark_fixed,
    open_problem,
    reopen_problem,
    stop_letters,
    tell_affected,
)
from golddraht.improvement.operations.telling import sweep
from golddraht.improvement.queries import like_contacts, problems_of
from golddraht.plumbing import clock
from tests.cast import Company, a_company, a_conversation, bjoern, valentina
from tests.pages.conftest import Browser

pytestmark = pytest.mark.django_db
Said = Callable[[Any], str]
PLACE = "/t/heizwerk/problems/"
A_MINUTE = timedelta(seconds=61)
TEXT = "{greeting}\n\ndie Dichtung ist verbessert."


@pytest.fixture
def lea(company: Company, mailbox: None, signed_in: Browser) -> Client:
    return signed_in(company.lea)


def a_problem(company: Company, **more: Any) -> Problem:
    at = clock.now()
    values: dict[str, Any] = {
        "title": "Die Dichtung reißt",
        "owner_id": company.tom.pk,
        "target_on": at.date() + timedelta(days=9),
    }
    return open_problem(by=company.nina.pk, at=at, **(values | more))


def tied(problem: Problem, company: Company, *concerns: Conversation) -> None:
    for concern in concerns:
        link_concern(problem_id=problem.pk, conversation_id=concern.pk, by=company.nina.pk, at=clock.now())


def solved(company: Company, concern: Conversation) -> Conversation:
    reply(conversation_id=concern.pk, author_id=company.nina.pk, text="Gern.", at=clock.now())
    confirm_in_person(conversation_id=concern.pk, by=company.nina.pk, at=clock.now())
    return concern


def test_a_cause_needs_words_an_owner_who_is_here_and_a_day_to_come(company: Company) -> None:
    for wrong, reason in [
        ({"title": " "}, "WORDS"),
        ({"owner_id": 0}, "OWNER"),
        ({"target_on": date(2001, 1, 1)}, "PAST"),
    ]:
        with pytest.raises(ProblemRefused) as refused:
            a_problem(company, **wrong)
        assert refused.value.reason == reason


def test_everybody_affected_gets_one_letter_by_name(company: Company, mailbox: None) -> None:
    problem, at = a_problem(company), clock.now()
    open_one = a_conversation(customer=valentina(at=at), at=at)
    older = solved(company, a_conversation(customer=valentina(at=at), at=at))
    rested = solved(company, a_conversation(customer=bjoern(at=at), at=at))
    tied(problem, company, open_one, older, rested)
    mark_fixed(problem_id=problem.pk, by=company.tom.pk, at=at)

    assert tell_affected(problem_id=problem.pk, text=TEXT, by=company.lea.pk, at=at) == 2
    sweep(at=at + timedelta(seconds=30))
    assert not Message.objects.filter(text__contains="verbessert").exists()
    sweep(at=at + A_MINUTE)
    sweep(at=at + 2 * A_MINUTE)

    letters = {row.conversation_id: row.text for row in Message.objects.filter(text__contains="verbessert")}
    assert letters.keys() == {open_one.pk, rested.pk}
    assert letters[open_one.pk].startswith("Guten Tag Valentina Moser,")
    open_one.refresh_from_db()
    rested.refresh_from_db()
    assert (open_one.status, rested.status) == (Status.WAITING, Status.SOLVED)
    with pytest.raises(ProblemRefused):
        tell_affected(problem_id=problem.pk, text=TEXT, by=company.lea.pk, at=at)


def test_a_letter_to_everybody_calls_nobody_frau_or_herr(company: Company) -> None:
    problem, at = a_problem(company), clock.now()
    tied(problem, company, a_conversation(customer=valentina(at=at), at=at))
    mark_fixed(problem_id=problem.pk, by=company.tom.pk, at=at)

    for text in ("Sehr geehrte Frau Moser,\n\nes hält.", "Lieber Kunde,\n\n{greeting}\n\nes hält."):
        with pytest.raises(ProblemRefused) as refused:
            tell_affected(problem_id=problem.pk, text=text, by=company.lea.pk, at=at)
        assert refused.value.reason == "SALUTATION"


def test_letters_leave_by_mail_like_every_answer(company: Company, mailbox: None) -> None:
    from golddraht.channels.models import Delivery

    problem, at = a_problem(company), clock.now()
    rested = solved(company, a_conversation(customer=bjoern(at=at), at=at))
    tied(problem, company, rested)
    mark_fixed(problem_id=problem.pk, by=company.tom.pk, at=at)
    tell_affected(problem_id=problem.pk, text=TEXT, by=company.lea.pk, at=at)
    sweep(at=at + A_MINUTE)

    assert Delivery.objects.get(message__text__contains="verbessert").recipient == "bjoern@kunde.example"


def test_within_a_minute_they_can_be_stopped_and_written_anew(company: Company, mailbox: None) -> None:
    problem, at = a_problem(company), clock.now()
    tied(problem, company, a_conversation(at=at))
    mark_fixed(problem_id=problem.pk, by=company.tom.pk, at=at)
    tell_affected(problem_id=problem.pk, text=TEXT, by=company.lea.pk, at=at)

    assert stop_letters(problem_id=problem.pk, at=at) == 1
    sweep(at=at + A_MINUTE)
    assert not Message.objects.filter(text__contains="verbessert").exists()
    assert tell_affected(problem_id=problem.pk, text=TEXT, by=company.lea.pk, at=at) == 1


def test_who_cannot_or_will_not_be_written_to_is_left_out_with_the_reason(company: Company, mailbox: None) -> None:
    problem, at = a_problem(company), clock.now()
    unwanted = a_conversation(customer=bjoern(at=at), at=at)
    nobody = a_conversation(customer=meet(name="Karl Groß", source="member", at=at), at=at)
    ContactPoint.objects.filter(customer=unwanted.customer).update(complained_at=at + timedelta(seconds=1))
    tied(problem, company, unwanted, nobody)
    mark_fixed(problem_id=problem.pk, by=company.tom.pk, at=at)

    assert tell_affected(problem_id=problem.pk, text=TEXT, by=company.lea.pk, at=at) == 0
    assert {row.why for row in FixLetter.objects.all()} == {"UNWANTED", "NO_ADDRESS"}


def test_only_leads_write_to_many_and_only_when_it_is_fixed(company: Company) -> None:
    problem, at = a_problem(company), clock.now()
    tied(problem, company, a_conversation(at=at))
    for by, reason in [(company.nina.pk, "RIGHT"), (company.lea.pk, "STATE")]:
        with pytest.raises(ProblemRefused) as refused:
            tell_affected(problem_id=problem.pk, text=TEXT, by=by, at=at)
        assert refused.value.reason == reason
    mark_fixed(problem_id=problem.pk, by=company.tom.pk, at=at)
    with pytest.raises(ProblemRefused):
        tell_affected(problem_id=problem.pk, text="{greeting} ", by=company.lea.pk, at=at)
    reopen_problem(problem_id=problem.pk, at=at)
    problem.refresh_from_db()
    assert problem.fixed_at is None


def test_like_contacts_are_linked_ones_and_those_with_the_tag_each_once(company: Company) -> None:
    problem, at = a_problem(company, tag="Dichtung"), clock.now()
    both, linked, tagged, other = (a_conversation(at=at) for _ in range(4))
    Conversation.objects.filter(pk__in=[both.pk, tagged.pk]).update(tags=["Dichtung"])
    tied(problem, company, both, linked)
    assert len(like_contacts(problem)) == 3
    Conversation.objects.filter(pk=tagged.pk).update(status=Status.SPAM, owner=None, next_touch_at=None)
    assert len(like_contacts(problem)) == 2
    assert [one.pk for one in problems_of(viewer=company.viewer(company.nina), conversation_id=both.pk)] == [problem.pk]
    assert problems_of(viewer=company.viewer(company.nina), conversation_id=other.pk) == []


def test_from_the_first_concern_to_the_last_letter(company: Company, nina: Client, lea: Client, page: Said) -> None:
    concern = a_conversation(at=clock.now())
    said = {
        "title": "Die Dichtung reißt",
        "owner_id": company.tom.pk,
        "target_on": "2031-01-01",
        "tag": "",
        "description": "Charge 7",
    }
    url = nina.post(PLACE + "new/", said)["Location"]
    problem = Problem.objects.get()
    nina.post(f"/t/heizwerk/conversations/{spoken(concern.number)}/problem/", {"problem_id": problem.pk})
    assert Affected.objects.get().conversation == concern
    shown = page(nina.get(url))
    assert "<svg" in shown and "Dasselbe in Zahlen" in shown and concern.subject in shown
    assert "Die Dichtung reißt" in page(
        nina.get(f"/t/heizwerk/conversations/{spoken(concern.number)}/suggestions/", headers={"HX-Request": "true"})
    )

    nina.post(url + "fixed/")
    assert nina.get(url + "tell/").status_code == 403
    look = page(lea.post(url + "tell/", {"text": TEXT, "step": "look"}))
    assert "Guten Tag Valentina Moser," in look and not FixLetter.objects.exists()
    sent = lea.post(url + "tell/", {"text": TEXT, "step": "send"})
    assert "0 von 1" in page(lea.get(sent["Location"]))
    sweep(at=clock.now() + A_MINUTE)
    assert "1 von 1" in page(lea.get(sent["Location"], headers={"HX-Request": "true"}))


def test_refusals_are_said_in_the_form(company: Company, nina: Client, lea: Client) -> None:
    problem = a_problem(company)
    said = {"title": "x", "owner_id": company.tom.pk, "target_on": "2001-01-01"}
    assert nina.post(PLACE + "new/", said).status_code == 422
    assert nina.post(f"{PLACE}{problem.pk}/change/", said).status_code == 422
    assert lea.post(f"{PLACE}{problem.pk}/tell/", {"text": TEXT, "step": "send"}).status_code == 422
    assert (
        nina.post(f"{PLACE}{problem.pk}/change/", said | {"title": "Neu", "target_on": "2031-01-01"}).status_code == 302
    )


def test_an_empty_list_says_what_it_is_for(nina: Client, page: Said) -> None:
    assert "Noch ist keine Ursache bekannt" in page(nina.get(PLACE))


def test_a_concern_is_unlinked(company: Company, nina: Client) -> None:
    problem, concern = a_problem(company), a_conversation(at=clock.now())
    tied(problem, company, concern)
    nina.post(f"/t/heizwerk/conversations/{spoken(concern.number)}/problem/{problem.pk}/unlink/")
    assert not Affected.objects.exists()


def test_causes_of_another_company_are_not_seen(company: Company, nina: Client) -> None:
    theirs = a_company("moebelhaus", "Möbelhaus")
    with theirs.seen():
        problem = a_problem(theirs)
    assert nina.get(f"{PLACE}{problem.pk}/").status_code == 404


def test_the_list_renews_itself_with_its_own_news(company: Company, nina: Client) -> None:
    problem = a_problem(company)

    whole = nina.get(PLACE).content.decode()
    part = nina.get(PLACE, headers={"HX-Request": "true", "HX-Target": "div#problems"}).content.decode()

    assert 'hx-trigger="live:problems from:body' in whole
    assert part.strip().startswith('<div id="problems"') and problem.title in part and "</html>" not in part
