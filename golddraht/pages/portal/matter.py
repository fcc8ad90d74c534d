"""The customer's own view of their matter: what was said and promised, a place to add something, and a call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from golddraht.commerce.queries import known_of_concern
from golddraht.conversations.operations import Words, receive_message
from golddraht.conversations.queries import quiet_reason_for
from golddraht.conversations.queries.own_matter import Said, said_in
from golddraht.conversations.rules import Channel, Status
from golddraht.ground.numbers import spoken
from golddraht.ground.text import without_control
from golddraht.pages import shown
from golddraht.pages.customers.orders import OrdersShown, orders_shown
from golddraht.pages.doors import signed
from golddraht.pages.portal import enclosed
from golddraht.pages.portal.forms import CallForm, MessageForm
from golddraht.pages.portal.showing import care_of, is_flooded, own_matter_of, shown_to_customer, slow_down, told_to
from golddraht.pages.portal.slots import Slot, next_slots
from golddraht.plumbing import clock
from golddraht.plumbing.links import token_for
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.promises.operations.making import make_promise
from golddraht.promises.queries import PromiseCard, kept_rate, promises_of_conversation
from golddraht.promises.rules import Kind
from golddraht.team.queries import calendar_of, current_tenant, lead_on_duty

PURPOSE = "conversation"
VALID_FOR = timedelta(days=90)
KEPT_SINCE = timedelta(days=90)
FEWEST_PROMISES = 20
"""Below so many a share says nothing about us."""


@dataclass(frozen=True)
class FileShown:
    name: str
    size_text: str
    url: str


@dataclass(frozen=True)
class Utterance:
    """A message as message.html takes it."""

    id: int
    author_name: str
    when: datetime
    text: str
    way_text: str
    is_outgoing: bool
    is_automatic: bool
    attachments: list[FileShown]


@dataclass(frozen=True)
class Promised:
    title: str
    when_text: str
    state: str
    state_text: str
    owner_name: str
    choice_url: str = ""


@dataclass(frozen=True)
class Matter:
    number: str
    subject: str
    state_text: str
    promises: list[Promised]
    kept_text: str
    thread: list[Utterance]
    call_text: str
    outside: OrdersShown


@dataclass(frozen=True)
class Onlooker:
    """Somebody outside, for whom only the tenant is known."""

    tenant_id: int


@require_http_methods(["GET", "HEAD", "POST"])
@signed(PURPOSE, within=VALID_FOR)
def matter(request: HttpRequest, conversation_id: int) -> HttpResponse:
    at = clock.now()
    conversation = own_matter_of(conversation_id)
    with told_to(conversation.language, conversation.team.zone):
        slots = next_slots(calendar_of(conversation.team), at=at)
        act = request.POST.get("act") if request.method == "POST" else None
        message_form = MessageForm(request.POST if act == "write" else None)
        call_form = CallForm(request.POST if act == "call" else None, slots=_choices(slots, at=at))
        if act == "write" and _wrote(message_form, conversation, at=at):
            return redirect(f"{request.path}#write")
        if act == "call" and _asked_for_call(call_form, conversation, slots, at=at):
            return redirect(f"{request.path}#call")
        values = {
            "matter": _matter(conversation, at=at),
            "message_form": message_form,
            "call_form": call_form,
            "care": care_of(conversation, at=at),
        }
        return shown_to_customer(request, "matter.html", values, status=422 if request.method == "POST" else 200)


def _wrote(form: MessageForm, conversation: Any, *, at: datetime) -> bool:
    if not form.is_valid():
        return False
    said = said_in(conversation)
    text = without_control(form.cleaned_data["text"]).strip()
    if _is_said_already(said, text, at=at):
        return True
    if is_flooded(conversation, at=at):
        form.add_error(None, slow_down())
        return False
    reason = quiet_reason_for(customer_id=conversation.customer_id, text=text, conversation=conversation)
    words = Words(
        channel=Channel.EMAIL,
        text=text,
        subject=conversation.subject,
        language=conversation.language,
        quiet_reason=reason,
        written_at=at,
    )
    receive_message(customer=conversation.customer, conversation=conversation, words=words, at=at)
    return True


def _is_said_already(said: list[Said], text: str, *, at: datetime) -> bool:
    """A second click on “send” says nothing new."""
    latest = next((message for message in reversed(said) if not message.is_ours), None)
    return latest is not None and latest.text == text and at - latest.at < timedelta(minutes=10)


def _asked_for_call(form: CallForm, conversation: Any, slots: list[Slot], *, at: datetime) -> bool:
    if _call_text(promises_of_conversation(conversation_id=conversation.pk, at=at)):
        return True
    if not form.is_valid():
        return False
    slot = next(slot for slot in slots if slot.key == form.cleaned_data["slot"])
    what = gettext("Call back on %(number)s") % {"number": form.cleaned_data["number"]}
    if not conversation.is_live():
        conversation = _taken_up_again(conversation, what, at=at)
    make_promise(
        customer_id=conversation.customer_id,
        conversation_id=conversation.pk,
        owner_id=_caller(conversation, at=at),
        kind=Kind.CALLBACK,
        what=what,
        starts_at=slot.starts_at if slot.starts_at > at else None,
        due_at=slot.ends_at,
        by=None,
        at=at,
    )
    return True


def _taken_up_again(conversation: Any, text: str, *, at: datetime) -> Any:
    """What was at rest is open again, or goes on in a linked concern: there somebody sees a call that is forgotten."""
    words = Words(channel=Channel.EMAIL, text=text, subject=conversation.subject, language=conversation.language)
    return receive_message(customer=conversation.customer, conversation=conversation, words=words, at=at).conversation


def _caller(conversation: Any, *, at: datetime) -> int:
    """Who cares, as long as they work here, else the lead on duty."""
    owner = conversation.owner
    return int(owner.pk) if owner and owner.active else lead_on_duty(team=conversation.team, at=at)


def _choices(slots: list[Slot], *, at: datetime) -> list[tuple[str, str]]:
    return [(slot.key, shown.window(slot.starts_at, slot.ends_at, at)) for slot in slots]


def _matter(conversation: Any, *, at: datetime) -> Matter:
    cards, company = promises_of_conversation(conversation_id=conversation.pk, at=at), current_tenant().name
    return Matter(
        number=spoken(conversation.number),
        subject=conversation.subject,
        state_text=_state_text(conversation, at=at),
        promises=[_promised(card) for card in cards],
        kept_text=_kept_text(at=at),
        thread=[_utterance(said, company) for said in said_in(conversation)],
        call_text=_call_text(cards),
        outside=orders_shown(known_of_concern(conversation_id=conversation.pk), at=at),
    )


def _state_text(conversation: Any, *, at: datetime) -> str:
    if conversation.status == Status.SOLVED:
        return gettext("This matter is solved. If it comes back, write to us here and we take it up again.")
    if conversation.status == Status.WAITING:
        return gettext("We have answered. If something is missing, write to us here.")
    if conversation.status == Status.PROPOSED:
        return gettext("We believe that it is solved and have asked you by e-mail whether that is right.")
    if conversation.status == Status.OPEN and conversation.next_touch_at <= at:
        return gettext("We wanted to be in touch by now. We are sorry; your matter comes first.")
    if conversation.status == Status.OPEN:
        return gettext("We are working on it.")
    return gettext("If you need anything, write to us here.")


def _promised(card: PromiseCard) -> Promised:
    is_in_danger = card.state == "danger"
    url = f"/k/wahl/{token_for('promise', tenant_id=current_tenant_id(), id_=card.id)}/" if is_in_danger else ""
    state = "soon" if is_in_danger else card.state
    return Promised(card.title, card.when_text, state, card.state_text, card.owner_name, url)


def _kept_text(*, at: datetime) -> str:
    rate = kept_rate(viewer=Onlooker(current_tenant_id()), since=at - KEPT_SINCE, until=at)  # type: ignore[arg-type]  # It asks for the tenant only.
    settled = rate.kept + rate.broken
    if settled < FEWEST_PROMISES:
        return ""
    said = gettext("Of our last %(settled)s promises to our customers we kept %(kept)s.")
    return said % {"settled": settled, "kept": rate.kept}


def _utterance(said: Said, company: str) -> Utterance:
    return Utterance(
        id=said.id,
        author_name=_author(said, company),
        when=said.at,
        text=said.text,
        way_text=shown.channel_name(said.channel),
        is_outgoing=not said.is_ours,
        is_automatic=said.is_automatic,
        attachments=[FileShown(file.name, shown.size(file.size), enclosed.url_of(file)) for file in said.files],
    )


def _author(said: Said, company: str) -> str:
    return (said.author_name or company) if said.is_ours else gettext("You")


def _call_text(cards: list[PromiseCard]) -> str:
    """What was agreed about a call, while one is still open."""
    call = next((card for card in cards if card.kind is Kind.CALLBACK and card.state in {"open", "soon"}), None)
    if call is None:
        return ""
    said = gettext("We call you: %(when)s. %(name)s has it in the calendar.")
    return said % {"when": call.when_text, "name": call.owner_name}
