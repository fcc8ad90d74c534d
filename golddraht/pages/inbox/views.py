"""The list of concerns."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from golddraht.pages.conversation.leaving import undoable_for
from golddraht.pages.doors import Visit, is_part, show, workspace
from golddraht.pages.inbox.listing import list_shown
from golddraht.plumbing import clock


@workspace()
def inbox(request: Visit) -> HttpResponse:
    """The list; only its part where the page refreshes it, and nothing where all in it is as it was."""
    chosen = request.GET.get("chosen", "")
    shown = list_shown(request, at=clock.now(), chosen=int(chosen) if chosen.isdecimal() else None)
    if is_part(request) and request.GET.get("seen") == shown.mark:
        return HttpResponse(status=204)
    if is_part(request):
        return render(request, "inbox/show.html#rows", {"viewer": request.viewer, "list": shown})
    values = {"list": shown, "arrives": bool(request.htmx), "undoable": undoable_for(request.viewer, clock.now())}
    return show(request, "inbox/show.html", values, nav="" if shown.filter else "inbox")
