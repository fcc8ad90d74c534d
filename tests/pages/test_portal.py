"""What customers see behind their signed links, and what they can do there without signing in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from golddraht.conversations.models import Attachment, Conversation, Message, Note, Solution
from golddraht.conversations.operations import merge, reply
from golddraht.conversations.operations.asking import ask_third_party
from golddraht.conversations.operations.receiving import Enclosure
from golddraht.conversations.operations.solving import propose_solution
from golddraht.customers.operations import declare_salutation
from golddraht.customers.rules import Salutation
from golddraht.ground.numbers import spoken
from golddraht.plumbing import clock
from golddraht.plumbing.links import token_for
from golddraht.plumbing.models import Tenant, Trace
from golddraht.promises.models import Option, Promise
from golddraht.promises.operations.endangering import endanger
from golddraht.promises.operations.making import make_promise
from golddraht.promises.rules import Kind, OptionDraft, OptionKind, State
from golddraht.team.models import Membership
from golddraht.team.rules.brand import contrast
from tests.cast import Company, a_company, a_conversation, a_message, bjoern
from tests.mails import a_mailbox
from tests.pages.test_promises import questions

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    """Doors read the clock, so these stories happen now."""
    return timezone.now()


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=False)


def a_solution(company: Company, now: datetime) -> Solution:
    at = now - timedelta(hours=2)
    a_mailbox()  # Whoever cannot be asked is not asked.
    conversation = a_conversation(at=at - timedelta(hours=1))
    return propose_solution(conversation_id=conversation.pk, by=company.nina.pk, text="Das Sieb war zu.", at=at)


def a_danger(company: Company, now: datetime, *, conversation: Conversation | None = None) -> Promise:
    conversation = conversation or a_conversation(at=now - timedelta(hours=3))
    promise = make_promise(
        customer_id=conversation.customer_id,
        conversation_id=conversation.pk,
        owner_id=company.nina.pk,
        kind=Kind.DELIVERY,
        what="Lieferung der Holzbriketts",
        starts_at=now + timedelta(hours=4),
        due_at=now + timedelta(hours=6),
        by=company.nina.pk,
        at=now - timedelta(hours=2),
    )
    drafts = [
        OptionDraft(OptionKind.OTHER_DATE, title="Übermorgen", due_at=now + timedelta(days=2)),
        OptionDraft(OptionKind.COLLECT, due_at=now + timedelta(hours=5), cents=-1500),
        OptionDraft(OptionKind.CALL_ME),
    ]
    return endanger(promise_id=promise.pk, why="Der Lkw steht", options=drafts, by=company.nina.pk, at=now)


def solution_url(company: Company, solution: Solution) -> str:
    return f"/k/geloest/{token_for('solution', tenant_id=company.tenant.pk, id_=solution.pk)}/"


def choice_url(company: Company, promise: Promise) -> str:
    return f"/k/wahl/{token_for('promise', tenant_id=company.tenant.pk, id_=promise.pk)}/"


def matter_url(company: Company, conversation: Conversation) -> str:
    return f"/k/anliegen/{token_for('conversation', tenant_id=company.tenant.pk, id_=conversation.pk)}/"


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def world() -> list[Any]:
    """Everything that looking at a page could have changed."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Conversation, Message, Solution, Promise, Option, Trace)
    ]


# Is it solved?


def test_the_question_shows_what_was_asked_who_cares_and_two_buttons(
    company: Company, client: Client, now: datetime
) -> None:
    html = page(client, solution_url(company, a_solution(company, now)))
    assert "Meine Waschmaschine pumpt nicht ab." in html
    assert "Nina Aigner" in html
    assert 'value="solved"' in html and 'value="not_yet"' in html
    assert "noindex" in html


def test_looking_at_the_question_changes_nothing(company: Company, client: Client, now: datetime) -> None:
    url = solution_url(company, a_solution(company, now))
    before = world()
    for method in (client.get, client.head):
        assert method(url).status_code == 200
    client.get(url + "?solved")
    assert world() == before


