"""What a text has been: compared, and brought back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from golddraht.knowledge.operations import restore_version
from golddraht.knowledge.queries import versions_of
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.knowledge.place import NAV, found, text_in
from golddraht.pages.knowledge.shown import compared, language_name
from golddraht.plumbing import clock


@require_safe
@workspace()
def versions(request: Visit, article_id: int, language: str) -> HttpResponse:
    """Every saved version; two of them side by side: the one asked for and the one before it, or any other."""
    article = found(request, article_id)
    text = text_in(article, language)
    rows = versions_of(text)
    newer = _numbered(rows, request.GET.get("this", "")) or rows[0]
    older = _numbered(rows, request.GET.get("with", "")) or next(
        (row for row in rows if row.number < newer.number), None
    )
    values = {
        "article": article,
        "text": text,
        "language": language,
        "language_name": language_name(language),
        "rows": rows,
        "newer": newer,
        "older": older,
        "changes": compared(_whole(older), _whole(newer)),
    }
    return show(request, "knowledge/versions.html", values, nav=NAV)


def _numbered(rows: list[Any], number: str) -> Any:
    return next((row for row in rows if str(row.number) == number), None)


def _whole(row: Any) -> str:
    return f"{row.title}\n\n{row.body}" if row else ""


@require_POST
@workspace()
def restore(request: Visit, article_id: int, language: str, version: int) -> HttpResponse:
    """An earlier version is the newest one again."""
    article = found(request, article_id)
    row = _numbered(versions_of(text_in(article, language)), str(version))
    if row is None:
        raise Http404
    restore_version(version_id=row.pk, by=request.viewer.membership_id, at=clock.now())
    messages.success(request, gettext("Brought back as the newest version."))
    return redirect(reverse("article", args=[request.viewer.tenant_slug, article.pk]) + f"?language={language}")
