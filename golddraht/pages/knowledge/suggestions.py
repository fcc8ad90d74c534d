"""What may help with an answer, beside the editor: put in by a person, never sent by itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from golddraht.conversations.queries import conversation_for
from golddraht.ground.moments import spoken_language
from golddraht.improvement.queries import problems_of
from golddraht.knowledge.queries import Wanted, articles_for
from golddraht.knowledge.queries.similar import KnownAnswer, Suggestions, answers_of, suggestions_for
from golddraht.knowledge.rules import State
from golddraht.pages.conversation.place import found, url_of
from golddraht.pages.conversation.views import page
from golddraht.pages.conversation.wording import with_words
from golddraht.pages.customers.asking import question_words
from golddraht.pages.doors import Visit, is_part, show, workspace
from golddraht.pages.knowledge.place import today
from golddraht.plumbing import clock
from golddraht.plumbing.links import absolute
from golddraht.search.rules.asking import LONGEST

OF_EACH = 5


@require_http_methods(["GET", "HEAD", "POST"])
@workspace()
def suggestions(request: Visit, number: int) -> HttpResponse:
    """The part beside the editor, or a page of its own; sent from the editor, the page with the words behind what was typed."""
    if request.method == "POST":
        return _put(request, number)
    conversation = conversation_for(viewer=request.viewer, number=number)
    told = suggestions_for(viewer=request.viewer, conversation=conversation, at=clock.now())
    values: dict[str, Any] = {
        "found": told,
        "count": len(told.articles) + len(told.solved) + len(told.modules),
        "problems": problems_of(viewer=request.viewer, conversation_id=conversation.pk),
        "number": number,
        "back_to_url": url_of(request.viewer.tenant_slug, number),
        "is_alone": not is_part(request),
    }
    if is_part(request):
        return render(request, "knowledge/suggestions.html#part", {"viewer": request.viewer} | values)
    return show(request, "knowledge/suggestions.html", values, nav="inbox")


@require_safe
@workspace()
def called_articles(request: Visit, number: int) -> HttpResponse:
    """Published articles that fit what is typed behind a "/" in the answer, in the customer's language where they have it."""
    conversation = conversation_for(viewer=request.viewer, number=number)
    typed = request.GET.get("q", "").strip()[:LONGEST]
    language = spoken_language(conversation.language)
    wanted = Wanted(words=typed, language=language, state=State.PUBLISHED)
    lines = articles_for(viewer=request.viewer, wanted=wanted, on=today(), limit=OF_EACH) if typed else []
    answers = answers_of(viewer=request.viewer, article_ids=[line.id for line in lines], language=language)
    return render(request, "knowledge/called.html", {"articles": [_called(request, one) for one in answers]})


def _called(request: Visit, one: KnownAnswer) -> dict[str, str]:
    path = reverse("help_article", args=[request.viewer.tenant_slug, one.language, one.slug]) if one.is_public else ""
    link = f"[{one.title}]({absolute(path)})" if path else ""
    return {"title": one.title, "language": one.language, "words": one.words, "link": link}


def _put(request: Visit, number: int) -> HttpResponse:
    concern = found(request, number)
    told = suggestions_for(viewer=request.viewer, conversation=concern, at=clock.now())
    chosen = request.POST.get("put", "")
    words = question_words(concern) if chosen == "question" else _words_of(told, chosen)
    return page(request, concern, form=with_words(request, concern, words))


def _words_of(told: Suggestions, chosen: str) -> str:
    """The words of what was chosen; "" for what is not suggested here."""
    words = {f"article-{one.article_id}": one.words for one in told.articles}
    words |= {f"solved-{one.number}": one.words for one in told.solved}
    words |= {f"module-{one.id}": one.words for one in told.modules}
    return words.get(chosen, "")