def test_one_click_confirms_and_a_second_one_changes_nothing(company: Company, client: Client, now: datetime) -> None:
    solution = a_solution(company, now)
    url = solution_url(company, solution)
    assert client.post(url, {"answer": "solved"}).status_code == 302
    solution.refresh_from_db()
    confirmed_at = solution.confirmed_at
    assert confirmed_at is not None
    assert client.post(url, {"answer": "solved"}).status_code == 302
    solution.refresh_from_db()
    assert solution.confirmed_at == confirmed_at
    html = page(client, url)
    assert 'value="solved"' not in html
    assert 'value="not_yet"' in html


def test_an_objection_stands_in_the_thread_and_reopens_the_concern(
    company: Company, client: Client, now: datetime
) -> None:
    solution = a_solution(company, now)
    client.post(solution_url(company, solution), {"answer": "not_yet", "text": "Sie pumpt immer noch nicht."})
    conversation = Conversation.objects.get(pk=solution.conversation_id)
    assert conversation.status == "OPEN"
    assert Message.objects.filter(conversation=conversation, text="Sie pumpt immer noch nicht.").count() == 1
    solution.refresh_from_db()
    assert solution.objection == "Sie pumpt immer noch nicht."


def test_an_objection_needs_no_words_and_a_double_click_is_one(company: Company, client: Client, now: datetime) -> None:
    solution = a_solution(company, now)
    url = solution_url(company, solution)
    for _ in range(2):
        assert client.post(url, {"answer": "not_yet", "text": ""}).status_code == 302
    assert Conversation.objects.get(pk=solution.conversation_id).status == "OPEN"
    assert Message.objects.filter(conversation_id=solution.conversation_id, direction="IN").count() == 1


def test_whoever_confirmed_can_still_object(company: Company, client: Client, now: datetime) -> None:
    solution = a_solution(company, now)
    url = solution_url(company, solution)
    client.post(url, {"answer": "solved"})
    client.post(url, {"answer": "not_yet", "text": "Doch nicht, es tropft wieder."})
    assert Conversation.objects.get(pk=solution.conversation_id).status == "OPEN"


def test_an_endless_objection_is_refused_kindly(company: Company, client: Client, now: datetime) -> None:
    response = client.post(solution_url(company, a_solution(company, now)), {"answer": "not_yet", "text": "x" * 5000})
    assert response.status_code == 422


# A promise in danger.


def test_a_promise_in_danger_apologises_and_offers_the_ways_out(
    company: Company, client: Client, now: datetime
) -> None:
    html = page(client, choice_url(company, a_danger(company, now)))
    assert "Lieferung der Holzbriketts" in html and "Der Lkw steht" in html
    assert "Übermorgen" in html and "15,00" in html
    assert html.count('type="radio"') == 3


def test_the_apology_greets_as_the_customer_declared_and_else_by_name(
    company: Company, client: Client, now: datetime
) -> None:
    promise = a_danger(company, now)
    url = choice_url(company, promise)
    assert "Guten Tag Valentina Moser," in page(client, url)
    declare_salutation(customer_id=promise.customer_id, salutation=Salutation.FRAU, at=clock.now())
    assert "Guten Tag Frau Moser," in page(client, url)


def test_looking_at_a_choice_changes_nothing(company: Company, client: Client, now: datetime) -> None:
    url = choice_url(company, a_danger(company, now))
    before = world()
    client.get(url)
    client.head(url)
    assert world() == before


def test_a_choice_makes_the_agreed_promise_and_is_shown_afterwards(
    company: Company, client: Client, now: datetime
) -> None:
    promise = a_danger(company, now)
    url = choice_url(company, promise)
    option = Option.objects.filter(promise=promise).first()
    assert option is not None
    assert client.post(url, {"choice": str(option.pk)}).status_code == 302
    promise.refresh_from_db()
    assert promise.state == State.CHANGED
    html = page(client, url)
    assert "Übermorgen" in html and 'type="radio"' not in html


def test_the_first_choice_stands(company: Company, client: Client, now: datetime) -> None:
    promise = a_danger(company, now)
    url = choice_url(company, promise)
    first, second, _ = Option.objects.filter(promise=promise)
    client.post(url, {"choice": str(first.pk)})
    promises = Promise.objects.count()
    assert client.post(url, {"choice": str(second.pk)}).status_code == 302
    second.refresh_from_db()
    assert second.chosen_at is None
    assert Promise.objects.count() == promises


