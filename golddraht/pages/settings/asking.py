"""Whether customers are asked how it was; off until somebody of the company answers for it that it is allowed."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from golddraht.improvement.operations import ask_customers_from_now_on, ask_customers_no_more
from golddraht.improvement.queries import policy
from golddraht.improvement.rules.asking import FEWEST_REST_DAYS
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.plumbing import clock
from golddraht.team.rules import Act

HERE = "settings_asking"


class AskingForm(forms.Form):
    rest_days = forms.IntegerField(
        label=_("Days until somebody may be asked again"), min_value=FEWEST_REST_DAYS, max_value=3650
    )
    is_allowed = forms.BooleanField(
        label=_("I have made sure that we may ask: our customers have agreed, or § 7 (3) UWG is met in full."),
    )


@workspace(Act.CONFIGURE)
def show_asking(request: Visit) -> HttpResponse:
    found = policy()
    if request.method == "POST" and "stop" in request.POST:
        ask_customers_no_more()
        messages.success(request, gettext("Nobody is asked any more."))
        return redirect(HERE, request.viewer.tenant_slug)
    form = AskingForm(request.POST or None, initial={"rest_days": found.rest_days if found else 180})
    if form.is_valid():
        ask_customers_from_now_on(
            by=request.viewer.membership_id, rest_days=form.cleaned_data["rest_days"], at=clock.now()
        )
        messages.success(request, gettext("Kept."))
        return redirect(HERE, request.viewer.tenant_slug)
    values = {"form": form, "policy": found if found and found.since else None}
    return show_settings(request, "settings/asking.html", values, here=HERE, status=status_of(form))
