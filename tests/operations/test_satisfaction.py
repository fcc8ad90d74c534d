"""Customers are asked how it was only where somebody answers for it, rarely, once, and never against their wish."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from django.utils import timezone

from golddraht.channels.mail.signing import SIGNED
from golddraht.channels.models import Delivery
from golddraht.channels.operations.composing import dispatch_of
from golddraht.channels.operations.delivering import claim
from golddraht.consent.models import ConsentAct, Refusal
from golddraht.consent.operations import give, note_sale, object_to, set_quiet_hours
from golddraht.consent.rules import Proof, Purpose, Way
from golddraht.conversations.models import Conversation, Link, Message, Milestone
from golddraht.conversations.operations import confirm_in_person, propose_solution, receive_message, reply, silence
from golddraht.conversations.rules import Automatic, Happening, Status
from golddraht.improvement.models import AskingPolicy, DayTally, Satisfaction
from golddraht.improvement.operations import (
    answer_satisfaction,
    ask_customers_from_now_on,
    ask_customers_no_more,
    ask_no_more,
    count_day,
)
from golddraht.improvement.operations.satisfaction import sweep
from golddraht.improvement.queries import today
from golddraht.improvement.queries.satisfaction import survey_path
from golddraht.promises.models import Promise
from tests.cast import MONDAY_MORNING, Company, a_conversation, bjoern, valentina, words
from tests.mails import a_mailbox
from tests.pages.test_promises import signed_in

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _mailbox(company: Company) -> None:
    a_mailbox()


@pytest.fixture
def allowed(company: Company) -> None:
    ask_customers_from_now_on(by=company.ada.pk, rest_days=180, at=MONDAY_MORNING - DAY)
    for customer in (valentina(), bjoern()):
        note_sale(customer_id=customer.pk, words="Kauf 4711, Hinweis auf der Rechnung", at=MONDAY_MORNING - DAY)


def solved(company: Company, *, at: Any = MONDAY_MORNING, **more: Any) -> Conversation:
    conversation = a_conversation(at=at, **more)
    confirm_in_person(conversation_id=conversation.pk, by=company.nina.pk, at=at + HOUR)
    conversation.refresh_from_db()
    return conversation


def objected() -> list[tuple[int, str]]:
    return list(ConsentAct.objects.filter(kind="OBJECTED").values_list("customer_id", "purpose"))


def questions() -> list[Message]:
    return list(Message.objects.filter(automatic=Automatic.SATISFACTION))


def test_nobody_is_asked_until_somebody_answers_for_it(company: Company) -> None:
    solved(company)
    assert sweep(at=MONDAY_MORNING + 2 * DAY).asked == 0
    assert not Satisfaction.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        AskingPolicy.objects.create(since=MONDAY_MORNING)


def test_one_question_a_day_after_it_was_confirmed(company: Company, allowed: None) -> None:
    conversation = solved(company)
    sweep(at=MONDAY_MORNING + DAY)
    assert questions() == []
    for _ in range(2):
        sweep(at=MONDAY_MORNING + DAY + 2 * HOUR)
    asked = Satisfaction.objects.get()
    assert [one.conversation_id for one in questions()] == [conversation.pk]
    text = questions()[0].text
    assert survey_path(asked.pk) in text and "nicht-mehr" in text and "automatisch" in text
    conversation.refresh_from_db()
    assert conversation.status == Status.SOLVED


def test_what_is_only_proposed_or_came_back_is_not_asked_about(company: Company, allowed: None) -> None:
    open_one = a_conversation(customer=bjoern())
    propose_solution(conversation_id=open_one.pk, by=company.nina.pk, text="So geht es.", at=MONDAY_MORNING)
    back = solved(company)
    receive_message(
        customer=back.customer, words=words("Wieder kalt."), conversation=back, at=MONDAY_MORNING + 2 * HOUR
    )
    sweep(at=MONDAY_MORNING + 2 * DAY)
    assert questions() == []


def test_a_customer_is_asked_at_most_once_in_so_many_days(company: Company, allowed: None) -> None:
    solved(company)
    solved(company, at=MONDAY_MORNING + HOUR)
    sweep(at=MONDAY_MORNING + 2 * DAY)
    assert len(questions()) == 1
    assert sorted(Satisfaction.objects.values_list("not_asked", flat=True)) == ["", "LATELY"]


def test_one_click_in_the_mail_program_ends_the_questions(company: Company, allowed: None) -> None:
    """RFC 8058: a POST without cookie or page, to the address in a header that is sealed."""
    conversation = solved(company)
    sweep(at=MONDAY_MORNING + 2 * DAY)
    with override_settings(BASE_URL="https://post.heizwerk.example"):
        mail = message_from_bytes(dispatch_of(Delivery.objects.get(message=questions()[0])).content)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = mail["List-Unsubscribe"].strip("<>").removeprefix("https://post.heizwerk.example")
    assert {"list-unsubscribe", "list-unsubscribe-post"} <= set(SIGNED)

    client = Client(enforce_csrf_checks=True)
    assert client.get(url).status_code == 200 and not objected()
    for _ in range(2):
        answer = client.post(url, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 200
    assert objected() == [(conversation.customer_id, "SURVEY")]
    assert client.post(url.replace("abmelden/", "abmelden/x")).status_code == 410


def test_only_the_question_how_it_was_can_be_unsubscribed_from(company: Company, allowed: None) -> None:
    conversation = a_conversation()
    reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Gern.", at=MONDAY_MORNING + HOUR)

    mail = message_from_bytes(dispatch_of(Delivery.objects.latest("pk")).content)

    assert mail["List-Unsubscribe"] is None and mail["List-Unsubscribe-Post"] is None


def test_who_does_not_want_to_be_asked_never_is_again(company: Company, allowed: None) -> None:
    solved(company)
    sweep(at=MONDAY_MORNING + 2 * DAY)
    for _ in range(2):
        ask_no_more(satisfaction_id=Satisfaction.objects.get().pk, at=MONDAY_MORNING + 2 * DAY)
    later = MONDAY_MORNING + 400 * DAY
    solved(company, at=later)
    sweep(at=later + 2 * DAY)
    assert len(questions()) == 1
    assert Satisfaction.objects.latest("pk").not_asked == "OPTED_OUT"


def test_whom_the_gate_refuses_is_not_asked_and_that_is_kept(company: Company) -> None:
    ask_customers_from_now_on(by=company.ada.pk, rest_days=180, at=MONDAY_MORNING - DAY)
    conversation = solved(company)
    sweep(at=MONDAY_MORNING + 2 * DAY)
    assert questions() == [] and Satisfaction.objects.get().not_asked == "NOT_ALLOWED"
    refusal = Refusal.objects.get()
    assert (refusal.reason, refusal.message_class, refusal.conversation_id) == ("NO_CONSENT", "SURVEY", conversation.pk)
    line = Milestone.objects.get(kind=Happening.NOT_ALLOWED)
    assert (line.conversation_id, line.words) == (conversation.pk, "SURVEY NO_CONSENT")


def test_who_allowed_it_is_asked_with_the_consent_named(company: Company) -> None:
    ask_customers_from_now_on(by=company.ada.pk, rest_days=180, at=MONDAY_MORNING - DAY)
    told = {"purpose": Purpose.SURVEY, "ways": [Way.EMAIL], "proof": Proof.OWN_PAGE, "at": MONDAY_MORNING}
    (act,) = give(customer_id=valentina().pk, **told)
    solved(company)
    sweep(at=MONDAY_MORNING + 2 * DAY)
    delivery = Delivery.objects.get(message=questions()[0])
    assert delivery.message_class == "SURVEY" and delivery.permission.act_id == act.pk
    assert delivery.permission.keep_until.year == 2031


def test_who_objected_is_asked_whether_it_is_solved_and_never_how_it_was(company: Company, allowed: None) -> None:
    conversation = a_conversation()
    object_to(customer_id=conversation.customer_id, at=MONDAY_MORNING)
    propose_solution(conversation_id=conversation.pk, by=company.nina.pk, text="So geht es.", at=MONDAY_MORNING + HOUR)
    silence.sweep(at=MONDAY_MORNING + 4 * DAY)
    asked = Message.objects.get(automatic=Automatic.SOLVED_QUESTION)
    assert asked.message_class == "SERVICE" and Delivery.objects.filter(message=asked, state="WAITING").exists()
    confirm_in_person(conversation_id=conversation.pk, by=company.nina.pk, at=MONDAY_MORNING + 4 * DAY)
    sweep(at=MONDAY_MORNING + 6 * DAY)
    assert questions() == [] and Satisfaction.objects.get().not_asked == "OPTED_OUT"


def test_in_quiet_hours_the_question_waits(company: Company, allowed: None) -> None:
    set_quiet_hours(customer_id=valentina().pk, hours="8 bis 20 Uhr", at=MONDAY_MORNING)
    solved(company)
    sweep(at=MONDAY_MORNING + 2 * DAY)
    delivery = Delivery.objects.get(message=questions()[0])
    assert delivery.next_attempt_at == (MONDAY_MORNING + 2 * DAY).replace(hour=19)  # 20:00 in Berlin.
    assert claim(delivery_id=delivery.pk, at=MONDAY_MORNING + 2 * DAY + HOUR) is None


def test_after_it_was_turned_off_nobody_is_asked(company: Company, allowed: None) -> None:
    solved(company)
    ask_customers_no_more()
    assert sweep(at=MONDAY_MORNING + 2 * DAY).asked == 0


def an_answer(company: Company, score: int, said: str = "") -> Satisfaction:
    solved(company)
    sweep(at=MONDAY_MORNING + 2 * DAY)
    asked = Satisfaction.objects.get()
    return answer_satisfaction(satisfaction_id=asked.pk, score=score, words=said, at=MONDAY_MORNING + 2 * DAY + HOUR)


def test_a_good_answer_stands_in_the_concern_and_in_the_figures(company: Company, allowed: None) -> None:
    asked = an_answer(company, 5, "Sehr freundlich!")
    line = Milestone.objects.get(kind=Happening.RATED)
    assert (line.conversation_id, line.words) == (asked.conversation_id, "5 Sehr freundlich!")
    assert asked.follow_up is None
    at = MONDAY_MORNING + 2 * DAY
    count_day(on=today(at), at=at + 2 * HOUR)
    row = DayTally.objects.get(on=today(at))
    assert (row.asked, row.rated, row.content) == (1, 1, 1)


def test_a_low_answer_is_a_concern_with_owner_next_touch_and_promise(company: Company, allowed: None) -> None:
    asked = an_answer(company, 1)
    follow_up = asked.follow_up
    assert follow_up is not None and follow_up.status == Status.OPEN
    assert follow_up.owner_id == asked.conversation.owner_id and follow_up.next_touch_at is not None
    assert Promise.objects.filter(conversation=follow_up, state="OPEN").exists()
    assert Link.objects.filter(earlier=asked.conversation, later=follow_up).exists()
    assert Conversation.objects.get(pk=asked.conversation_id).status == Status.SOLVED
    # Words that come a moment later belong to the same concern, and saying the same twice says nothing new.
    for _ in range(2):
        answer_satisfaction(
            satisfaction_id=asked.pk, score=1, words="Drei Wochen!", at=MONDAY_MORNING + 2 * DAY + 2 * HOUR
        )
    assert Message.objects.filter(conversation=follow_up, text="Drei Wochen!").count() == 1


# The customer's page


def page_of(asked: Satisfaction) -> str:
    return survey_path(asked.pk)


@pytest.fixture
def asked_now(company: Company) -> Satisfaction:
    at = timezone.now() - 3 * DAY
    ask_customers_from_now_on(by=company.ada.pk, rest_days=180, at=at - DAY)
    note_sale(customer_id=valentina(at=at).pk, words="Kauf 4711", at=at - DAY)
    solved(company, at=at)
    sweep(at=timezone.now())
    asked: Satisfaction = Satisfaction.objects.get()
    return asked


def test_looking_changes_nothing_and_one_click_answers(company: Company, asked_now: Satisfaction) -> None:
    client, url = Client(), page_of(asked_now)
    for path in (url, f"{url}?nicht-mehr"):
        assert client.get(path).status_code == 200
        asked_now.refresh_from_db()
        assert asked_now.score is None
    assert client.post(url, {"score": "4"}).status_code == 302
    asked_now.refresh_from_db()
    assert asked_now.score == 4
    assert client.post(url, {"words": "Danke an Nina"}).status_code == 302
    asked_now.refresh_from_db()
    assert asked_now.words == "Danke an Nina"
    assert "Danke an Nina" in client.get(url).content.decode()


@pytest.mark.parametrize("said", [{"score": "9"}, {"score": "x"}, {"words": "vor der Antwort"}, {}])
def test_what_is_no_answer_changes_nothing(company: Company, asked_now: Satisfaction, said: dict[str, str]) -> None:
    assert Client().post(page_of(asked_now), said).status_code in {200, 422}
    asked_now.refresh_from_db()
    assert (asked_now.score, asked_now.words) == (None, "")


def test_one_click_ends_the_asking(company: Company, asked_now: Satisfaction) -> None:
    client, url = Client(), page_of(asked_now)
    client.post(url, {"stop": "1"})
    assert "Wir fragen Sie nicht mehr" in client.get(url).content.decode()


# The switch


def test_an_admin_turns_it_on_by_answering_for_it_and_a_lead_may_not(company: Company) -> None:
    url = "/t/heizwerk/settings/asking/"
    assert signed_in(company.lea).get(url).status_code == 403
    ada = signed_in(company.ada)
    assert ada.post(url, {"rest_days": "180"}).status_code == 422
    assert not AskingPolicy.objects.exists()
    ada.post(url, {"rest_days": "180", "is_allowed": "on"})
    assert AskingPolicy.objects.get().by == company.ada
    assert "VI ZR 225/17" in ada.get(url).content.decode()
    ada.post(url, {"stop": "1"})
    assert AskingPolicy.objects.get().since is None
