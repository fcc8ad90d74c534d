"""What may help with an answer: articles and solved concerns that speak of the same, each with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import connection

from golddraht.conversations.models import Message
from golddraht.conversations.queries.wording import Module, filled_for, modules_for
from golddraht.conversations.rules import Direction
from golddraht.ground.moments import spoken_language
from golddraht.ground.numbers import spoken
from golddraht.ground.text import one_line
from golddraht.ground.understanding import restated, without_closing, without_greeting
from golddraht.knowledge.models import ArticleText, SolvedConcern
from golddraht.knowledge.queries.articles import Seer
from golddraht.knowledge.queries.searching import stems_of, widened
from golddraht.knowledge.rules import Audience, State
from golddraht.knowledge.rules.formatting import as_text, teaser
from golddraht.knowledge.rules.personal import without_marks
from golddraht.knowledge.rules.searching import CONFIG, asked_for, spelt

CANDIDATES = 20
FEWEST_WORDS = 2
"""So many of the concern's words must be spoken of, and a quarter of them; one alone is chance."""
MOST = 3


@dataclass(frozen=True)
class KnownAnswer:
    """A published article that may answer: `words` are what would be put into the answer."""

    article_id: int
    title: str
    teaser: str
    words: str
    language: str
    is_public: bool
    slug: str


@dataclass(frozen=True)
class SolvedBefore:
    """A solved concern like this one, and what solved it; its customer is left out of both."""

    number: int
    spoken: str
    question: str
    words: str
    is_confirmed: bool


@dataclass(frozen=True)
class FittingModule:
    """A text module that speaks of the same, with its placeholders filled."""

    id: int
    name: str
    short: str
    words: str


@dataclass(frozen=True)
class Suggestions:
    articles: tuple[KnownAnswer, ...]
    solved: tuple[SolvedBefore, ...]
    modules: tuple[FittingModule, ...]


class Author(Seer, Protocol):
    """Whoever writes: seen by name."""

    @property
    def name(self) -> str: ...


def suggestions_for(*, viewer: Author, conversation: Any, at: datetime) -> Suggestions:
    """At most three of each, the nearest first; nothing where nothing is near. `conversation` is one the viewer may see."""
    language, stems = _asked(conversation)
    groups = [[stem] for stem in stems]
    return Suggestions(
        articles=tuple(_articles(widened(stems, language), language, viewer)),
        solved=tuple(_solved(groups, viewer, conversation.pk)),
        modules=tuple(_modules(groups, language, viewer, conversation, at=at)),
    )


def near_articles(*, viewer: Seer, conversation: Any) -> list[KnownAnswer]:
    """The published articles among them, the nearest first: those that speak of what was asked, and not of one word of it."""
    language, stems = _asked(conversation)
    return _articles(widened(stems, language), language, viewer)


def _asked(conversation: Any) -> tuple[str, dict[str, str]]:
    language, said = spoken_language(conversation.language), _latest_words(conversation)
    asked = f"{conversation.subject} {restated(said)} {without_closing(without_greeting(said))}"
    return language, stems_of(asked[:600], language)


def _latest_words(conversation: Any) -> str:
    rows = Message.objects.filter(conversation=conversation, direction=Direction.IN, inquiry=None, machine_kind="")
    return rows.order_by("-received_at", "-pk").values_list("text", flat=True).first() or ""


def _modules(
    groups: list[list[str]], language: str, viewer: Author, conversation: Any, *, at: datetime
) -> list[FittingModule]:
    modules = [one for one in modules_for(viewer=viewer, conversation=conversation) if one.text.strip()]
    told = [spelt(f"{module.name} {module.text}") for module in modules]
    with connection.cursor() as cursor:
        cursor.execute(STEMS, [CONFIG[language], told])
        counted = [(_shared(groups, said), modules[place - 1]) for place, said in cursor.fetchall()]
    near = sorted((pair for pair in counted if pair[0] >= FEWEST_WORDS), key=lambda pair: -pair[0])[:MOST]
    return [_fitting(module, viewer, conversation, at=at) for _, module in near]


