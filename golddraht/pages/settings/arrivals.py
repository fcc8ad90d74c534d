"""Rules that bring arrivals to their team, in their order, and two ways to try them: on a text, and on what came lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from golddraht.channels.queries import mailboxes
from golddraht.conversations.queries import backlog
from golddraht.conversations.queries.openings import Opening, latest_openings
from golddraht.ground.language import language_of
from golddraht.pages.conversation.place import url_of
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.refusals import told_in
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.pages.settings.promised import name_of
from golddraht.pages.shown import moment, person_name
from golddraht.pages.undoing import done
from golddraht.plumbing import clock
from golddraht.team.operations import RuleRefused, keep_arrival_rule, move_arrival_rule, remove_arrival_rule
from golddraht.team.queries import (
    NobodyCares,
    Viewer,
    arrival_rules,
    assignment_for,
    names_of_members,
    teams,
    try_rule,
)
from golddraht.team.rules import Act, Arrival, Priority, Reason

HERE = "settings_arrivals"
LOOKED_AT = 200
SHOWN = 20


class RuleForm(forms.Form):
    words = forms.CharField(
        label=_("When one of these words is said"),
        max_length=400,
        required=False,
        help_text=_("Separated by commas: invoice, refund, liefer*. The star stands for any ending."),
    )
    recipient = forms.CharField(
        label=_("When it was written to"),
        max_length=254,
        required=False,
        help_text=_("An address, or @example.org for all of them. With words given, both must fit."),
    )
    team_id = forms.TypedChoiceField(label=_("Then it goes to"), coerce=int)
    skill = forms.CharField(
        label=_("To somebody with this skill"),
        max_length=60,
        required=False,
    )
    priority = forms.ChoiceField(label=_("And is"), required=False)
    place = forms.TypedChoiceField(label=_("Its place in the order"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, teams: list[Any], places: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.choices = [(one, str(one)) for one in range(1, places + 1)]
        team: Any = self.fields["team_id"]
        team.choices = [(one.pk, one.name) for one in teams]
        priority: Any = self.fields["priority"]
        priority.choices = [(one.value, name_of(one)) for one in Priority]

    def clean_priority(self) -> str:
        return self.cleaned_data["priority"] or Priority.NORMAL


class TrialForm(forms.Form):
    subject = forms.CharField(label=_("Subject"), max_length=250, required=False)
    text = forms.CharField(
        label=_("What might somebody write?"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    recipient = forms.ChoiceField(label=_("To which address?"), required=False)

    def __init__(self, *args: Any, addresses: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        recipient: Any = self.fields["recipient"]
        recipient.choices = [("", gettext("none in particular")), *((one, one) for one in addresses)]


@dataclass(frozen=True)
class PastLine:
    """A concern of late that the rule would have decided, and the team that has it."""

    url: str
    subject: str
    customer_name: str
    when: datetime
    team: str
    is_there: bool


@dataclass(frozen=True)
class PastTrial:
    """What a rule would have done with the latest concerns."""

    whole: int
    fitting: int
    elsewhere: int
    decided_before: int
    team: str
    lines: list[PastLine]


@workspace(Act.CONFIGURE)
def list_rules(request: Visit) -> HttpResponse:
    at = clock.now()
    sent = request.POST.get("what", "") if request.method == "POST" else ""
    rules = arrival_rules()
    last = len(rules) + 1
    form = RuleForm(request.POST if sent == "rule" else None, teams=teams(), places=last, initial={"place": last})
    is_tried = "try" in request.POST
    trial = TrialForm(request.POST if sent == "trial" else None, addresses=[one.address for one in mailboxes()])
    if form.is_bound and form.is_valid() and not is_tried:
        with told_in(form, RuleRefused, field="words", at=at):
            keep_arrival_rule(**form.cleaned_data)
            is_behind = form.cleaned_data["place"] in (None, last)
            messages.success(
                request,
                gettext("Kept. It stands behind the others; move it where it belongs.")
                if is_behind
                else gettext("Kept, at its place in the order."),
            )
            return redirect(HERE, request.viewer.tenant_slug)
    result = _tried(trial, at) if trial.is_bound and trial.is_valid() else None
    past = _tried_on_the_past(form, request.viewer) if is_tried and form.is_valid() else None
    values: dict[str, Any] = {"form": form, "trial_form": trial, "result": result, "past": past}
    values |= {"rules": [(row, _urgency(row)) for row in rules], "default": _default()}
    return show_settings(request, "settings/arrivals.html", values, here=HERE, status=status_of(form, trial))


def _urgency(row: Any) -> str:
    return "" if row.priority == Priority.NORMAL else name_of(Priority(row.priority))


def _default() -> str:
    return next((team.name for team in teams() if team.is_default), "")


def _tried_on_the_past(form: RuleForm, viewer: Viewer, *, rule_id: int | None = None) -> PastTrial:
    """What this rule, at its place and instead of `rule_id`, would have decided of what came lately."""
    openings = latest_openings(viewer=viewer, limit=LOOKED_AT)
    arrivals = [Arrival(recipients=one.recipients, subject=one.subject, text=one.text) for one in openings]
    told = {name: form.cleaned_data[name] for name in ("words", "recipient", "team_id", "place")}
    tried = try_rule(arrivals=arrivals, rule_id=rule_id, **told)
    names = {team.pk: team.name for team in teams()}
    lines = [_line(openings[place], names, told["team_id"], viewer) for place in tried.decides]
    return PastTrial(
        whole=len(openings),
        fitting=len(lines),
        elsewhere=sum(not line.is_there for line in lines),
        decided_before=tried.decided_before,
        team=names[told["team_id"]],
        lines=lines[:SHOWN],
    )


def _line(one: Opening, names: dict[int, str], team_id: int, viewer: Viewer) -> PastLine:
    return PastLine(
        url=url_of(viewer.tenant_slug, one.number),
        subject=one.subject,
        customer_name=person_name(one.customer_name),
        when=one.at,
        team=names.get(one.team_id, ""),
        is_there=one.team_id == team_id,
    )


def _tried(trial: TrialForm, at: datetime) -> dict[str, Any]:
    """Which team and owner this text would get right now."""
    told, todo = trial.cleaned_data, backlog()
    try:
        assignment = assignment_for(
            arrival=Arrival(
                recipients=(told["recipient"],) if told["recipient"] else (),
                subject=told["subject"],
                text=told["text"],
            ),
            language=language_of(told["text"]) or "",
            previous_owner_id=None,
            load=todo.load,
            ahead=todo.ahead_of,
            at=at,
        )
    except NobodyCares:
        return {"team": "", "owner": "", "why": gettext("Nobody works here yet."), "when": ""}
    return {
        "team": assignment.team_name,
        "owner": names_of_members().get(assignment.owner_id, ""),
        "why": why_in_words(assignment.reason),
        "when": moment(assignment.answer_at, at),
        "priority": "" if assignment.priority == Priority.NORMAL else name_of(assignment.priority),
    }


def why_in_words(reason: str) -> str:
    words = {
        Reason.KNOWS_CUSTOMER: gettext("knows the customer"),
        Reason.DEPUTY: gettext("stands in for somebody who is away"),
        Reason.SKILL_AND_LANGUAGE: gettext("has the skill and speaks the language"),
        Reason.SKILL: gettext("has the skill"),
        Reason.LANGUAGE: gettext("speaks the language and has the least on their desk"),
        Reason.LOWEST_LOAD: gettext("has the least on their desk"),
        Reason.LEAD_ON_DUTY: gettext("leads the team; nobody else is there"),
        Reason.NOBODY_PRESENT: gettext("nobody is there; somebody has to have it"),
    }
    return words.get(Reason(reason), reason)


@workspace(Act.CONFIGURE)
def change_rule(request: Visit, rule_id: int) -> HttpResponse:
    """Kept, or only tried on what came lately: as it would be, at the place where it would stand."""
    rules, at = arrival_rules(), clock.now()
    rule = _found(rule_id, rules)
    form = RuleForm(request.POST or None, teams=teams(), places=len(rules), initial=_told(rule, rules))
    is_tried = "try" in request.POST
    if form.is_valid() and not is_tried:
        with told_in(form, RuleRefused, field="words", at=at):
            keep_arrival_rule(rule_id=rule_id, **form.cleaned_data)
            messages.success(request, gettext("Kept."))
            return redirect(HERE, request.viewer.tenant_slug)
    past = _tried_on_the_past(form, request.viewer, rule_id=rule_id) if is_tried and form.is_valid() else None
    values = {"form": form, "rule": rule, "past": past}
    return show_settings(request, "settings/rule.html", values, here=HERE, status=status_of(form))


def _told(rule: Any, rules: list[Any]) -> dict[str, Any]:
    """What the form says of a rule that is there, its place in the order included."""
    known = {name: getattr(rule, name) for name in ("words", "recipient", "team_id", "skill", "priority")}
    return known | {"place": rules.index(rule) + 1}


def _found(rule_id: int, rules: list[Any]) -> Any:
    found = next((rule for rule in rules if rule.pk == rule_id), None)
    if found is None:
        raise Http404
    return found


@require_POST
@workspace(Act.CONFIGURE)
def move_rule(request: Visit, rule_id: int) -> HttpResponse:
    move_arrival_rule(rule_id=rule_id, by=-1 if request.POST.get("to") == "front" else 1)
    return redirect(HERE, request.viewer.tenant_slug)


@require_POST
@workspace(Act.CONFIGURE)
def remove_rule(request: Visit, rule_id: int) -> HttpResponse:
    rules = arrival_rules()
    known = _told(_found(rule_id, rules), rules)
    remove_arrival_rule(rule_id=rule_id)
    done(
        request,
        gettext("Removed. What arrives from now on is placed without it."),
        undo_url=reverse(HERE, args=[request.viewer.tenant_slug]),
        what="rule",
        **known,
    )
    return redirect(HERE, request.viewer.tenant_slug)
