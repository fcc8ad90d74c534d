"""Who else reads or writes here: said by their pages every few seconds, shown to colleagues at once."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from golddraht.conversations.operations import attend, stop_attending
from golddraht.conversations.queries import attending, conversation_for
from golddraht.pages.doors import Visit, workspace
from golddraht.plumbing import clock


@workspace()
def attendance(request: Visit, number: int) -> HttpResponse:
    """POST: the viewer reads, types, or has gone. GET: who else is there."""
    concern, at = conversation_for(viewer=request.viewer, number=number), clock.now()
    if request.method == "POST":
        _note(request, concern.pk)
        return HttpResponse(status=204)
    others = attending(viewer=request.viewer, conversation_id=concern.pk, at=at)
    return render(request, "conversation/_attending.html", {"viewer": request.viewer, "others": others})


def _note(request: Visit, conversation_id: int) -> None:
    state, member_id, at = request.POST.get("state", ""), request.viewer.membership_id, clock.now()
    if state == "gone":
        stop_attending(conversation_id=conversation_id, member_id=member_id, at=at)
    else:
        attend(conversation_id=conversation_id, member_id=member_id, is_typing=state == "typing", at=at)