STEMS = """
SELECT place, tsvector_to_array(to_tsvector(%s::regconfig, words))
FROM unnest(%s::text[]) WITH ORDINALITY AS told(words, place)
"""


def _fitting(module: Module, viewer: Author, conversation: Any, *, at: datetime) -> FittingModule:
    words = filled_for(conversation, module.text, author_name=viewer.name, at=at).text
    return FittingModule(module.id, module.name, module.short, words)


def _articles(groups: list[list[str]], language: str, viewer: Seer) -> list[KnownAnswer]:
    ids = _near("golddraht_find_articles(%s::tsquery, true, %s)", "knowledge_articletext", "published_words", groups)
    rows = ArticleText.objects.filter(
        tenant_id=viewer.tenant_id, pk__in=ids, language=language, article__state=State.PUBLISHED
    )
    found = {row.pk: row for row in rows.select_related("article", "published")}
    return [_known(found[pk]) for pk in ids if pk in found][:MOST]


def answers_of(*, viewer: Seer, article_ids: list[int], language: str) -> list[KnownAnswer]:
    """What these articles say as they are published, in their order; in another language where they are not written in this."""
    rows = ArticleText.objects.filter(
        tenant_id=viewer.tenant_id, article_id__in=article_ids, published__isnull=False, article__state=State.PUBLISHED
    )
    found: dict[int, Any] = {}
    for row in rows.select_related("article", "published").order_by("language"):
        if row.article_id not in found or row.language == language:
            found[row.article_id] = row
    return [_known(found[one]) for one in article_ids if one in found]


def _known(text: Any) -> KnownAnswer:
    return KnownAnswer(
        article_id=text.article_id,
        title=text.published.title,
        teaser=teaser(text.published.body),
        words=as_text(text.published.body),
        language=text.language,
        is_public=text.article.audience == Audience.PUBLIC,
        slug=text.article.slug,
    )


def _solved(groups: list[list[str]], viewer: Seer, conversation_id: int) -> list[SolvedBefore]:
    ids = _near("golddraht_find_solved(%s::tsquery, %s)", "knowledge_solvedconcern", "words", groups)
    rows = SolvedConcern.objects.filter(tenant_id=viewer.tenant_id, pk__in=ids).exclude(conversation_id=conversation_id)
    found = {row.pk: row for row in rows.select_related("conversation__customer")}
    return [_before(found[pk]) for pk in ids if pk in found][:MOST]


def _before(row: Any) -> SolvedBefore:
    number, names = row.conversation.number, [row.conversation.customer.name]
    question, words = without_marks(row.question, names), without_marks(row.answer, names)
    return SolvedBefore(number, spoken(number), one_line(question, 200), words, row.is_confirmed)


def _near(look_up: str, table: str, column: str, groups: list[list[str]]) -> list[int]:
    """Ids of what speaks of enough of the words, the most first."""
    wanted = asked_for(groups, all_of_them=False)
    if not wanted:
        return []
    sql = (
        f"SELECT found.id, tsvector_to_array(told.{column}) FROM {look_up} AS found(id, rank)"  # noqa: S608  # Names of ours.
        f" JOIN {table} AS told ON told.id = found.id ORDER BY found.rank DESC, found.id DESC"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [wanted, CANDIDATES])
        counted = [(_shared(groups, said), pk) for pk, said in cursor.fetchall()]
    enough = min(max(FEWEST_WORDS, len(groups) // 4), len(groups))
    near = [(count, pk) for count, pk in counted if count >= enough]
    return [pk for _, pk in sorted(near, key=lambda pair: -pair[0])]


def _shared(groups: list[list[str]], said: Iterable[str]) -> int:
    """How many of the words are spoken of."""
    known = set(said)
    return sum(not known.isdisjoint(group) for group in groups)
