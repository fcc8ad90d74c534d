"""The help page: what there is, one article, pictures, and what search engines read."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language_from_request, gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from golddraht.knowledge.operations.judging import note_verdict
from golddraht.knowledge.operations.questions import note_unanswered
from golddraht.knowledge.queries.public import (
    NotPublic,
    PublicLine,
    PublicText,
    public_file,
    public_search,
    public_text,
    public_texts,
    published_addresses,
)
from golddraht.knowledge.rules import LANGUAGES, Sources
from golddraht.knowledge.rules.formatting import as_html, teaser
from golddraht.pages.help.door import HelpVisit, address_of, cached, helping, is_of_this_site, may_again, shown
from golddraht.plumbing import clock
from golddraht.plumbing.files import PICTURES, file_answer, harmless_type
from golddraht.plumbing.links import absolute
from golddraht.plumbing.tenancy import seeing

LONGEST_WORDS = 120
RELATED = 4
MOST_NOTED = 30
"""So many searches without a hit are noted for one address within an hour."""
MOST_VERDICTS = 60


@require_safe
@helping
def front(request: HelpVisit) -> HttpResponse:
    """In the language that the browser asks for."""
    asked = get_language_from_request(request)[:2]
    language = asked if asked in LANGUAGES else request.language
    answer = redirect("help_page", request.tenant_slug, language)
    answer["Vary"] = "Accept-Language"
    return answer


@require_safe
def page(request: Any, tenant_slug: str, language: str) -> HttpResponse:
    """Everything by subject, or what fits the words that are looked for."""
    answer: HttpResponse = _page(request, tenant_slug=tenant_slug, language=language)
    words = getattr(request, "unanswered", "")
    # Looking changes nothing; that nothing was found is noted afterwards, in a transaction of its own.
    if words and may_again("search", address_of(request), most=MOST_NOTED):
        with seeing(request.tenant_id):
            note_unanswered(words=words, language=language, source=Sources.HELP, at=clock.now())
    return answer


@helping
def _page(request: Any) -> HttpResponse:
    words = " ".join(request.GET.get("q", "").split())[:LONGEST_WORDS]
    if words:
        return _searched(request, words)
    values = {"groups": _grouped(public_texts(language=request.language)), "alternates": _fronts(request)}
    return cached(request, shown(request, "page.html", values))


def _searched(request: Any, words: str) -> HttpResponse:
    lines = public_search(words, language=request.language)
    request.unanswered = "" if lines else words
    values = {"words": words, "lines": lines, "is_search": True}
    answer = shown(request, "page.html", values)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _grouped(lines: list[PublicLine]) -> list[tuple[str, list[PublicLine]]]:
    """By the first tag, the fullest subject first; what has none comes last."""
    groups: dict[str, list[PublicLine]] = {}
    for line in lines:
        groups.setdefault(line.tags[0] if line.tags else gettext("More"), []).append(line)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _fronts(request: HelpVisit) -> list[tuple[str, str]]:
    return [(one, absolute(reverse("help_page", args=[request.tenant_slug, one]))) for one in LANGUAGES]


@require_safe
@helping
def article(request: HelpVisit, article_slug: str) -> HttpResponse:
    """One article. In a language that it does not have, it leads to the one it has."""
    text = _found(request, article_slug)
    if text.language != request.language:
        return redirect("help_article", request.tenant_slug, text.language, text.slug)
    values = {
        "text": text,
        "html": as_html(text.body, file_url=lambda pk: reverse("help_file", args=[request.tenant_slug, pk])),
        "teaser": teaser(text.body, 155),
        "canonical": _url(request, text.language, text.slug),
        "alternates": [(one, _url(request, one, text.slug)) for one in text.languages],
        "related": _related(request, text),
        "said": request.GET.get("said", ""),
    }
    answer = shown(request, "article.html", values)
    return answer if values["said"] else cached(request, answer)


def _found(request: HelpVisit, article_slug: str) -> PublicText:
    try:
        return public_text(slug=article_slug, language=request.language)
    except NotPublic:
        raise Http404 from None


def _url(request: HelpVisit, language: str, slug: str) -> str:
    return absolute(reverse("help_article", args=[request.tenant_slug, language, slug]))


def _related(request: HelpVisit, text: PublicText) -> list[PublicLine]:
    others = public_texts(language=request.language)
    return [line for line in others if line.slug != text.slug and set(line.tags) & set(text.tags)][:RELATED]


@csrf_exempt
@require_POST
@helping
def verdict(request: HelpVisit, article_slug: str) -> HttpResponse:
    """Did it help? Counted, and forgotten who said it. Kept pages carry no token, so the browser's word on where it comes from must do."""
    text = _found(request, article_slug)
    helped = request.POST.get("helped") == "yes"
    if is_of_this_site(request) and may_again("verdict", address_of(request), most=MOST_VERDICTS):
        note_verdict(text_id=text.text_id, helped=helped, at=clock.now())
    url = reverse("help_article", args=[request.tenant_slug, request.language, article_slug])
    answer = redirect(f"{url}?said={'yes' if helped else 'no'}#said")
    answer.status_code = 303
    return answer


@require_safe
@helping
def file(request: HelpVisit, file_id: int) -> HttpResponse:
    """A picture or file that a published text shows."""
    try:
        found = public_file(file_id)
    except NotPublic:
        raise Http404 from None
    is_picture = found.content_type in PICTURES
    kind = harmless_type(found.content_type)
    answer = file_answer(str(found.file.name), filename=found.name, content_type=kind, inline=is_picture)
    answer["Cache-Control"] = "public, max-age=86400"
    return answer


@require_safe
@helping
def site_map(request: HelpVisit) -> HttpResponse:
    """Every address that search engines may show."""
    values = {
        "urls": [(url, None) for _, url in _fronts(request)]
        + [(_url(request, language, slug), at) for language, slug, at in published_addresses()]
    }
    answer = shown(request, "sitemap.xml", values)
    answer["Content-Type"] = "application/xml; charset=utf-8"
    return cached(request, answer)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Help pages are for everybody; nothing else of this house is for search engines."""
    lines = [
        "User-agent: *",
        "Disallow: /",
        "Allow: /help/",
        "Allow: /static/",
        "Disallow: /help/*?q=",
        "Disallow: /help/*/write/",
    ]
    return HttpResponse(
        "\n".join(lines) + "\n",
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "public, max-age=86400"},
    )
