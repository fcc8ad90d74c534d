"""Macros: several acts under one name and one key."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from golddraht.conversations.operations.macros import MacroRefused, bring_back_macro, keep_macro, retire_macro
from golddraht.conversations.queries.errands import macro_for, macros
from golddraht.conversations.queries.wording import text_modules
from golddraht.conversations.rules import MACRO_KEYS
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.pages.undoing import done
from golddraht.plumbing import clock
from golddraht.team.queries import members, teams
from golddraht.team.rules import Act, Priority

HERE = "settings_macros"
FIELD_OF = {"NAME": "name", "TAKEN": "name", "KEY": "key", "KEY_TAKEN": "key", "EMPTY": None, "ENDS": "puts_aside"}


class MacroForm(forms.Form):
    """One macro; what is left empty is not done."""

    name = forms.CharField(label=_("Name"), max_length=80)
    key = forms.ChoiceField(label=_("Key"), required=False)
    module_id = forms.TypedChoiceField(
        label=_("Answer with this text module"), coerce=int, empty_value=None, required=False
    )
    asks_whether_solved = forms.BooleanField(label=_("Ask whether it is solved"), required=False)
    tags = forms.CharField(
        label=_("Add tags"), required=False, max_length=400, help_text=_("Separate them with commas.")
    )
    priority = forms.ChoiceField(label=_("Priority"), required=False)
    touch_in_days = forms.IntegerField(
        label=_("Next touch in how many days?"), required=False, min_value=1, max_value=90
    )
    team_id = forms.TypedChoiceField(label=_("Hand over to a team"), coerce=int, empty_value=None, required=False)
    to_id = forms.TypedChoiceField(label=_("Hand over to a person"), coerce=int, empty_value=None, required=False)
    note = forms.CharField(
        label=_("Note for colleagues"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    puts_aside = forms.BooleanField(label=_("Put aside: needs no answer"), required=False)

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["key"].choices = [("", gettext("none")), *((key, key) for key in MACRO_KEYS)]
        fields["module_id"].choices = _none([(one.id, one.name) for one in text_modules(viewer=viewer)])
        fields["priority"].choices = _none(
            [
                (Priority.NORMAL, gettext("as usual")),
                (Priority.HIGH, gettext("important")),
                (Priority.URGENT, gettext("urgent")),
            ]
        )
        fields["team_id"].choices = _none([(one.pk, one.name) for one in teams()])
        fields["to_id"].choices = _none([(one.pk, one.name) for one in members()])

    def clean_tags(self) -> list[str]:
        return [" ".join(tag.split()) for tag in self.cleaned_data["tags"].split(",") if tag.strip()]


def _none(choices: list[tuple[Any, str]]) -> list[tuple[Any, str]]:
    return [("", "–"), *choices]


@require_safe
@workspace(Act.SHAPE_WORK)
def list_macros(request: Visit) -> HttpResponse:
    values = {
        "macros": [{"macro": one, "acts": acts_in_words(one)} for one in macros(viewer=request.viewer)],
        "retired": macros(viewer=request.viewer, retired=True),
    }
    return show_settings(request, "settings/macros.html", values, here=HERE)


def acts_in_words(macro: Any) -> list[str]:
    """What it does, one line for each act."""
    days = macro.touch_in_days or 0
    told = [
        (macro.module, gettext("answers with “%s”") % (macro.module.name if macro.module else "")),
        (macro.asks_whether_solved, gettext("asks whether it is solved")),
        (macro.tags, gettext("tags: %s") % ", ".join(macro.tags)),
        (macro.priority == Priority.NORMAL, gettext("priority: as usual")),
        (macro.priority == Priority.HIGH, gettext("priority: important")),
        (macro.priority == Priority.URGENT, gettext("priority: urgent")),
        (days, ngettext("next touch in %(days)s day", "next touch in %(days)s days", days) % {"days": days}),
        (macro.team, gettext("hands over to %s") % (macro.team.name if macro.team else "")),
        (macro.to, gettext("hands over to %s") % (macro.to.name if macro.to else "")),
        (macro.note, gettext("leaves a note")),
        (macro.puts_aside, gettext("puts it aside")),
    ]
    return [words for applies, words in told if applies]


@workspace(Act.SHAPE_WORK)
def new_macro(request: Visit) -> HttpResponse:
    form = MacroForm(request.POST or None, viewer=request.viewer)
    if form.is_valid() and _kept(request, form):
        messages.success(
            request, gettext("Kept. You find it in the menu of a concern and of what is chosen in a list.")
        )
        return redirect(HERE, request.viewer.tenant_slug)
    return show_settings(request, "settings/macro.html", {"form": form}, here=HERE, status=status_of(form))


@workspace(Act.SHAPE_WORK)
def change_macro(request: Visit, macro_id: int) -> HttpResponse:
    macro = macro_for(viewer=request.viewer, macro_id=macro_id)
    known = {name: getattr(macro, name) for name in MacroForm.base_fields}
    form = MacroForm(request.POST or None, viewer=request.viewer, initial=known | {"tags": ", ".join(macro.tags)})
    if form.is_valid() and _kept(request, form, macro_id):
        messages.success(request, gettext("Kept."))
        return redirect(HERE, request.viewer.tenant_slug)
    values = {"form": form, "macro": macro}
    return show_settings(request, "settings/macro.html", values, here=HERE, status=status_of(form))


def _kept(request: Visit, form: MacroForm, macro_id: int | None = None) -> bool:
    try:
        keep_macro(macro_id=macro_id, by=request.viewer.membership_id, at=clock.now(), **form.cleaned_data)
    except MacroRefused as refusal:
        form.add_error(FIELD_OF[refusal.reason], words_of(refusal))
        return False
    return True


def words_of(refusal: MacroRefused) -> str:
    return {
        "NAME": gettext("Give it a name."),
        "TAKEN": gettext("There is another macro of this name."),
        "KEY": gettext("A key is a digit from 1 to 9."),
        "KEY_TAKEN": gettext("This key has another macro already."),
        "EMPTY": gettext("Choose at least one thing that it does."),
        "ENDS": gettext("Either it is asked whether it is solved, or it needs no answer."),
    }[refusal.reason]


@require_POST
@workspace(Act.SHAPE_WORK)
def retire(request: Visit, macro_id: int) -> HttpResponse:
    retire_macro(macro_id=macro_id, at=clock.now())
    back = reverse("settings_bring_back_macro", args=[request.viewer.tenant_slug, macro_id])
    done(request, gettext("Taken out of use. Below the list you can bring it back."), undo_url=back)
    return redirect(HERE, request.viewer.tenant_slug)


@require_POST
@workspace(Act.SHAPE_WORK)
def bring_back(request: Visit, macro_id: int) -> HttpResponse:
    macro_for(viewer=request.viewer, macro_id=macro_id)
    try:
        bring_back_macro(macro_id=macro_id)
    except MacroRefused as refusal:
        messages.error(request, words_of(refusal))
    return redirect(HERE, request.viewer.tenant_slug)
