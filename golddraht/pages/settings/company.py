"""The company: its name, language, colour and logo, and what may be sent by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from golddraht.pages.brand import Dress, dress_in
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.refusals import told_in
from golddraht.pages.settings.logo import LogoForm, logo_values, put_up
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.pages.settings.states import countries
from golddraht.plumbing import clock
from golddraht.team.operations import TenantRefused, change_tenant
from golddraht.team.queries import current_tenant
from golddraht.team.rules import Act, NoColour, read_colour

HERE = "settings_company"


class CompanyForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("Customers read it in every message."))
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("In which we write when a customer's language is not known.")
    )
    country = forms.ChoiceField(
        label=_("Country"),
        help_text=_(
            "Whose law counts: for consents, periods, cancelling and withdrawing. With another country nothing is erased by itself until somebody has looked at the preview again."
        ),
    )
    brand_colour = forms.CharField(
        label=_("Colour"),
        required=False,
        widget=forms.ColorInput,
        help_text=_(
            "For your help page, your customers' own pages and what they reach by our links; and for those who serve several companies. Whatever you choose is made as dark or light as it must be to be read."
        ),
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

    offers_cancelling = forms.BooleanField(
        label=_("A page on which contracts are cancelled"),
        required=False,
        help_text=_(
            "§ 312k BGB wants it of whoever lets consumers conclude contracts on a website that run on for a fee, such as a subscription or maintenance; paying once can be enough. Without the page they may cancel at any time. Switched off, its links go from the help page, and whoever kept one is told to write instead."
        ),
    )
    offers_withdrawing = forms.BooleanField(
        label=_("A page on which contracts are withdrawn from"),
        required=False,
        help_text=_(
            "§ 356a BGB wants it of whoever concludes distance contracts with consumers on a website or in an app, for as long as they may withdraw. Leave it on unless you sell nothing like that; its links go in the same way."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.choices = [("de", gettext("German")), ("en", gettext("English"))]
        country: Any = self.fields["country"]
        country.choices = countries()


@workspace(Act.CONFIGURE)
def show_company(request: Visit) -> HttpResponse:
    if "logo" in request.POST:
        refused = put_up(request)
        form = CompanyForm(initial=_known(request))
        return _shown(request, form, refused) if refused else redirect(HERE, request.viewer.tenant_slug)
    form = CompanyForm(request.POST or None, initial=_known(request))
    at = clock.now()
    if form.is_valid() and "look" not in request.POST:
        with told_in(form, TenantRefused, at=at):
            told = dict(form.cleaned_data)
            change_tenant(watch_period=timedelta(days=told.pop("watch_days")), at=at, **told)
            messages.success(request, gettext("Kept."))
            return redirect(HERE, request.viewer.tenant_slug)
    return _shown(request, form)


def _known(request: Visit) -> dict[str, Any]:
    tenant = current_tenant()
    return {
        "name": tenant.name,
        "language": tenant.language,
        "country": tenant.country,
        "brand_colour": f"#{request.viewer.tenant_colour}",
        "watch_days": tenant.watch_period.days,
        "automatic_per_hour": tenant.automatic_per_hour,
        "offers_cancelling": tenant.offers_cancelling,
        "offers_withdrawing": tenant.offers_withdrawing,
    }


def _shown(request: Visit, form: CompanyForm, refused: LogoForm | None = None) -> HttpResponse:
    values = {"form": form, "tenant": current_tenant(), "dress": _tried_on(form, request)} | logo_values(refused)
    status = status_of(form, refused) if refused else status_of(form)
    return show_settings(request, "settings/company.html", values, here=HERE, status=status)


def _tried_on(form: CompanyForm, request: Visit) -> Dress:
    """How the company's pages look in the colour and by the name that stand in the form, kept or not."""
    name, typed = str(form["name"].value() or ""), str(form["brand_colour"].value() or "")
    try:
        colour = read_colour(typed).removeprefix("#")
    except NoColour:
        colour = request.viewer.tenant_colour
    return dress_in(name.strip() or request.viewer.tenant_name, colour)
