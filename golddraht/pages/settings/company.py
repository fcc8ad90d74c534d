"""The company: its name, language and colour, and what may be sent by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from golddraht.pages.doors import Visit, workspace
from golddraht.pages.refusals import told_in
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.plumbing import clock
from golddraht.team.operations import TenantRefused, change_tenant
from golddraht.team.queries import current_tenant
from golddraht.team.rules import Act

HERE = "settings_company"


class CompanyForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("Customers read it in every message."))
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("In which we write when a customer's language is not known.")
    )
    brand_colour = forms.CharField(
        label=_("Colour"),
        required=False,
        widget=forms.ColorInput,
        help_text=_("By which those who serve several companies see for whom they speak."),
    )
    watch_days = forms.IntegerField(
        label=_("Watch period, in days"),
        min_value=0,
        max_value=365,
        help_text=_("When a customer writes again within this time, a solved concern is opened again."),
    )
    automatic_per_hour = forms.IntegerField(
        label=_("Automatic mails in an hour"),
        min_value=0,
        max_value=100_000,
        help_text=_("A brake: when more would be sent, sending by itself stops and the admins are told."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.choices = [("de", gettext("German")), ("en", gettext("English"))]


@workspace(Act.CONFIGURE)
def show_company(request: Visit) -> HttpResponse:
    tenant = current_tenant()
    known = {
        "name": tenant.name,
        "language": tenant.language,
        "brand_colour": f"#{request.viewer.tenant_colour}",
        "watch_days": tenant.watch_period.days,
        "automatic_per_hour": tenant.automatic_per_hour,
    }
    form = CompanyForm(request.POST or None, initial=known)
    at = clock.now()
    if form.is_valid():
        with told_in(form, TenantRefused, at=at):
            told = dict(form.cleaned_data)
            change_tenant(watch_period=timedelta(days=told.pop("watch_days")), at=at, **told)
            messages.success(request, gettext("Kept."))
            return redirect(HERE, request.viewer.tenant_slug)
    values = {"form": form, "tenant": tenant}
    return show_settings(request, "settings/company.html", values, here=HERE, status=status_of(form))
