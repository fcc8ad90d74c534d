"""Absences by whole days: planning one, and taking it back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from golddraht.pages.doors import Visit, workspace
from golddraht.pages.refusals import told_in
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.pages.undoing import done
from golddraht.plumbing import clock
from golddraht.team.operations import AbsenceRefused, plan_absence, remove_absence
from golddraht.team.queries import members, planned_absences
from golddraht.team.rules import Act

HERE = "settings_absences"
ONE_DAY = timedelta(days=1)


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class AbsenceForm(forms.Form):
    member_id = forms.TypedChoiceField(label=_("Who will be away?"), coerce=int)
    deputy_id = forms.TypedChoiceField(
        label=_("Who stands in?"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Without a deputy what arrives goes to the lead on duty."),
    )
    first_day = DayField(label=_("First day away"))
    last_day = DayField(label=_("Last day away"))

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.pk, one.name) for one in people]
        fields: dict[str, Any] = self.fields
        fields["member_id"].choices = choices
        fields["deputy_id"].choices = [("", gettext("nobody in particular")), *choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", gettext("The last day lies before the first one."))
        return cleaned


@workspace(Act.PLAN_ABSENCES)
def list_absences(request: Visit) -> HttpResponse:
    at = clock.now()
    form = AbsenceForm(request.POST or None, people=members())
    if form.is_valid():
        told = form.cleaned_data
        with told_in(form, AbsenceRefused, field="deputy_id", at=at):
            plan_absence(
                member_id=told["member_id"],
                deputy_id=told["deputy_id"],
                starts_at=begin_of(told["first_day"]),
                ends_at=begin_of(told["last_day"] + ONE_DAY),
            )
            messages.success(request, gettext("Planned. Nothing will wait for somebody who is away."))
            return redirect(HERE, request.viewer.tenant_slug)
    values = {"form": form, "absences": [_line(one, at) for one in planned_absences(at=at)]}
    return show_settings(request, "settings/absences.html", values, here=HERE, status=status_of(form))


def begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _line(absence: Any, at: datetime) -> dict[str, Any]:
    ends = timezone.localtime(absence.ends_at)
    return {
        "id": absence.pk,
        "name": absence.member.name,
        "deputy": absence.deputy.name if absence.deputy else "",
        "first_day": timezone.localtime(absence.starts_at).date(),
        "last_day": (ends - timedelta(microseconds=1)).date(),
        "is_now": absence.starts_at <= at,
    }


@require_POST
@workspace(Act.PLAN_ABSENCES)
def cancel_absence(request: Visit, absence_id: int) -> HttpResponse:
    taken = next((one for one in planned_absences(at=clock.now()) if one.pk == absence_id), None)
    remove_absence(absence_id=absence_id)
    here, words = reverse(HERE, args=[request.viewer.tenant_slug]), gettext("Taken back. They are there after all.")
    again = _asked_again(taken) if taken else None
    if again:
        done(request, words, undo_url=here, **again)
    else:
        messages.success(request, words)
    return redirect(here)


def _asked_again(absence: Any) -> dict[str, Any] | None:
    """What the form was told when it was planned; None for one that no form can ask for, of hours instead of days."""
    line = _line(absence, absence.starts_at)
    first, last = line["first_day"], line["last_day"]
    if (begin_of(first), begin_of(last + ONE_DAY)) != (absence.starts_at, absence.ends_at):
        return None
    told = {"member_id": absence.member_id, "deputy_id": absence.deputy_id or ""}
    return told | {"first_day": first.isoformat(), "last_day": last.isoformat()}
