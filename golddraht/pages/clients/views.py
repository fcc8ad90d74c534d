"""The inbox of somebody who serves several companies."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from golddraht.pages.clients.asked import wish_of
from golddraht.pages.clients.shown import round_shown
from golddraht.pages.doors import Round, is_part, of_all_companies
from golddraht.plumbing import clock


@of_all_companies
def clients(request: Round) -> HttpResponse:
    """The page; only what can change where it refreshes itself."""
    viewers = request.viewers
    values = {"round": round_shown(viewers, wish_of(request.GET), at=clock.now()), "viewers": viewers}
    template = "clients/show.html#round" if is_part(request) else "clients/show.html"
    return render(request, template, values | {"viewer": viewers[0], "shut": request.shut})