@pytest.mark.parametrize("choice", ["", "0", "99999999", "abc", "-1"])
def test_a_choice_that_is_not_offered_is_refused_kindly(
    company: Company, client: Client, now: datetime, choice: str
) -> None:
    promise = a_danger(company, now)
    response = client.post(choice_url(company, promise), {"choice": choice})
    assert response.status_code == 422
    assert not Option.objects.filter(promise=promise, chosen_at__isnull=False).exists()


def test_a_choice_of_somebody_elses_option_is_refused(company: Company, client: Client, now: datetime) -> None:
    promise, other = a_danger(company, now), a_danger(company, now)
    foreign = Option.objects.filter(promise=other).first()
    assert foreign is not None
    assert client.post(choice_url(company, promise), {"choice": str(foreign.pk)}).status_code == 422


# The customer's own view.


def test_the_matter_shows_number_owner_thread_and_promises(company: Company, client: Client, now: datetime) -> None:
    conversation = a_conversation(at=now - timedelta(hours=3))
    reply(
        conversation_id=conversation.pk, author_id=company.nina.pk, text="Ich sehe nach.", at=now - timedelta(hours=2)
    )
    a_danger(company, now, conversation=conversation)
    html = page(client, matter_url(company, conversation))
    assert spoken(conversation.number) in html
    assert "Ich sehe nach." in html and "Meine Waschmaschine" in html
    assert "Lieferung der Holzbriketts" in html and "/k/wahl/" in html


def test_a_longer_story_asks_no_more_questions(company: Company, client: Client, now: datetime) -> None:
    conversation = a_conversation(at=now - timedelta(hours=3))
    url = matter_url(company, conversation)
    a_danger(company, now, conversation=conversation)
    page(client, url)  # What is remembered between pages is known from here on.
    few = questions(client, url)
    for minutes in (50, 40, 30):
        at = now - timedelta(minutes=minutes)
        reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Ich sehe nach.", at=at)
        a_danger(company, now, conversation=conversation)
    assert questions(client, url) == few


def test_notes_and_third_parties_are_not_shown_to_the_customer(company: Company, client: Client, now: datetime) -> None:
    conversation = a_conversation(at=now - timedelta(hours=3))
    Note.objects.create(conversation=conversation, author=company.nina, text="Heikel, bitte Geduld", at=now)
    ask_third_party(
        conversation_id=conversation.pk,
        asked="Spedition Rauch",
        subject="Lieferung",
        address="rauch@spedition.example",
        text="Wo bleibt der Wagen?",
        due_at=now + timedelta(hours=4),
        by=company.nina.pk,
        at=now,
    )
    html = page(client, matter_url(company, conversation))
    assert "Heikel" not in html and "Spedition Rauch" not in html and "Wo bleibt der Wagen" not in html


def test_looking_at_the_matter_changes_nothing(company: Company, client: Client, now: datetime) -> None:
    url = matter_url(company, a_conversation(at=now - timedelta(hours=3)))
    before = world()
    client.get(url)
    client.head(url)
    assert world() == before


def test_words_added_on_the_page_arrive_once_in_the_conversation(
    company: Company, client: Client, now: datetime
) -> None:
    conversation = a_conversation(at=now - timedelta(hours=3))
    url = matter_url(company, conversation)
    for _ in range(2):
        assert client.post(url, {"act": "write", "text": "Es eilt jetzt, bitte."}).status_code == 302
    assert Message.objects.filter(conversation=conversation, text="Es eilt jetzt, bitte.", direction="IN").count() == 1
    assert "Es eilt jetzt, bitte." in page(client, url)


def test_nobody_can_flood_us_through_the_page(company: Company, client: Client, now: datetime) -> None:
    conversation = a_conversation(at=now - timedelta(hours=3))
    url = matter_url(company, conversation)
    answers = [client.post(url, {"act": "write", "text": f"Nummer {count}"}).status_code for count in range(12)]
    assert answers == [302] * 10 + [422] * 2


@pytest.mark.parametrize("text", ["", "   ", "x" * 5001])
def test_words_that_are_none_or_endless_are_refused_kindly(
    company: Company, client: Client, now: datetime, text: str
) -> None:
    url = matter_url(company, a_conversation(at=now - timedelta(hours=3)))
    assert client.post(url, {"act": "write", "text": text}).status_code == 422


