"""A new concern of somebody whom we know: nothing is asked that we know already."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from golddraht.access.queries import Visitor
from golddraht.conversations.operations import Words, receive_message
from golddraht.conversations.queries import quiet_reason_for
from golddraht.conversations.queries.own_matter import same_words_lately
from golddraht.conversations.rules import Channel
from golddraht.customers.queries import customer_at
from golddraht.ground.language import language_of
from golddraht.ground.text import one_line, without_control
from golddraht.pages.help.door import may_again
from golddraht.pages.own.door import OwnVisit, inside, shown, to, visitor_of

MOST = 6
"""Concerns within an hour."""


class ConcernForm(forms.Form):
    text = forms.CharField(
        label=_("How can we help?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 7, "data-behaviour": "autosize"}),
        error_messages={"required": _("Write a few words first, then send them.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@inside
def write(request: OwnVisit) -> HttpResponse:
    form = ConcernForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _took(request, form):
        return to(request, "own_page", then="?written")
    return shown(request, "write.html", {"form": form}, here="own_write", status=422 if form.errors else 200)


def _took(request: OwnVisit, form: ConcernForm) -> bool:
    visitor, text = visitor_of(request), without_control(form.cleaned_data["text"]).strip()
    if same_words_lately(channel="EMAIL", address=visitor.address, text=text, at=request.at) is not None:
        return True
    customer = customer_at(channel="EMAIL", address=visitor.address)
    if customer is None or not may_again("own-concern", f"{visitor.tenant_id}:{visitor.point_id}", most=MOST):
        form.add_error(None, gettext("That was a lot within an hour. Please try again later, or write us an e-mail."))
        return False
    receive_message(customer=customer, words=_words(request, visitor, text), at=request.at)
    return True


def _words(request: OwnVisit, visitor: Visitor, text: str) -> Words:
    return Words(
        channel=Channel.EMAIL,
        text=text,
        subject=one_line(text, 80),
        language=language_of(text) or request.language,
        answer_to=(visitor.shown,),
        sender=visitor.address,
        quiet_reason=quiet_reason_for(customer_id=visitor.customer_id, text=text),
        written_at=request.at,
    )
