"""Somebody asked a colleague for a copy of everything about them: one press makes the concern with its clock, and the copy."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from golddraht.access.operations import take_request
from golddraht.access.queries import CopyLine, copy_of_person
from golddraht.customers.queries import customer_for
from golddraht.pages import shown as words
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.own.copies import archive
from golddraht.pages.shown import person_name
from golddraht.plumbing import clock
from golddraht.team.rules import Act


@require_POST
@workspace(Act.HAND_OUT)
def ask(request: Visit, customer_id: int) -> HttpResponse:
    person = customer_for(viewer=request.viewer, customer_id=customer_id)
    by = request.viewer.membership_id
    copy = take_request(customer_id=person.pk, words=request.POST.get("words", "")[:2000], by=by, at=clock.now())
    messages.success(request, gettext("The request is a concern with its clock, and the copy is being made."))
    return redirect("customer_copy", request.viewer.tenant_slug, person.pk, copy.pk)


@require_safe
@workspace(Act.HAND_OUT)
def copy(request: Visit, customer_id: int, copy_id: int) -> HttpResponse:
    """How far it is, and how it reaches the person."""
    person = customer_for(viewer=request.viewer, customer_id=customer_id)
    found = _found(request, customer_id, copy_id)
    values: dict[str, Any] = {
        "person": person,
        "name": person_name(person.name, ""),
        "copy": found,
        "size": words.size(found.size),
    }
    return show(request, "customers/copy.html", values, nav="customers")


@require_safe
@workspace(Act.HAND_OUT)
def file(request: Visit, customer_id: int, copy_id: int) -> HttpResponse:
    """The archive; that it was taken stands in the trail."""
    found = _found(request, customer_id, copy_id)
    if not found.is_ready:
        raise Http404
    return archive(found)


def _found(request: Visit, customer_id: int, copy_id: int) -> CopyLine:
    person = customer_for(viewer=request.viewer, customer_id=customer_id)
    request.seen.append(("customers_customer", person.pk))
    return copy_of_person(customer_id=person.pk, copy_id=copy_id, at=clock.now())
