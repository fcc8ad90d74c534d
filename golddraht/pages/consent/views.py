"""What a customer allows and refuses, taken down by a colleague, and its proof on one sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.consent.operations import (
    ConsentRefused,
    Origin,
    ask_to_confirm,
    choose_channels,
    give,
    note_list_checked,
    note_presumed,
    note_sale,
    object_to,
    withdraw,
)
from golddraht.consent.queries import act_for
from golddraht.consent.rules import Purpose, Way
from golddraht.customers.queries import customer_for, ids_of_person
from golddraht.pages.consent.forms import GivenForm, NoForm, WaysForm
from golddraht.pages.consent.shown import act_shown
from golddraht.pages.customers.shown import person_shown
from golddraht.pages.doors import Visit, show, workspace
from golddraht.plumbing import clock
from golddraht.team.queries import names_of_members


def refusal_words(refused: ConsentRefused) -> str:
    """Why a consent cannot be taken down."""
    words = {
        "PURPOSE": gettext("Nobody has to be asked about this."),
        "WAYS": gettext("Choose at least one way."),
        "PROOF": gettext(
            "Said like this it proves nothing for one of these ways: for calls it takes their voice or signature, for e-mail their own e-mail, signature or confirmation."
        ),
        "WORDS": gettext("Write down what they said, or where it is kept."),
        "ADDRESS": gettext("No e-mail address reaches this customer."),
        "OBJECTED": gettext("They said no. Only they themselves can change that."),
        "ASKED": gettext("They were asked within the last thirty days."),
        "BUSINESS": gettext("Only where somebody stands for a business can it be presumed that a call is welcome."),
        "DECLARED": gettext("They said so themselves. Only they can change that."),
    }
    return words[refused.reason]


class NotAsked(ValueError):
    """The form does not say enough; the words tell what is missing."""


Told = tuple[int, str]
"""How good the news is (a level of `messages`), and its words."""


def about_customer(act: Callable[[Visit, int], Told]) -> Callable[..., HttpResponse]:
    """A page that takes one thing down about a customer and goes back to them, with what became of it or why it was refused."""

    @require_POST
    @workspace()
    @wraps(act)
    def view(request: Visit, customer_id: int) -> HttpResponse:
        person = customer_for(viewer=request.viewer, customer_id=customer_id)
        try:
            level, words = act(request, person.pk)
        except ConsentRefused as refused:
            level, words = messages.ERROR, refusal_words(refused)
        except NotAsked as missing:
            level, words = messages.ERROR, str(missing)
        messages.add_message(request, level, words)
        return back_to_consents(request, person.pk)

    return view


def back_to_consents(request: Visit, customer_id: int) -> HttpResponse:
    response = redirect("customer", request.viewer.tenant_slug, customer_id)
    response["Location"] += "#consents"
    return response


def _taken_down() -> Told:
    return messages.SUCCESS, gettext("Taken down, with its words and its text.")


@about_customer
def allow(request: Visit, customer_id: int) -> Told:
    """Take down what they allowed, in their words."""
    form, now = GivenForm(request.POST), clock.now()
    if form.is_valid():
        origin = Origin(call_note=form.cleaned_data["call_note"])
        give(customer_id=customer_id, at=form.said_at(now=now), origin=origin, **form.told())
        return _taken_down()
    if form.has_error("said_on"):
        raise NotAsked(gettext("That day is still to come, or is none."))
    raise NotAsked(gettext("Choose what they allowed and on which ways, and write down their words."))


@about_customer
def ask(request: Visit, customer_id: int) -> Told:
    """Ask them by mail to confirm that they want this by mail (double opt-in)."""
    form = NoForm(request.POST)
    if not form.is_valid() or form.told()["purpose"] is None:
        raise ConsentRefused("PURPOSE", "Nothing was chosen.")
    ask_to_confirm(customer_id=customer_id, purpose=form.told()["purpose"], at=clock.now())
    return messages.SUCCESS, gettext("Asked. It counts once they have confirmed it.")


@about_customer
def bought(request: Visit, customer_id: int) -> Told:
    """Take down that the address came with a purchase, and that free objection was pointed out then (§ 7 (3) UWG)."""
    note_sale(customer_id=customer_id, words=_words(request), at=clock.now())
    return _taken_down()


@about_customer
def presume(request: Visit, customer_id: int) -> Told:
    """Take down why this business would want a call (§ 7 (2) no. 1 UWG)."""
    note_presumed(customer_id=customer_id, words=_words(request), at=clock.now())
    return _taken_down()


@about_customer
def looked_up(request: Visit, customer_id: int) -> Told:
    """Take down that somebody looked, and where: their address is not on the list of those who want no advertising (§ 7 (2) ECG)."""
    note_list_checked(customer_id=customer_id, words=_words(request), at=clock.now())
    return messages.SUCCESS, gettext("Taken down. It counts for thirty days.")


def _words(request: Visit) -> str:
    return request.POST.get("words", "")[:400]


@about_customer
def take_back(request: Visit, customer_id: int) -> Told:
    """They no longer allow it."""
    form = NoForm(request.POST)
    if form.is_valid() and withdraw(customer_id=customer_id, at=clock.now(), **form.told()):
        return messages.SUCCESS, gettext("Taken back. Nothing of the kind leaves any more.")
    return messages.ERROR, gettext("There is nothing that could be taken back.")


@about_customer
def objects(request: Visit, customer_id: int) -> Told:
    """They want no advertising, at all or of one kind."""
    form = NoForm(request.POST)
    if form.is_valid() and object_to(customer_id=customer_id, at=clock.now(), **form.told()):
        return messages.SUCCESS, gettext("Noted. From now on nothing of the kind leaves.")
    return messages.INFO, gettext("That was known already.")


@about_customer
def choose(request: Visit, customer_id: int) -> Told:
    """The ways they want for one purpose."""
    form = WaysForm(request.POST)
    if not form.is_valid():
        raise NotAsked(gettext("That is no way that could be chosen."))
    ways = [Way(one) for one in form.cleaned_data["ways"]]
    choose_channels(customer_id=customer_id, purpose=Purpose(form.cleaned_data["purpose"]), ways=ways, at=clock.now())
    return messages.SUCCESS, gettext("Kept.")


@workspace()
def proof(request: Visit, customer_id: int, act_id: int) -> HttpResponse:
    """Everything that proves one consent, on one sheet to be printed (§ 7a UWG, Art. 7 (1) GDPR)."""
    person: Any = customer_for(viewer=request.viewer, customer_id=customer_id)
    line = act_for(viewer=request.viewer, act_id=act_id)
    if line.customer_id not in ids_of_person(customer_id=person.pk):
        raise Http404
    request.seen.append(("consent_consentact", act_id))
    at = clock.now()
    values = {
        "person": person_shown(person, request.viewer, at=at),
        "act": act_shown(line, request.viewer, names_of_members()),
        "printed_at": at,
    }
    return show(request, "consent/proof.html", values, nav="customers")
