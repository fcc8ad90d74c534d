"""Giving our word, and saying what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.pages.conversation.forms import PromiseForm
from golddraht.pages.conversation.place import asked, back_to, found
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.fields import sent
from golddraht.pages.refusals import told_in, words_of
from golddraht.plumbing import clock
from golddraht.promises.operations import AlreadySettled, NotYet, PromiseRefused, keep_promise, make_promise
from golddraht.promises.queries import promises_of_conversation
from golddraht.promises.rules import Kind


@workspace()
def promise(request: Visit, number: int) -> HttpResponse:
    """Something with a date that the customer was told."""
    conversation, at = found(request, number), clock.now()
    form = PromiseForm(sent(request))
    if form.is_valid():
        with told_in(form, PromiseRefused, at=at):
            make_promise(
                customer_id=conversation.customer_id,
                conversation_id=conversation.pk,
                owner_id=conversation.owner_id or request.viewer.membership_id,
                kind=Kind(form.cleaned_data["kind"]),
                what=form.cleaned_data["what"],
                starts_at=form.cleaned_data["starts_at"],
                due_at=form.cleaned_data["due_at"],
                by=request.viewer.membership_id,
                at=at,
            )
            return back_to(request, number)
    return asked(
        request,
        conversation,
        form,
        title=gettext("A promise to the customer"),
        send=gettext("Promise it"),
        text=gettext("Whatever is said with a date is kept an eye on until it is kept."),
    )


@require_POST
@workspace()
def kept(request: Visit, number: int, promise_id: int) -> HttpResponse:
    """It was done."""
    conversation, at = found(request, number), clock.now()
    if promise_id in {card.id for card in promises_of_conversation(conversation_id=conversation.pk, at=at)}:
        try:
            keep_promise(promise_id=promise_id, by=request.viewer.membership_id, at=at)
        except (AlreadySettled, NotYet) as refusal:
            messages.error(request, words_of(refusal, at=at))
    return back_to(request, number)
