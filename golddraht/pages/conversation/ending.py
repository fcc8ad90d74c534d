"""Solved, put aside, and back again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.conversations.operations import NothingToSay, NotLive, StaleAnswer
from golddraht.conversations.operations.solving import (
    confirm_in_person,
    open_proposal_of,
    propose_solution,
    withdraw_solution,
)
from golddraht.conversations.operations.sorting import mark_quiet, mark_spam, unmark_spam, wake
from golddraht.conversations.rules import Channel
from golddraht.customers.queries import greeting_for, mail_address_of
from golddraht.customers.rules import UnprovenSalutation
from golddraht.pages.conversation.forms import SolvedForm
from golddraht.pages.conversation.place import asked, back_to, found
from golddraht.pages.conversation.salutation import held, settled
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.fields import sent
from golddraht.pages.refusals import told_in, words_of
from golddraht.plumbing import clock

BY_A_PERSON = "MEMBER"
"""The reason of what a colleague put aside; the machine's own reasons are other words."""


@workspace()
def ask_whether_solved(request: Visit, number: int) -> HttpResponse:
    """Propose that it is solved, with a question in the colleague's words; the link to answer it is added."""
    conversation, at = found(request, number), clock.now()
    form = SolvedForm(sent(request), initial={"text": _question(conversation)})
    has_mail = mail_address_of(customer_id=conversation.customer_id) is not None
    waits = None
    if form.is_valid():
        try:
            with told_in(form, NothingToSay, NotLive, StaleAnswer, at=at):
                _propose(request, conversation, form, has_mail=has_mail, at=at)
                messages.success(request, gettext("Asked. Only the customer decides whether it is solved."))
                return back_to(request, number)
        except UnprovenSalutation as refusal:
            waits = held(refusal, request.POST)
    return asked(
        request,
        conversation,
        form,
        title=gettext("Is it solved?"),
        send=gettext("Ask the customer"),
        text=_how_it_is_asked(has_mail),
        also="confirmed_in_person",
        held=waits,
    )


def _propose(request: Visit, conversation: Any, form: SolvedForm, *, has_mail: bool, at: datetime) -> None:
    known = {"customer": conversation.customer, "language": conversation.language}
    propose_solution(
        conversation_id=conversation.pk,
        by=request.viewer.membership_id,
        text=settled(request.POST, form.cleaned_data["text"], at=at, **known),
        channel=Channel.EMAIL if has_mail else Channel.PHONE,
        at=at,
    )


def _question(conversation: Any) -> str:
    with translation.override(conversation.language):
        greeting = greeting_for(conversation.customer, language=conversation.language)
        return greeting + "\n\n" + gettext("I believe that your concern is solved now. Is that so for you, too?")


def _how_it_is_asked(has_mail: bool) -> str:
    if has_mail:
        return gettext("Below your words the customer finds two answers to click on: solved, or not yet.")
    return gettext("There is no e-mail address. Ask on the phone or in person; your words are noted here.")


@require_POST
@workspace()
def confirmed_in_person(request: Visit, number: int) -> HttpResponse:
    """The customer said on the phone or at the desk that it is solved."""
    conversation, at = found(request, number), clock.now()
    try:
        confirm_in_person(conversation_id=conversation.pk, by=request.viewer.membership_id, at=at)
    except NotLive as refusal:
        messages.error(request, words_of(refusal, at=at))
    return back_to(request, number)


@require_POST
@workspace()
def withdraw(request: Visit, number: int) -> HttpResponse:
    """The question whether it is solved does not stand any more."""
    proposal = open_proposal_of(found(request, number).pk)
    if proposal is not None:
        withdraw_solution(solution_id=proposal.pk, by=request.viewer.membership_id, at=clock.now())
    return back_to(request, number)


@require_POST
@workspace()
def needs_no_answer(request: Visit, number: int) -> HttpResponse:
    conversation = found(request, number)
    mark_quiet(conversation_ids=[conversation.pk], by=request.viewer.membership_id, reason=BY_A_PERSON, at=clock.now())
    return back_to(request, number)


@require_POST
@workspace()
def needs_an_answer(request: Visit, number: int) -> HttpResponse:
    """It does need one, after all."""
    wake(conversation_ids=[found(request, number).pk], by=request.viewer.membership_id, at=clock.now())
    return back_to(request, number)


@require_POST
@workspace()
def spam(request: Visit, number: int) -> HttpResponse:
    mark_spam(conversation_ids=[found(request, number).pk], by=request.viewer.membership_id, at=clock.now())
    return back_to(request, number)


@require_POST
@workspace()
def no_spam(request: Visit, number: int) -> HttpResponse:
    unmark_spam(conversation_ids=[found(request, number).pk], by=request.viewer.membership_id, at=clock.now())
    return back_to(request, number)
