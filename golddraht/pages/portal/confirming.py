"""Confirming a consent: the text once more, and a button. Looking changes nothing, so that a link scanner agrees to nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from golddraht.consent.operations import confirm
from golddraht.consent.operations.opting_in import ANSWERED_WITHIN
from golddraht.consent.queries.opting_in import CONFIRM, asked_for
from golddraht.pages.doors import signed
from golddraht.pages.portal.showing import shown_to_customer, told_to
from golddraht.plumbing import clock


@require_http_methods(["GET", "HEAD", "POST"])
@signed(CONFIRM, within=ANSWERED_WITHIN)
def confirming(request: HttpRequest, act_id: int) -> HttpResponse:
    asked = asked_for(act_id)
    has_ended = False
    if request.method == "POST":
        act = confirm(act_id=act_id, network=request.META.get("REMOTE_ADDR") or None, at=clock.now())
        if act is not None:
            return redirect(request.path)
        has_ended = True
    with told_to(asked.language):
        values = {"asked": asked, "has_ended": has_ended}
        return shown_to_customer(request, "confirming.html", values, status=410 if has_ended else 200)
