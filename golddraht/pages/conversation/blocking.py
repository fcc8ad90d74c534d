"""Blocking whoever wrote a concern, and freeing one that rests because of its sender."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from golddraht.conversations.operations import unmark_spam
from golddraht.conversations.operations.blocking import lift_block
from golddraht.customers.queries import mail_addresses_of
from golddraht.ground.addresses import is_shared_domain
from golddraht.pages.conversation.place import asked, back_to, found
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.fields import sent
from golddraht.plumbing import clock
from golddraht.promises.operations import StillPromised, block
from golddraht.promises.queries import promised_to
from golddraht.promises.queries.cards import title_of


class BlockForm(forms.Form):
    """Whom, and why; with `knowing` in full knowledge of what was promised to them."""

    sender = forms.ChoiceField(label=_("Whom?"))
    why = forms.CharField(
        label=_("Why?"), max_length=200, required=False, help_text=_("Colleagues read it in the settings.")
    )

    def __init__(self, *args: Any, senders: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sender"]
        field.choices = senders
        field.initial = senders[0][0] if senders else ""

    def ask_whether_known(self) -> None:
        """From now on it must be said that the promises are known."""
        self.fields["knowing"] = forms.BooleanField(label=_("I know that. Block all the same."))


def owed_words(sender: str, *, besides: int | None = None) -> str:
    """What was promised to them, in words for somebody who wants to block them."""
    owed = promised_to(sender=sender, besides=besides)
    told = ngettext(
        "%(count)s promise to this sender is open: %(what)s. Blocking does not undo it; it has to be kept.",
        "%(count)s promises to this sender are open: %(what)s. Blocking does not undo them; they have to be kept.",
        len(owed),
    )
    return told % {"count": len(owed), "what": ", ".join(dict.fromkeys(title_of(one) for one in owed[:5]))}


def _senders(conversation: Any) -> list[tuple[str, str]]:
    """The customer's addresses, and their domains where not everybody has one."""
    addresses = sorted(mail_addresses_of(customer_id=conversation.customer_id))
    domains = dict.fromkeys(one.rpartition("@")[2] for one in addresses)
    at_domains = [
        (f"@{one}", gettext("everybody at %(domain)s") % {"domain": one})
        for one in domains
        if not is_shared_domain(one)
    ]
    return [*((one, one) for one in addresses), *at_domains]


@workspace()
def block_writer(request: Visit, number: int) -> HttpResponse:
    """Whom to block; where something was promised to them, that is said and must be confirmed."""
    conversation, at = found(request, number), clock.now()
    form = BlockForm(sent(request), senders=_senders(conversation))
    if "knowing" in request.POST:
        form.ask_whether_known()
    text = gettext("What they write from now on is kept and rests under “Blocked”: no receipt, no promise, no notice.")
    if form.is_valid():
        told = {
            "sender": form.cleaned_data["sender"],
            "why": form.cleaned_data["why"],
            "conversation_id": conversation.pk,
        }
        try:
            block(**told, knowing=form.cleaned_data.get("knowing", False), by=request.viewer.membership_id, at=at)
        except StillPromised:
            form.ask_whether_known()
            text = owed_words(told["sender"], besides=conversation.pk)
            form.add_error(None, text)
        else:
            messages.success(request, gettext("Blocked. This concern rests; above it you can free it again."))
            return back_to(request, number)
    return asked(request, conversation, form, title=gettext("Block this sender"), send=gettext("Block"), text=text)


@require_POST
@workspace()
def free(request: Visit, number: int) -> HttpResponse:
    """It arrives now, as anybody's would; with `lift` its sender is heard from now on, too."""
    conversation, at = found(request, number), clock.now()
    block_id = conversation.block_id
    unmark_spam(conversation_ids=[conversation.pk], by=request.viewer.membership_id, at=at)
    if "lift" in request.POST and block_id is not None:
        lift_block(block_id=block_id, by=request.viewer.membership_id, at=at)
    messages.success(request, gettext("Freed: it has arrived just now, with owner and an honest time."))
    return back_to(request, number)
