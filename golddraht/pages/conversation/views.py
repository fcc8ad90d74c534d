"""The page of a concern, and the answer to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.conversations.operations import (
    NextTouchRefused,
    NothingToSay,
    NotLive,
    RecipientRefused,
    StaleAnswer,
    reply,
)
from golddraht.conversations.operations.reading import note_read
from golddraht.conversations.queries import circle_of
from golddraht.conversations.queries.wording import modules_for
from golddraht.conversations.rules import Channel
from golddraht.customers.queries import greeting_for
from golddraht.ground.understanding import restated
from golddraht.pages.conversation.forms import FOLLOW_UP, ReplyForm
from golddraht.pages.conversation.place import UNPROCESSABLE, back_to, found, moved_on
from golddraht.pages.conversation.shown import Shown, shown
from golddraht.pages.doors import Visit, is_part, show, workspace
from golddraht.pages.fields import enclosures_of
from golddraht.pages.inbox.listing import list_shown, list_title, place_of
from golddraht.pages.refusals import told_in
from golddraht.plumbing import clock
from golddraht.team.queries import Viewer

BESIDE = "section#main"
"""The pane beside the list, as htmx names it when a click there asks for a concern."""


@workspace()
def conversation(request: Visit, number: int) -> HttpResponse:
    """One concern with its list; only the thread where the page refreshes it, without the list where a click swaps it in."""
    concern = found(request, number)
    if (elsewhere := moved_on(request, concern)) is not None:
        return elsewhere
    if not is_part(request):
        return page(request, concern, arrives=bool(request.htmx))
    seen = shown(concern, request.viewer, place=request.GET.get("place", ""), at=clock.now())
    if request.htmx.target == BESIDE:
        values = _beside(concern, request.viewer, seen) | {"list_title": list_title(place_of(request)), "arrives": True}
        return render(request, "conversation/show.html#beside", {"viewer": request.viewer} | values)
    return render(request, "conversation/show.html#thread", {"viewer": request.viewer, "shown": seen})


def page(request: Visit, concern: Any, *, form: ReplyForm | None = None, **more: Any) -> HttpResponse:
    """The whole page of a concern; 422 with what was typed when `form` does not fit yet."""
    at = clock.now()
    seen = shown(concern, request.viewer, place=request.GET.get("place", ""), at=at)
    values = _beside(concern, request.viewer, seen, form, wants_opening="opening" in request.GET)
    values["list"] = list_shown(request, at=at, chosen=concern.number)
    status = UNPROCESSABLE if form is not None and form.is_bound else 200
    return show(request, "conversation/show.html", values | more, nav="inbox", status=status)


def _beside(
    concern: Any, viewer: Viewer, seen: Shown, form: ReplyForm | None = None, *, wants_opening: bool = False
) -> dict[str, Any]:
    """What is shown of a concern: all of its page but the list."""
    mirror = restated(seen.latest_words, concern.subject) if seen.latest_words else ""
    opening = opening_words(concern, mirror)
    form = form or _empty_form(concern, seen, opening if wants_opening else "")
    modules = modules_for(viewer=viewer, conversation=concern)
    return {"shown": seen, "mirror": mirror, "opening": opening, "form": form, "modules": modules}


def _empty_form(concern: Any, seen: Shown, text: str) -> ReplyForm:
    circle = circle_of(concern)
    chosen = [one.address for one in circle if one.is_kept]
    return ReplyForm(
        initial={
            "text": text,
            "next_touch": FOLLOW_UP,
            "seen_message_id": seen.seen_message_id,
            "recipients": chosen,
        },
        circle=circle,
    )


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
    form = ReplyForm(request.POST, request.FILES, circle=circle_of(concern))
    newer: int | None = None
    if form.is_valid():
        try:
            with told_in(form, NothingToSay, NotLive, NextTouchRefused, RecipientRefused, at=at):
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
        recipients=form.chosen_recipients(),
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
