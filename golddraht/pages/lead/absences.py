"""Who will be away, and who cares meanwhile."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.fields import MomentField
from golddraht.pages.lead.views import NAV
from golddraht.pages.shown import window
from golddraht.plumbing import clock
from golddraht.team.operations import plan_absence
from golddraht.team.queries import colleagues, planned_absences
from golddraht.team.rules import Act


class AbsenceForm(forms.Form):
    member = forms.TypedChoiceField(label=_("Who will be away?"), coerce=int, empty_value=None)
    starts_at = MomentField(label=_("From"))
    ends_at = MomentField(label=_("Until"))
    deputy = forms.TypedChoiceField(
        label=_("Who stands in?"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Without a deputy what arrives goes to the lead on duty."),
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member: Any = self.fields["member"]
        deputy: Any = self.fields["deputy"]
        member.choices = people
        deputy.choices = [("", gettext("nobody in particular")), *people]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("deputy") and cleaned.get("deputy") == cleaned.get("member"):
            self.add_error("deputy", gettext("Choose somebody else as deputy."))
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", gettext("An absence ends after it starts."))
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
@workspace(Act.PLAN_ABSENCES)
def absences(request: Visit) -> HttpResponse:
    at = clock.now()
    people = [(person.id, person.name) for person in colleagues(viewer=request.viewer, at=at)]
    form = AbsenceForm(request.POST or None, people=people)
    if form.is_valid():
        cleaned = form.cleaned_data
        plan_absence(
            member_id=cleaned["member"],
            deputy_id=cleaned["deputy"],
            starts_at=cleaned["starts_at"],
            ends_at=cleaned["ends_at"],
        )
        messages.success(request, gettext("Planned. Nothing will wait for somebody who is away."))
        return redirect("absences", request.viewer.tenant_slug)
    planned = [
        {
            "name": absence.member.name,
            "deputy_name": absence.deputy.name if absence.deputy else "",
            "when_text": window(absence.starts_at, absence.ends_at, at),
            "is_now": absence.starts_at <= at,
        }
        for absence in planned_absences(at=at)
    ]
    values = {"form": form, "planned": planned}
    return show(request, "lead/absences.html", values, nav=NAV, status=422 if form.is_bound else 200)
