"""One click ends messages of a kind (RFC 8058): a POST from the mail program or the button here; looking at the address only asks."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from golddraht.consent.operations import object_to
from golddraht.consent.queries.unsubscribing import UNSUBSCRIBE, objects_to, sent_with
from golddraht.consent.rules import Purpose
from golddraht.pages.doors import signed
from golddraht.pages.portal.showing import shown_to_customer, told_to
from golddraht.plumbing import clock

VALID_FOR = timedelta(days=3650)
"""Whoever finds the mail years later can still say so."""


# A mail program posts without a cookie, so there is no form that could be forged; the signature is the proof.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@signed(UNSUBSCRIBE, within=VALID_FOR)
def unsubscribe(request: HttpRequest, permission_id: int) -> HttpResponse:
    sent = sent_with(permission_id)
    if request.method == "POST":
        everything = "everything" in request.POST
        purpose = None if everything else sent.purpose
        object_to(customer_id=sent.customer_id, purpose=purpose, at=clock.now())
    with told_to(sent.language):
        values = {
            "kind": str(sent.purpose),
            "is_ended": objects_to(customer_id=sent.customer_id, purpose=sent.purpose),
            "objects_to_all": objects_to(customer_id=sent.customer_id, purpose=None),
            "is_survey": sent.purpose is Purpose.SURVEY,
        }
        return shown_to_customer(request, "unsubscribe.html", values)
