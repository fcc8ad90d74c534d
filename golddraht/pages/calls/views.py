"""Calls: what rings here now, as a notice on every page, and what rang lately."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from golddraht.pages.conversation.place import url_of
from golddraht.pages.doors import Visit, is_part, show, workspace
from golddraht.pages.shown import person_name
from golddraht.plumbing import clock
from golddraht.team.queries import Viewer
from golddraht.team.rules import WhenCalled
from golddraht.telephone.queries import CallLine, calls_at, latest_calls
from golddraht.telephone.rules import State


@require_safe
@workspace()
def calls(request: Visit) -> HttpResponse:
    """The newest calls; only what concerns the viewer's own telephone where a page asks for its notices."""
    at = clock.now()
    if is_part(request):
        lines = [_notice(one, request.viewer) for one in calls_at(viewer=request.viewer, at=at)]
        return render(request, "calls/notices.html", {"viewer": request.viewer, "lines": lines})
    lines = [_line(one, request.viewer.tenant_slug) for one in latest_calls(viewer=request.viewer)]
    return show(request, "calls/list.html", {"lines": lines}, nav="customers")


def _line(one: CallLine, slug: str) -> dict[str, Any]:
    return {
        "one": one,
        "who": _who(one),
        "state": _state(one),
        "customer_url": reverse("customer", args=[slug, one.customer_id]) if one.customer_id else "",
        "concern_url": url_of(slug, one.conversation_number) if one.conversation_number is not None else "",
        "enter_url": _enter_url(one, slug),
    }


def _who(one: CallLine) -> str:
    if one.customer_id:
        return person_name(one.customer_name, one.number)
    return one.number or gettext("A number that was withheld")


_STATES = {
    State.RINGING: gettext_lazy("rings"),
    State.ANSWERED: gettext_lazy("in conversation"),
    State.ENDED: gettext_lazy("conversation over"),
    State.MISSED: gettext_lazy("nobody answered"),
}


def _state(one: CallLine) -> str:
    return str(_STATES[one.state])


def _enter_url(one: CallLine, slug: str) -> str:
    """The form for a concern, with what is known of the caller filled in."""
    known = {"customer": str(one.customer_id)} if one.customer_id else {"phone": one.number}
    return reverse("enter", args=[slug]) + "?" + urlencode(known)


_OPENS: dict[WhenCalled, frozenset[State]] = {
    WhenCalled.RINGS: frozenset({State.RINGING, State.ANSWERED}),
    WhenCalled.TALKS: frozenset({State.ANSWERED}),
    WhenCalled.TOLD: frozenset(),
}


def _notice(one: CallLine, viewer: Viewer) -> dict[str, Any]:
    """What to say of it, and where it leads: to the customer, or to a form with the number in it."""
    words = {
        State.RINGING: gettext("%(who)s calls"),
        State.ANSWERED: gettext("In conversation with %(who)s"),
        State.ENDED: gettext("Call with %(who)s ended"),
        State.MISSED: gettext("Missed: %(who)s"),
    }
    line = _line(one, viewer.tenant_slug)
    is_over = one.state is State.ENDED
    return line | {
        "words": words[one.state] % {"who": line["who"]},
        "is_over": is_over,
        "opens": one.state in _OPENS[viewer.when_called] and bool(line["customer_url"]),
        "url": line["concern_url"] if is_over and line["concern_url"] else line["customer_url"] or line["enter_url"],
        "action": _action(one, is_over=is_over),
    }


def _action(one: CallLine, *, is_over: bool) -> str:
    if is_over:
        return (
            gettext("Look at the note") if one.conversation_number is not None else gettext("Write down what was said")
        )
    return gettext("Who is it?") if one.customer_id else gettext("Enter a concern")
