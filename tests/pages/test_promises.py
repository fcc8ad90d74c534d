"""The list of what was promised, and what colleagues do there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from golddraht.conversations.models import Conversation, Message
from golddraht.ground.numbers import spoken
from golddraht.plumbing.models import Trace
from golddraht.promises.models import Disturbance, Option, Promise
from golddraht.promises.operations import endanger, keep_promise, make_promise
from golddraht.promises.rules import Kind, OptionDraft, OptionKind, State
from golddraht.team.models import Membership, User
from tests.cast import Company, a_company, a_conversation, bjoern, valentina

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def signed_in(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def nina(company: Company) -> Client:
    return signed_in(company.nina)


@pytest.fixture
def lea(company: Company) -> Client:
    return signed_in(company.lea)


def a_promise(
    company: Company,
    now: datetime,
    *,
    what: str = "Lieferung 88-2017",
    hours: float = 4,
    conversation: Conversation | None = None,
    made_before: timedelta = timedelta(days=1),
    **more: Any,
) -> Promise:
    conversation = conversation or a_conversation(at=now - made_before)
    values: dict[str, Any] = {"owner_id": company.nina.pk, "kind": Kind.DELIVERY, "starts_at": None}
    return make_promise(
        customer_id=conversation.customer_id,
        conversation_id=conversation.pk,
        what=what,
        due_at=now + timedelta(hours=hours),
        by=company.nina.pk,
        at=now - made_before,
        **(values | more),
    )


def url(rest: str = "") -> str:
    return f"/t/heizwerk/promises/{rest}"


def typed(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def html(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def questions(client: Client, path: str) -> int:
    """How many questions the page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        html(client, path)
    return len(asked)


def test_a_longer_list_asks_no_more_questions(company: Company, nina: Client, now: datetime) -> None:
    a_promise(company, now)
    html(nina, url())  # What is remembered between pages is known from here on.
    few = questions(nina, url())
    for customer in (valentina(at=now), bjoern(at=now)):
        for _ in range(2):
            a_promise(company, now, conversation=a_conversation(customer=customer, at=now - timedelta(days=2)))
    assert questions(nina, url()) == few


def test_what_is_mine_and_what_is_everybodys(company: Company, nina: Client, now: datetime) -> None:
    a_promise(company, now, what="Meine Lieferung")
    a_promise(company, now, what="Toms Besuch", owner_id=company.tom.pk, kind=Kind.VISIT)
    mine, everybodys = html(nina, url()), html(nina, url("?whose=all"))
    assert "Meine Lieferung" in mine and "Toms Besuch" not in mine
    assert "Meine Lieferung" in everybodys and "Toms Besuch" in everybodys


def test_what_is_in_danger_or_overdue_stands_first(company: Company, nina: Client, now: datetime) -> None:
    a_promise(company, now, what="Ganz in Ruhe", hours=1)
    a_promise(company, now, what="Schon vorbei", hours=-1)
    threatened = a_promise(company, now, what="Der Lkw steht", hours=30)
    endanger(promise_id=threatened.pk, why="Panne", options=[OptionDraft(OptionKind.CALL_ME)], by=None, at=now)
    page = html(nina, url())
    assert page.index("Schon vorbei") < page.index("Ganz in Ruhe")
    assert page.index("Der Lkw steht") < page.index("Ganz in Ruhe")


def test_an_empty_list_says_something_kind(company: Company, nina: Client) -> None:
    assert "empty-title" in html(nina, url())


def test_looking_at_any_page_changes_nothing(company: Company, lea: Client, now: datetime) -> None:
    promise = a_promise(company, now)
    models = (Conversation, Message, Promise, Option, Disturbance)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    traced = Trace.objects.exclude(verb="see").count()
    for path in ("", "?whose=all", "new/", "disturbance/", f"{promise.pk}/keep/", f"{promise.pk}/change/"):
        html(lea, url(path))
    html(lea, url(f"{promise.pk}/danger/"))
    assert lea.get(url(f"{promise.pk}/all-clear/")).status_code == 405
    assert [list(model.objects.order_by("pk").values()) for model in models] == before
    assert Trace.objects.exclude(verb="see").count() == traced


def test_kept_is_one_click_and_a_second_one_changes_nothing(company: Company, nina: Client, now: datetime) -> None:
    promise = a_promise(company, now)
    for _ in range(2):
        assert nina.post(url(f"{promise.pk}/keep/")).status_code == 302
    promise.refresh_from_db()
    assert promise.state == State.KEPT
    assert promise.settled_by_id == company.nina.pk


def test_what_ran_out_is_asked_for_its_time(company: Company, nina: Client, now: datetime) -> None:
    promise = a_promise(company, now, hours=-2)
    assert nina.post(url(f"{promise.pk}/keep/")).status_code == 200
    nina.post(url(f"{promise.pk}/keep/"), {"kept_at": typed(now - timedelta(hours=3))})
    promise.refresh_from_db()
    assert promise.state == State.KEPT


