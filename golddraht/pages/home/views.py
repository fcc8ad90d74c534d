"""Where somebody lands who signs in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from golddraht.pages.doors import signed_in
from golddraht.team.queries import viewers_of


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The inbox of the only tenant, or the choice between several."""
    viewers = viewers_of(user_id=signed_in(request))
    if len(viewers) == 1:
        return redirect("inbox", viewers[0].tenant_slug)
    return render(request, "home/tenants.html", {"viewers": viewers})
