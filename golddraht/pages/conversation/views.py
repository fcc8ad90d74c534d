"""The page of a concern, and the answer to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.conversations.operations import NextTouchRefused, NothingToSay, NotLive, StaleAnswer, reply
from golddraht.conversations.operations.reading import note_read
from golddraht.conversations.rules import Channel
from golddraht.customers.queries import greeting_for, mail_address_of
from golddraht.ground.understanding import restated
from golddraht.pages.conversation.forms import FOLLOW_UP, ReplyForm
from golddraht.pages.conversation.place import UNPROCESSABLE, back_to, found, moved_on
from golddraht.pages.conversation.shown import Shown, shown
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.fields import enclosures_of
from golddraht.pages.inbox.listing import list_shown
from golddraht.pages.refusals import told_in
from golddraht.plumbing import clock


@workspace()
def conversation(request: Visit, number: int) -> HttpResponse:
    """One concern with its list; only the thread where the page refreshes it."""
    concern = found(request, number)
    if (elsewhere := moved_on(request, concern)) is not None:
        return elsewhere
    if request.htmx:
        place = request.GET.get("place", "")
        seen = shown(concern, request.viewer, place=place, at=clock.now())
        return render(request, "conversation/show.html#thread", {"viewer": request.viewer, "shown": seen})
    return page(request, concern)


def page(request: Visit, concern: Any, *, form: ReplyForm | None = None, **more: Any) -> HttpResponse:
    """The whole page of a concern; 422 with what was typed when `form` does not fit yet."""
    at = clock.now()
    seen = shown(concern, request.viewer, place=request.GET.get("place", ""), at=at)
    mirror = restated(seen.latest_words, concern.subject) if seen.latest_words else ""
    opening = opening_words(concern, mirror)
    values = {
        "shown": seen,
        "list": list_shown(request, at=at, chosen=concern.number),
        "mirror": mirror,
        "opening": opening,
        "form": form or _empty_form(concern, seen, opening if "opening" in request.GET else ""),
    }
    status = UNPROCESSABLE if form is not None else 200
    return show(request, "conversation/show.html", values | more, nav="inbox", status=status)


def _empty_form(concern: Any, seen: Shown, text: str) -> ReplyForm:
    return ReplyForm(
        initial={"text": text, "next_touch": FOLLOW_UP, "seen_message_id": seen.seen_message_id},
        has_mail=_has_mail(concern),
    )


def _has_mail(concern: Any) -> bool:
    return mail_address_of(customer_id=concern.customer_id) is not None


def opening_words(concern: Any, mirrored: str) -> str:
    """The first lines of an answer that give back what was understood, in the customer's language."""
    with translation.override(concern.language):
        greeting = greeting_for(concern.customer, language=concern.language)
        if not mirrored:
            return greeting
        words = gettext("you wrote: “%(words)s” I have understood that and am taking care of it.")
        return f"{greeting}\n\n{words % {'words': mirrored}}"


@require_POST
@workspace()
def answer(request: Visit, number: int) -> HttpResponse:
    """The colleague's answer. What was typed stays when something newer has arrived or does not fit."""
    concern, at = found(request, number), clock.now()
    form = ReplyForm(request.POST, request.FILES, has_mail=_has_mail(concern))
    newer: int | None = None
    if form.is_valid():
        try:
            with told_in(form, NothingToSay, NotLive, NextTouchRefused, at=at):
                _send(request, concern, form)
                return back_to(request, number)
        except StaleAnswer as stale:
            newer = stale.message_id
    return page(request, concern, form=form, newer_message_id=newer)


def _send(request: Visit, concern: Any, form: ReplyForm) -> None:
    reply(
        conversation_id=concern.pk,
        author_id=request.viewer.membership_id,
        text=form.cleaned_data["text"],
        channel=Channel(form.cleaned_data["channel"]),
        enclosures=enclosures_of(form.cleaned_data["attached"]),
        next_touch_at=form.chosen_moment(),
        still_ours=form.cleaned_data["still_ours"],
        seen_message_id=form.cleaned_data["seen_message_id"],
        at=clock.now(),
    )


@require_POST
@workspace()
def read(request: Visit, number: int) -> HttpResponse:
    """The viewer has seen what stands here now."""
    concern = found(request, number)
    note_read(conversation_id=concern.pk, member_id=request.viewer.membership_id, at=clock.now())
    return HttpResponse(status=204)