def test_what_was_done_too_late_counts_as_not_kept(company: Company, nina: Client, now: datetime) -> None:
    promise = a_promise(company, now, hours=-2)
    nina.post(url(f"{promise.pk}/keep/"), {"kept_at": typed(now - timedelta(hours=1))})
    promise.refresh_from_db()
    assert promise.state == State.BROKEN


@pytest.mark.parametrize(("agreed", "state"), [("yes", State.CHANGED), ("no", State.BROKEN)])
def test_another_date_without_agreement_counts_as_broken(
    company: Company, nina: Client, now: datetime, agreed: str, state: State
) -> None:
    promise = a_promise(company, now)
    answer = nina.post(url(f"{promise.pk}/change/"), {"due_at": typed(now + timedelta(days=2)), "agreed": agreed})
    assert answer.status_code == 302
    promise.refresh_from_db()
    assert promise.state == state


@pytest.mark.parametrize("posted", [{}, {"agreed": "yes"}, {"due_at": "gestern", "agreed": "no"}])
def test_another_date_needs_a_date_and_a_word_on_agreement(
    company: Company, nina: Client, now: datetime, posted: dict[str, str]
) -> None:
    promise = a_promise(company, now)
    answer = nina.post(url(f"{promise.pk}/change/"), posted | {"x": "y"})
    assert answer.status_code == 422
    promise.refresh_from_db()
    assert promise.state == State.OPEN


def test_a_date_that_has_passed_is_refused_kindly(company: Company, nina: Client, now: datetime) -> None:
    promise = a_promise(company, now)
    posted = {"due_at": typed(now - timedelta(days=2)), "agreed": "yes"}
    assert nina.post(url(f"{promise.pk}/change/"), posted).status_code == 422


def test_danger_offers_sensible_ways_out_and_tells_the_customer(company: Company, nina: Client, now: datetime) -> None:
    promise = a_promise(company, now)
    response = nina.get(url(f"{promise.pk}/danger/"))
    kinds = [option.initial.get("kind") for option in response.context["options"]]
    assert kinds == ["OTHER_DATE", "OTHER_DATE", "COLLECT", "SEND_BACK", "CALL_ME"]
    posted = {
        "why": "Der Lkw steht",
        "option0-kind": "OTHER_DATE",
        "option0-due_at": typed(now + timedelta(days=1)),
        "option0-euros": "-12,50",
        "option1-kind": "CALL_ME",
    }
    assert nina.post(url(f"{promise.pk}/danger/"), posted).status_code == 302
    first, second = Option.objects.filter(promise=promise)
    assert (first.kind, first.cents, second.kind) == ("OTHER_DATE", -1250, "CALL_ME")
    told = Message.objects.get(conversation_id=promise.conversation_id, automatic="DANGER")
    assert "Der Lkw steht" in told.text


@pytest.mark.parametrize(
    "posted",
    [
        {"why": ""},
        {"why": "Panne"},
        {"why": "Panne", "option0-kind": "OTHER_DATE"},
        {"why": "Panne", "option0-kind": "CALL_ME", "option0-due_at": "2020-01-01T10:00"},
        {"why": "Panne", "option0-kind": "UNFUG"},
    ],
)
def test_danger_without_words_or_ways_out_is_refused_kindly(
    company: Company, nina: Client, now: datetime, posted: dict[str, str]
) -> None:
    promise = a_promise(company, now)
    assert nina.post(url(f"{promise.pk}/danger/"), posted).status_code == 422
    promise.refresh_from_db()
    assert promise.endangered_at is None


def test_a_danger_is_told_once(company: Company, nina: Client, now: datetime) -> None:
    promise = a_promise(company, now)
    posted = {"why": "Panne", "option0-kind": "CALL_ME"}
    answers = [nina.post(url(f"{promise.pk}/danger/"), posted).status_code for _ in range(2)]
    assert answers == [302, 422]
    assert Message.objects.filter(conversation_id=promise.conversation_id, automatic="DANGER").count() == 1


def test_it_holds_after_all(company: Company, nina: Client, now: datetime) -> None:
    promise = a_promise(company, now)
    nina.post(url(f"{promise.pk}/danger/"), {"why": "Panne", "option0-kind": "CALL_ME"})
    assert nina.post(url(f"{promise.pk}/all-clear/")).status_code == 302
    promise.refresh_from_db()
    assert promise.endangered_at is None


def test_a_new_promise_belongs_to_the_concern_whose_number_was_given(
    company: Company, nina: Client, now: datetime
) -> None:
    conversation = a_conversation(at=now - timedelta(hours=1))
    posted = {
        "number": spoken(conversation.number),
        "kind": "CALLBACK",
        "what": "Rückruf",
        "due_at": typed(now + timedelta(hours=5)),
        "owner": str(company.tom.pk),
    }
    assert nina.post(url("new/"), posted).status_code == 302
    promise = Promise.objects.get(conversation=conversation, kind=Kind.CALLBACK)
    assert promise.owner_id == company.tom.pk


