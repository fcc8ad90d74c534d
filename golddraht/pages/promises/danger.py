"""A promise that will probably not hold: the customer is told before it breaks, with ways out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.promises.acts import METHODS, to_list, told
from golddraht.pages.promises.forms import DangerForm, OptionForm, option_forms
from golddraht.pages.promises.views import NAV
from golddraht.pages.refusals import words_of
from golddraht.plumbing import clock
from golddraht.promises.operations import AlreadySettled, DangerRefused, endanger, withdraw_danger
from golddraht.promises.queries import promise_by_id
from golddraht.promises.queries.finding import calendar_for
from golddraht.promises.rules import Kind, OptionDraft, default_options


@require_http_methods(METHODS)
@workspace()
def danger(request: Visit, promise_id: int) -> HttpResponse:
    """Why, and up to five ways out; sensible ones stand there already."""
    at, promise = clock.now(), promise_by_id(promise_id)
    if promise.kind == Kind.FIRST_ANSWER:
        raise Http404
    form = DangerForm(request.POST or None)
    options = option_forms(request.POST or None, _drafts(promise))
    if form.is_bound and _all_valid(form, options):
        with refused_in(form):
            drafts = [draft for option in options if (draft := option.draft())]
            by = request.viewer.membership_id
            endanger(promise_id=promise_id, why=form.cleaned_data["why"], options=drafts, by=by, at=at)
            messages.success(request, gettext("The customer has been told and can choose with one click."))
            return to_list(request)
    values = {"form": form, "options": options, "promise": told(promise)}
    return show(request, "promises/danger.html", values, nav=NAV, status=422 if form.is_bound else 200)


def _drafts(promise: Any) -> list[OptionDraft]:
    return default_options(
        kind=Kind(promise.kind),
        starts_at=promise.starts_at,
        due_at=promise.due_at,
        calendar=calendar_for(promise),
        not_before=clock.now(),
    )


def _all_valid(form: DangerForm, options: list[OptionForm]) -> bool:
    # Every form is asked, so that all mistakes show at once.
    return all([form.is_valid(), *(option.is_valid() for option in options)])


@contextmanager
def refused_in(form: forms.Form) -> Iterator[None]:
    """Whatever cannot be announced is said in the form."""
    try:
        yield
    except DangerRefused as refusal:
        form.add_error(None, _words_of(refusal.reason))
    except AlreadySettled as refusal:
        form.add_error(None, words_of(refusal, at=clock.now()))


def _words_of(reason: str) -> str:
    words = {
        "WORDS": gettext("Say in a few words what has happened."),
        "ALREADY": gettext("The customer has been told already and has not chosen yet."),
        "CHOSEN": gettext("The customer has chosen already; that agreement holds."),
        "NONE": gettext("Offer at least one way out."),
        "NO_DATE": gettext("Another date needs its date."),
        "PAST": gettext("What you offer must lie in the future."),
    }
    return words.get(reason, gettext("This cannot be announced like that."))


@require_POST
@workspace()
def all_clear(request: Visit, promise_id: int) -> HttpResponse:
    """It will hold after all, and the customer hears of that too."""
    try:
        withdraw_danger(promise_id=promise_id, by=request.viewer.membership_id, at=clock.now())
        messages.success(request, gettext("Good: it holds after all. The customer has been told."))
    except DangerRefused as refusal:
        messages.error(request, _words_of(refusal.reason))
    except AlreadySettled as refusal:
        messages.error(request, words_of(refusal, at=clock.now()))
    return to_list(request)
