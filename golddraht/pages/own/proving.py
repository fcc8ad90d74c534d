"""Showing more of who one is: a code where somebody came by a link, and one more fact where several people read the mailbox."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from golddraht.access.operations import ask_for_code, prove_by_number
from golddraht.access.queries import numbers_known
from golddraht.access.rules import Proof
from golddraht.pages.help.door import may_again
from golddraht.pages.own.door import OwnVisit, inside, shown, to, visitor_of
from golddraht.pages.own.entering import MOST_CODES, handle_of
from golddraht.plumbing.tenancy import current_tenant_id


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("Your customer number"),
        help_text=_("It stands on our letters and invoices."),
        max_length=60,
        error_messages={"required": _("Enter your customer number.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@inside
def prove(request: OwnVisit) -> HttpResponse:
    visitor = visitor_of(request)
    if visitor.sees_everything:
        return to(request, "own_record")
    return _by_code(request) if visitor.proof == Proof.LINK else _by_number(request)


def _by_code(request: OwnVisit) -> HttpResponse:
    """To the mailbox to which the link was sent."""
    visitor = visitor_of(request)
    if request.method == "POST" and may_again("own-code", f"{current_tenant_id()}:{visitor.address}", most=MOST_CODES):
        code = ask_for_code(address=visitor.address, language=request.language, at=request.at)
        return to(request, "own_code", handle_of(code.pk))
    values = {"way": "code", "is_too_often": request.method == "POST"}
    return shown(request, "prove.html", values, here="own_prove", status=422 if request.method == "POST" else 200)


def _by_number(request: OwnVisit) -> HttpResponse:
    visitor = visitor_of(request)
    form = NumberForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        number = form.cleaned_data["number"]
        if prove_by_number(visit_id=visitor.visit_id, number=number, at=request.at):
            return to(request, "own_record")
        form.add_error("number", gettext("That does not fit what we know. Please look again."))
    values = {
        "way": "number",
        "form": form,
        "may_try": visitor.tries_left > 0 and bool(numbers_known(customer_id=visitor.customer_id)),
    }
    return shown(request, "prove.html", values, here="own_prove", status=422 if form.errors else 200)
