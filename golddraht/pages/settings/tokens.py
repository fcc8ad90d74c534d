"""Tokens with which programs reach the interface: made here, shown once, revoked here."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from golddraht.pages.doors import Visit, workspace
from golddraht.pages.refusals import told_in
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.plumbing import clock
from golddraht.team.operations import TokenRefused, create_api_token, revoke_api_token
from golddraht.team.queries import api_tokens
from golddraht.team.rules import Act

HERE = "settings_tokens"


class TokenForm(forms.Form):
    name = forms.CharField(label=_("For which program?"), max_length=80)
    may_write = forms.BooleanField(
        label=_("May also write"),
        required=False,
        help_text=_("Answer customers and enter concerns in your name. Without it the program can only read."),
    )


@workspace(Act.CONFIGURE)
def list_tokens(request: Visit) -> HttpResponse:
    form, at, told = TokenForm(request.POST or None), clock.now(), ""
    if form.is_valid():
        with told_in(form, TokenRefused, field="name", at=at):
            _token, told = create_api_token(
                name=form.cleaned_data["name"],
                may_write=form.cleaned_data["may_write"],
                member_id=request.viewer.membership_id,
                at=at,
            )
            form = TokenForm()
    values = {"form": form, "told": told, "tokens": api_tokens(), "address": f"{settings.BASE_URL}/api/v1/"}
    return show_settings(request, "settings/tokens.html", values, here=HERE, status=status_of(form))


@require_POST
@workspace(Act.CONFIGURE)
def revoke(request: Visit, token_id: int) -> HttpResponse:
    revoke_api_token(token_id=token_id, at=clock.now())
    messages.success(request, gettext("Revoked. The program cannot reach us with it any more."))
    return redirect(HERE, request.viewer.tenant_slug)
