"""Finding by words: what is asked is stemmed, widened to the words that are really there, and looked up by index."""

from __future__ import annotations

from typing import Any

from django.db import connection

from golddraht.ground.text import WORD
from golddraht.knowledge.rules.searching import COMMON, CONFIG, MOST_WORDS, asked_for, kin_of, spelt
from golddraht.plumbing.tenancy import current_tenant_id

Ranked = dict[int, float]
"""Ids with how well each fits, the best first."""


def stems_of(words: str, language: str) -> dict[str, str]:
    """What somebody typed: each stem with the word it was read from, without words that say nothing; at most a dozen."""
    typed = [word for word in WORD.findall(spelt(words)[:2000]) if word not in COMMON and len(word) <= 80]
    rows = _rows(
        "SELECT word, tsvector_to_array(to_tsvector(%s::regconfig, word)) FROM unnest(%s::text[]) AS word",
        [CONFIG[language], typed[: 5 * MOST_WORDS]],
    )
    stems = {found[0]: word for word, found in rows if found}
    return dict(list(stems.items())[:MOST_WORDS])


def widened(stems: dict[str, str], language: str) -> list[list[str]]:
    """For each stem the words of our articles that it may mean, itself in any case."""
    asked = sorted({*stems, *stems.values()})
    near: dict[str, list[str]] = {word: [] for word in asked}
    for word, known in _rows(KIN, [asked, current_tenant_id(), language]):
        near[word].append(known)
    return [_kin(stem, word, near) for stem, word in stems.items()]


def _kin(stem: str, word: str, near: dict[str, list[str]]) -> list[str]:
    found = [stem, *kin_of(stem, near[stem]), *(kin_of(word, near[word]) if word != stem else [])]
    return list(dict.fromkeys(found))


KIN = """
SELECT asked.stem, known.stem FROM unnest(%s::text[]) AS asked(stem)
JOIN knowledge_word AS known ON known.tenant_id = %s AND known.language = %s AND (
    position(asked.stem IN known.stem) > 0
    OR length(known.stem) >= 4 AND (
        left(asked.stem, length(known.stem)) = known.stem OR right(asked.stem, length(known.stem)) = known.stem)
    OR left(known.stem, 1) = left(asked.stem, 1) AND abs(length(known.stem) - length(asked.stem)) <= 2
        AND length(asked.stem) >= 5)
"""


def texts_with(words: str, *, language: str, published_only: bool, most: int = 50) -> Ranked:
    """Texts of articles that say what is asked: all of it, or where there is none, some of it."""
    groups = widened(stems_of(words, language), language)
    find = "SELECT text_id, rank FROM golddraht_find_articles(%s::tsquery, %s, %s)"
    for all_of_them in (True, False):
        wanted = asked_for(groups, all_of_them=all_of_them)
        rows = _rows(find, [wanted, published_only, most]) if wanted else []
        if rows:
            return {pk: float(rank) for pk, rank in rows}
    return {}


def _rows(sql: str, params: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[Any] = cursor.fetchall()
        return rows
