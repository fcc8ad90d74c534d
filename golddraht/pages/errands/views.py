"""An errand: how far it is, what it left, and its way back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from golddraht.conversations.operations.errands import NotTheirs, undo_errand
from golddraht.conversations.queries.errands import errand_for
from golddraht.pages.doors import Visit, is_part, show, workspace
from golddraht.pages.errands.shown import errand_shown
from golddraht.plumbing import clock


@require_safe
@workspace()
def errand(request: Visit, errand_id: int) -> HttpResponse:
    """The page; only its part where it refreshes itself."""
    values = {"errand": errand_shown(errand_for(viewer=request.viewer, errand_id=errand_id), request.viewer)}
    if is_part(request):
        return render(request, "errands/show.html#progress", {"viewer": request.viewer} | values)
    return show(request, "errands/show.html", values, nav="inbox")


@require_POST
@workspace()
def undo(request: Visit, errand_id: int) -> HttpResponse:
    """Back to where it was asked from."""
    errand_for(viewer=request.viewer, errand_id=errand_id)
    try:
        undo_errand(errand_id=errand_id, by=request.viewer.membership_id, at=clock.now())
    except NotTheirs:
        messages.error(request, gettext("Ask a lead to undo what a colleague did."))
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("errand", request.viewer.tenant_slug, errand_id)
