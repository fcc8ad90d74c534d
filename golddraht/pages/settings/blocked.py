"""Blocked senders: whose mail rests, since when and why, and letting them in again."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from golddraht.conversations.operations.blocking import BlockRefused, lift_block
from golddraht.conversations.queries.blocking import block_for, blocks
from golddraht.pages.conversation.blocking import owed_words
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.plumbing import clock
from golddraht.promises.operations import StillPromised, block
from golddraht.team.rules import Act

HERE = "settings_blocked"


class SenderForm(forms.Form):
    sender = forms.CharField(
        label=_("Whom?"),
        max_length=300,
        help_text=_("An address, or a domain such as reklame.example for everybody there."),
    )
    why = forms.CharField(label=_("Why?"), max_length=200, required=False)

    def ask_whether_known(self) -> None:
        """From now on it must be said that the promises are known."""
        self.fields["knowing"] = forms.BooleanField(label=_("I know that. Block all the same."))


@workspace(Act.SHAPE_WORK)
def list_blocked(request: Visit) -> HttpResponse:
    """Those that are blocked, those that were, and a form for one more."""
    form = SenderForm(request.POST or None)
    if "knowing" in request.POST:
        form.ask_whether_known()
    if form.is_valid() and _is_blocked(request, form):
        messages.success(request, gettext("Blocked. What they write from now on is kept and rests."))
        return redirect(HERE, request.viewer.tenant_slug)
    values = {
        "form": form,
        "blocks": blocks(viewer=request.viewer),
        "lifted": blocks(viewer=request.viewer, lifted=True),
        "place_url": reverse("inbox", args=[request.viewer.tenant_slug]) + "?place=blocked",
    }
    return show_settings(request, "settings/blocked.html", values, here=HERE, status=status_of(form))


def _is_blocked(request: Visit, form: SenderForm) -> bool:
    told = form.cleaned_data
    try:
        block(
            sender=told["sender"],
            why=told["why"],
            knowing=told.get("knowing", False),
            by=request.viewer.membership_id,
            at=clock.now(),
        )
    except BlockRefused:
        form.add_error("sender", gettext("This is neither an address nor a domain."))
    except StillPromised:
        form.ask_whether_known()
        form.add_error(None, owed_words(told["sender"]))
    return not form.errors


@require_POST
@workspace(Act.SHAPE_WORK)
def lift(request: Visit, block_id: int) -> HttpResponse:
    """They are heard again; below the list they can be blocked once more."""
    lift_block(
        block_id=block_for(viewer=request.viewer, block_id=block_id).id,
        by=request.viewer.membership_id,
        at=clock.now(),
    )
    messages.success(request, gettext("They are heard again. What rests already is freed one by one under “Blocked”."))
    return redirect(HERE, request.viewer.tenant_slug)


@require_POST
@workspace(Act.SHAPE_WORK)
def again(request: Visit, block_id: int) -> HttpResponse:
    """As before; where something was promised meanwhile, the form asks."""
    known = block_for(viewer=request.viewer, block_id=block_id)
    try:
        block(sender=known.pattern, why=known.why, by=request.viewer.membership_id, at=clock.now())
    except StillPromised:
        messages.error(request, owed_words(known.pattern))
    else:
        messages.success(request, gettext("Blocked. What they write from now on is kept and rests."))
    return redirect(HERE, request.viewer.tenant_slug)
