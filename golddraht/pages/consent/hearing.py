"""A colleague says what was meant by words that were read as an objection, or as one perhaps, and can take that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.consent.operations import ConsentRefused, call_misread, unsay, uphold
from golddraht.consent.queries import NoSuchAct, act_for
from golddraht.customers.queries import customer_for
from golddraht.pages.consent.views import back_to_consents, refusal_words
from golddraht.pages.conversation.place import url_of
from golddraht.pages.doors import Visit, workspace
from golddraht.plumbing import clock


@require_POST
@workspace()
def judge_heard(request: Visit, act_id: int) -> HttpResponse:
    """An objection, none (with the reason), or taken back what was said of it before."""
    try:
        line = act_for(viewer=request.viewer, act_id=act_id)
    except NoSuchAct:
        raise Http404 from None
    customer_for(viewer=request.viewer, customer_id=line.customer_id)
    try:
        _judge(request.POST.get("as", ""), act_id, request.POST.get("words", "")[:400])
    except ConsentRefused as refused:
        words = (
            gettext("Say why these words are no objection.") if refused.reason == "WORDS" else refusal_words(refused)
        )
        messages.error(request, words)
    return _back(request, line.customer_id, act_id)


def _judge(as_: str, act_id: int, words: str) -> None:
    at = clock.now()
    if as_ == "objection":
        uphold(act_id=act_id, at=at)
    elif as_ == "none":
        call_misread(act_id=act_id, words=gettext("asked, and judged to be none"), at=at)
    elif as_ == "misread":
        call_misread(act_id=act_id, words=words, at=at)
    elif as_ == "undo":
        unsay(act_id=act_id, at=at)


def _back(request: Visit, customer_id: int, act_id: int) -> HttpResponse:
    place, _, number = request.POST.get("back", "").partition("-")
    slug = request.viewer.tenant_slug
    if place == "concern" and number.isdecimal() and len(number) < 13:
        return redirect(url_of(slug, int(number), place=request.GET.get("place", ""), anchor=f"heard-{act_id}"))
    if place == "refinery":
        is_undone = request.POST.get("as") == "undo"
        return redirect(reverse("refinery", args=[slug]) + ("" if is_undone else f"?settled=heard-{act_id}"))
    return back_to_consents(request, customer_id)
