"""Where somebody lands who signs in, and the welcome of a demo for whoever has not."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from golddraht.pages.doors import signed_in
from golddraht.pages.home.demo import PASSWORD, demo_companies, demo_moving_in
from golddraht.team.queries import viewers_of
from golddraht.team.queries.clients import client_viewers_of


def home(request: HttpRequest) -> HttpResponse:
    """The inbox of the only company, or that of all whom somebody serves; a demo welcomes those who have not signed in."""
    if not request.user.is_authenticated:
        return _welcome(request)
    viewers = viewers_of(user_id=signed_in(request))
    if len(viewers) == 1:
        return redirect("inbox", viewers[0].tenant_slug)
    return redirect("clients") if viewers else _of_client(request)


def _of_client(request: HttpRequest) -> HttpResponse:
    """Somebody of a client company comes to look; of several, the one that stands first leads to the others."""
    looked_at = client_viewers_of(user_id=signed_in(request))
    if len(looked_at) == 1:
        return redirect("client_month", looked_at[0].tenant_slug)
    return render(request, "home/no_company.html", {"looked_at": looked_at})


def _welcome(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "home/welcome.html#moving", {"demo": demo_moving_in()})
    companies = demo_companies()
    if not companies:
        return redirect_to_login(request.get_full_path())
    values = {"companies": companies, "password": PASSWORD, "demo": demo_moving_in()}
    return render(request, "home/welcome.html", values)
