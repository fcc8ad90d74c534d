"""The list of what was promised, mine or everybody's, and how often we keep our word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from golddraht.pages.doors import Visit, is_part, show, workspace
from golddraht.pages.promises.shown import end_of_looking, grouped, rate
from golddraht.plumbing import clock
from golddraht.promises.queries import due_list, kept_rate
from golddraht.team.rules import Act

SINCE = timedelta(days=90)
NAV = "promises"


@dataclass(frozen=True)
class Chip:
    text: str
    url: str
    is_here: bool


@require_safe
@workspace()
def promises(request: Visit) -> HttpResponse:
    """What is promised and due; only the list where the page refreshes it."""
    viewer, at = request.viewer, clock.now()
    of_all = request.GET.get("whose") == "all"
    owner_id = None if of_all else viewer.membership_id
    lines = due_list(viewer=viewer, at=at, until=end_of_looking(at), owner_id=owner_id)
    values = {
        "groups": grouped(lines, slug=viewer.tenant_slug, at=at),
        "chips": _chips(viewer.tenant_slug, of_all),
        "of_all": of_all,
        "rate": rate(kept_rate(viewer=viewer, since=at - SINCE, until=at), label=gettext("Promises kept in 90 days")),
        "may_announce": viewer.may(Act.ANNOUNCE_DISTURBANCE),
    }
    if is_part(request):
        return render(request, "promises/list.html#dues", {"viewer": viewer} | values)
    return show(request, "promises/list.html", values, nav=NAV)


def _chips(slug: str, of_all: bool) -> list[Chip]:
    url = reverse("promises", args=[slug])
    return [Chip(gettext("Mine"), url, not of_all), Chip(gettext("Everybody's"), f"{url}?whose=all", of_all)]
