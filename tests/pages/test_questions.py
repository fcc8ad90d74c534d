"""From concerns: articles about what solved them, and what nobody knew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from golddraht.conversations.operations import reply
from golddraht.ground.numbers import spoken
from golddraht.knowledge.models import Article, ArticleText, OpenQuestion
from golddraht.knowledge.operations import publish, start_article
from golddraht.knowledge.operations.questions import note_unanswered
from golddraht.knowledge.rules import QuestionState, Sources
from golddraht.plumbing import clock
from golddraht.team.models import Membership
from tests.cast import Company, a_conversation, bjoern
from tests.pages.conftest import Browser

pytestmark = pytest.mark.django_db
Said = Callable[[Any], str]
PLACE = "/t/heizwerk/knowledge/questions/"


def a_question(words: str = "Darf der Ofen draußen stehen?", **more: Any) -> OpenQuestion:
    noted = note_unanswered(words=words, language="de", source=Sources.HELP, at=clock.now(), **more)
    assert noted is not None
    return noted


def test_an_article_is_proposed_from_the_thread_and_its_names_are_marked(
    company: Company, nina: Client, signed_in: Browser, page: Said
) -> None:
    concern = a_conversation(at=clock.now())
    text = "Guten Tag Valentina Moser,\n\ndas liegt am Flusensieb. Bitte reinigen Sie es, dann rufe ich Frau Moser an.\n\nHerzliche Grüße\nNina Aigner"
    reply(conversation_id=concern.pk, author_id=company.nina.pk, text=text, at=clock.now())
    url = f"/t/heizwerk/conversations/{spoken(concern.number)}/article/"
    form = page(nina.get(url))
    assert "das liegt am Flusensieb" in form and "Herzliche Grüße" not in form

    said = {
        "title": "Waschmaschine pumpt nicht",
        "body": "## Lösung\n\nSieb reinigen, sagt Moser.",
        "audience": "PUBLIC",
        "into": "",
    }
    made = nina.post(url, said)
    article = Article.objects.get()
    assert made["Location"] == f"/t/heizwerk/knowledge/{article.pk}/de/publish/"
    assert "<mark>Moser</mark>" in page(nina.get(made["Location"]))
    assert signed_in(company.lea).post(made["Location"]).status_code == 422


def test_a_known_article_is_improved(company: Company, nina: Client) -> None:
    known = start_article(
        title="Waschmaschine pumpt nicht ab", language="de", body="Sieb.", by=company.nina.pk, at=clock.now()
    )
    concern = a_conversation(at=clock.now())
    url = f"/t/heizwerk/conversations/{spoken(concern.number)}/article/"
    nina.post(url, {"title": "x", "body": "Pumpe.", "audience": "INTERNAL", "into": known.pk})

    assert ArticleText.objects.get().body == "Sieb.\n\nPumpe."
    assert known.sources.get().conversation == concern


def test_the_published_article_that_is_near_is_chosen_for_improving(company: Company, nina: Client, page: Said) -> None:
    concern = a_conversation(
        text="Meine Waschmaschine pumpt nicht ab, das Wasser steht in der Trommel.", at=clock.now()
    )
    url = f"/t/heizwerk/conversations/{spoken(concern.number)}/article/"
    body = "Die Waschmaschine pumpt nicht ab und das Wasser steht in der Trommel: Sieb reinigen."
    near = start_article(
        title="Waschmaschine pumpt nicht ab", language="de", body=body, by=company.nina.pk, at=clock.now()
    )
    assert f'value="{near.pk}" selected' not in page(nina.get(url))  # Not published yet.

    publish(article_id=near.pk, language="de", by=company.lea.pk, at=clock.now())

    assert f'value="{near.pk}" selected' in page(nina.get(url))


def test_what_nobody_knew_in_a_concern_is_owned_by_who_said_so(company: Company, nina: Client, page: Said) -> None:
    concern = a_conversation(at=clock.now())
    url = f"/t/heizwerk/conversations/{spoken(concern.number)}/unknown/"
    for words in ("Passt Schlauch 7 an Modell 9?", "Schlauch 7, passt der an Modell 9?"):
        nina.post(url, {"words": words})

    question = OpenQuestion.objects.get()
    assert question.owner == company.nina and question.askings.count() == 1
    assert "Passt Schlauch 7" in page(nina.get(PLACE))
    assert nina.post(url, {"words": "?"}).status_code in {200, 422}


def test_a_search_of_colleagues_goes_on_the_list(company: Company, nina: Client, page: Said) -> None:
    assert "Auf die Liste" in page(nina.get("/t/heizwerk/knowledge/", {"q": "Pelletheizung"}))
    nina.post(PLACE + "note/", {"words": "Pelletheizung"})
    assert OpenQuestion.objects.get().askings.get().source == Sources.WORKSPACE


def test_a_question_gets_a_step_and_is_answered(company: Company, nina: Client, page: Said) -> None:
    question = a_question()
    url = f"{PLACE}{question.pk}/"
    day = (clock.now() + timedelta(days=3)).date()
    nina.post(
        url, {"act": "step", "owner_id": company.tom.pk, "next_step": "Hersteller fragen", "due_on": day.isoformat()}
    )
    question.refresh_from_db()
    assert (question.owner, question.next_step, question.due_on) == (company.tom, "Hersteller fragen", day)
    assert nina.post(url, {"act": "step", "owner_id": company.tom.pk, "due_on": "2001-01-01"}).status_code == 422

    article = start_article(title="Ofen draußen", language="de", body="Nein.", by=company.nina.pk, at=clock.now())
    assert "Ofen draußen" in page(nina.get(url))
    nina.post(url, {"act": "answer", "chosen": article.pk})
    question.refresh_from_db()
    assert (question.state, question.article) == (QuestionState.ANSWERED, article)
    assert "Ofen draußen" not in page(nina.get(PLACE)) and nina.get(url).status_code == 200


def test_a_question_is_closed_with_a_reason_only(company: Company, nina: Client) -> None:
    question = a_question()
    url = f"{PLACE}{question.pk}/"
    assert nina.post(url, {"act": "close", "reason": " "}).status_code == 422
    nina.post(url, {"act": "close", "reason": "Gehört nicht zu uns."})
    question.refresh_from_db()
    assert question.state == QuestionState.CLOSED and question.settled_by == company.nina
    assert a_question().pk != question.pk


def test_two_that_ask_the_same_become_one(company: Company, nina: Client) -> None:
    one, other = a_question(), a_question("Steht der Ofen auch auf der Terrasse?")
    nina.post(f"{PLACE}{one.pk}/", {"act": "join", "chosen": other.pk})

    assert OpenQuestion.objects.get().askings.count() == 2


def test_late_questions_are_counted_beside_the_place(company: Company, nina: Client, signed_in: Browser) -> None:
    question = a_question(by=company.nina.pk)
    OpenQuestion.objects.filter(pk=question.pk).update(due_on=clock.now().date() - timedelta(days=1))
    assert nina.get("/t/heizwerk/knowledge/waiting/").content == b"1"
    Membership.objects.filter(pk=company.nina.pk).update(active=False)
    assert signed_in(company.lea).get("/t/heizwerk/knowledge/waiting/").content == b"1"


def test_names_of_the_customer_are_left_out(company: Company) -> None:
    concern = a_conversation(customer=bjoern(at=clock.now()), at=clock.now())
    question = a_question("Petersens Ofen brummt", conversation_id=concern.pk, names=("Björn Petersen",))

    assert question.words == "… Ofen brummt"


def test_nothing_is_kept_of_words_that_say_nothing(company: Company) -> None:
    assert note_unanswered(words="der die das", language="de", source=Sources.HELP, at=clock.now()) is None
