"""The door of the help page: for everybody, read-only, in one tenant, and only where there is something to read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response

from golddraht.knowledge.queries.public import is_anything_public
from golddraht.knowledge.rules import LANGUAGES
from golddraht.pages.brand import dress_of_company
from golddraht.plumbing import clock
from golddraht.plumbing.memory import looking_at
from golddraht.team.queries import current_tenant, default_team, tenant_by_slug

SAFE = frozenset({"GET", "HEAD"})
FRESH_FOR = 300
"""Seconds for which a copy may be shown: what is published is seen five minutes later at the latest."""
AN_HOUR = 3600


class HelpVisit(HttpRequest):
    """A request of somebody unknown on the help page of one tenant."""

    tenant_id: int
    tenant_slug: str
    language: str
    has_articles: bool


def helping(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the help page of the tenant in the address, in the language in the address.

    A tenant without anything public has none: whether it exists is nobody's business.
    """
    return _in_the_name_of_the_tenant(view, needs_articles=True)


def owed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that the law wants of every company, whether it has written anything for its help page or not."""
    return _in_the_name_of_the_tenant(view, needs_articles=False)


def _in_the_name_of_the_tenant(
    view: Callable[..., HttpResponse], *, needs_articles: bool
) -> Callable[..., HttpResponse]:
    @wraps(view)
    def enter(request: Any, tenant_slug: str, language: str = "", **more: Any) -> HttpResponse:
        tenant = tenant_by_slug(tenant_slug)
        if tenant is None or (language and language not in LANGUAGES):
            raise Http404
        request.tenant_id, request.tenant_slug = tenant.pk, tenant_slug
        request.language = language or ("de" if tenant.language.startswith("de") else "en")
        with translation.override(request.language), looking_at(tenant.pk, is_reading=request.method in SAFE):
            request.has_articles = is_anything_public()
            if needs_articles and not request.has_articles:
                raise Http404
            with timezone.override(default_team().zone):
                return view(request, **more)

    return enter


def shown(request: HelpVisit, template: str, values: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page without anything of the visitor in it."""
    tenant = current_tenant()
    told = {
        "company_name": tenant.name,
        "dress": dress_of_company(),
        "country": tenant.country,
        "offers_cancelling": tenant.offers_cancelling,
        "offers_withdrawing": tenant.offers_withdrawing,
        "has_articles": request.has_articles,
        "slug": request.tenant_slug,
        "language": request.language,
        "languages": [(one, {"de": "Deutsch", "en": "English"}[one]) for one in LANGUAGES],
    }
    return render(request, f"help/{template}", told | values, status=status)


def cached(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same for everybody: browsers and proxies may keep it for a while and ask whether it is still the same."""
    response["Cache-Control"] = f"public, max-age={FRESH_FOR}"
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def is_of_this_site(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of ours, as far as browsers tell: pages that are kept carry no token."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return not origin or urlsplit(origin).netloc == request.get_host()


def may_again(what: str, who: str, *, most: int) -> bool:
    """Whether this happens at most so often within the hour. Who it was is forgotten after it, and kept only as a digest."""
    hour = int(clock.now().timestamp()) // AN_HOUR
    key = f"help:{what}:{hashlib.sha256(f'{who}:{hour}'.encode()).hexdigest()[:24]}"
    cache.add(key, 0, timeout=AN_HOUR)
    return int(cache.incr(key)) <= most


def address_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
