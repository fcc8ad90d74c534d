"""The list of what we know, and one article to read."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from golddraht.knowledge.queries import Wanted, articles_for, draft_of, reviews_due, tags_of_articles, text_of
from golddraht.knowledge.queries.questions import questions_waiting
from golddraht.knowledge.rules import LANGUAGES, Audience, State
from golddraht.pages import shown as told
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.knowledge import shown
from golddraht.pages.knowledge.place import NAV, found, may_publish, today
from golddraht.plumbing import clock

LONGEST_WORDS = 200
COMMONEST = 10


@require_safe
@workspace()
def articles(request: Visit) -> HttpResponse:
    """All of it, or what fits: by words, tag, state, audience, mine, due."""
    wanted = _wanted(request)
    at = clock.now()
    lines = articles_for(viewer=request.viewer, wanted=wanted, on=today())
    due = reviews_due(viewer=request.viewer, on=today())
    values = {
        "words": wanted.words,
        "chips": _chips(request, wanted, due),
        "tags": tags_of_articles(viewer=request.viewer)[:COMMONEST],
        "tag": wanted.tag,
        "lines": [_line(line, request.viewer.tenant_slug, at) for line in lines],
        "is_narrowed": bool(request.GET),
    }
    return show(request, "knowledge/list.html", values, nav=NAV)


def _wanted(request: Visit) -> Wanted:
    asked = request.GET
    state, audience = asked.get("state", ""), asked.get("audience", "")
    return Wanted(
        words=asked.get("q", "").strip()[:LONGEST_WORDS],
        language=request.viewer.language if request.viewer.language in LANGUAGES else "de",
        audience=audience if audience in set(Audience) else "",
        state=state if state in set(State) else "",
        tag=asked.get("tag", "").strip()[:40],
        is_mine=asked.get("whose") == "mine",
        is_due=asked.get("whose") == "due",
    )


def _chips(request: Visit, wanted: Wanted, due: int) -> list[dict[str, Any]]:
    def chip(text: str, count: int = 0, **asked: str) -> dict[str, Any]:
        is_here = all(request.GET.get(key, "") == asked.get(key, "") for key in ("state", "audience", "whose"))
        query = asked | ({"q": wanted.words} if wanted.words else {})
        return {"text": text, "count": count, "url": "?" + urlencode(query), "is_here": is_here}

    return [
        chip(gettext("All")),
        chip(gettext("For everybody"), audience=Audience.PUBLIC.value),
        chip(gettext("For colleagues"), audience=Audience.INTERNAL.value),
        chip(gettext("Drafts"), state=State.DRAFT.value),
        chip(gettext("Mine"), whose="mine"),
        chip(gettext("To review"), due, whose="due"),
        chip(gettext("Retired"), state=State.RETIRED.value),
    ]


def _line(line: Any, slug: str, at: Any) -> dict[str, Any]:
    return {
        "url": reverse("article", args=[slug, line.id]),
        "title": line.title,
        "language": line.language,
        "teaser": line.teaser,
        "languages": " · ".join(one.upper() for one in line.languages),
        "state": line.state,
        "state_text": shown.state_word(line.state),
        "is_public": line.audience == Audience.PUBLIC,
        "audience_text": shown.audience_word(line.audience),
        "owner_name": line.owner_name,
        "is_due": line.is_due,
        "tags": line.tags,
        "changed_text": told.day(line.changed_at, at),
    }


@require_safe
@workspace()
def article(request: Visit, article_id: int) -> HttpResponse:
    """One article as its readers see it, and what can be done with it."""
    one = found(request, article_id)
    language = _language_of(request, one)
    text = text_of(one, language)
    values = {
        "article": one,
        "text": text,
        "language": language,
        "html": shown.html_of(one, text.body, request.viewer.tenant_slug) if text else "",
        "tongues": shown.tongues(one, language),
        "state_text": shown.state_word(one.state),
        "audience_text": shown.audience_word(one.audience),
        "is_due": one.review_on <= today() and one.state != State.RETIRED,
        "may_publish": may_publish(request, one),
        "has_draft": draft_of(article_id=one.pk, language=language, member_id=request.viewer.membership_id) is not None,
        "public_url": _public_url(request, one, text, language),
    }
    return show(request, "knowledge/article.html", values, nav=NAV)


def _language_of(request: Visit, one: Any) -> str:
    """The language asked for, else the reader's where it has a text, else the one it has."""
    written = [text.language for text in one.texts.all()]
    asked = request.GET.get("language", "")
    if asked in LANGUAGES:
        return asked
    return request.viewer.language if request.viewer.language in written else next(iter(written), "de")


def _public_url(request: Visit, one: Any, text: Any, language: str) -> str:
    is_public = one.audience == Audience.PUBLIC and text is not None and text.published is not None
    return reverse("help_article", args=[request.viewer.tenant_slug, language, one.slug]) if is_public else ""


@require_safe
@workspace()
def waiting(request: Visit) -> HttpResponse:
    """How much of it waits for this person, for the mark beside the place."""
    count = reviews_due(viewer=request.viewer, on=today()) + questions_waiting(viewer=request.viewer, on=today())
    return HttpResponse(str(count) if count else "")
