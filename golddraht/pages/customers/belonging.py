"""Where a customer belongs: organisations with roles, and a household."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.customers.operations import NoSuchBelonging, end_belonging, join_organisation, live_together
from golddraht.customers.queries import customer_for
from golddraht.customers.queries.belonging import belongings_of
from golddraht.customers.rules import Source
from golddraht.pages.doors import Visit, workspace
from golddraht.plumbing import clock
from golddraht.search.queries import people_found

LONGEST = 200


@require_POST
@workspace()
def belong(request: Visit, customer_id: int) -> HttpResponse:
    """Take down a company with a role, or with whom somebody lives."""
    person = customer_for(viewer=request.viewer, customer_id=customer_id)
    said = _household if "with" in request.POST else _company
    problem = said(request, person.pk)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, gettext("Noted, with you as the source."))
    return redirect("customer", request.viewer.tenant_slug, person.pk)


def _company(request: Visit, customer_id: int) -> str:
    name, role = request.POST.get("company", "").strip()[:LONGEST], request.POST.get("role", "")
    if not name:
        return gettext("Say which company it is.")
    join_organisation(customer_id=customer_id, name=name, role=role, source=Source.MEMBER, at=clock.now())
    return ""


def _household(request: Visit, customer_id: int) -> str:
    typed = request.POST.get("with", "").strip()[:LONGEST]
    found = people_found(viewer=request.viewer, typed=typed, limit=5) if typed else []
    others = [line for line in found if line.id != customer_id]
    if len(others) != 1:
        return gettext("Nobody, or more than one, is called so: type the whole name or the e-mail address.")
    live_together(customer_id=customer_id, with_id=others[0].id, source=Source.MEMBER, at=clock.now())
    return ""


@require_POST
@workspace()
def leave(request: Visit, customer_id: int, belonging_id: int) -> HttpResponse:
    """They do not belong there any more; that they did stays known."""
    person = customer_for(viewer=request.viewer, customer_id=customer_id)
    theirs = {line.id for line in belongings_of(customer_id=person.pk)}
    try:
        if belonging_id in theirs:
            end_belonging(belonging_id=belonging_id, at=clock.now())
    except NoSuchBelonging:
        messages.error(request, gettext("They had left already."))
    return redirect("customer", request.viewer.tenant_slug, person.pk)
