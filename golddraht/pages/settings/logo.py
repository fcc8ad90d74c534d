"""The logo of the company: put up, taken down and put back, beside what customers see of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from golddraht.pages.doors import Visit, workspace
from golddraht.pages.refusals import told_in
from golddraht.plumbing import clock
from golddraht.team.operations import LogoRefused, put_back_logo, put_up_logo, take_down_logo
from golddraht.team.queries.dressing import logo_before, logo_here
from golddraht.team.rules import Act

COMPANY = "settings_company"


class LogoForm(forms.Form):
    """A picture to put up."""

    picture = forms.FileField(
        label=_("Picture"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_(
            "PNG, JPEG or WebP, at most 500 kB and 2000 points wide; best a PNG without a background. Whatever else stands in the file, such as place or program, is left out."
        ),
    )
    says_name = forms.BooleanField(
        label=_("Our name can be read in it"),
        required=False,
        help_text=_("Otherwise the name stands beside it. It is read out to whoever does not see the picture."),
    )


def logo_values(form: LogoForm | None = None) -> dict[str, Any]:
    """What settings/_logo.html takes besides the dress; `form` when something in it was refused."""
    here = logo_here()
    form = form or LogoForm(initial={"says_name": here is not None and here.says_name})
    return {"logo_form": form, "has_logo_before": logo_before() is not None}


def put_up(request: Visit) -> LogoForm | None:
    """Put up what was sent with the page. None when it is up; the form, with words why, when it is refused."""
    form, at = LogoForm(request.POST, request.FILES), clock.now()
    if form.is_valid():
        with told_in(form, LogoRefused, field="picture", at=at):
            put_up_logo(
                content=form.cleaned_data["picture"].read(),
                says_name=form.cleaned_data["says_name"],
                by=request.viewer.membership_id,
                at=at,
            )
            messages.success(request, gettext("Your customers see it from now on."))
            return None
    return form


@require_POST
@workspace(Act.CONFIGURE)
def take_down(request: Visit) -> HttpResponse:
    take_down_logo(at=clock.now())
    messages.success(request, gettext("Taken down. It is kept, and you can put it back."))
    return redirect(COMPANY, request.viewer.tenant_slug)


@require_POST
@workspace(Act.CONFIGURE)
def put_back(request: Visit) -> HttpResponse:
    if put_back_logo(at=clock.now()):
        messages.success(request, gettext("The logo from before is shown again."))
    return redirect(COMPANY, request.viewer.tenant_slug)
