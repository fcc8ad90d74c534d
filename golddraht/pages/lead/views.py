"""Where a lead starts the day: what was missed, who has how much on the desk, how long customers wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from golddraht.conversations.queries import backlog, counts, escalations_for
from golddraht.conversations.queries.braking import is_brake_pulled
from golddraht.conversations.queries.desks import Desk, automatic_mails, desks
from golddraht.conversations.queries.places import Place
from golddraht.improvement.queries import staff_switches
from golddraht.improvement.rules.staff import StaffSwitch
from golddraht.pages.doors import Visit, is_part, show, workspace
from golddraht.pages.lead import shown
from golddraht.plumbing import clock
from golddraht.team.queries import answer_time, colleagues, current_tenant, open_alarms, people_on_duty, teams
from golddraht.team.rules import Act

NAV = "lead"
LEADS = Act.REVIEW_NO_ANSWER


@require_safe
@workspace(LEADS)
def lead(request: Visit) -> HttpResponse:
    """What needs a lead today; without its frame where the page refreshes it."""
    viewer, at = request.viewer, clock.now()
    people = colleagues(viewer=viewer, at=at)
    values = {
        "alarms": open_alarms(viewer=viewer),
        "escalations": [
            shown.escalation(line, slug=viewer.tenant_slug, at=at) for line in escalations_for(viewer=viewer)
        ],
        "people": [(person.id, person.name) for person in people if person.id != viewer.membership_id],
        "quiet_count": counts(viewer=viewer, at=at)[Place.QUIET],
        "desks": _desks(people, at=at) if staff_switches()[StaffSwitch.DESKS] else [],
        "teams": _teams(at=at),
        "brake": {"is_pulled": is_brake_pulled(at=at), "sent": automatic_mails(at=at), "limit": _limit()},
    }
    if is_part(request):
        return render(request, "lead/overview.html#overview", {"viewer": viewer} | values)
    return show(request, "lead/overview.html", values, nav=NAV)


def _limit() -> int:
    return int(current_tenant().automatic_per_hour)


def _desks(people: list[Any], *, at: datetime) -> list[shown.DeskLine]:
    """In the order of the alphabet: this is for sharing the work, not for comparing people."""
    found = desks(due_by=end_of_today(at))
    return [shown.desk(person, found.get(person.id, Desk())) for person in people]


def _teams(*, at: datetime) -> list[shown.TeamLine]:
    waiting = backlog().waiting
    return [
        shown.team(
            found,
            waiting=waiting.get(found.pk, 0),
            people=people_on_duty(team=found, at=at),
            answer_at=answer_time(team=found, waiting=waiting.get(found.pk, 0), at=at),
            at=at,
        )
        for found in teams()
    ]


def end_of_today(at: datetime) -> datetime:
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1)
