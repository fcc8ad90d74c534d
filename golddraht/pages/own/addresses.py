"""A further address of theirs, which a code shows to be theirs, and one that is no longer."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from golddraht.access.operations import add_address, ask_to_add, drop_address, tries_left
from golddraht.customers.operations import Outcome
from golddraht.ground.addresses import is_plausible_address
from golddraht.pages.own.door import OwnVisit, shown, to, visitor_of, wholly
from golddraht.pages.own.entering import CodeForm, code_of, handle_of, may_ask, may_try, refuse


class FurtherForm(forms.Form):
    further = forms.EmailField(
        label=_("A further e-mail address"),
        help_text=_("We send a code there, so that nobody takes somebody else's address."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_further(self) -> str:
        email = str(self.cleaned_data["further"])
        if not is_plausible_address(email):
            raise forms.ValidationError(_("This does not look like an e-mail address. Please look again."))
        return email


@require_http_methods(["GET", "HEAD", "POST"])
@wholly
def add(request: OwnVisit) -> HttpResponse:
    form = FurtherForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and may_ask(request, form, "further"):
        code = ask_to_add(
            visit_id=visitor_of(request).visit_id,
            address=form.cleaned_data["further"],
            language=request.language,
            at=request.at,
        )
        return to(request, "own_confirm", handle_of(code.pk))
    return shown(request, "add.html", {"form": form}, here="own_add", status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@wholly
def confirm(request: OwnVisit, token: str) -> HttpResponse:
    """The code that came to the further address."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    code_id = code_of(token)
    if code_id is None:
        return shown(request, "over.html", {}, here="own_add", status=410)
    if form.is_valid() and may_try(request, form):
        digits, visit_id = form.cleaned_data["code"], visitor_of(request).visit_id
        added = add_address(visit_id=visit_id, code_id=code_id, digits=digits, at=request.at)
        if added is not None:
            return to(request, "own_record", then=f"?said={WORDS[added]}#said")
        refuse(form, tries_left(code_id=code_id, at=request.at))
    return shown(request, "confirm.html", {"form": form}, here="own_add", status=422 if form.errors else 200)


WORDS = {Outcome.ADDED: "added", Outcome.ALREADY: "added", Outcome.ELSEWHERE: "elsewhere"}


@require_POST
@wholly
def drop(request: OwnVisit, point_id: int) -> HttpResponse:
    is_gone = drop_address(visit_id=visitor_of(request).visit_id, point_id=point_id, at=request.at)
    return to(request, "own_record", then=f"?said={'yes' if is_gone else 'no'}#said")
