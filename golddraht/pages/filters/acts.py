"""What is done to a saved filter with one click."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.pages.doors import Visit, workspace
from golddraht.pages.filters.forms import words_of
from golddraht.pages.undoing import done
from golddraht.plumbing import clock
from golddraht.search.operations import (
    FilterRefused,
    bring_back_filter,
    inherit_filter,
    order_filters,
    pin_filter,
    remove_filter,
    unpin_filter,
)
from golddraht.search.queries import FilterLine, NoSuchFilter, filter_for, pinned_filters, removed_filters


def _back(request: Visit, text: str = "") -> HttpResponse:
    if text:
        messages.success(request, text)
    return redirect("filters", request.viewer.tenant_slug)


def _seen(request: Visit, filter_id: int) -> FilterLine:
    return filter_for(viewer=request.viewer, filter_id=filter_id)


@require_POST
@workspace()
def take_over(request: Visit, filter_id: int) -> HttpResponse:
    """Somebody else's filter stands in one's own rail from now on."""
    one = _seen(request, filter_id)
    try:
        pin_filter(filter_id=one.id, by=request.viewer.membership_id, at=clock.now())
    except FilterRefused as refusal:
        messages.error(request, words_of(refusal.reason))
        return _back(request)
    return _back(request, gettext("“%(name)s” stands in your rail.") % {"name": one.name})


@require_POST
@workspace()
def leave_out(request: Visit, filter_id: int) -> HttpResponse:
    """Out of one's own rail; it waits below to be taken again."""
    one = _seen(request, filter_id)
    unpin_filter(filter_id=one.id, by=request.viewer.membership_id, at=clock.now())
    return _back(request, gettext("Taken out of your rail. Below the list you can take it again."))


@require_POST
@workspace()
def move(request: Visit, filter_id: int) -> HttpResponse:
    """One place up or down in one's own rail."""
    ids = [one.id for one in pinned_filters(viewer=request.viewer)]
    if filter_id not in ids:
        raise NoSuchFilter(filter_id)
    was = ids.index(filter_id)
    now = max(0, was - 1) if request.POST.get("to") == "front" else was + 1
    ids.insert(now, ids.pop(was))
    order_filters(filter_ids=ids, by=request.viewer.membership_id, at=clock.now())
    return _back(request)


@require_POST
@workspace()
def remove(request: Visit, filter_id: int) -> HttpResponse:
    """Gone for everybody who has it; its owner can bring it back."""
    one = _seen(request, filter_id)
    if not one.may_change:
        raise NoSuchFilter(filter_id)
    remove_filter(filter_id=one.id, by=request.viewer.membership_id, at=clock.now())
    back = reverse("bring_filter_back", args=[request.viewer.tenant_slug, one.id])
    done(request, gettext("Removed. Below the list you can bring it back."), undo_url=back)
    return _back(request)


@require_POST
@workspace()
def bring_back(request: Visit, filter_id: int) -> HttpResponse:
    """As it was, in every rail in which it stood."""
    if filter_id not in {one.id for one in removed_filters(viewer=request.viewer)}:
        raise NoSuchFilter(filter_id)
    try:
        bring_back_filter(filter_id=filter_id, by=request.viewer.membership_id, at=clock.now())
    except FilterRefused as refusal:
        messages.error(request, words_of(refusal.reason))
        return _back(request)
    return _back(request, gettext("It is back."))


@require_POST
@workspace()
def inherit(request: Visit, filter_id: int) -> HttpResponse:
    """Its owner has left: it is one's own from now on."""
    one = _seen(request, filter_id)
    if not one.may_inherit:
        raise NoSuchFilter(filter_id)
    try:
        inherit_filter(filter_id=one.id, by=request.viewer.membership_id, at=clock.now())
    except FilterRefused as refusal:
        messages.error(request, words_of(refusal.reason))
        return _back(request)
    return _back(request, gettext("“%(name)s” is yours from now on.") % {"name": one.name})
