"""Keeping ready what is found by words."""

from __future__ import annotations

from typing import Any

from django.db import connection

from golddraht.knowledge.models import Article, ArticleText
from golddraht.knowledge.rules.formatting import as_text
from golddraht.knowledge.rules.searching import CONFIG, spelt

VECTOR = " || ".join(
    f"setweight(to_tsvector(%s::regconfig, %s) || to_tsvector('simple', %s), '{weight}')" for weight in "ABD"
)
"""Title, tags and text, each by its stems and by its words: the ends that a stem loses are what compounds are found by."""
LEARN = """
INSERT INTO knowledge_word (tenant_id, language, stem)
SELECT DISTINCT tenant_id, language, left(stem, 80)
FROM knowledge_articletext, unnest(tsvector_to_array(words)) AS stem WHERE id = %s
ON CONFLICT DO NOTHING
"""


def index_text(text: ArticleText) -> None:
    """Make a text findable as it stands, and as it is published."""
    article = text.article
    _set("words", text.pk, _weighed(article, text.language, text.title, text.body))
    if text.published is not None:
        _set("published_words", text.pk, _weighed(article, text.language, text.published.title, text.published.body))
    _execute(LEARN, [text.pk])


def _weighed(article: Article, language: str, title: str, body: str) -> list[Any]:
    told = [spelt(title), spelt(" ".join(article.tags)), spelt(as_text(body))]
    return [part for words in told for part in (CONFIG[language], words, words)]


def _set(column: str, text_id: int, parts: list[Any]) -> None:
    _execute(f"UPDATE knowledge_articletext SET {column} = {VECTOR} WHERE id = %s", [*parts, text_id])  # noqa: S608  # The column is one of ours.


def _execute(sql: str, params: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
