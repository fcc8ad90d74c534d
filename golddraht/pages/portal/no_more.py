"""One click in the mail program ends the questions how it was (RFC 8058); looking at the address only asks."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from golddraht.channels.rules import ASKED_NO_MORE
from golddraht.improvement.operations import ask_customer_no_more
from golddraht.improvement.queries import is_asked_no_more
from golddraht.improvement.queries.satisfaction import language_spoken_to
from golddraht.pages.doors import signed
from golddraht.pages.portal.showing import shown_to_customer, told_to
from golddraht.plumbing import clock

VALID_FOR = timedelta(days=3650)
"""Whoever finds the mail years later can still say so."""


# A mail program posts without a cookie, so there is no form that could be forged; the signature is the proof.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@signed(ASKED_NO_MORE, within=VALID_FOR)
def no_more(request: HttpRequest, customer_id: int) -> HttpResponse:
    if request.method == "POST":
        ask_customer_no_more(customer_id=customer_id, at=clock.now())
    with told_to(language_spoken_to(customer_id)):
        values = {"is_asked_no_more": is_asked_no_more(customer_id=customer_id)}
        return shown_to_customer(request, "no_more.html", values)
