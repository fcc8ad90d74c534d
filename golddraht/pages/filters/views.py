"""Saved filters: the list of them, making and changing one, and how many concerns each holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from golddraht.conversations.queries import Place
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.filters.forms import FIELD_OF, FilterForm, words_of
from golddraht.pages.inbox.listing import place_name
from golddraht.pages.inbox.place import key_of, list_url
from golddraht.pages.shown import count_text
from golddraht.plumbing import clock
from golddraht.search.operations import FilterRefused, keep_filter
from golddraht.search.queries import (
    FilterLine,
    NoSuchFilter,
    counts_of_filters,
    filter_for,
    offered_filters,
    pinned_filters,
    removed_filters,
)
from golddraht.search.rules.filters import Sharing
from golddraht.team.queries import Viewer, teams

NAV = "inbox"
UNPROCESSABLE = 422


@dataclass(frozen=True)
class FilterShown:
    """What filters/_line.html takes."""

    filter: FilterLine
    url: str
    what: str
    shared: str


def line_shown(one: FilterLine, viewer: Viewer) -> FilterShown:
    what = [place_name(one.place)] if one.place is not Place.ALL or not one.words else []
    return FilterShown(
        one, list_url(viewer, key_of(one)), " · ".join([*what, *filter(None, [one.words])]), _shared(one)
    )


def _shared(one: FilterLine) -> str:
    """Whose it is and who may have it, in one line."""
    with_whom = {
        Sharing.NOBODY: gettext("only you"),
        Sharing.TEAM: gettext("for %(team)s") % {"team": one.team_name},
        Sharing.EVERYBODY: gettext("for everybody"),
    }[one.audience]
    return (
        with_whom if one.may_change else gettext("by %(name)s, %(whom)s") % {"name": one.owner_name, "whom": with_whom}
    )


@require_safe
@workspace()
def filters(request: Visit) -> HttpResponse:
    """One's own in their order, those that others share, and what was removed."""
    viewer = request.viewer
    values = {
        "pinned": [line_shown(one, viewer) for one in pinned_filters(viewer=viewer)],
        "offered": [line_shown(one, viewer) for one in offered_filters(viewer=viewer)],
        "removed": removed_filters(viewer=viewer),
    }
    return show(request, "filters/list.html", values, nav=NAV)


@require_safe
@workspace()
def rail(request: Visit) -> HttpResponse:
    """The part of the rail with one's own filters, counted."""
    own, at = pinned_filters(viewer=request.viewer), clock.now()
    zone = ZoneInfo(timezone.get_current_timezone_name())
    numbers = counts_of_filters(viewer=request.viewer, filters=own, zone=zone, at=at)
    counted = [{"id": one.id, "name": one.name, "count": count_text(numbers[one.id])} for one in own]
    here = request.GET.get("here", "")
    values = {"viewer": request.viewer, "own_filters": counted, "is_counted": True, "rail_here": here}
    return render(request, "filters/_rail.html", values)


@workspace()
def new(request: Visit) -> HttpResponse:
    """A filter of what the address names: a place, words that were searched for."""
    told = {"place": request.GET.get("place", Place.ALL), "words": request.GET.get("words", "")}
    form = FilterForm(request.POST or None, teams=teams(), initial=told | {"audience": Sharing.NOBODY})
    kept = _kept(request, form) if form.is_valid() else None
    if kept is not None:
        messages.success(request, gettext("Kept. It stands in your rail."))
        return redirect(list_url(request.viewer, f"filter-{kept}"))
    return _form(request, form, gettext("Keep a filter"))


@workspace()
def change(request: Visit, filter_id: int) -> HttpResponse:
    """Its owner renames it, changes what it shows, and shares it."""
    one = filter_for(viewer=request.viewer, filter_id=filter_id)
    if not one.may_change:
        raise NoSuchFilter(filter_id)
    known = {name: getattr(one, name) for name in FilterForm.base_fields}
    form = FilterForm(request.POST or None, teams=teams(), initial=known)
    if form.is_valid() and _kept(request, form, filter_id) is not None:
        messages.success(request, gettext("Kept."))
        return redirect("filters", request.viewer.tenant_slug)
    return _form(request, form, one.name, one=one)


def _form(request: Visit, form: FilterForm, title: str, **more: Any) -> HttpResponse:
    status = UNPROCESSABLE if form.errors else 200
    return show(request, "filters/form.html", {"form": form, "title": title} | more, nav=NAV, status=status)


def _kept(request: Visit, form: FilterForm, filter_id: int | None = None) -> int | None:
    told = form.cleaned_data | {"place": Place(form.cleaned_data["place"])}
    try:
        kept = keep_filter(by=request.viewer.membership_id, at=clock.now(), filter_id=filter_id, **told)
    except FilterRefused as refusal:
        form.add_error(FIELD_OF.get(refusal.reason), words_of(refusal.reason))
        return None
    return int(kept.pk)
