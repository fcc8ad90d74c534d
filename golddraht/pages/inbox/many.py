"""Doing something to many concerns of a list at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from golddraht.conversations.operations.errands import MOST, NothingToDo, OnlyLeads, begin_errand
from golddraht.conversations.operations.macros import run_macro
from golddraht.conversations.queries import NoSuchConversation, conversation_for
from golddraht.conversations.queries.errands import macro_for
from golddraht.conversations.rules import Acts
from golddraht.pages.conversation.forms import MergeForm, NextTouchForm, PriorityForm, TagsForm
from golddraht.pages.conversation.place import UNPROCESSABLE
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.errands.tokens import token_of
from golddraht.pages.inbox.listing import ids_of_list
from golddraht.pages.inbox.place import listed
from golddraht.plumbing import clock
from golddraht.team.queries import colleagues, teams


class PassOnForm(forms.Form):
    """Who cares from now on: a person, or whoever of a team has time."""

    to = forms.ChoiceField(label=_("Who cares from now on?"))
    note = forms.CharField(
        label=_("What should they know?"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )

    def __init__(self, *args: Any, viewer: Any, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        people = [(f"member-{one.id}", one.name) for one in colleagues(viewer=viewer, at=at) if one.is_present]
        groups = [(f"team-{one.pk}", one.name) for one in teams()]
        to.choices = [(gettext("Whoever of the team has time"), groups), (gettext("One person"), people)]

    def acts(self) -> Acts:
        kind, _dash, pk = self.cleaned_data["to"].partition("-")
        note = self.cleaned_data["note"]
        return Acts(to_id=int(pk), note=note) if kind == "member" else Acts(team_id=int(pk), note=note)


def _form(act: str, request: Visit, told: Any) -> Any:
    if act == "hand_over":
        return PassOnForm(told, viewer=request.viewer, at=clock.now())
    return {"tags": TagsForm, "priority": PriorityForm, "next_touch": NextTouchForm, "merge": MergeForm}[act](told)


def _names() -> dict[str, str]:
    return {
        "hand_over": gettext("Hand over"),
        "tags": gettext("Add tags"),
        "priority": gettext("Priority"),
        "next_touch": gettext("Set the next touch"),
        "merge": gettext("Merge into one concern"),
        "aside": gettext("Needs no answer"),
        "spam": gettext("Spam"),
    }


AT_ONCE = {"aside": Acts(puts_aside=True), "spam": Acts(is_spam=True)}


@require_POST
@workspace()
def do_to_many(request: Visit) -> HttpResponse:
    """What was chosen in the list; an act that needs to know more asks first."""
    act, ids = request.POST.get("act", ""), _ids(request)
    if not ids or (act not in _names() and not act.startswith("macro-")):
        messages.error(request, gettext("Choose at least one concern, and what is to be done."))
        return _back(request)
    if act.startswith("macro-"):
        return _run(request, act.removeprefix("macro-"), ids)
    if act in AT_ONCE:
        return _begin(request, act, ids, AT_ONCE[act])
    form = _form(act, request, request.POST if "sure" in request.POST else None)
    acts = _acts(act, request, form) if form.is_bound and form.is_valid() else None
    return _begin(request, act, ids, acts) if acts is not None else _asked(request, act, ids, form)


def _acts(act: str, request: Visit, form: Any) -> Acts | None:
    told = form.cleaned_data
    if act == "hand_over":
        return form.acts()  # type: ignore[no-any-return]  # It is a PassOnForm.
    if act == "merge":
        return _into(request, form)
    if act == "tags":
        return Acts(tags=tuple(told["tags"]))
    return Acts(priority=told["priority"]) if act == "priority" else Acts(touch_at=told["next_touch_at"])


def _into(request: Visit, form: Any) -> Acts | None:
    try:
        return Acts(into_id=conversation_for(viewer=request.viewer, number=form.cleaned_data["number"]).pk)
    except NoSuchConversation:
        form.add_error("number", gettext("There is no concern with this number."))
        return None


def _asked(request: Visit, act: str, ids: list[int], form: Any) -> HttpResponse:
    count = ngettext("%(count)s concern", "%(count)s concerns", len(ids)) % {"count": len(ids)}
    values = {
        "form": form,
        "act": act,
        "ids": ids,
        "title": f"{_names()[act]}: {count}",
        "send": _names()[act],
        "token": request.POST.get("token", ""),
        "back_url": _list_url(request),
    }
    if request.htmx:
        return render(request, "inbox/many.html#dialog", {"viewer": request.viewer} | values)
    return show(request, "inbox/many.html", values, nav="inbox", status=UNPROCESSABLE if form.errors else 200)


def _begin(request: Visit, act: str, ids: list[int], acts: Acts) -> HttpResponse:
    try:
        begin_errand(
            name=_names()[act],
            conversation_ids=ids,
            acts=acts,
            by=request.viewer.membership_id,
            token=token_of(request, f"{act} {acts}", ids),
            at=clock.now(),
        )
    except NothingToDo:
        messages.error(request, gettext("Choose at least one concern, and what is to be done."))
    return _back(request)


def _run(request: Visit, macro_id: str, ids: list[int]) -> HttpResponse:
    macro = macro_for(viewer=request.viewer, macro_id=int(macro_id) if macro_id.isdecimal() else 0)
    token = token_of(request, f"macro {macro.pk}", ids)
    try:
        run_macro(macro_id=macro.pk, conversation_ids=ids, by=request.viewer.membership_id, token=token, at=clock.now())
    except OnlyLeads:
        messages.error(request, gettext("Only leads answer many concerns at once."))
    return _back(request)


def _ids(request: Visit) -> list[int]:
    """Those that were ticked; the whole list where that was chosen."""
    if "whole" in request.POST:
        return ids_of_list(request, at=clock.now(), limit=MOST)
    return [int(id_) for id_ in request.POST.getlist("id")[:MOST] if id_.isdecimal() and len(id_) < 19]


def _back(request: Visit) -> HttpResponse:
    """To the list; a script that fetched this for a dialog is told to go there itself."""
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": _list_url(request)})
    return HttpResponseRedirect(_list_url(request))


def _list_url(request: Visit) -> str:
    query = request.META.get("QUERY_STRING", "")
    return reverse("inbox", args=[request.viewer.tenant_slug]) + (
        f"?{query}" if query else f"?place={listed(request).key}"
    )
