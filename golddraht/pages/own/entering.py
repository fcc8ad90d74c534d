"""Coming in: an address and a code of six digits, or a link of ours and one press. And going out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language_from_request, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from golddraht.access.operations import ask_for_code, enter_by_link, enter_with_code, leave, tries_left
from golddraht.access.rules import CODE_LASTS, LINK_LASTS
from golddraht.conversations.operations.letters import OWN_PAGE
from golddraht.ground.addresses import folded_address
from golddraht.knowledge.rules import LANGUAGES
from golddraht.pages.help.door import address_of, may_again
from golddraht.pages.help.forms import VisitorForm, email_field
from golddraht.pages.own.door import OwnVisit, before_the_door, let_in, let_out, shown, to
from golddraht.plumbing.links import BadLink, opened, token_for
from golddraht.plumbing.tenancy import current_tenant_id

CODE = "own-code"
MOST_CODES = 4
"""Codes within an hour for one address, and from one place on the net far more: many people may sit behind it."""
MOST_CODES_FROM_ONE_PLACE = 40
MOST_TRIES_FROM_ONE_PLACE = 100


class AddressForm(VisitorForm):
    email = email_field(_("We send a code there. You need no password."))


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "own-code"}),
        error_messages={"required": _("Enter the six digits of our e-mail.")},
    )


@require_safe
def own(request: HttpRequest, tenant_slug: str) -> HttpResponse:
    """In the language that the browser asks for."""
    asked = get_language_from_request(request)[:2]
    answer = redirect("own_page", tenant_slug, asked if asked in LANGUAGES else "de")
    answer["Vary"] = "Accept-Language"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@before_the_door
def enter(request: OwnVisit) -> HttpResponse:
    """Which address? What follows is the same whether we know it or not."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and may_ask(request, form, "email"):
        code = ask_for_code(address=form.cleaned_data["email"], language=request.language, at=request.at)
        return to(request, "own_code", handle_of(code.pk))
    values = {"form": form, "has_left": "left" in request.GET}
    return shown(request, "enter.html", values, here="own_enter", status=422 if form.errors else 200)


def may_ask(request: OwnVisit, form: Any, field: str) -> bool:
    """Whether a code may be asked for now; a flood of them would be a way to pester somebody."""
    tenant_id = current_tenant_id()
    limits = [
        ("own-code", f"{tenant_id}:{folded_address(form.cleaned_data[field])}", MOST_CODES),
        ("own-codes", f"{tenant_id}:{address_of(request)}", MOST_CODES_FROM_ONE_PLACE),
    ]
    if not form.cleaned_data.get("website") and all(may_again(what, who, most=most) for what, who, most in limits):
        return True
    form.add_error(None, gettext("That was a lot within an hour. Please try again later, or write us an e-mail."))
    return False


def handle_of(code_id: int) -> str:
    """How a page names a code: nobody else can use up its tries."""
    return token_for(CODE, tenant_id=current_tenant_id(), id_=code_id)


def code_of(handle: str) -> int | None:
    """The code of this company that a page means; None when it is over."""
    try:
        found = opened(CODE, handle, within=CODE_LASTS)
    except BadLink:
        return None
    return found.id if found.tenant_id == current_tenant_id() else None


@require_http_methods(["GET", "HEAD", "POST"])
@before_the_door
def code(request: OwnVisit, token: str) -> HttpResponse:
    """The six digits."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    code_id = code_of(token)
    if code_id is None:
        return shown(request, "over.html", {}, here="own_enter", status=410)
    if form.is_valid() and may_try(request, form):
        entered = enter_with_code(code_id=code_id, digits=form.cleaned_data["code"], at=request.at)
        if entered is not None:
            return _in(request, entered)
        refuse(form, tries_left(code_id=code_id, at=request.at))
    values = {"form": form, "minutes": int(CODE_LASTS.total_seconds() // 60)}
    return shown(request, "code.html", values, here="own_enter", status=422 if form.errors else 200)


def may_try(request: OwnVisit, form: Any) -> bool:
    if may_again("own-try", f"{current_tenant_id()}:{address_of(request)}", most=MOST_TRIES_FROM_ONE_PLACE):
        return True
    form.add_error(None, gettext("That was a lot within an hour. Please try again later, or write us an e-mail."))
    return False


def refuse(form: Any, left: int) -> None:
    if left:
        form.add_error("code", gettext("That is not the code of our latest e-mail. Please look again."))
    else:
        form.add_error(None, gettext("This code is over. Please ask for a new one."))


def _in(request: OwnVisit, entered: Any) -> HttpResponse:
    """Whoever comes in anew leaves the visit before."""
    if request.visitor is not None:
        leave(visit_id=request.visitor.visit_id, at=request.at)
    return let_in(request, entered)


@require_http_methods(["GET", "HEAD", "POST"])
@before_the_door
def link(request: OwnVisit, token: str) -> HttpResponse:
    """A link of ours: one press goes in. Looking alone begins nothing, so that link scanners do no harm."""
    point_id = _point_of(token)
    if point_id is None:
        return shown(request, "over.html", {}, here="own_enter", status=410)
    if request.method == "POST":
        entered = enter_by_link(point_id=point_id, at=request.at)
        return _in(request, entered) if entered else to(request, "own_enter")
    return shown(request, "link.html", {}, here="own_enter")


def _point_of(token: str) -> int | None:
    try:
        found = opened(OWN_PAGE, token, within=LINK_LASTS)
    except BadLink:
        return None
    return found.id if found.tenant_id == current_tenant_id() else None


@require_POST
@before_the_door
def leave_page(request: OwnVisit) -> HttpResponse:
    if request.visitor is not None:
        leave(visit_id=request.visitor.visit_id, at=request.at)
    return let_out(request)
