"""What the pages about articles share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django import forms
from django.http import Http404
from django.utils import timezone

from golddraht.knowledge.operations import ArticleRefused
from golddraht.knowledge.queries import NoSuchArticle, article_for, text_of
from golddraht.knowledge.rules import LANGUAGES
from golddraht.pages.doors import Visit
from golddraht.pages.knowledge.shown import refusal_words
from golddraht.plumbing import clock
from golddraht.team.rules import Act

NAV = "knowledge"
UNPROCESSABLE = 422


def today() -> date:
    """The day on the clocks of this house."""
    return timezone.localtime(clock.now()).date()


def found(request: Visit, article_id: int) -> Any:
    """The article, if the viewer may see it."""
    try:
        return article_for(viewer=request.viewer, article_id=article_id)
    except NoSuchArticle:
        raise Http404 from None


def spoken(language: str) -> str:
    """A language that articles have. Raises Http404 for any other word."""
    if language not in LANGUAGES:
        raise Http404
    return language


def text_in(article: Any, language: str) -> Any:
    """Raises Http404 where nothing was written in that language yet."""
    text = text_of(article, spoken(language))
    if text is None:
        raise Http404
    return text


@contextmanager
def told(form: forms.Form, field: str | None = None) -> Iterator[None]:
    """What is refused inside is said in the form."""
    try:
        yield
    except ArticleRefused as refusal:
        form.add_error(field, refusal_words(refusal.reason))


def may_publish(request: Visit, article: Any) -> bool:
    return article.audience == "INTERNAL" or request.viewer.may(Act.PUBLISH_KNOWLEDGE)
