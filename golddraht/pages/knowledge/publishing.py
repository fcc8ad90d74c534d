"""Showing an article to its readers: looked at first, with every name and number judged, and taking it away again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from golddraht.knowledge.operations import (
    ArticleRefused,
    bring_back,
    judge_mark_again,
    keep_mark,
    publish,
    retire,
)
from golddraht.knowledge.queries import marks_of
from golddraht.knowledge.rules import Audience
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.knowledge import shown
from golddraht.pages.knowledge.place import NAV, UNPROCESSABLE, found, may_publish, text_in
from golddraht.plumbing import clock


@require_http_methods(["GET", "HEAD", "POST"])
@workspace()
def publish_it(request: Visit, article_id: int, language: str) -> HttpResponse:
    """A look at what readers will see, and at what in it may point at a person."""
    article = found(request, article_id)
    text = text_in(article, language)
    error = _published(request, article, language) if request.method == "POST" else ""
    if error is None:
        return _back(request, article, language)
    values = {
        "article": article,
        "text": text,
        "language": language,
        "language_name": shown.language_name(language),
        "html": shown.html_of(article, text.body, request.viewer.tenant_slug),
        "is_public": article.audience == Audience.PUBLIC,
        "may_publish": may_publish(request, article),
        "marks": [_mark(one) for one in marks_of(text)],
        "error": error,
    }
    values["open_marks"] = sum(not mark["kept_by"] for mark in values["marks"]) if values["is_public"] else 0
    return show(request, "knowledge/publish.html", values, nav=NAV, status=UNPROCESSABLE if error else 200)


def _published(request: Visit, article: Any, language: str) -> str | None:
    """None when readers see it now, else why they do not."""
    try:
        publish(article_id=article.pk, language=language, by=request.viewer.membership_id, at=clock.now())
    except ArticleRefused as refusal:
        return shown.refusal_words(refusal.reason)
    messages.success(request, gettext("Published. Its readers see it now."))
    return None


def _mark(one: Any) -> dict[str, str]:
    return {"words": one.mark.words, "kind": shown.mark_word(one.mark.kind), "kept_by": one.kept_by}


def _back(request: Visit, article: Any, language: str) -> HttpResponse:
    return redirect(reverse("article", args=[request.viewer.tenant_slug, article.pk]) + f"?language={language}")


@require_POST
@workspace()
def mark(request: Visit, article_id: int, language: str) -> HttpResponse:
    """A person says that these words may stay, or that they were wrong."""
    article = found(request, article_id)
    words = request.POST.get("words", "")[:200]
    if request.POST.get("act") == "again":
        judge_mark_again(article_id=article.pk, words=words)
    elif words.strip():
        keep_mark(article_id=article.pk, words=words, by=request.viewer.membership_id, at=clock.now())
    return redirect("publish_article", request.viewer.tenant_slug, article.pk, language)


@require_POST
@workspace()
def retire_it(request: Visit, article_id: int) -> HttpResponse:
    return _become(request, article_id, retire, gettext("Retired. Nobody outside sees it any more."))


@require_POST
@workspace()
def back(request: Visit, article_id: int) -> HttpResponse:
    return _become(request, article_id, bring_back, gettext("It is a draft again."))


def _become(request: Visit, article_id: int, act: Any, words: str) -> HttpResponse:
    article = found(request, article_id)
    try:
        act(article_id=article.pk, by=request.viewer.membership_id, at=clock.now())
        messages.success(request, words)
    except ArticleRefused as refusal:
        messages.error(request, shown.refusal_words(refusal.reason))
    return redirect("article", request.viewer.tenant_slug, article.pk)
