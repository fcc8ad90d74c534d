"""Concerns that did not come by mail: a call, a visit, a letter; and those we start by writing first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext

from golddraht.consent.operations import Passage
from golddraht.consent.rules import MessageClass
from golddraht.conversations.operations import NextTouchRefused, NothingToSay, start_conversation
from golddraht.conversations.operations.entering import enter_concern
from golddraht.conversations.operations.offering import write_offer
from golddraht.conversations.rules import Channel
from golddraht.customers.queries import CustomerLine, customers_named
from golddraht.customers.rules import UnprovenSalutation
from golddraht.ground.citing import cited
from golddraht.ground.text import sort_key
from golddraht.pages.consent.wording import reason_words
from golddraht.pages.conversation.place import UNPROCESSABLE, url_of
from golddraht.pages.conversation.salutation import held, settled
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.entry.forms import EntryForm, WhoForm, WriteFirstForm
from golddraht.pages.entry.who import CannotReach, chosen_customer, line_of, reachable
from golddraht.pages.fields import enclosures_of, sent
from golddraht.pages.refusals import told_in
from golddraht.plumbing import clock
from golddraht.team.queries import teams

MOST_KNOWN = 8


@workspace()
def enter(request: Visit) -> HttpResponse:
    """Keep what a customer said on the phone, at the desk or by letter."""
    at = clock.now()
    form = EntryForm(sent(request), known=_known(request), initial=_initial(request, channel=Channel.PHONE))
    if _is_sent(request) and form.is_valid():
        with told_in(form, NothingToSay, NextTouchRefused, field="promised_at", at=at), transaction.atomic():
            message = enter_concern(
                customer=chosen_customer(form, viewer=request.viewer, at=at),
                channel=Channel(form.cleaned_data["channel"]),
                text=form.cleaned_data["text"],
                subject=form.cleaned_data["subject"],
                promised_at=form.cleaned_data["promised_at"],
                by=request.viewer.membership_id,
                at=at,
            )
            messages.success(request, gettext("Entered. It has an owner and a next touch."))
            return redirect(url_of(request.viewer.tenant_slug, message.conversation.number))
    return _page(request, "entry/enter.html", form)


@workspace()
def write_first(request: Visit) -> HttpResponse:
    """Write to a customer before they have to."""
    at = clock.now()
    form = WriteFirstForm(
        sent(request), request.FILES or None, known=_known(request), teams=teams(), initial=_initial(request)
    )
    waits = None
    if _is_sent(request) and form.is_valid():
        try:
            with told_in(form, NothingToSay, NextTouchRefused, CannotReach, at=at), transaction.atomic():
                message = _written(request, form, at=at)
                if not isinstance(message, Passage):
                    return redirect(url_of(request.viewer.tenant_slug, message.conversation.number))
                form.add_error("message_class", _why_not(message))
        except UnprovenSalutation as refusal:
            waits = held(refusal, request.POST)
    return _page(request, "entry/write_first.html", form, held=waits)


def _written(request: Visit, form: WriteFirstForm, *, at: datetime) -> Any:
    """The message; or what the gate said against it."""
    told = form.cleaned_data
    customer = reachable(chosen_customer(form, viewer=request.viewer, at=at))
    said: dict[str, Any] = {
        "customer": customer,
        "author_id": request.viewer.membership_id,
        "team_id": told["team"],
        "subject": told["subject"],
        "text": settled(request.POST, told["text"], customer=customer, language=customer.language or "de", at=at),
        "enclosures": enclosures_of(told["attached"]),
        "next_touch_at": told["next_touch_at"],
        "at": at,
    }
    message_class = MessageClass(told["message_class"] or MessageClass.SERVICE)
    if message_class is MessageClass.SERVICE:
        return start_conversation(**said)
    return write_offer(message_class=message_class, **said)


def _why_not(passage: Passage) -> str:
    assert passage.verdict.reason is not None, "Only what was refused comes back."
    told = {
        "why": reason_words(passage.verdict.reason),
        "source": cited(passage.verdict.source, get_language() or "en"),
    }
    return gettext("It was not sent, and that is noted. %(why)s (%(source)s)") % told


def _is_sent(request: Visit) -> bool:
    """Whether the form was sent, not only the search for a known customer in it."""
    return request.method == "POST" and "find" not in request.POST


def _page(request: Visit, template: str, form: WhoForm, **more: Any) -> HttpResponse:
    is_refused = _is_sent(request)
    if not is_refused and form.is_bound:
        form.errors.clear()
    values = {"form": form, "words": _words(request)} | more
    return show(request, template, values, nav="inbox", status=UNPROCESSABLE if is_refused else 200)


def _words(request: Visit) -> str:
    return str(request.POST.get("q", request.GET.get("q", ""))).strip()


def _known(request: Visit) -> list[CustomerLine]:
    """Those among whom to choose: who was found by what was typed, and who was chosen already."""
    words = _words(request)
    found = customers_named(viewer=request.viewer, start=sort_key(words)[:100], limit=MOST_KNOWN) if words else []
    chosen = request.POST.get("customer") or request.GET.get("customer") or ""
    if chosen.isdecimal() and int(chosen) not in {line.id for line in found}:
        found = [line_of(viewer=request.viewer, customer_id=int(chosen)), *found]
    return found


def _initial(request: Visit, **more: Any) -> dict[str, Any]:
    known = {name: request.GET.get(name, "") for name in ("customer", "subject", "phone")}
    return known | more
