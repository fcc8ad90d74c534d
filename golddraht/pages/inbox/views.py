"""The list of concerns, and finding one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from golddraht.ground.numbers import read_number
from golddraht.pages.conversation.place import url_of
from golddraht.pages.doors import Visit, is_part, show, workspace
from golddraht.pages.inbox.listing import list_shown
from golddraht.plumbing import clock


@workspace()
def inbox(request: Visit) -> HttpResponse:
    """The list; only its part where the page refreshes it."""
    chosen = request.GET.get("chosen", "")
    shown = list_shown(request, at=clock.now(), chosen=int(chosen) if chosen.isdecimal() else None)
    if is_part(request):
        return render(request, "inbox/show.html#rows", {"viewer": request.viewer, "list": shown})
    return show(request, "inbox/show.html", {"list": shown, "arrives": bool(request.htmx)}, nav="inbox")


@workspace()
def search(request: Visit) -> HttpResponse:
    """A number of a concern leads to it, anything else looks for a customer."""
    words = request.GET.get("q", "").strip()
    number = read_number(words) if any(sign.isdigit() for sign in words) else None
    if number is not None:
        return redirect(url_of(request.viewer.tenant_slug, number))
    return redirect(reverse("customers", args=[request.viewer.tenant_slug]) + "?" + urlencode({"q": words}))
