"""Writing to us from the help page: a real concern with owner and next touch, and a receipt that says only what is so."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from golddraht.conversations.operations import Words, receive_message
from golddraht.conversations.queries import quiet_reason_for
from golddraht.conversations.queries.own_matter import same_words_lately
from golddraht.conversations.rules import Channel
from golddraht.customers.operations import recognise
from golddraht.customers.rules import Source
from golddraht.ground.addresses import folded_address
from golddraht.ground.language import language_of
from golddraht.ground.numbers import spoken
from golddraht.ground.text import one_line, without_control
from golddraht.knowledge.queries.public import NotPublic, public_text
from golddraht.pages.help.door import HelpVisit, address_of, helping, may_again, shown
from golddraht.pages.help.forms import VisitorForm, email_field
from golddraht.pages.portal.showing import care_of
from golddraht.plumbing import clock

MOST_OF_ONE_ADDRESS = 4
MOST_FROM_ONE_PLACE = 20
MOST_FOR_ONE_TENANT = 300
"""Concerns within an hour: of one mail address, from one place on the net, and all together."""


class WriteForm(VisitorForm):
    text = forms.CharField(
        label=_("How can we help?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write a few words first, then send them.")},
    )
    name = forms.CharField(
        label=_("Your name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = email_field(_("We answer there, and use it for nothing else."))


@require_http_methods(["GET", "HEAD", "POST"])
@helping
def write(request: HelpVisit) -> HttpResponse:
    """The form, and after sending the receipt."""
    form = WriteForm(request.POST if request.method == "POST" else None)
    message = _taken(request, form) if form.is_valid() else None
    answer = _receipt(request, message, form) if message else _asked(request, form)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _asked(request: HelpVisit, form: WriteForm) -> HttpResponse:
    values = {"form": form, "about": _about(request)}
    return shown(request, "write.html", values, status=422 if form.errors else 200)


def _about(request: HelpVisit) -> Any:
    """The article that did not help, if they come from one."""
    try:
        return public_text(slug=request.GET.get("about", "")[:80], language=request.language)
    except NotPublic:
        return None


def _taken(request: HelpVisit, form: WriteForm) -> Any:
    """The customer's message in a new concern; None when it was too much within the hour, or no person."""
    said = form.cleaned_data
    address = folded_address(said["email"])
    text = without_control(said["text"]).strip()
    at = clock.now()
    if (known := same_words_lately(channel="EMAIL", address=address, text=text, at=at)) is not None:
        return known
    if said["website"] or not _may_write(request, address):
        form.add_error(None, gettext("That was a lot within an hour. Please try again later, or write us an e-mail."))
        return None
    customer = recognise(
        channel="EMAIL", address=address, shown=said["email"], name=said["name"], source=Source.MAIL_HEADER, at=at
    )
    return receive_message(customer=customer, words=_words(request, text, said["name"], address, customer.pk), at=at)


def _words(request: HelpVisit, text: str, name: str, address: str, customer_id: int) -> Words:
    about = _about(request)
    subject = gettext("About: %(title)s") % {"title": about.title} if about else one_line(text, 80)
    return Words(
        channel=Channel.EMAIL,
        text=text,
        subject=one_line(subject, 200),
        language=language_of(text) or request.language,
        author_name=name,
        sender=address,
        quiet_reason=quiet_reason_for(customer_id=customer_id, text=text),
        written_at=clock.now(),
    )


def _may_write(request: HelpVisit, address: str) -> bool:
    limits = [
        ("address", f"{request.tenant_id}:{address}", MOST_OF_ONE_ADDRESS),
        ("place", f"{request.tenant_id}:{address_of(request)}", MOST_FROM_ONE_PLACE),
        ("tenant", str(request.tenant_id), MOST_FOR_ONE_TENANT),
    ]
    return all(may_again(what, who, most=most) for what, who, most in limits)


def _receipt(request: HelpVisit, message: Any, form: WriteForm) -> HttpResponse:
    conversation = message.conversation
    conversation.refresh_from_db()
    values = {
        "number": spoken(conversation.number),
        "care": care_of(conversation, at=clock.now()),
        "email": form.cleaned_data["email"],
        "is_quiet": not conversation.is_live(),
    }
    return shown(request, "receipt.html", values)
