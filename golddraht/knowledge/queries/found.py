"""Articles as the search knows them: their words to be found by, and how they are shown to whoever found them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import get_language

from golddraht.knowledge.models import Article, ArticleFile, ArticleText
from golddraht.knowledge.queries.articles import Seer
from golddraht.knowledge.rules import State
from golddraht.knowledge.rules.formatting import as_text
from golddraht.search.rules import Draft
from golddraht.search.rules.kinds import Found


def article_drafts(ids: Sequence[int]) -> list[Draft]:
    """What stands in every language as it was saved last, the names of files, and who answers for it. No retired ones."""
    rows = Article.objects.filter(pk__in=ids).exclude(state=State.RETIRED).select_related("owner").order_by("pk")
    held = list(rows.select_for_update(of=("self",), no_key=True))
    texts, files = _texts(ids), _file_names(ids)
    return [_draft(row, texts.get(row.pk, []), files.get(row.pk, [])) for row in held]


def _draft(row: Any, texts: list[Any], names: list[str]) -> Draft:
    return Draft(
        source_id=row.pk,
        at=row.changed_at,
        title="\n".join(one.title for one in texts),
        text="\n".join([*(as_text(one.body) for one in texts), *names]),
        sender=row.owner.name,
        has_file=bool(names),
    )


def articles_shown(viewer: Seer, ids: Collection[int]) -> list[Found]:
    """With the title in the viewer's language where there is one; the words of all languages, theirs first."""
    rows = Article.objects.filter(tenant_id=viewer.tenant_id, pk__in=ids).exclude(state=State.RETIRED)
    texts, files = _texts(ids), _file_names(ids)
    return [_found(row, texts.get(row.pk, []), files.get(row.pk, [])) for row in rows.select_related("owner")]


def _found(row: Any, texts: list[Any], names: list[str]) -> Found:
    mine = (get_language() or "de")[:2]
    first, *others = sorted(texts, key=lambda one: one.language != mine) or [None]
    return Found(
        kind="article",
        source_id=row.pk,
        at=row.changed_at,
        title=first.title if first else row.slug,
        text="\n".join(
            [as_text(first.body) if first else "", *(f"{one.title} · {as_text(one.body)}" for one in others)]
        ),
        who=row.owner.name,
        file_names=tuple(names),
    )


def _texts(ids: Collection[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for text in ArticleText.objects.filter(article_id__in=ids).order_by("pk"):
        found.setdefault(text.article_id, []).append(text)
    return found


def _file_names(ids: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = ArticleFile.objects.filter(article_id__in=ids).order_by("pk")
    for article_id, name in rows.values_list("article_id", "name"):
        found.setdefault(article_id, []).append(name)
    return found
