"""What a lead looks after, and what an agent may not."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from golddraht.conversations.models import Conversation, Escalation, Message
from golddraht.conversations.operations.escalating import escalate
from golddraht.conversations.operations.outlook import Outlook
from golddraht.conversations.operations.sorting import mark_quiet, set_tags
from golddraht.customers.models import Customer
from golddraht.customers.operations import recognise
from golddraht.ground.needs_no_answer import Reason
from golddraht.ground.numbers import spoken
from golddraht.pages.lead.shown import reason_text
from golddraht.plumbing.models import Tenant, Trace
from golddraht.team.models import Absence, Membership, User
from golddraht.team.operations import plan_absence, raise_alarm
from tests.cast import Company, a_company, a_conversation, a_message, bjoern, valentina
from tests.pages.test_promises import html, questions, signed_in

pytestmark = pytest.mark.django_db

EVERY_PAGE = ("", "quiet/", "group/")


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def lea(company: Company) -> Client:
    Membership.objects.filter(pk=company.lea.pk).update(undo_seconds=0)
    return signed_in(company.lea)


def url(rest: str = "") -> str:
    return f"/t/heizwerk/lead/{rest}"


def an_escalation(company: Company, now: datetime) -> Escalation:
    conversation = a_conversation(at=now - timedelta(days=3))
    Conversation.objects.filter(pk=conversation.pk).update(next_touch_at=now - timedelta(hours=2))
    conversation.refresh_from_db()
    found = escalate(conversation, at=now, outlook=Outlook(now))
    assert found is not None
    return found


def a_quiet_one(company: Company, now: datetime, text: str = "Danke, alles bestens!") -> Conversation:
    conversation = a_conversation(text=text, at=now - timedelta(hours=4))
    mark_quiet(conversation_ids=[conversation.pk], by=None, reason="THANKS", at=now)
    return conversation


def test_an_agent_is_told_that_this_door_is_closed(company: Company) -> None:
    nina = signed_in(company.nina)
    assert [nina.get(url(page)).status_code for page in EVERY_PAGE] == [403] * len(EVERY_PAGE)
    for act in ("quiet/wake/", "quiet/seen/", "group/answer/", "escalations/1/take/"):
        assert nina.post(url(act), {"id": "1"}).status_code == 403


def test_an_admin_may_all_that_a_lead_may(company: Company) -> None:
    ada = signed_in(company.ada)
    assert [ada.get(url(page)).status_code for page in EVERY_PAGE] == [200] * len(EVERY_PAGE)


@pytest.mark.parametrize("page", ["", "quiet/", "group/"])
def test_a_busier_day_asks_no_more_questions(company: Company, lea: Client, now: datetime, page: str) -> None:
    an_escalation(company, now)
    a_quiet_one(company, now)
    two_alike(now)
    html(lea, url(page))  # What is remembered between pages is known from here on.
    few = questions(lea, url(page))
    for _ in range(2):
        an_escalation(company, now)
        a_quiet_one(company, now)
        two_alike(now)
    assert questions(lea, url(page)) == few


def test_looking_changes_nothing(company: Company, lea: Client, now: datetime) -> None:
    an_escalation(company, now)
    a_quiet_one(company, now)
    models = (Conversation, Message, Escalation, Absence)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    traced = Trace.objects.exclude(verb="see").count()
    for page in (*EVERY_PAGE, "group/?word=pumpt", "group/?tag=nichts"):
        html(lea, url(page))
    assert [list(model.objects.order_by("pk").values()) for model in models] == before
    assert Trace.objects.exclude(verb="see").count() == traced


def test_what_changes_something_wants_a_post(company: Company, lea: Client) -> None:
    for act in ("quiet/wake/", "quiet/seen/", "group/answer/", "escalations/1/take/", "escalations/1/hand-over/"):
        assert lea.get(url(act)).status_code == 405


def test_the_lead_sees_who_was_left_waiting_and_takes_it(company: Company, lea: Client, now: datetime) -> None:
    escalation = an_escalation(company, now)
    assert "Valentina Moser" in html(lea, url())
    take = url(f"escalations/{escalation.pk}/take/")
    assert lea.post(take).status_code == 302
    escalation.refresh_from_db()
    assert escalation.taken_by_id == company.lea.pk
    assert Conversation.objects.get(pk=escalation.conversation_id).owner_id == company.lea.pk
    assert lea.post(take).status_code == 404


def test_the_lead_hands_it_to_somebody_who_is_there(company: Company, lea: Client, now: datetime) -> None:
    escalation = an_escalation(company, now)
    hand = url(f"escalations/{escalation.pk}/hand-over/")
    assert lea.post(hand, {"to": str(company.tom.pk)}).status_code == 302
    assert Conversation.objects.get(pk=escalation.conversation_id).owner_id == company.tom.pk
    for nonsense in ("", "0", "abc", "999999"):
        assert lea.post(hand, {"to": nonsense}).status_code == 302
    assert Conversation.objects.get(pk=escalation.conversation_id).owner_id == company.tom.pk


def test_what_needs_an_answer_after_all_comes_back(company: Company, lea: Client, now: datetime) -> None:
    conversation = a_quiet_one(company, now)
    assert "Danke, alles bestens!" in html(lea, url("quiet/"))
    for _ in range(2):
        assert lea.post(url("quiet/wake/"), {"id": str(conversation.pk)}).status_code == 302
    conversation.refresh_from_db()
    assert conversation.status == "OPEN" and conversation.next_touch_at is not None
    assert "Danke, alles bestens!" not in html(lea, url("quiet/"))


def test_only_what_stood_on_the_page_counts_as_looked_at(company: Company, lea: Client, now: datetime) -> None:
    seen, later = a_quiet_one(company, now), a_quiet_one(company, now, text="Vielen Dank und Grüße!")
    lea.post(url("quiet/seen/"), {"id": [str(seen.pk), "unsinn", "9" * 40]})
    page = html(lea, url("quiet/"))
    assert "Danke, alles bestens!" not in page and "Vielen Dank und Grüße!" in page
    later.refresh_from_db()
    assert later.quiet_reviewed_at is None


def two_alike(now: datetime) -> list[Conversation]:
    at = now - timedelta(hours=2)
    return [
        a_conversation(customer=valentina(at=at), text="Der Strom ist ausgefallen!", at=at),
        a_conversation(customer=bjoern(at=at), text="Bei uns ist der Strom weg.", at=at),
    ]


def test_like_concerns_are_found_by_word_and_by_tag(company: Company, lea: Client, now: datetime) -> None:
    first, _ = two_alike(now)
    a_conversation(customer=bjoern(at=now), text="Wann kommt mein Ofen?", at=now - timedelta(hours=1))
    set_tags(conversation_id=first.pk, tags=["Stromausfall"], by=company.lea.pk, at=now)
    by_word, by_tag = html(lea, url("group/?word=strom")), html(lea, url("group/?tag=Stromausfall"))
    assert by_word.count('name="id"') == 2 and "mein Ofen" not in by_word
    assert by_tag.count('name="id"') == 1


def test_one_answer_reaches_each_by_name(company: Company, lea: Client, now: datetime) -> None:
    alike = two_alike(now)
    ids = [str(conversation.pk) for conversation in alike]
    posted = {"id": ids, "text": "{greeting}\n\nder Strom ist wieder da."}
    looked = lea.post(url("group/answer/"), posted | {"step": "look"})
    page = looked.content.decode()
    assert "Guten Tag Valentina Moser," in page and "Guten Tag Björn Petersen," in page
    assert not Message.objects.filter(direction="OUT", automatic="").exists()

    seen = {f"seen{letter['id']}": str(letter["seen"]) for letter in looked.context["letters"]}
    done = lea.post(
        url("group/answer/"), posted | seen | {"step": "send", "token": looked.context["token"]}, follow=True
    )
    assert "an 2 Anliegen erledigt" in done.content.decode()
    texts = Message.objects.filter(direction="OUT", automatic="").values_list("text", flat=True)
    assert sorted(text.split(",")[0] for text in texts) == ["Guten Tag Björn Petersen", "Guten Tag Valentina Moser"]


def test_a_second_click_answers_nobody_twice(company: Company, lea: Client, now: datetime) -> None:
    ids = [str(conversation.pk) for conversation in two_alike(now)]
    posted = {"id": ids, "text": "{greeting}\n\nder Strom ist wieder da.", "step": "send"}
    answers = [lea.post(url("group/answer/"), posted).status_code for _ in range(2)]
    assert answers == [302, 422]
    assert Message.objects.filter(direction="OUT", automatic="").count() == 2


def test_whoever_wrote_meanwhile_is_not_answered_past(company: Company, lea: Client, now: datetime) -> None:
    first, second = two_alike(now)
    ids = [str(first.pk), str(second.pk)]
    looked = lea.post(url("group/answer/"), {"id": ids, "text": "Er ist wieder da.", "step": "look"})
    seen = {f"seen{letter['id']}": str(letter["seen"]) for letter in looked.context["letters"]}
    newer = Message.objects.filter(conversation=first).order_by("pk").last()
    assert newer is not None
    Message.objects.create(
        conversation=first, direction="IN", channel="EMAIL", text="Es brennt!", written_at=now, received_at=now
    )
    done = lea.post(url("group/answer/"), {"id": ids, "text": "Er ist wieder da.", "step": "send"} | seen, follow=True)
    assert [left.number for left in done.context["errand"].left] == [spoken(first.number)]
    assert not Message.objects.filter(conversation=first, direction="OUT", automatic="").exists()


def test_a_placeholder_that_nobody_can_fill_is_said_before_anything_is_sent(
    company: Company, lea: Client, now: datetime
) -> None:
    ids = [str(conversation.pk) for conversation in two_alike(now)]
    answer = lea.post(url("group/answer/"), {"id": ids, "text": "Hallo {vorname}", "step": "send"})
    assert answer.status_code == 422 and "{vorname} kann niemand ausfüllen" in answer.content.decode()


@pytest.mark.parametrize("posted", [{}, {"text": ""}, {"text": "Hallo"}, {"text": "Hallo", "id": "999999"}])
def test_a_group_of_nobody_is_refused_kindly(company: Company, lea: Client, posted: dict[str, str]) -> None:
    assert lea.post(url("group/answer/"), posted | {"step": "send"}).status_code == 422


def test_colleagues_stand_in_the_order_of_the_alphabet(company: Company, lea: Client, now: datetime) -> None:
    for _ in range(3):
        a_conversation(customer=somebody(now), at=now - timedelta(hours=1))
    page = html(lea, url())
    table = page[page.index("<tbody>") :]
    places = [table.index(name) for name in ("Ada Dorn", "Lea Conrad", "Nina Aigner", "Tom Berger")]
    assert places == sorted(places)


def somebody(now: datetime) -> Customer:
    return recognise(
        channel="EMAIL",
        address="karl@kunde.example",
        shown="karl@kunde.example",
        name="Karl",
        source="mail:from",
        at=now,
    )


def test_whoever_is_away_is_shown_with_their_deputy(company: Company, lea: Client, now: datetime) -> None:
    plan_absence(
        member_id=company.nina.pk,
        deputy_id=company.tom.pk,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(days=1),
    )
    page = html(lea, url())
    assert "badge-soon" in page and "Tom Berger" in page


def test_a_pulled_brake_and_alarms_are_said_plainly(company: Company, lea: Client, now: datetime) -> None:
    raise_alarm(kind="MAILBOX", subject="hilfe@heizwerk.example", words="Nichts kommt mehr an.", at=now)
    Tenant.objects.filter(pk=company.tenant.pk).update(automatic_per_hour=0)
    a_message(at=now)
    page = html(lea, url())
    assert "hilfe@heizwerk.example" in page and "Nichts kommt mehr an." in page


def test_another_tenant_sees_and_does_nothing(company: Company, now: datetime) -> None:
    escalation, quiet = an_escalation(company, now), a_quiet_one(company, now)
    other = signed_in(a_company("moebelhaus", "Möbelhaus").lea)
    assert other.get(url()).status_code == 404
    own = "/t/moebelhaus/lead/"
    assert other.post(f"{own}escalations/{escalation.pk}/take/").status_code == 404
    assert other.post(f"{own}quiet/wake/", {"id": str(quiet.pk)}).status_code == 404
    answered = other.post(f"{own}group/answer/", {"id": str(quiet.pk), "text": "Hallo", "step": "send"})
    assert answered.status_code == 422
    quiet.refresh_from_db()
    assert quiet.status == "QUIET"
    assert "Valentina" not in other.get(own).content.decode()


def test_the_page_speaks_the_language_of_the_lead(company: Company, lea: Client) -> None:
    assert 'lang="de"' in html(lea, url())
    User.objects.filter(pk=company.lea.user_id).update(language="en")
    page = html(lea, url())
    assert 'lang="en"' in page and "Who has how much on the desk" in page


@pytest.mark.parametrize(
    "reason",
    [
        *(one for one in Reason if one not in {"open_concern", "asks", "trouble", "written_for_a_person", "unclear"}),
        *("out-of-office", "read-receipt", "delivery-report", "feedback-report", "bounce", "notification", "list"),
        *("challenge", "loop", "own_mail", "THANKS"),
    ],
)
def test_every_reason_for_silence_is_said_in_words_of_the_reader(reason: str) -> None:
    assert reason_text(reason).lower() not in {reason.lower(), reason.lower().replace("_", " ")}


@pytest.mark.parametrize(("rest", "part"), [("", 'id="overview"'), ("quiet/", 'id="quiet"')])
def test_what_a_lead_looks_at_refreshes_only_itself(
    company: Company, lea: Client, now: datetime, rest: str, part: str
) -> None:
    an_escalation(company, now)
    a_quiet_one(company, now)

    whole = html(lea, url(rest))
    refreshed = lea.get(url(rest), headers={"HX-Request": "true"}).content.decode()

    assert part in refreshed and part in whole
    assert "<html" not in refreshed and "Valentina Moser" in refreshed
    assert 'hx-trigger="live:inbox from:body' in refreshed


def test_an_agent_gets_back_what_needs_an_answer_and_only_a_lead_looks_through_the_daily_list(
    company: Company, now: datetime
) -> None:
    """Taking a customer up again is care, for everybody; saying that none of them needs an answer is the lead's."""
    quiet = a_quiet_one(company, now)
    nina = signed_in(company.nina)

    assert nina.post(url("quiet/seen/"), {"id": quiet.pk}).status_code == 403
    assert nina.post(f"/t/heizwerk/conversations/{spoken(quiet.number)}/needs-an-answer/").status_code == 302

    quiet.refresh_from_db()
    assert quiet.status == "OPEN"


