"""Erasing a customer: look at what goes and what the law keeps, take the wish down, decide about it, and see what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from golddraht.customers.queries import customer_for
from golddraht.ground.retention_law import answer_clock
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.privacy.shown import preview_shown, request_lines, request_shown_as
from golddraht.pages.settings.place import show_settings
from golddraht.plumbing import clock
from golddraht.privacy.operations import (
    ErasureRefused,
    approve_erasure,
    ask_erasure,
    extend_erasure,
    refuse_erasure,
    withdraw_erasure,
)
from golddraht.privacy.queries import erasure_of, erasure_request, erasure_requests, preview_erasure
from golddraht.team.queries import current_tenant
from golddraht.team.rules import Act

HERE = "privacy_requests"


@workspace()
def erase_customer(request: Visit, customer_id: int) -> HttpResponse:
    """What would go and what the law keeps. Everybody may take the wish down; who may decide goes on to do so."""
    person, at = customer_for(viewer=request.viewer, customer_id=customer_id), clock.now()
    request.seen.append(("customers_customer", customer_id))
    if request.method == "POST":
        is_theirs = request.POST.get("asker") == "customer"
        by = request.viewer.membership_id
        erasure_id = ask_erasure(customer_id=customer_id, by=by, asked_by_customer=is_theirs, at=at)
        messages.success(request, gettext("The request is taken down, and its clock runs."))
        if request.viewer.may(Act.ERASE):
            return redirect("privacy_request", request.viewer.tenant_slug, erasure_id)
        return redirect("customer", request.viewer.tenant_slug, person.head_id or person.pk)
    values = {
        "person": person,
        "preview": preview_shown(preview_erasure(customer_id=customer_id, at=at), request.viewer),
        "known": erasure_of(customer_id=customer_id),
        "clock": answer_clock(current_tenant().country),
        "may_decide": request.viewer.may(Act.ERASE),
    }
    return show(request, "privacy/erase.html", values, nav="customers")


@require_safe
@workspace(Act.ERASE)
def requests(request: Visit) -> HttpResponse:
    today = timezone.localdate(clock.now())
    values = {"lines": request_lines(erasure_requests(), on=today), "clock": answer_clock(current_tenant().country)}
    return show_settings(request, "privacy/requests.html", values, here=HERE)


@require_safe
@workspace(Act.ERASE)
def request_shown(request: Visit, erasure_id: int) -> HttpResponse:
    """One request: still to be decided with its preview, or what was done, table by table."""
    found, at = erasure_request(erasure_id=erasure_id), clock.now()
    values: dict[str, Any] = {"request_line": request_shown_as(found, on=timezone.localdate(at)), "found": found}
    if found.stage == "ASKED" and found.name is not None:
        preview = preview_erasure(customer_id=found.customer_id, at=at)
        values["preview"] = preview_shown(preview, request.viewer)
    return show_settings(request, "privacy/request.html", values, here=HERE)


@require_POST
@workspace(Act.ERASE)
def approve(request: Visit, erasure_id: int) -> HttpResponse:
    """It begins; concerns that were unticked are no business letters."""
    told = {int(one) for one in request.POST.getlist("keep") if one.isdecimal()}
    offered = {int(one) for one in request.POST.getlist("offered") if one.isdecimal()}
    by = request.viewer.membership_id

    def act() -> None:
        approve_erasure(erasure_id=erasure_id, by=by, released=sorted(offered - told), at=clock.now())

    return _done(request, erasure_id, act, gettext("It is being erased. This page says when it is done."))


@require_POST
@workspace(Act.ERASE)
def refuse(request: Visit, erasure_id: int) -> HttpResponse:
    by, why = request.viewer.membership_id, request.POST.get("why", "")

    def act() -> None:
        refuse_erasure(erasure_id=erasure_id, by=by, why=why, at=clock.now())

    return _done(
        request, erasure_id, act, gettext("Refused. Tell them the reason, and that they can complain about it.")
    )


@require_POST
@workspace(Act.ERASE)
def extend(request: Visit, erasure_id: int) -> HttpResponse:
    why = request.POST.get("why", "")
    said = gettext("Extended. Tell them the reason before the first month is over.")
    return _done(request, erasure_id, lambda: extend_erasure(erasure_id=erasure_id, why=why, at=clock.now()), said)


@require_POST
@workspace(Act.ERASE)
def withdraw(request: Visit, erasure_id: int) -> HttpResponse:
    return _done(
        request, erasure_id, lambda: withdraw_erasure(erasure_id=erasure_id, at=clock.now()), gettext("Withdrawn.")
    )


def _done(request: Visit, erasure_id: int, act: Callable[[], None], said: str) -> HttpResponse:
    try:
        act()
    except ErasureRefused:
        messages.error(request, gettext("That is not possible any more, or the reason is missing."))
    else:
        messages.success(request, said)
    return redirect("privacy_request", request.viewer.tenant_slug, erasure_id)
