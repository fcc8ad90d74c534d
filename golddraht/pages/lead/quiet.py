"""What needs no answer, once a day under the eyes of a lead: wrong ones come back with one key."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from golddraht.conversations.operations.sorting import review_quiet, wake
from golddraht.conversations.queries import inbox
from golddraht.conversations.queries.places import Place
from golddraht.pages.doors import Visit, is_part, show, workspace
from golddraht.pages.lead import shown
from golddraht.pages.lead.views import LEADS, NAV
from golddraht.plumbing import clock

AT_ONCE = 100


@require_safe
@workspace(LEADS)
def quiet(request: Visit) -> HttpResponse:
    """What nobody has looked at yet, the newest first."""
    page = inbox(viewer=request.viewer, place=Place.QUIET, at=clock.now(), limit=AT_ONCE)
    lines = [shown.quiet(row, slug=request.viewer.tenant_slug) for row in page.rows]
    values = {"lines": lines, "has_more": page.next_before is not None}
    if is_part(request):
        return render(request, "lead/quiet.html#quiet", {"viewer": request.viewer} | values)
    return show(request, "lead/quiet.html", values, nav=NAV)


@require_POST
@workspace(LEADS)
def wake_one(request: Visit) -> HttpResponse:
    """It does need an answer: open again, with an owner and an honest time."""
    try:
        woken = wake(conversation_ids=_ids(request), by=request.viewer.membership_id, at=clock.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    if woken:
        messages.success(request, gettext("It is open again and somebody cares for it."))
    return redirect("quiet", request.viewer.tenant_slug)


@require_POST
@workspace(LEADS)
def seen_all(request: Visit) -> HttpResponse:
    """Only those that stood on the page: what came in meanwhile is looked at the next time."""
    seen = review_quiet(conversation_ids=_ids(request), by=request.viewer.membership_id, at=clock.now())
    text = ngettext("One looked at. Thank you.", "%(seen)s looked at. Thank you.", seen)
    messages.success(request, text % {"seen": seen})
    return redirect("quiet", request.viewer.tenant_slug)


def _ids(request: Visit) -> list[int]:
    return [int(id_) for id_ in request.POST.getlist("id")[:AT_ONCE] if id_.isdecimal() and len(id_) < 19]
