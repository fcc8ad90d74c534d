"""A next touch that passed: the lead takes it, or hands it to somebody who is there."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.conversations.operations import hand_over
from golddraht.conversations.operations.escalating import take_escalation
from golddraht.conversations.operations.owning import CannotCare
from golddraht.conversations.queries import EscalationLine, escalations_for
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.lead.views import LEADS
from golddraht.plumbing import clock


@require_POST
@workspace(LEADS)
def take(request: Visit, escalation_id: int) -> HttpResponse:
    """The lead cares for it from now on, and lands where the answer is written."""
    line = _open(request, escalation_id)
    take_escalation(escalation_id=line.id, by=request.viewer.membership_id, at=clock.now())
    return redirect("conversation", request.viewer.tenant_slug, line.number)


@require_POST
@workspace(LEADS)
def hand_on(request: Visit, escalation_id: int) -> HttpResponse:
    """Somebody else cares from now on. What was missed stays missed until the customer hears from us."""
    line, to_id = _open(request, escalation_id), request.POST.get("to", "")
    try:
        hand_over(
            conversation_id=line.conversation_id,
            to_id=int(to_id) if to_id.isdecimal() else 0,
            by=request.viewer.membership_id,
            at=clock.now(),
        )
        messages.success(request, gettext("Handed over. It stays in this list until the customer hears from us."))
    except CannotCare:
        messages.error(request, gettext("Choose a colleague who works here and is active."))
    return redirect("lead", request.viewer.tenant_slug)


def _open(request: Visit, escalation_id: int) -> EscalationLine:
    """Only what this lead was told of and nobody has taken yet."""
    line = next((line for line in escalations_for(viewer=request.viewer) if line.id == escalation_id), None)
    if line is None:
        raise Http404
    return line
