"""What an account cannot do by itself: its company's admins give addresses and passwords, so that no mail has to be trusted for it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe


def ask_admin(title: str | Promise, text: str | Promise) -> Callable[..., HttpResponse]:
    """A page that says who can help."""

    @require_safe
    def told(request: HttpRequest, **_names: str) -> HttpResponse:
        return render(request, "accounts/ask_admin.html", {"title": title, "text": text})

    return told


forgotten = ask_admin(
    _("Forgotten the password?"),
    _(
        "An admin of your company can give you a link with which you choose a new one: in the settings, under People. It takes a minute."
    ),
)
address = ask_admin(
    _("Another address?"),
    _("You sign in with the address your company has entered. Please ask an admin to invite you with the new one."),
)
sign_up = ask_admin(
    _("You are invited here"),
    _("Whoever works here is invited by an admin of the company. Please ask yours."),
)
