"""Today: what one person has before them, and when their day is done."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from golddraht.pages.doors import Visit, is_part, show, workspace
from golddraht.pages.settings.overview import asked_from
from golddraht.pages.today.shown import day_shown
from golddraht.plumbing import clock


@require_safe
@workspace()
def today(request: Visit) -> HttpResponse:
    """The page; only the day where it refreshes itself."""
    values = {"day": day_shown(request.viewer, at=clock.now())}
    if is_part(request):
        return render(request, "today/show.html#day", {"viewer": request.viewer} | values)
    return show(request, "today/show.html", {"asked_from": asked_from(request)} | values, nav="today")
