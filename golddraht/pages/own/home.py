"""My concerns and promises: what is open and what was, who cares, when the next word is due, and how our promises stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from golddraht.access.queries import OwnConcern, own_concerns, own_promises
from golddraht.commerce.queries import known_of_customer
from golddraht.conversations.rules import Status
from golddraht.ground.numbers import spoken
from golddraht.pages.customers.orders import orders_shown
from golddraht.pages.own.door import OwnVisit, inside, shown, visitor_of
from golddraht.pages.own.wording import greeting_of
from golddraht.pages.portal.matter import PURPOSE
from golddraht.pages.portal.showing import Care, care_of
from golddraht.plumbing.links import token_for
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.promises.queries import PromiseCard

ICONS = {
    "open": "clock",
    "soon": "clock",
    "danger": "alert",
    "late": "alert",
    "broken": "x",
    "kept": "check-circle",
    "changed": "handshake",
    "waived": "check",
}


@dataclass(frozen=True)
class PromiseShown:
    """A promise in words and with a picture; `choice_url` is where the customer chooses how we go on."""

    title: str
    when_text: str
    state: str
    state_text: str
    icon: str
    choice_url: str = ""


@dataclass(frozen=True)
class ConcernShown:
    number: str
    subject: str
    state_text: str
    is_over: bool
    care: Care
    when: datetime
    promises: list[PromiseShown]
    url: str


@require_safe
@inside
def home(request: OwnVisit) -> HttpResponse:
    visitor, at = visitor_of(request), request.at
    concerns = [_concern(one, at) for one in own_concerns(visitor=visitor, at=at)]
    values = {
        "greeting": greeting_of(visitor, request.language),
        "open": [one for one in concerns if not one.is_over],
        "over": [one for one in concerns if one.is_over],
        "promises": [promise_shown(one) for one in own_promises(visitor=visitor, at=at)],
        "outside": orders_shown(known_of_customer(customer_id=visitor.customer_id), at=at)
        if visitor.sees_everything
        else None,
        "has_written": "written" in request.GET,
    }
    return shown(request, "home.html", values, here="own_page")


def _concern(one: OwnConcern, at: datetime) -> ConcernShown:
    conversation = one.conversation
    token = token_for(PURPOSE, tenant_id=current_tenant_id(), id_=conversation.pk)
    return ConcernShown(
        number=spoken(conversation.number),
        subject=conversation.subject,
        state_text=_state_text(conversation, at),
        is_over=conversation.status in (Status.SOLVED, Status.QUIET),
        care=care_of(conversation, at=at),
        when=conversation.latest_at,
        promises=[promise_shown(promise) for promise in one.promises],
        url=reverse("portal_matter", args=[token]),
    )


def promise_shown(card: PromiseCard) -> PromiseShown:
    url = ""
    if card.state == "danger":
        url = reverse("portal_choice", args=[token_for("promise", tenant_id=current_tenant_id(), id_=card.id)])
    return PromiseShown(card.title, card.when_text, card.state, card.state_text, ICONS[card.state], url)


def _state_text(conversation: Any, at: datetime) -> str:
    if conversation.status == Status.OPEN and conversation.next_touch_at <= at:
        return gettext("we are late with our answer")
    words = {
        Status.OPEN: gettext("we are working on it"),
        Status.WAITING: gettext("answered, your turn if something is missing"),
        Status.PROPOSED: gettext("solved? We have asked you"),
        Status.SOLVED: gettext("solved"),
    }
    return words.get(conversation.status, gettext("at rest"))
