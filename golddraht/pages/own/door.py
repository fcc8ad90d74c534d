"""The door of a customer's own page: which company, in which language, and who is there. It opens nothing of the workspace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation

from golddraht.access.operations import Entered
from golddraht.access.queries import Visitor, visitor_with
from golddraht.knowledge.rules import LANGUAGES
from golddraht.pages.brand import dress_of_company
from golddraht.pages.doors import SAFE
from golddraht.plumbing import clock
from golddraht.plumbing.memory import looking_at
from golddraht.team.queries import current_tenant, default_team, tenant_by_slug

COOKIE = f"golddraht_my_{settings.PORT}"
"""Not the workspace's session: whoever holds the one holds nothing of the other."""
NAMES = {"de": "Deutsch", "en": "English"}

View = Callable[..., HttpResponse]


class OwnVisit(HttpRequest):
    """A request on the page of a customer; `visitor` is None while nobody has come in."""

    tenant_slug: str
    language: str
    visitor: Visitor | None
    at: datetime


def before_the_door(view: View) -> View:
    """A page for somebody who wants in; `request.visitor` is whoever is in already."""

    @wraps(view)
    def enter(request: Any, tenant_slug: str, language: str = "", **more: Any) -> HttpResponse:
        tenant = tenant_by_slug(tenant_slug)
        if tenant is None or (language and language not in LANGUAGES):
            raise Http404
        request.tenant_slug, request.at = tenant_slug, clock.now()
        request.language = language or ("de" if tenant.language.startswith("de") else "en")
        with translation.override(request.language), looking_at(tenant.pk, is_reading=request.method in SAFE):
            request.visitor = visitor_with(key=request.COOKIES.get(COOKIE, ""), at=request.at)
            with timezone.override(default_team().zone):
                return _closed(view(request, **more))

    return enter


def inside(view: View) -> View:
    """A page for whoever has come in; everybody else is asked to."""

    @before_the_door
    @wraps(view)
    def enter(request: OwnVisit, **more: Any) -> HttpResponse:
        return view(request, **more) if request.visitor else to(request, "own_enter")

    return enter


def wholly(view: View) -> View:
    """A page with everything about a person: whoever has shown too little for it is asked to show more."""

    @inside
    @wraps(view)
    def enter(request: OwnVisit, **more: Any) -> HttpResponse:
        return view(request, **more) if visitor_of(request).sees_everything else to(request, "own_prove")

    return enter


def visitor_of(request: OwnVisit) -> Visitor:
    """Whoever has come in; only behind a door that asked for it."""
    assert request.visitor is not None
    return request.visitor


def _closed(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, found by nobody."""
    response.headers["Cache-Control"] = "no-store"
    # Not "no-referrer": browsers then send a form's Origin as "null", and CSRF protection must refuse it.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def url(request: OwnVisit, name: str, *more: Any) -> str:
    return reverse(name, args=[request.tenant_slug, request.language, *more])


def to(request: OwnVisit, name: str, *more: Any, then: str = "") -> HttpResponse:
    """Go to another of these pages; `then` is what stands behind its address."""
    return redirect(url(request, name, *more) + then)


def let_in(request: OwnVisit, entered: Entered) -> HttpResponse:
    """To the first page, with the key in a cookie that only these pages of this company are sent."""
    response = to(request, "own_page")
    response.set_cookie(
        COOKIE,
        entered.key,
        expires=entered.ends_at,
        path=_path(request),
        secure=settings.BEHIND_TLS,
        httponly=True,
        samesite="Lax",
    )
    return response


def let_out(request: OwnVisit) -> HttpResponse:
    response = to(request, "own_enter", then="?left")
    response.delete_cookie(COOKIE, path=_path(request), samesite="Lax")
    return response


def _path(request: OwnVisit) -> str:
    return reverse("own", args=[request.tenant_slug])


def shown(request: OwnVisit, template: str, values: dict[str, Any], *, here: str, status: int = 200) -> HttpResponse:
    """A page with the company's name and colour; `here` is its name in the address book."""
    tenant = current_tenant()
    told = {
        "company_name": tenant.name,
        "dress": dress_of_company(),
        "slug": request.tenant_slug,
        "language": request.language,
        "languages": [(one, NAMES[one]) for one in LANGUAGES],
        "visitor": request.visitor,
        "here": here,
    }
    return render(request, f"own/{template}", told | values, status=status)