def test_a_new_promise_to_a_customer_needs_no_concern(company: Company, nina: Client, now: datetime) -> None:
    customer = valentina(at=now)
    path = url(f"new/?customer={customer.pk}")
    assert "Valentina Moser" in html(nina, path)
    posted = {
        "customer": str(customer.pk),
        "kind": "DELIVERY",
        "what": "Ofen",
        "due_at": typed(now + timedelta(days=3)),
        "owner": str(company.nina.pk),
    }
    answer = nina.post(path, posted)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Promise.objects.get(customer=customer, kind=Kind.DELIVERY).conversation_id is None


@pytest.mark.parametrize("number", ["", "99999-4", "unsinn"])
def test_a_new_promise_needs_somebody_it_is_made_to(company: Company, nina: Client, now: datetime, number: str) -> None:
    posted = {
        "number": number,
        "kind": "DELIVERY",
        "what": "Ofen",
        "due_at": typed(now + timedelta(days=3)),
        "owner": str(company.nina.pk),
    }
    assert nina.post(url("new/"), posted).status_code == 422


def test_the_kept_rate_is_shown_with_its_range(company: Company, nina: Client, now: datetime) -> None:
    for hours in (-3, -4, -5):
        promise = a_promise(company, now, hours=hours)
        late = hours == -5
        keep_promise(promise_id=promise.pk, by=None, at=now, kept_at=now if late else now - timedelta(hours=6))
    page = html(nina, url())
    assert "66,7" in page
    assert "<svg" in page and "style=" not in page


def test_a_disturbance_is_looked_at_before_it_is_announced(company: Company, lea: Client, now: datetime) -> None:
    for customer in (valentina(at=now - timedelta(days=1)), bjoern(at=now - timedelta(days=1))):
        conversation = a_conversation(customer=customer, at=now - timedelta(days=1))
        a_promise(company, now, conversation=conversation, tour="Graz 2", hours=5)
    a_promise(company, now, tour="Wien 1", hours=5, what="Andere Tour")
    posted = {
        "words": "Die Tour fällt aus",
        "starts_at": typed(now),
        "ends_at": typed(now + timedelta(hours=9)),
        "tour": "Graz 2",
    }
    looked = lea.post(url("disturbance/"), posted | {"step": "look"})
    assert looked.status_code == 200
    page = looked.content.decode()
    assert "Björn Petersen" in page and "Valentina Moser" in page and "Andere Tour" not in page
    assert not Disturbance.objects.exists()

    announced = lea.post(url("disturbance/"), posted | {"step": "announce"}, follow=True)
    outcome = announced.content.decode()
    assert "Die Tour fällt aus" in outcome and "Björn Petersen" in outcome
    assert Promise.objects.filter(endangered_at__isnull=False).count() == 2
    assert Message.objects.filter(automatic="DANGER").count() == 2


def test_a_disturbance_that_makes_no_sense_is_refused_kindly(company: Company, lea: Client, now: datetime) -> None:
    posted = {"words": "x", "starts_at": typed(now), "ends_at": typed(now - timedelta(hours=1)), "step": "announce"}
    assert lea.post(url("disturbance/"), posted).status_code == 422
    assert not Disturbance.objects.exists()


def test_only_a_lead_announces_disturbances(company: Company, nina: Client, now: datetime) -> None:
    assert nina.get(url("disturbance/")).status_code == 403
    assert nina.post(url("disturbance/"), {"words": "x", "step": "announce"}).status_code == 403


def test_another_tenant_sees_and_does_nothing(company: Company, now: datetime) -> None:
    promise = a_promise(company, now)
    max_ = signed_in(a_company("moebelhaus", "Möbelhaus").nina)
    for rest in ("", f"{promise.pk}/keep/", f"{promise.pk}/danger/"):
        assert max_.get(url(rest)).status_code == 404
    own = f"/t/moebelhaus/promises/{promise.pk}/"
    for act in ("keep/", "change/", "danger/", "all-clear/"):
        assert max_.post(own + act, {"why": "x"}).status_code == 404
    promise.refresh_from_db()
    assert promise.state == State.OPEN and promise.endangered_at is None


def test_whoever_is_not_signed_in_is_asked_to(company: Company, client: Client) -> None:
    assert client.get(url()).status_code == 302


def test_the_page_speaks_the_language_of_the_colleague(company: Company, nina: Client) -> None:
    assert 'lang="de"' in html(nina, url())
    User.objects.filter(pk=company.nina.user_id).update(language="en")
    page = html(nina, url())
    assert 'lang="en"' in page and "What we promised" in page


def test_the_due_list_refreshes_only_itself(company: Company, now: datetime) -> None:
    a_promise(company, now)
    nina = signed_in(company.nina)

    said = nina.get("/t/heizwerk/promises/?whose=all", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in said and "Lieferung 88-2017" in said
    assert 'hx-get="/t/heizwerk/promises/?whose=all" hx-trigger="live:promises from:body' in said
