"""Conversations: listing, reading, entering a new one, writing first."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from golddraht.api.concerns import found, on_concern, with_thread
from golddraht.api.customers import customer_of
from golddraht.api.door import Token, Visitor, answered, reading, writing
from golddraht.api.problems import Problem
from golddraht.api.shapes.consents import MayNotLeaveOut
from golddraht.api.shapes.conversations import (
    ConcernOut,
    ConversationOut,
    Conversations,
    ConversationWithThread,
    MessageOut,
)
from golddraht.api.shapes.fields import Cursor, NumberInPath
from golddraht.api.shapes.promises import PromiseCardOut, PromiseCards
from golddraht.api.shapes.wishes import ConcernIn, FirstWordsIn
from golddraht.consent.operations import Passage
from golddraht.consent.rules import MessageClass
from golddraht.conversations.operations import (
    Words,
    enter_concern,
    note_read,
    receive_message,
    start_conversation,
)
from golddraht.conversations.operations.offering import write_offer
from golddraht.conversations.queries import Place, inbox
from golddraht.conversations.rules import Channel
from golddraht.customers.queries import mail_address_of
from golddraht.ground.addresses import folded_address
from golddraht.ground.language import language_of
from golddraht.ground.numbers import spoken
from golddraht.ground.text import one_line
from golddraht.promises.queries import promises_of_conversation
from golddraht.team.queries import default_team, team_named
from golddraht.team.rules import Area

router = Router(tags=["conversations"], auth=Token(Area.CONVERSATIONS))


@router.get("", response=Conversations)
def list_conversations(
    request: HttpRequest,
    place: Place = Place.ALL,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Conversations:
    """A page of a place, in its order. `cursor` is the `next` of the page before."""
    with reading(request) as visitor:
        page = inbox(viewer=visitor.viewer, place=place, at=visitor.at, limit=limit, before=cursor)
        return Conversations(conversations=[ConversationOut.of(row) for row in page.rows], next=page.next_before)


@router.post("/first-words", response={201: MessageOut})
def write_first(request: HttpRequest, words: FirstWordsIn) -> HttpResponse:
    """Write to a customer before they have to. What is no service passes the gate, says below how to end it, and is refused (422,
    `may-not-leave`) and noted where they have not allowed it."""

    def act(visitor: Visitor) -> tuple[int, MessageOut | MayNotLeaveOut]:
        customer = customer_of(words.customer, at=visitor.at)
        if mail_address_of(customer_id=customer.pk) is None:
            raise Problem(422, "cannot-reach", "There is no e-mail address that reaches this customer.")
        message = _first_words(visitor, customer, words)
        if isinstance(message, Passage):
            return 422, MayNotLeaveOut.of(message.verdict)
        return 201, MessageOut(conversation=spoken(message.conversation.number), message_id=message.pk)

    return writing(request, act)


def _first_words(visitor: Visitor, customer: Any, words: FirstWordsIn) -> Any:
    """The message; or what the gate said against one that is no service, which is noted and stays so."""
    said: dict[str, Any] = {
        "customer": customer,
        "author_id": visitor.me,
        "team_id": (team_named(words.team_id) if words.team_id else default_team()).pk,
        "subject": words.subject,
        "text": words.text,
        "enclosures": tuple(file.enclosed() for file in words.attachments),
        "next_touch_at": words.next_touch_at,
        "at": visitor.at,
    }
    if words.message_class is MessageClass.SERVICE:
        return start_conversation(**said)
    return write_offer(message_class=words.message_class, **said)


@router.get("/{number}", response=ConversationWithThread)
def read_conversation(request: HttpRequest, number: NumberInPath) -> HttpResponse:
    """One concern with everything that was said, noted and done, the oldest first. Reading it is noted."""
    with reading(request) as visitor:
        return answered(request, with_thread(visitor, found(visitor, number)))


@router.put("/{number}/read", response=ConcernOut)
def mark_read(request: HttpRequest, number: NumberInPath) -> HttpResponse:
    """The member of the token has read it up to now."""
    return on_concern(request, number, lambda one, by: note_read(conversation_id=one.pk, member_id=by.me, at=by.at))


@router.get("/{number}/promises", response=PromiseCards)
def promises_in(request: HttpRequest, number: NumberInPath) -> PromiseCards:
    """What was promised in this concern, the next due first, settled ones last."""
    with reading(request) as visitor:
        cards = promises_of_conversation(conversation_id=found(visitor, number).pk, at=visitor.at)
        return PromiseCards(promises=[PromiseCardOut.of(card) for card in cards])


@router.post("", response={201: MessageOut})
def enter(request: HttpRequest, concern: ConcernIn) -> HttpResponse:
    """A new concern. It has an owner, a next touch and a promised answer when this returns."""

    def act(visitor: Visitor) -> tuple[int, MessageOut]:
        if not concern.text.strip():
            raise Problem(422, "nothing-to-say", "There is nothing to say.")
        customer = customer_of(concern.customer, at=visitor.at)
        write = _from_form if concern.channel == "FORM" else _by_hand
        message = write(customer, concern, visitor)
        return 201, MessageOut(conversation=spoken(message.conversation.number), message_id=message.pk)

    return writing(request, act)


def _by_hand(customer: Any, concern: ConcernIn, visitor: Visitor) -> Any:
    return enter_concern(
        customer=customer,
        channel=Channel(concern.channel),
        text=concern.text,
        subject=concern.subject or one_line(concern.text, 80),
        promised_at=concern.promised_at,
        by=visitor.me,
        at=visitor.at,
    )


def _from_form(customer: Any, concern: ConcernIn, visitor: Visitor) -> Any:
    """As if it had come by mail, so that the customer gets a receipt and can answer it."""
    words = Words(
        channel=Channel.EMAIL,
        text=concern.text,
        subject=concern.subject or one_line(concern.text, 80),
        language=customer.language or language_of(concern.text) or "",
        author_name=concern.customer.name,
        sender=folded_address(concern.customer.email or ""),
        enclosures=tuple(file.enclosed() for file in concern.attachments),
    )
    return receive_message(customer=customer, words=words, at=visitor.at)