def test_please_call_me_becomes_a_promise_of_the_owner_once(company: Company, client: Client, now: datetime) -> None:
    conversation = a_conversation(at=now - timedelta(hours=3))
    url = matter_url(company, conversation)
    slot = client.get(url).context["call_form"].fields["slot"].choices[2][0]
    for _ in range(2):
        assert client.post(url, {"act": "call", "number": "+49 30 1234567", "slot": slot}).status_code == 302
    promise = Promise.objects.get(conversation=conversation, kind=Kind.CALLBACK)
    assert promise.owner_id == conversation.owner_id
    assert "+49 30 1234567" in promise.what
    assert 'value="call"' not in page(client, url)


def test_a_call_about_an_old_matter_opens_it_again_for_somebody_who_is_there(
    company: Company, client: Client, now: datetime
) -> None:
    conversation = a_conversation(at=now - timedelta(hours=3))
    rows = Conversation.objects.filter(pk=conversation.pk)
    rows.update(status="SOLVED", solved_at=now, next_touch_at=None)
    Membership.objects.filter(pk=conversation.owner_id).update(active=False)
    url = matter_url(company, conversation)
    slot = client.get(url).context["call_form"].fields["slot"].choices[1][0]
    assert client.post(url, {"act": "call", "number": "030 1234567", "slot": slot}).status_code == 302
    conversation.refresh_from_db()
    call = Promise.objects.get(conversation=conversation, kind=Kind.CALLBACK)
    assert conversation.status == "OPEN" and conversation.next_touch_at <= call.due_at
    assert call.owner_id == conversation.owner_id and call.owner.active


@pytest.mark.parametrize("number", ["", "ruf an", "12", "<script>"])
def test_a_number_that_is_none_is_refused_kindly(company: Company, client: Client, now: datetime, number: str) -> None:
    conversation = a_conversation(at=now - timedelta(hours=3))
    url = matter_url(company, conversation)
    slot = client.get(url).context["call_form"].fields["slot"].choices[0][0]
    assert client.post(url, {"act": "call", "number": number, "slot": slot}).status_code == 422
    assert not Promise.objects.filter(conversation=conversation, kind=Kind.CALLBACK).exists()


# Links.


def every_url(company: Company, now: datetime) -> Iterator[str]:
    yield solution_url(company, a_solution(company, now))
    yield choice_url(company, a_danger(company, now))
    yield matter_url(company, a_conversation(at=now - timedelta(hours=1)))


def test_a_changed_link_is_answered_with_how_to_reach_us(company: Company, client: Client, now: datetime) -> None:
    for url in every_url(company, now):
        response = client.get(url[:-3] + "x/")
        assert response.status_code == 410
        assert b"noindex" in response.content


