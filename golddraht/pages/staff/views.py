"""What is collected about the people who work here, for everybody who does; with switches, and a template of an agreement."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from golddraht.improvement.operations import turn_staff_switch
from golddraht.improvement.queries import staff_switches
from golddraht.improvement.rules.staff import StaffSwitch
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.settings.place import show_settings
from golddraht.pages.staff.fields import fields_of_records
from golddraht.pages.staff.records import NOT_THERE, RECORDS
from golddraht.plumbing import clock
from golddraht.team.rules import Act

HERE = "staff_records"


@dataclass(frozen=True)
class SwitchShown:
    key: str
    title: str
    text: str
    is_on: bool


@require_safe
@workspace()
def staff_records(request: Visit) -> HttpResponse:
    """Everybody may know what is kept of them; admins turn the switches."""
    values = {
        "records": RECORDS,
        "fields": list(fields_of_records(on=timezone.localdate(clock.now()))),
        "not_there": NOT_THERE,
        "switches": _switches(),
        "may_turn": request.viewer.may(Act.CONFIGURE),
    }
    return show_settings(request, "staff/show.html", values, here=HERE)


def _switches() -> list[SwitchShown]:
    on = staff_switches()
    words = {
        StaffSwitch.OWN_FIGURES: (
            gettext("One's own figures"),
            gettext("Everybody can look at the figures of their own work, and nobody at those of others."),
        ),
        StaffSwitch.DESKS: (
            gettext("Who has how much on the desk"),
            gettext(
                "Leads see how many concerns each colleague cares for and how many are due today, to share the work."
            ),
        ),
    }
    return [SwitchShown(switch.value, *words[switch], on[switch]) for switch in StaffSwitch]


@require_POST
@workspace(Act.CONFIGURE)
def turn(request: Visit) -> HttpResponse:
    name = request.POST.get("switch", "")
    if name not in set(StaffSwitch):
        raise Http404
    is_on = request.POST.get("is_on") == "1"
    turn_staff_switch(switch=StaffSwitch(name), is_on=is_on, by=request.viewer.membership_id, at=clock.now())
    messages.success(request, gettext("Turned on.") if is_on else gettext("Turned off."))
    return redirect(HERE, request.viewer.tenant_slug)


@require_safe
@workspace()
def works_agreement(request: Visit) -> HttpResponse:
    """The template of an agreement, in German, with this very table: a file that every word processor opens."""
    with translation.override("de"):
        values = {
            "records": RECORDS,
            "fields": list(fields_of_records(on=timezone.localdate(clock.now()))),
            "not_there": NOT_THERE,
            "company": request.viewer.tenant_name,
        }
        text = render_to_string("staff/agreement.html", values)
    response = HttpResponse(text, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="betriebsvereinbarung-golddraht.html"'
    return response
