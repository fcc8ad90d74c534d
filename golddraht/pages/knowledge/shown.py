"""Articles in the words of a page."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from golddraht.knowledge.rules import LANGUAGES, Audience, Refusal, State
from golddraht.knowledge.rules.formatting import as_html
from golddraht.knowledge.rules.personal import MarkKind


def language_name(language: str) -> str:
    return {"de": gettext("German"), "en": gettext("English")}.get(language, language)


def state_word(state: str) -> str:
    words = {State.DRAFT: gettext("draft"), State.PUBLISHED: gettext("published"), State.RETIRED: gettext("retired")}
    return words[State(state)]


def audience_word(audience: str) -> str:
    words = {Audience.INTERNAL: gettext("for colleagues"), Audience.PUBLIC: gettext("for everybody")}
    return words[Audience(audience)]


MARK_WORDS = {
    MarkKind.NAME: gettext_lazy("name"),
    MarkKind.MAIL: gettext_lazy("e-mail address"),
    MarkKind.PHONE: gettext_lazy("telephone number"),
    MarkKind.ADDRESS: gettext_lazy("address"),
    MarkKind.IBAN: gettext_lazy("bank account"),
    MarkKind.NUMBER: gettext_lazy("number"),
}


def mark_word(kind: MarkKind) -> str:
    return str(MARK_WORDS[kind])


def refusal_words(reason: Refusal) -> str:
    words = {
        Refusal.NO_WORDS: gettext("Write a title and a text first."),
        Refusal.NO_RIGHT: gettext("Only leads may do this. Ask one of them to look at it."),
        Refusal.MARKS: gettext(
            "Names or numbers of people still stand in it: remove them, or keep each one on purpose."
        ),
        Refusal.RETIRED: gettext("This article is retired."),
        Refusal.NO_REASON: gettext("Give a reason that others understand."),
        Refusal.FILE: gettext("At most 10 MB for one file, at most 60 files for one article, and none that is empty."),
        Refusal.PAST: gettext("Choose a day to come."),
        Refusal.SETTLED: gettext("This question is settled already."),
    }
    return words[reason]


@dataclass(frozen=True)
class Tongue:
    """One language of an article: what stands there, and what readers see."""

    language: str
    name: str
    has_text: bool
    is_here: bool
    is_published: bool
    has_changes: bool


def tongues(article: Any, here: str) -> list[Tongue]:
    texts = {text.language: text for text in article.texts.all()}
    return [_tongue(language, texts.get(language), here) for language in LANGUAGES]


def _tongue(language: str, text: Any, here: str) -> Tongue:
    published = text.published if text else None
    return Tongue(
        language=language,
        name=language_name(language),
        has_text=text is not None,
        is_here=language == here,
        is_published=published is not None,
        has_changes=published is not None and (published.title, published.body) != (text.title, text.body),
    )


def html_of(article: Any, body: str, slug: str) -> str:
    """The text as colleagues see it, with its own pictures and files."""
    known = {file.pk for file in article.files.all()}

    def url(file_id: int) -> str:
        return reverse("article_file", args=[slug, article.pk, file_id]) if file_id in known else ""

    return as_html(body, file_url=url)


@dataclass(frozen=True)
class Changed:
    """A line of a comparison: "+" came, "-" went, "" stayed."""

    sign: str
    words: str


def compared(before: str, after: str) -> list[Changed]:
    """What changed between two versions, line by line with a little of what stayed around it."""
    lines: Iterable[str] = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2)
    found = [line for line in lines if not line.startswith(("---", "+++"))]
    return [Changed("…", "") if line.startswith("@@") else Changed(line[:1].strip(), line[1:]) for line in found]
