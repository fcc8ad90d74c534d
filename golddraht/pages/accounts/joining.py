"""What is opened with a link and no sign-in: an invitation, and the choice of a new password. A GET changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from golddraht.plumbing import clock
from golddraht.plumbing.links import BadLink, opened
from golddraht.plumbing.tenancy import seeing
from golddraht.team.operations import (
    MemberRefused,
    PasswordRefused,
    accept_signed_in,
    accept_with_password,
    choose_password,
)
from golddraht.team.queries import Asked, NoInvitation, current_tenant, invitation, owner_of_link
from golddraht.team.rules import INVITATION, INVITATION_LASTS

UNPROCESSABLE = 422
GONE = 410
View = Callable[..., HttpResponse]


class ChosenPassword(forms.Form):
    """A password, typed twice so that a slip of the finger shuts nobody out."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        help_text=_("At least ten characters. Three words that only you would put together are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autofocus": True}),
    )
    again = forms.CharField(
        label=_("The same once more"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if "password" in told and told.get("again") != told["password"]:
            self.add_error("again", gettext("This is not the same as above."))
        return told


def unshared(view: View) -> View:
    """Nobody keeps the page, and nobody learns its address from it."""

    @wraps(view)
    def enter(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return enter


@unshared
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind an invitation: the same for everybody, whether or not the address signs in elsewhere."""
    try:
        link = opened(INVITATION, token, within=INVITATION_LASTS)
        with seeing(link.tenant_id, read_only=request.method != "POST"):
            return _join(request, invitation(link.id, at=clock.now()))
    except (BadLink, NoInvitation):
        return _gone(request)


def _join(request: HttpRequest, asked: Asked) -> HttpResponse:
    is_me = request.user.is_authenticated and request.user.get_username() == asked.email
    wants_to_join = is_me and request.method == "POST"
    form = ChosenPassword(None if is_me else request.POST or None, person=asked)
    try:
        if wants_to_join:
            accept_signed_in(invitation_id=asked.id, user_id=int(request.user.pk or 0), at=clock.now())
            return redirect("home") if asked.is_client else redirect("inbox", current_tenant().slug)
        if form.is_valid():
            password = form.cleaned_data["password"]
            accept_with_password(invitation_id=asked.id, password=password, at=clock.now())
            return _to_sign_in(request)
    except MemberRefused as refusal:
        form.add_error(None, str(refusal))
    here = urlencode({"next": request.path})
    values = {
        "company": current_tenant().name,
        "asked": asked,
        "form": form,
        "is_me": is_me,
        "sign_in_url": f"{reverse('account_login')}?{here}",
    }
    return render(request, "accounts/invitation.html", values, status=_status(form))


@unshared
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link for somebody who has no password, or none any more."""
    try:
        person = owner_of_link(token)
        form = ChosenPassword(request.POST or None, person=person)
        if form.is_valid():
            choose_password(token=token, password=form.cleaned_data["password"])
            return _to_sign_in(request)
    except PasswordRefused:
        return _gone(request)
    values = {"form": form, "email": person.email}
    return render(request, "accounts/choose_password.html", values, status=_status(form))


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    messages.success(request, gettext("Your password is kept. Please sign in with it now."))
    return redirect("account_login")


def _gone(request: HttpRequest) -> HttpResponse:
    values = {
        "title": gettext("This link has had its time"),
        "text": gettext(
            "It works once and only for some days; perhaps a part of it was lost, or there is a newer one."
            " Please ask whoever gave it to you for another."
        ),
    }
    return render(request, "accounts/ask_admin.html", values, status=GONE)


def _status(form: forms.Form) -> int:
    return UNPROCESSABLE if form.errors else 200
