"""Text modules: what is often said, with placeholders that are checked as it is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from golddraht.conversations.operations.wording import (
    ModuleRefused,
    bring_back_text_module,
    keep_text_module,
    retire_text_module,
)
from golddraht.conversations.queries.wording import Module, text_module_for, text_modules
from golddraht.conversations.rules import GERMAN_BLANKS, Blank
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.pages.undoing import done
from golddraht.plumbing import clock
from golddraht.team.queries import teams
from golddraht.team.rules import Act

HERE = "settings_modules"
FIELD_OF = {"NAME": "name", "EMPTY": "text", "PLACEHOLDER": "text", "SHORT": "short", "TAKEN": "short"}


class ModuleForm(forms.Form):
    """One text module."""

    name = forms.CharField(label=_("Name"), max_length=80)
    short = forms.CharField(
        label=_("Short name"),
        max_length=30,
        required=False,
        help_text=_("What you type behind a / in an answer. Left empty, it is made from the name."),
    )
    language = forms.ChoiceField(label=_("For customers who write in"), required=False)
    team_id = forms.TypedChoiceField(label=_("For"), coerce=int, empty_value=None, required=False)
    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 9, "data-behaviour": "autosize"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["language"].choices = [("", gettext("any language")), *languages()]
        fields["team_id"].choices = [("", gettext("all teams")), *((team.pk, team.name) for team in teams())]


def languages() -> list[tuple[str, str]]:
    return [("de", gettext("German")), ("en", gettext("English"))]


@require_safe
@workspace(Act.SHAPE_WORK)
def list_modules(request: Visit) -> HttpResponse:
    values = {
        "modules": [_line(one) for one in text_modules(viewer=request.viewer)],
        "retired": text_modules(viewer=request.viewer, retired=True),
    }
    return show_settings(request, "settings/modules.html", values, here=HERE)


def _line(module: Module) -> dict[str, Any]:
    return {"module": module, "language": dict(languages()).get(module.language, "")}


@workspace(Act.SHAPE_WORK)
def new_module(request: Visit) -> HttpResponse:
    form = ModuleForm(request.POST or None)
    if form.is_valid() and _kept(request, form):
        messages.success(request, gettext("Kept. Type / in an answer to use it."))
        return redirect(HERE, request.viewer.tenant_slug)
    return _page(request, form, None)


@workspace(Act.SHAPE_WORK)
def change_module(request: Visit, module_id: int) -> HttpResponse:
    module = text_module_for(viewer=request.viewer, module_id=module_id)
    known = {name: getattr(module, name) for name in ("name", "short", "language", "team_id", "text")}
    form = ModuleForm(request.POST or None, initial=known)
    if form.is_valid() and _kept(request, form, module_id):
        messages.success(request, gettext("Kept."))
        return redirect(HERE, request.viewer.tenant_slug)
    return _page(request, form, module)


def _page(request: Visit, form: ModuleForm, module: Module | None) -> HttpResponse:
    values = {"form": form, "module": module, "blanks": blanks_shown()}
    return show_settings(request, "settings/module.html", values, here=HERE, status=status_of(form))


def _kept(request: Visit, form: ModuleForm, module_id: int | None = None) -> bool:
    try:
        keep_text_module(module_id=module_id, by=request.viewer.membership_id, at=clock.now(), **form.cleaned_data)
    except ModuleRefused as refusal:
        form.add_error(FIELD_OF[refusal.reason], words_of(refusal))
        return False
    return True


def words_of(refusal: ModuleRefused) -> str:
    words = {
        "NAME": gettext("Give it a name."),
        "EMPTY": gettext("Write something first."),
        "SHORT": gettext("A short name has letters or digits."),
        "TAKEN": gettext("There is another text module with this short name, for the same team and language."),
    }
    if refusal.reason == "PLACEHOLDER" and refusal.what in "{}":
        return gettext("A brace stands alone. Write it twice where you mean the brace itself.")
    if refusal.reason == "PLACEHOLDER":
        return gettext("Nobody can fill %(name)s. Choose one of the placeholders below.") % {"name": refusal.what}
    return words[refusal.reason]


def blanks_shown() -> list[tuple[str, str]]:
    """What can be written between braces, in the reader's language, and what becomes of it."""
    meaning = {
        Blank.GREETING: gettext("first line of a letter, by name"),
        Blank.NAME: gettext("name of the customer"),
        Blank.NUMBER: gettext("number of the concern"),
        Blank.SUBJECT: gettext("subject"),
        Blank.OWNER: gettext("who cares for it"),
        Blank.PROMISED: gettext("when they hear from us at the latest"),
        Blank.TEAM: gettext("team"),
        Blank.COMPANY: gettext("your company"),
        Blank.ME: gettext("your own name"),
        Blank.ORDER: gettext("number of the order it is about, else of the newest open one"),
        Blank.GOODS: gettext("what was ordered"),
        Blank.DELIVERY: gettext("when it is to be delivered"),
        Blank.CARRIER: gettext("who delivers it"),
        Blank.TRACKING: gettext("number of the parcel"),
        Blank.VISIT: gettext("when the technician comes"),
    }
    german = {blank: name for name, blank in GERMAN_BLANKS.items()}
    is_german = (get_language() or "de").startswith("de")
    return [
        ("{" + (german.get(blank, blank.value) if is_german else blank.value) + "}", words)
        for blank, words in meaning.items()
    ]


@require_POST
@workspace(Act.SHAPE_WORK)
def retire_module(request: Visit, module_id: int) -> HttpResponse:
    retire_text_module(module_id=module_id, at=clock.now())
    back = reverse("settings_bring_back_module", args=[request.viewer.tenant_slug, module_id])
    done(request, gettext("Taken out of use. Below the list you can bring it back."), undo_url=back)
    return redirect(HERE, request.viewer.tenant_slug)


@require_POST
@workspace(Act.SHAPE_WORK)
def bring_back_module(request: Visit, module_id: int) -> HttpResponse:
    text_module_for(viewer=request.viewer, module_id=module_id)
    try:
        bring_back_text_module(module_id=module_id)
    except ModuleRefused as refusal:
        messages.error(request, words_of(refusal))
    return redirect(HERE, request.viewer.tenant_slug)
