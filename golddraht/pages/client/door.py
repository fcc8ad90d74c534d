"""The door for people of a client company: they look at their own company, and every page of theirs only shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_safe

from golddraht.conversations.queries import NoSuchConversation
from golddraht.pages.doors import needs_second_factor, signed_in
from golddraht.plumbing import clock
from golddraht.plumbing.audit import note_seen
from golddraht.plumbing.memory import remembering
from golddraht.plumbing.tenancy import seeing
from golddraht.team.queries import NotAMember
from golddraht.team.queries.clients import ClientViewer, client_viewer_for


class ClientVisit(HttpRequest):
    """A request of somebody of a client company; `seen` are the customers whose concerns it shows."""

    client: ClientViewer
    seen: list[tuple[str, int]]


def for_clients(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for people of the company named in the URL. It runs inside that tenant, and PostgreSQL lets it write nothing."""

    @require_safe
    @login_required
    @wraps(view)
    def enter(request: ClientVisit, tenant_slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        request.client, request.seen = _comer(request, tenant_slug), []
        if needs_second_factor(request, request.client):
            return redirect("second_factor_needed", tenant_slug)
        with translation.override(request.client.language):
            response = _inside(view, request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Content-Language", request.client.language)
        return response

    return enter


def _comer(request: HttpRequest, tenant_slug: str) -> ClientViewer:
    try:
        return client_viewer_for(user_id=signed_in(request), tenant_slug=tenant_slug)
    except NotAMember:
        raise Http404 from None


def _inside(view: Callable[..., HttpResponse], request: ClientVisit, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        with seeing(request.client.tenant_id, read_only=True), remembering():
            response = view(request, *args, **kwargs)
    except NoSuchConversation:
        raise Http404 from None
    if request.seen:
        with seeing(request.client.tenant_id):
            note_seen(request.seen, seat_id=request.client.seat_id, at=clock.now())
    return response


def show_client(request: ClientVisit, template: str, values: dict[str, Any], *, nav: str) -> HttpResponse:
    """A page with what every one of them needs."""
    return render(request, template, {"client": request.client, "nav": nav} | values)
