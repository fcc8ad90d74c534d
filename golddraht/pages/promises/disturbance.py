"""One event that touches many promises: described, looked at, announced to everybody at once, followed to its end."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.promises.acts import METHODS
from golddraht.pages.promises.danger import refused_in
from golddraht.pages.promises.forms import DisturbanceForm
from golddraht.pages.promises.shown import due
from golddraht.pages.promises.views import NAV
from golddraht.pages.shown import person_name, window
from golddraht.plumbing import clock
from golddraht.promises.operations import announce_disturbance
from golddraht.promises.queries import touched_by
from golddraht.promises.queries.disturbances import TouchedLine, disturbance_by_id, outcome_of
from golddraht.team.rules import Act

ANNOUNCE = "announce"


@require_http_methods(METHODS)
@workspace(Act.ANNOUNCE_DISTURBANCE)
def disturbance(request: Visit) -> HttpResponse:
    """First the form, then a look at what it touches, then the announcement."""
    form = DisturbanceForm(request.POST or None)
    is_ready = form.is_valid()
    if is_ready and request.POST.get("step") == ANNOUNCE:
        with refused_in(form):
            found = announce_disturbance(by=request.viewer.membership_id, at=clock.now(), **form.cleaned_data)
            return redirect("disturbance_outcome", request.viewer.tenant_slug, found.pk)
    values = {"form": form, "preview": _preview(request, form) if is_ready and not form.errors else None}
    return show(request, "promises/disturbance.html", values, nav=NAV, status=422 if form.errors else 200)


def _preview(request: Visit, form: DisturbanceForm) -> dict[str, Any]:
    at, cleaned = clock.now(), form.cleaned_data
    lines = touched_by(
        viewer=request.viewer,
        starts_at=cleaned["starts_at"],
        ends_at=cleaned["ends_at"],
        tour=cleaned["tour"],
        reference=cleaned["reference"],
        at=at,
    )
    return {
        "dues": [due(line, slug=request.viewer.tenant_slug, at=at) for line in lines],
        "customers": len({line.customer_id for line in lines}),
        "again": DisturbanceForm(request.POST, auto_id=False),
    }


@require_safe
@workspace(Act.ANNOUNCE_DISTURBANCE)
def outcome(request: Visit, disturbance_id: int) -> HttpResponse:
    """Who has been told, and what they chose."""
    at, found = clock.now(), disturbance_by_id(disturbance_id)
    lines = outcome_of(disturbance_id, at=at)
    values = {
        "disturbance": {"words": found.words, "when_text": window(found.starts_at, found.ends_at, at), "at": found.at},
        "touched": [_touched(line) for line in lines],
        "told": sum(line.is_told for line in lines),
        "chosen": sum(bool(line.chosen_text) for line in lines),
        "total": len(lines),
    }
    return show(request, "promises/outcome.html", values, nav=NAV)


def _touched(line: TouchedLine) -> dict[str, Any]:
    return {
        "what": line.what,
        "customer_name": person_name(line.customer_name),
        "is_told": line.is_told,
        "chosen_text": line.chosen_text,
        "owner_name": line.owner_name,
    }
