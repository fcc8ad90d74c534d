"""What a colleague can do beside answering: each a small page with one form that calls one operation."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.conversations.operations import NextTouchRefused, NothingToSay, NotLive, hand_over, set_next_touch, take
from golddraht.conversations.operations.asking import CannotAsk, ask_third_party
from golddraht.conversations.operations.entering import enter_concern
from golddraht.conversations.operations.goodwill import GoodwillRefused, GoodwillTooHigh, grant_goodwill, granted_in
from golddraht.conversations.operations.notes import add_note
from golddraht.conversations.operations.owning import CannotCare
from golddraht.conversations.operations.sorting import set_priority, set_tags
from golddraht.conversations.queries.tags import offered_tags
from golddraht.conversations.rules import Channel
from golddraht.pages.conversation import forms
from golddraht.pages.conversation.place import asked, back_to, found
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.fields import sent
from golddraht.pages.refusals import told_in
from golddraht.pages.shown import money
from golddraht.plumbing import clock
from golddraht.team.queries import colleagues
from golddraht.team.rules import Act, Priority


@workspace(Act.REASSIGN)
def hand_over_to(request: Visit, number: int) -> HttpResponse:
    """Another colleague cares from now on."""
    conversation, at = found(request, number), clock.now()
    people = colleagues(viewer=request.viewer, at=at)
    form = forms.HandOverForm(sent(request), colleagues=people, owner_id=conversation.owner_id)
    if form.is_valid():
        with told_in(form, CannotCare, field="to", at=at):
            hand_over(
                conversation_id=conversation.pk,
                to_id=form.cleaned_data["to"],
                by=request.viewer.membership_id,
                note=form.cleaned_data["note"],
                at=at,
            )
            messages.success(request, gettext("Handed over. The whole story went along."))
            return back_to(request, number)
    return asked(request, conversation, form, title=gettext("Hand over"), send=gettext("Hand over"))


@require_POST
@workspace()
def take_over(request: Visit, number: int) -> HttpResponse:
    """The viewer cares from now on."""
    take(conversation_id=found(request, number).pk, by=request.viewer.membership_id, at=clock.now())
    return back_to(request, number)


@workspace()
def move_next_touch(request: Visit, number: int) -> HttpResponse:
    conversation, at = found(request, number), clock.now()
    form = forms.NextTouchForm(sent(request), initial={"next_touch_at": conversation.next_touch_at})
    if form.is_valid():
        with told_in(form, NextTouchRefused, field="next_touch_at", at=at):
            set_next_touch(
                conversation_id=conversation.pk,
                next_touch_at=form.cleaned_data["next_touch_at"],
                by=request.viewer.membership_id,
                at=at,
            )
            return back_to(request, number)
    return asked(request, conversation, form, title=gettext("Next touch"), send=gettext("Set"))


@workspace()
def note(request: Visit, number: int) -> HttpResponse:
    conversation, at = found(request, number), clock.now()
    others = [one.name for one in colleagues(viewer=request.viewer, at=at) if one.id != request.viewer.membership_id]
    form = forms.NoteForm(sent(request), names=others)
    if form.is_valid():
        with told_in(form, NothingToSay, field="text", at=at):
            add_note(
                conversation_id=conversation.pk,
                by=request.viewer.membership_id,
                text=form.cleaned_data["text"],
                at=at,
            )
            return back_to(request, number)
    return asked(request, conversation, form, title=gettext("Note for colleagues"), send=gettext("Keep"))


@workspace()
def heard(request: Visit, number: int) -> HttpResponse:
    """The customer called, came by or wrote a letter about this concern."""
    conversation, at = found(request, number), clock.now()
    form = forms.HeardForm(sent(request))
    if form.is_valid():
        with told_in(form, NothingToSay, NextTouchRefused, field="promised_at", at=at):
            message = enter_concern(
                customer=conversation.customer,
                channel=Channel(form.cleaned_data["channel"]),
                text=form.cleaned_data["text"],
                subject=conversation.subject,
                promised_at=form.cleaned_data["promised_at"],
                conversation=conversation,
                by=request.viewer.membership_id,
                at=at,
            )
            return back_to(request, message.conversation.number)
    return asked(request, conversation, form, title=gettext("What the customer said"), send=gettext("Keep"))


@workspace()
def ask_somebody(request: Visit, number: int) -> HttpResponse:
    """A question to a third party, beside the thread."""
    conversation, at = found(request, number), clock.now()
    form = forms.AskForm(sent(request), initial={"subject": conversation.subject, "due_at": at + timedelta(days=1)})
    if form.is_valid():
        with told_in(form, NothingToSay, CannotAsk, NotLive, at=at):
            ask_third_party(
                conversation_id=conversation.pk, by=request.viewer.membership_id, at=at, **form.cleaned_data
            )
            messages.success(request, gettext("The question is on its way. The customer does not see it."))
            return back_to(request, number)
    return asked(
        request,
        conversation,
        form,
        title=gettext("Ask somebody else"),
        send=gettext("Ask"),
        text=gettext("Carrier, workshop, accounts: whoever must do their part. The customer does not see this."),
    )


@workspace()
def goodwill(request: Visit, number: int) -> HttpResponse:
    conversation, at = found(request, number), clock.now()
    form = forms.GoodwillForm(sent(request))
    left = max(request.viewer.goodwill_cents - granted_in(conversation.pk), 0)
    if form.is_valid():
        with told_in(form, GoodwillTooHigh, GoodwillRefused, field="cents", at=at):
            grant_goodwill(conversation_id=conversation.pk, by=request.viewer.membership_id, at=at, **form.cleaned_data)
            return back_to(request, number)
    return asked(
        request,
        conversation,
        form,
        title=gettext("Put it right"),
        send=gettext("Grant"),
        text=gettext("You may grant up to %(left)s here without asking anybody.") % {"left": money(left)},
    )


@workspace()
def tags(request: Visit, number: int) -> HttpResponse:
    conversation = found(request, number)
    form = forms.TagsForm(sent(request), initial={"tags": ", ".join(conversation.tags)})
    if form.is_valid():
        set_tags(
            conversation_id=conversation.pk,
            tags=form.cleaned_data["tags"],
            by=request.viewer.membership_id,
            at=clock.now(),
        )
        return back_to(request, number)
    offered = [tag for tag in offered_tags(viewer=request.viewer) if tag not in conversation.tags]
    text = gettext("There are: %(tags)s") % {"tags": ", ".join(offered)} if offered else ""
    return asked(request, conversation, form, title=gettext("Tags"), send=gettext("Keep"), text=text)


@workspace()
def priority(request: Visit, number: int) -> HttpResponse:
    conversation = found(request, number)
    form = forms.PriorityForm(sent(request), initial={"priority": conversation.priority})
    if form.is_valid():
        set_priority(
            conversation_id=conversation.pk,
            priority=Priority(form.cleaned_data["priority"]),
            by=request.viewer.membership_id,
            at=clock.now(),
        )
        return back_to(request, number)
    return asked(request, conversation, form, title=gettext("Priority"), send=gettext("Keep"))
