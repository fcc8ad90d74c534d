"""What a customer allows and refuses, taken down by a colleague, and its proof on one sheet."""

from __future__ import annotations

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
    }
    return words[refused.reason]


@require_POST
@workspace()
def allow(request: Visit, customer_id: int) -> HttpResponse:
    """Take down what they allowed, in their words."""
    person = customer_for(viewer=request.viewer, customer_id=customer_id)
    form = GivenForm(request.POST)
    problem = _taken_down(person.pk, form) if form.is_valid() else _problem(form)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, gettext("Taken down, with its words and its text."))
    return _back(request, person.pk)


def _taken_down(customer_id: int, form: GivenForm) -> str:
    now = clock.now()
    try:
        origin = Origin(call_note=form.cleaned_data["call_note"])
        give(customer_id=customer_id, at=form.said_at(now=now), origin=origin, **form.told())
    except ConsentRefused as refused:
        return refusal_words(refused)
    return ""


def _problem(form: GivenForm) -> str:
    if form.has_error("said_on"):
        return gettext("That day is still to come, or is none.")
    return gettext("Choose what they allowed and on which ways, and write down their words.")


@require_POST
@workspace()
def ask(request: Visit, customer_id: int) -> HttpResponse:
    """Ask them by mail to confirm that they want this by mail (double opt-in)."""
    person = customer_for(viewer=request.viewer, customer_id=customer_id)
    form = NoForm(request.POST)
    try:
        if not form.is_valid() or form.told()["purpose"] is None:
            raise ConsentRefused("PURPOSE", "Nothing was chosen.")
        ask_to_confirm(customer_id=person.pk, purpose=form.told()["purpose"], at=clock.now())
    except ConsentRefused as refused:
        messages.error(request, refusal_words(refused))
    else:
        messages.success(request, gettext("Asked. It counts once they have confirmed it."))
    return _back(request, person.pk)


@require_POST
@workspace()
def bought(request: Visit, customer_id: int) -> HttpResponse:
    """Take down that the address came with a purchase, and that free objection was pointed out then (§ 7 (3) UWG)."""
    person = customer_for(viewer=request.viewer, customer_id=customer_id)
    words = request.POST.get("words", "")[:400]
    try:
        note_sale(customer_id=person.pk, words=words, at=clock.now())
    except ConsentRefused as refused:
        messages.error(request, refusal_words(refused))
    else:
        messages.success(request, gettext("Taken down, with its words and its text."))
    return _back(request, person.pk)


@require_POST
@workspace()
def take_back(request: Visit, customer_id: int) -> HttpResponse:
    """They no longer allow it."""
    person = customer_for(viewer=request.viewer, customer_id=customer_id)
    form = NoForm(request.POST)
    if form.is_valid() and withdraw(customer_id=person.pk, at=clock.now(), **form.told()):
        messages.success(request, gettext("Taken back. Nothing of the kind leaves any more."))
    else:
        messages.error(request, gettext("There is nothing that could be taken back."))
    return _back(request, person.pk)


@require_POST
@workspace()
def objects(request: Visit, customer_id: int) -> HttpResponse:
    """They want no advertising, at all or of one kind."""
    person = customer_for(viewer=request.viewer, customer_id=customer_id)
    form = NoForm(request.POST)
    if form.is_valid() and object_to(customer_id=person.pk, at=clock.now(), **form.told()):
        messages.success(request, gettext("Noted. From now on nothing of the kind leaves."))
    else:
        messages.info(request, gettext("That was known already."))
    return _back(request, person.pk)


@require_POST
@workspace()
def choose(request: Visit, customer_id: int) -> HttpResponse:
    """The ways they want for one purpose."""
    person = customer_for(viewer=request.viewer, customer_id=customer_id)
    form = WaysForm(request.POST)
    if form.is_valid():
        ways = [Way(one) for one in form.cleaned_data["ways"]]
        purpose = Purpose(form.cleaned_data["purpose"])
        choose_channels(customer_id=person.pk, purpose=purpose, ways=ways, at=clock.now())
        messages.success(request, gettext("Kept."))
    return _back(request, person.pk)


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


def _back(request: Visit, customer_id: int) -> HttpResponse:
    response = redirect("customer", request.viewer.tenant_slug, customer_id)
    response["Location"] += "#consents"
    return response
