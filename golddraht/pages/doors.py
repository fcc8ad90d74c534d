"""The doors of the workspace: who comes in, for which tenant, and what they may see once inside.

Every page of the workspace is a view wrapped in `workspace`. It gets the viewer, runs inside `seeing` that viewer's
tenant, and cannot write on GET because the transaction is read-only.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from golddraht.access.queries import NoSuchCopy
from golddraht.commerce.queries import NoSuchOrder
from golddraht.consent.queries import NoSuchAct
from golddraht.conversations.queries import NoSuchConversation
from golddraht.conversations.queries.blocking import NoSuchBlock
from golddraht.conversations.queries.errands import NoSuchErrand
from golddraht.conversations.queries.tags import NoSuchTag
from golddraht.conversations.queries.wording import NoSuchModule
from golddraht.customers.queries import NoSuchCustomer
from golddraht.customers.queries.persons import NoSuchMerge
from golddraht.imports.queries import NoSuchImport
from golddraht.improvement.queries import NoSuchQuestion
from golddraht.pages.brand import speaking_of
from golddraht.plumbing import clock
from golddraht.plumbing.audit import note_seen
from golddraht.plumbing.links import BadLink, Opened, opened
from golddraht.plumbing.memory import looking_at
from golddraht.plumbing.tenancy import seeing
from golddraht.privacy.queries import NoSuchErasure, NoSuchLocked
from golddraht.promises.queries import NoSuchPromise
from golddraht.search.queries import NoSuchFilter, pinned_filters
from golddraht.team.queries import NotAMember, Viewer, viewer_for, viewers_of
from golddraht.team.queries.companies import NoSuchCompany
from golddraht.team.queries.signing_in import Comer, lacks_second_factor
from golddraht.team.rules import Act

P = ParamSpec("P")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
METHODS = "account_authentication_methods"
"""Where the library notes how somebody has signed in."""
INVISIBLE = (
    NotAMember,
    NoSuchAct,
    NoSuchConversation,
    NoSuchCopy,
    NoSuchCustomer,
    NoSuchOrder,
    NoSuchBlock,
    NoSuchCompany,
    NoSuchErasure,
    NoSuchErrand,
    NoSuchFilter,
    NoSuchImport,
    NoSuchLocked,
    NoSuchMerge,
    NoSuchModule,
    NoSuchPromise,
    NoSuchQuestion,
    NoSuchTag,
)
"""What may not be seen does not exist: the answer is 404, never 403, so that nobody can count what others have."""


class Visit(HttpRequest):
    """A request that came through a door."""

    htmx: HtmxDetails
    viewer: Viewer
    seen: list[tuple[str, int]]


class Round(HttpRequest):
    """A request of somebody who looks at all their companies at once; `shut` are those that ask for a second factor first."""

    htmx: HtmxDetails
    viewers: list[Viewer]
    shut: list[Viewer]


WorkspaceView = Callable[Concatenate[Visit, P], HttpResponse]


def workspace(
    act: Act = Act.CARE, *, writes_on_get: bool = False
) -> Callable[[WorkspaceView[P]], Callable[..., HttpResponse]]:
    """A page for members of the tenant named in the URL who may do `act`. The view reads `request.viewer`.

    `writes_on_get` is for the one way back from a foreign page, which brings what is good only once.
    """

    def door(view: WorkspaceView[P]) -> Callable[..., HttpResponse]:
        @_ask_to_sign_in_on_a_whole_page
        @login_required
        @wraps(view)
        def enter(request: Visit, tenant_slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            request.viewer = _viewer(request, tenant_slug)
            request.seen = []
            if not request.viewer.may(act):
                raise PermissionDenied
            if needs_second_factor(request, request.viewer):
                return _ask_for_second_factor(request)
            with translation.override(request.viewer.language):
                is_reading = request.method in SAFE and not writes_on_get
                response = _inside(view, request, is_reading, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers.setdefault("Content-Language", request.viewer.language)
            return response

        return enter

    return door


def of_all_companies(view: Callable[[Round], HttpResponse]) -> Callable[..., HttpResponse]:
    """A page to look at for whoever serves companies. It reads `request.viewers`: one for each that they serve today.

    Nothing is seen here yet: the view's queries look at one company after the other.
    """

    @require_safe
    @_ask_to_sign_in_on_a_whole_page
    @login_required
    @wraps(view)
    def enter(request: Round) -> HttpResponse:
        served = [one for one in viewers_of(user_id=signed_in(request)) if one.may(Act.CARE)]
        request.shut = [one for one in served if needs_second_factor(request, one)]
        request.viewers = [one for one in served if one not in request.shut]
        if not request.viewers:
            return _let_out(request)
        with translation.override(request.viewers[0].language):
            response = view(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Content-Language", request.viewers[0].language)
        return response

    return enter


def _let_out(request: Round) -> HttpResponse:
    """For whom no company is open: they are told why on a page of its own, never in a part of this one."""
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect("second_factor_needed", request.shut[0].tenant_slug) if request.shut else redirect("home")


def _ask_to_sign_in_on_a_whole_page(door: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page whose session has ended loads itself anew when it refreshes a part: the question belongs in no part."""

    @wraps(door)
    def enter(request: Visit, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.htmx and not request.user.is_authenticated:
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return door(request, *args, **kwargs)

    return enter


def needs_second_factor(request: HttpRequest, viewer: Comer) -> bool:
    """Whether the company's grace is over for somebody without one. Its own sign-in service answers for whom it vouches."""
    since = viewer.second_factor_from
    if since is None or since > clock.now():
        return False
    methods = request.session.get(METHODS, [])
    return not any(one.get("method") == "socialaccount" for one in methods) and lacks_second_factor(viewer)


def _ask_for_second_factor(request: Visit) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect("second_factor_needed", request.viewer.tenant_slug)


def is_part(request: Visit | Round) -> bool:
    """Whether only a part of the page is asked for; going back in the history asks for all of it."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def signed_in(request: HttpRequest) -> int:
    """The id of the user; only behind a door that asked for signing in."""
    assert request.user.pk is not None
    return int(request.user.pk)


def _viewer(request: HttpRequest, tenant_slug: str) -> Viewer:
    try:
        return viewer_for(user_id=signed_in(request), tenant_slug=tenant_slug)
    except NotAMember:
        raise Http404 from None


def _inside(
    view: Callable[..., HttpResponse], request: Visit, is_reading: bool, *args: Any, **kwargs: Any
) -> HttpResponse:
    viewer = request.viewer
    try:
        with looking_at(viewer.tenant_id, actor=viewer.membership_id, is_reading=is_reading):
            response = view(request, *args, **kwargs)
    except INVISIBLE:
        raise Http404 from None
    if request.seen:
        # Looking at a customer is noted after the read-only transaction, in one of its own.
        with seeing(viewer.tenant_id, actor=viewer.membership_id):
            note_seen(request.seen, at=clock.now())
    return response


def show(request: Visit, template: str, values: dict[str, Any], *, nav: str, status: int = 200) -> HttpResponse:
    """A page of the workspace with what every one of them needs: the viewer, for whom they speak, their filters, the place."""
    speaking = speaking_of(request.viewer, viewers_of(user_id=signed_in(request)))
    shared: dict[str, Any] = {"viewer": request.viewer, "speaking": speaking, "nav": nav}
    shared["own_filters"] = pinned_filters(viewer=request.viewer)
    return render(request, template, shared | values, status=status)


def signed(purpose: str, *, within: Any) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page for a customer who holds a signed link; the view gets the id the link stands for, inside its tenant.

    A GET changes nothing, so that link scanners do no harm.
    """

    def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def enter(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            link = _opened(purpose, token, within)
            response = _through(link, view, request, *args, **kwargs) if link else _expired(request)
            response.headers["Cache-Control"] = "no-store"
            # Not "no-referrer": browsers then send a form's Origin as "null", and CSRF protection must refuse it.
            response.headers["Referrer-Policy"] = "same-origin"
            response.headers["X-Robots-Tag"] = "noindex"
            return response

        return enter

    return door


def _through(
    link: Opened, view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponse:
    try:
        with looking_at(link.tenant_id, is_reading=request.method in SAFE):
            return view(request, link.id, *args, **kwargs)
    except INVISIBLE:
        return _expired(request)


def _expired(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/expired.html", status=410)


def _opened(purpose: str, token: str, within: Any) -> Opened | None:
    try:
        return opened(purpose, token, within=within)
    except BadLink:
        return None