def a_surge(now: datetime, size: int) -> None:
    """As many customers, all of them with the same trouble."""
    for place in range(size):
        customer = recognise(
            channel="EMAIL",
            address=f"sturm{place}@post.example",
            shown=f"sturm{place}@post.example",
            name=f"Clara Sturm {place}",
            source="mail:from",
            at=now,
        )
        a_message(customer=customer, subject="Tour 7 kam nicht", text="Wo bleibt unsere Lieferung?", at=now)


def test_a_lead_answers_two_hundred_like_concerns_and_the_page_asks_no_more_for_many_than_for_few(
    company: Company, lea: Client, now: datetime
) -> None:
    a_surge(now - timedelta(hours=1), 5)
    questions(lea, url("group/?word=Tour"))  # The first look of a while also notes when the session was last used.
    few = questions(lea, url("group/?word=Tour"))
    a_surge(now - timedelta(minutes=50), 200)
    begun = time.monotonic()

    many = questions(lea, url("group/?word=Tour"))
    ids = [str(one) for one in Conversation.objects.order_by("pk").values_list("pk", flat=True)[:200]]
    words = {"id": ids, "text": "{greeting}\n\nder Wagen kommt morgen früh.\n\nLea Conrad", "step": "look"}
    looked = lea.post(url("group/answer/"), words).content.decode()

    assert time.monotonic() - begun < 20
    assert many == few
    assert looked.count("der Wagen kommt morgen früh.") >= 200
    assert "Clara Sturm 0" in looked and "Clara Sturm 150" in looked
