"""The door of the catcher: members of a demo tenant come by the workspace, everybody else by `/demo/<tenant>/`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from golddraht.channels.queries import NoSource
from golddraht.plumbing import clock
from golddraht.plumbing.tenancy import seeing
from golddraht.team.queries import NotAMember, Viewer, tenant_by_slug, viewer_for

A_MINUTE = 60
MOST_FROM_ONE, MOST = 60, 300


@dataclass(frozen=True)
class Guest:
    """Whoever stands before the catcher of a demo tenant; `viewer` is None for somebody who did not sign in."""

    tenant_id: int
    slug: str
    company: str
    viewer: Viewer | None

    @property
    def membership_id(self) -> int:
        """For queries that ask who looks; nobody's when nobody is signed in."""
        return self.viewer.membership_id if self.viewer else 0

    def url(self, name: str) -> str:
        """The address of the catcher's page `name` ("catcher", "send" or "story"), by the way the guest came."""
        prefix = "catcher" if self.viewer else "demo"
        return reverse(prefix if name == "catcher" else f"{prefix}_{name}", args=[self.slug])

    @contextmanager
    def looking(self) -> Iterator[None]:
        with seeing(self.tenant_id, read_only=True):
            yield

    @contextmanager
    def acting(self) -> Iterator[None]:
        """What the story does in the house is done by the house: no member stands behind it."""
        with seeing(self.tenant_id):
            yield


GuestView = Callable[[HttpRequest, Guest], HttpResponse]


def demo_only(view: GuestView) -> Callable[..., HttpResponse]:
    """A page that exists for demo tenants alone; 404 everywhere else, as if there was nothing."""

    @wraps(view)
    def enter(request: HttpRequest, tenant_slug: str, *, is_public: bool = False) -> HttpResponse:
        if not is_public and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        guest = _guest(request, tenant_slug, is_public=is_public)
        if is_public and request.method == "POST" and not _has_patience(request):
            return render(request, "429.html", status=429)
        try:
            with _language(guest):
                response = view(request, guest)
        except NoSource:
            raise Http404 from None
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return enter


def _has_patience(request: HttpRequest) -> bool:
    """Nobody signed in to write here: so much in a minute from one address, and from all of them together."""
    minute = int(clock.now().timestamp()) // A_MINUTE
    return all(
        [_counted(f"{request.META.get('REMOTE_ADDR', '')}:{minute}") <= MOST_FROM_ONE, _counted(f":{minute}") <= MOST]
    )


def _counted(key: str) -> int:
    cache.add(f"demo:{key}", 0, timeout=2 * A_MINUTE)
    return cache.incr(f"demo:{key}")


def _guest(request: HttpRequest, slug: str, *, is_public: bool) -> Guest:
    tenant = tenant_by_slug(slug)
    if tenant is None or not tenant.is_demo:
        raise Http404
    viewer = None if is_public else _member(request, slug)
    return Guest(tenant.pk, slug, tenant.name, viewer)


def _member(request: HttpRequest, slug: str) -> Viewer:
    try:
        return viewer_for(user_id=int(request.user.pk or 0), tenant_slug=slug)
    except NotAMember:
        raise Http404 from None


def _language(guest: Guest) -> AbstractContextManager[Any]:
    return translation.override(guest.viewer.language) if guest.viewer else nullcontext()
