"""The page of a concern."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.channels.queries.sending import sending_address
from golddraht.consent.queries import Wished, wished_way
from golddraht.conversations.operations.reading import note_read
from golddraht.conversations.queries import circle_of
from golddraht.conversations.queries.wording import modules_for
from golddraht.customers.queries import greeting_for
from golddraht.ground.understanding import restated
from golddraht.pages.conversation.forms import FOLLOW_UP, Marking, ReplyForm, written
from golddraht.pages.conversation.leaving import undoable_for
from golddraht.pages.conversation.place import UNPROCESSABLE, found, moved_on
from golddraht.pages.conversation.shown import Shown, shown
from golddraht.pages.conversation.wishes import channel_of, wished_words
from golddraht.pages.customers.asking import question_words
from golddraht.pages.doors import Visit, is_part, show, workspace
from golddraht.pages.errands.macros import macros_shown
from golddraht.pages.errands.shown import latest_shown
from golddraht.pages.errands.tokens import fresh_token
from golddraht.pages.inbox.listing import list_shown, list_title
from golddraht.pages.inbox.place import listed
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
        values = _beside(concern, request.viewer, seen) | {"list_title": list_title(listed(request)), "arrives": True}
        return render(request, "conversation/show.html#beside", {"viewer": request.viewer} | values)
    return render(request, "conversation/show.html#thread", {"viewer": request.viewer, "shown": seen})


def page(request: Visit, concern: Any, *, form: ReplyForm | None = None, **more: Any) -> HttpResponse:
    """The whole page of a concern; 422 with what was typed when `form` does not fit yet."""
    at = clock.now()
    seen = shown(concern, request.viewer, place=request.GET.get("place", ""), at=at)
    values = _beside(concern, request.viewer, seen, form, wants_opening="opening" in request.GET)
    values["list"] = list_shown(request, at=at, chosen=concern.number)
    marking = more.pop("marking", None) or (Marking() if "marking" in request.GET else None)
    values["marking"] = marking
    values["undoable"] = undoable_for(request.viewer, at, besides=seen.number)
    is_refused = (form is not None and form.is_bound) or (marking is not None and bool(marking.problems))
    status = UNPROCESSABLE if is_refused else 200
    return show(
        request, "conversation/show.html", values | more, nav="" if values["list"].filter else "inbox", status=status
    )


def _beside(
    concern: Any, viewer: Viewer, seen: Shown, form: ReplyForm | None = None, *, wants_opening: bool = False
) -> dict[str, Any]:
    """What is shown of a concern: all of its page but the list."""
    mirror = restated(seen.latest_words, concern.subject) if seen.latest_words else ""
    opening = opening_words(concern, mirror)
    at = clock.now()
    wished = wished_way(customer_id=concern.customer_id, at=at) if seen.may_answer else None
    form = form or _begun_form(concern, seen, opening if wants_opening else "", wished)
    answer = {
        "wished_text": wished_words(wished, at),
        "mirror": mirror,
        "opening": opening,
        "form": form,
        "sender": _sender(concern, viewer),
    }
    modules = modules_for(viewer=viewer, conversation=concern)
    question = question_words(concern) if seen.may_answer else ""
    return {"shown": seen, "question": question, "modules": modules} | answer | _macros(concern, viewer, seen)


def _sender(concern: Any, viewer: Viewer) -> str:
    """The address that the customer will read."""
    return sending_address(tenant_id=viewer.tenant_id, conversation_id=concern.pk, team_id=concern.team_id)


def _macros(concern: Any, viewer: Viewer, seen: Shown) -> dict[str, Any]:
    """What can be done with one key, and what was done just now."""
    offered = macros_shown(viewer, concern.number, seen.query) if seen.may_answer else []
    errand = latest_shown(viewer, at=clock.now(), conversation_id=concern.pk)
    return {"macros": offered, "errand": errand, "token": fresh_token()}


def _begun_form(concern: Any, seen: Shown, opening: str, wished: Wished | None) -> ReplyForm:
    """The form as the viewer left it, on whatever device that was; `opening` goes in front."""
    circle = circle_of(concern)
    initial: dict[str, Any] = {
        "channel": channel_of(wished),
        "next_touch": FOLLOW_UP,
        "seen_message_id": seen.seen_message_id,
        "recipients": [one.address for one in circle if one.is_kept],
        "after_answer": seen.after_answer,
    }
    if seen.draft is not None:
        initial |= written(seen.draft)
    initial["text"] = "\n\n".join(text for text in (opening, initial.get("text")) if text)
    return ReplyForm(initial=initial, circle=circle)


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
def read(request: Visit, number: int) -> HttpResponse:
    """The viewer has seen what stands here now."""
    concern = found(request, number)
    note_read(conversation_id=concern.pk, member_id=request.viewer.membership_id, at=clock.now())
    return HttpResponse(status=204)