def test_an_old_link_has_had_its_time(
    company: Company, client: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = list(every_url(company, now))
    later = (now + timedelta(days=91)).timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert [client.get(url).status_code for url in urls] == [410, 410, 410]


def test_a_link_for_one_purpose_opens_no_other_page(company: Company, client: Client, now: datetime) -> None:
    solution, danger, matter = (url.split("/")[3] for url in every_url(company, now))
    crossed = [f"/k/wahl/{solution}/", f"/k/anliegen/{danger}/", f"/k/geloest/{matter}/"]
    assert [client.get(url).status_code for url in crossed] == [410, 410, 410]


def test_a_link_of_one_tenant_never_opens_what_belongs_to_another(
    company: Company, client: Client, now: datetime
) -> None:
    conversation = a_conversation(at=now - timedelta(hours=1))
    other = a_company("moebelhaus", "Möbelhaus")
    assert client.get(matter_url(other, conversation)).status_code == 410


def test_forms_are_protected_against_other_sites(company: Company, now: datetime) -> None:
    strict = Client(enforce_csrf_checks=True)
    for url in every_url(company, now):
        assert strict.post(url, {"answer": "solved", "act": "write", "text": "x"}).status_code == 403


def test_a_customer_reads_the_page_in_the_language_of_the_concern(
    company: Company, client: Client, now: datetime
) -> None:
    conversation = a_conversation(at=now - timedelta(hours=1))
    url = matter_url(company, conversation)
    assert 'lang="de"' in page(client, url)
    Conversation.objects.filter(pk=conversation.pk).update(language="en")
    html = page(client, url)
    assert 'lang="en"' in html and "Would you rather talk?" in html


def test_search_engines_and_other_sites_learn_nothing(company: Company, client: Client, now: datetime) -> None:
    for url in every_url(company, now):
        response = client.get(url)
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Cache-Control"] == "no-store"


def test_concerns_of_two_people_joined_into_one_show_nobody_the_words_of_the_other(
    client: Client, company: Company, now: datetime
) -> None:
    solution = a_solution(company, now)
    others = a_conversation(customer=bjoern(at=now), at=now, text="Das Geld kam nie an.", subject="Erstattung")
    merge(source_id=solution.conversation_id, target_id=others.pk, by=company.nina.pk, at=now)

    assert client.get(matter_url(company, solution.conversation)).status_code == 410
    said = page(client, solution_url(company, solution))
    assert "Waschmaschine" in said
    assert "Geld" not in said
    assert "Erstattung" not in said


# What came with it


def a_file(now: datetime, name: str = "rechnung.html", **message: Any) -> Attachment:
    content = Enclosure(name, "text/html", b"<script>alert(1)</script>", "0" * 64)
    words = a_message(at=now - timedelta(hours=1), enclosures=(content,), **message)
    found: Attachment = Attachment.objects.get(message=words)
    return found


def file_url(company: Company, file: Attachment) -> str:
    return f"/k/datei/{token_for('attachment', tenant_id=company.tenant.pk, id_=file.pk)}/"


def test_a_customer_downloads_what_came_with_a_message_and_it_never_runs(
    company: Company, client: Client, now: datetime
) -> None:
    file = a_file(now)
    html = page(client, matter_url(company, file.message.conversation))
    link = re.search(r'href="(/k/datei/[^"]+)"', html)
    assert link and "rechnung.html" in html

    response = client.get(link[1])

    assert response.status_code == 200
    assert response["X-Golddraht-File"] == file.file.name
    assert response["Content-Disposition"] == 'attachment; filename="rechnung.html"'
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]


def test_a_link_opens_its_own_file_and_no_other(company: Company, client: Client, now: datetime) -> None:
    file = a_file(now)
    conversation_id = file.message.conversation_id
    other_purpose = token_for("conversation", tenant_id=company.tenant.pk, id_=file.pk)
    stranger = a_company("moebelhaus", "Möbelhaus").tenant
    other_company = token_for("attachment", tenant_id=stranger.pk, id_=file.pk)

    for token in (other_purpose, other_company, token_for("attachment", tenant_id=company.tenant.pk, id_=999_999)):
        assert client.get(f"/k/datei/{token}/").status_code == 410
    assert client.get(file_url(company, file).replace("/k/datei/", "/k/anliegen/")).status_code == 410
    assert client.post(file_url(company, file)).status_code == 405
    assert Conversation.objects.get(pk=conversation_id).status == "OPEN"


def test_what_a_third_party_sent_is_no_file_of_the_customer(company: Company, client: Client, now: datetime) -> None:
    file = a_file(now)
    inquiry = ask_third_party(
        conversation_id=file.message.conversation_id,
        asked="Spedition Rauch",
        address="dispo@rauch.example",
        subject="Lieferschein",
        text="Wo ist er?",
        due_at=now + timedelta(hours=2),
        by=company.nina.pk,
        at=now,
    )
    Message.objects.filter(pk=file.message_id).update(inquiry=inquiry.pk)

    assert client.get(file_url(company, file)).status_code == 410


def test_customers_pages_wear_the_companys_colours(company: Company, now: datetime, client: Client) -> None:
    Tenant.objects.update(brand_colour="#ffd400")
    solution = a_solution(company, now)
    paths = [
        f"/k/geloest/{token_for('solution', tenant_id=company.tenant.pk, id_=solution.pk)}/",
        "/my/heizwerk/de/enter/",
        "/help/heizwerk/de/contract/cancel/",
    ]

    for path in paths:
        said = client.get(path).content.decode()
        assert "dressed brand-ffd400" in said and "/brand/ffd400.css" in said and "/brand/ffd400/HE.svg" in said, path


def test_a_yellow_company_is_read_in_light_and_in_dark(client: Client) -> None:
    said = client.get("/brand/ffd400.css").content.decode()

    day, night = re.search(r"--accent: light-dark\(#(\w+), #(\w+)\)", said).groups()  # type: ignore[union-attr]  # It is there.
    assert day != "ffd400" == night
    assert contrast(day, "ffffff") >= 4.5
