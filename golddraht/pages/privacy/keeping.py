"""Retention: how long each class is kept, what the next run would take, what is held, and what each day's run has done."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from golddraht.conversations.queries import NoSuchConversation, conversation_for
from golddraht.ground.numbers import read_number
from golddraht.ground.retention_law import Keeping
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.privacy.kept import classes_shown, examples_shown, picture_of, rows_of, run_shown
from golddraht.pages.settings.place import show_settings
from golddraht.plumbing import clock
from golddraht.privacy.operations import (
    KeepingRefused,
    NoSuchHold,
    begin_keeping,
    choose_period,
    end_hold,
    forget_choice,
    hold,
    stop_keeping,
)
from golddraht.privacy.queries import holds, keeping_examples, keeping_lines, keeping_runs, keeping_state
from golddraht.team.rules import Act

HERE = "privacy_retention"
LONGEST = 600


@require_safe
@workspace(Act.CONFIGURE)
def retention(request: Visit) -> HttpResponse:
    at = clock.now()
    on = timezone.localdate(at)
    state, lines = keeping_state(at=at), keeping_lines(on=on)
    runs = keeping_runs()
    values = {
        "state": state,
        "rows": rows_of(state.last) if state.last else [],
        "examples": examples_shown(keeping_examples(on=on), request.viewer) if not state.is_on else None,
        "classes": classes_shown(lines),
        "holds": holds(),
        "runs": [run_shown(one) for one in runs],
        "picture": picture_of(runs),
    }
    return show_settings(request, "privacy/retention.html", values, here=HERE)


@require_POST
@workspace(Act.CONFIGURE)
def begin(request: Visit) -> HttpResponse:
    """Switch it on, having looked at the preview that is named."""
    seen = request.POST.get("seen", "")
    if not seen.isdecimal() or len(seen) > 18:
        raise Http404
    by = request.viewer.membership_id
    said = gettext("Switched on. The first run begins within a minute.")
    return _done(request, lambda: begin_keeping(seen_run=int(seen), by=by, at=clock.now()), said)


@require_POST
@workspace(Act.CONFIGURE)
def stop(request: Visit) -> HttpResponse:
    why, by = request.POST.get("why", ""), request.viewer.membership_id
    said = gettext("Switched off. What is past its period is only counted from now on.")
    return _done(request, lambda: stop_keeping(why=why, by=by, at=clock.now()), said)


@require_POST
@workspace(Act.CONFIGURE)
def choose(request: Visit) -> HttpResponse:
    """Keep a class so many months; empty for the general line."""
    name, months = request.POST.get("keeping", ""), request.POST.get("months", "").strip()
    if name not in {one.value for one in Keeping} or (months and not (months.isdecimal() and int(months) <= LONGEST)):
        raise Http404
    by, keeping = request.viewer.membership_id, Keeping(name)

    def act() -> None:
        if months:
            choose_period(keeping=keeping, months=int(months), by=by, at=clock.now())
        else:
            forget_choice(keeping=keeping)

    return _done(request, act, gettext("Noted; it counts from the next run."))


@require_POST
@workspace(Act.CONFIGURE)
def hold_customer(request: Visit) -> HttpResponse:
    """Hold everything of the customer of a concern."""
    number = read_number(request.POST.get("number", ""))
    if number is None:
        messages.error(request, gettext("There is no concern with this number."))
        return redirect(HERE, request.viewer.tenant_slug)
    try:
        customer_id = conversation_for(viewer=request.viewer, number=number).customer_id
    except NoSuchConversation:
        messages.error(request, gettext("There is no concern with this number."))
        return redirect(HERE, request.viewer.tenant_slug)
    why, by = request.POST.get("why", ""), request.viewer.membership_id

    def act() -> None:
        hold(customer_id=customer_id, why=why, by=by, at=clock.now())

    return _done(request, act, gettext("Held. Nothing of this person goes until you end it."))


@require_POST
@workspace(Act.CONFIGURE)
def end_a_hold(request: Visit, hold_id: int) -> HttpResponse:
    try:
        end_hold(hold_id=hold_id, by=request.viewer.membership_id, at=clock.now())
    except NoSuchHold:
        raise Http404 from None
    messages.success(request, gettext("Ended. What is past its period goes with the next run."))
    return redirect(HERE, request.viewer.tenant_slug)


def _done(request: Visit, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except KeepingRefused:
        messages.error(
            request,
            gettext(
                "That is not possible: a reason is missing, the preview is not the latest, or the law does not allow it."
            ),
        )
    else:
        messages.success(request, said)
    return redirect(HERE, request.viewer.tenant_slug)
