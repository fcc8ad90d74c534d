"""What an account cannot do by itself: its company's admins give addresses and passwords, so that no mail has to be trusted for it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from golddraht.team.operations.signing_in import end_sessions


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


@require_POST
@login_required
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """One's own, on another device that was lost or lent."""
    end_sessions(user_id=int(request.user.pk or 0), session_id=session_id)
    messages.success(request, gettext("Signed out there."))
    return redirect("usersessions_list")


@require_safe
@login_required
def second_factor_needed(request: HttpRequest, tenant_slug: str) -> HttpResponse:
    """Where somebody is led whose company asks for a second factor that they do not have yet."""
    return render(request, "accounts/second_factor.html", {"tenant_slug": tenant_slug})
