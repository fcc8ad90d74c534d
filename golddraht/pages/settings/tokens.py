"""Tokens with which programs reach the interface: made here, shown once, revoked here."""

from __future__ import annotations

from typing import Any

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
from golddraht.team.rules import READING, Act, Scope, scopes_of

HERE = "settings_tokens"
WORDS = {
    Scope.CONVERSATIONS_READ: _("read concerns"),
    Scope.CONVERSATIONS_WRITE: _("enter, answer and change concerns"),
    Scope.CUSTOMERS_READ: _("read customers"),
    Scope.CUSTOMERS_WRITE: _("correct customers"),
    Scope.PROMISES_READ: _("read promises"),
    Scope.PROMISES_WRITE: _("make, keep and change promises"),
    Scope.TEAM_READ: _("see the team, its absences and alarms"),
    Scope.TEAM_WRITE: _("plan absences"),
    Scope.ORDERS_READ: _("read orders, deliveries and appointments"),
    Scope.ORDERS_WRITE: _("tell of orders, deliveries and appointments"),
    Scope.CALLS_WRITE: _("announce telephone calls"),
}


class TokenForm(forms.Form):
    name = forms.CharField(label=_("For which program?"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=[(scope.value, words) for scope, words in WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
        initial=sorted(READING),
        help_text=_("In your name, and never more than you may do yourself. As little as it needs is best."),
    )


@workspace(Act.CONFIGURE)
def list_tokens(request: Visit) -> HttpResponse:
    form, at, told = TokenForm(request.POST or None), clock.now(), ""
    if form.is_valid():
        with told_in(form, TokenRefused, field="name", at=at):
            _token, told = create_api_token(
                name=form.cleaned_data["name"],
                scopes=[Scope(one) for one in form.cleaned_data["scopes"]],
                member_id=request.viewer.membership_id,
                at=at,
            )
            form = TokenForm()
    values = {"form": form, "told": told, "tokens": _shown(), "address": f"{settings.BASE_URL}/api/v1/"}
    return show_settings(request, "settings/tokens.html", values, here=HERE, status=status_of(form))


def _shown() -> list[dict[str, Any]]:
    return [{"token": token, "opens": _words_of(token)} for token in api_tokens()]


def _words_of(token: Any) -> str:
    opens = scopes_of(token.scopes, may_write=token.may_write)
    if opens == frozenset(Scope):
        return gettext("everything that you may do")
    return ", ".join(str(words) for scope, words in WORDS.items() if scope in opens)


@require_POST
@workspace(Act.CONFIGURE)
def revoke(request: Visit, token_id: int) -> HttpResponse:
    revoke_api_token(token_id=token_id, at=clock.now())
    messages.success(request, gettext("Revoked. The program cannot reach us with it any more."))
    return redirect(HERE, request.viewer.tenant_slug)
