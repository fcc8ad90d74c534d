"""Conversations: listing, reading, answering, noting, entering."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from golddraht.api.customers import customer_of
from golddraht.api.door import Visitor, reading, writing
from golddraht.api.problems import Problem
from golddraht.api.shapes import (
    ConcernIn,
    ConversationOut,
    Conversations,
    ConversationWithThread,
    Entry,
    MessageOut,
    NoteIn,
    NoteOut,
    RecipientOut,
    ReplyIn,
)
from golddraht.channels.queries.authenticity import senders_judged
from golddraht.conversations.operations import Words, add_note, enter_concern, receive_message, reply
from golddraht.conversations.queries import (
    NoSuchConversation,
    Place,
    Said,
    circle_of,
    conversation_for,
    inbox,
    thread_of,
)
from golddraht.conversations.rules import Channel
from golddraht.ground.language import language_of
from golddraht.ground.numbers import read_number, spoken
from golddraht.ground.text import one_line

router = Router(tags=["conversations"])


@router.get("", response=Conversations)
def list_conversations(
    request: HttpRequest,
    place: Place = Place.ALL,
    cursor: str | None = None,
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
) -> Conversations:
    """A page of a place, in its order. `cursor` is the `next` of the page before."""
    with reading(request) as visitor:
        page = inbox(viewer=visitor.viewer, place=place, at=visitor.at, limit=limit, before=cursor)
        return Conversations(conversations=[ConversationOut.of(row) for row in page.rows], next=page.next_before)


@router.get("/{number}", response=ConversationWithThread)
def read_conversation(request: HttpRequest, number: str) -> ConversationWithThread:
    """One concern with everything that was said, noted and done, the oldest first. Reading it is noted."""
    with reading(request) as visitor:
        found = _found(visitor, number)
        visitor.seen.append(("customers_customer", found.customer_id))
        entries = thread_of(viewer=visitor.viewer, number=found.number)
        judged = senders_judged(entry.id for entry in entries if isinstance(entry, Said))
        thread = [Entry.of(one, judged.get(one.id) if isinstance(one, Said) else None) for one in entries]
        return _with_thread(found, thread)


def _with_thread(found: Any, thread: list[Entry]) -> ConversationWithThread:
    return ConversationWithThread(
        number=spoken(found.number),
        subject=found.subject,
        status=found.status,
        language=found.language,
        priority=found.priority,
        tags=list(found.tags),
        customer_id=found.customer_id,
        customer_name=found.customer.name,
        owner_name=found.owner.name if found.owner else "",
        team_name=found.team.name if found.team else "",
        next_touch_at=found.next_touch_at,
        created_at=found.created_at,
        recipients=[RecipientOut.of(one) for one in circle_of(found)],
        thread=thread,
    )


def _found(visitor: Visitor, number: str) -> Any:
    """By the number people say. Raises NoSuchConversation."""
    plain = read_number(number)
    if plain is None:
        raise NoSuchConversation(number)
    return conversation_for(viewer=visitor.viewer, number=plain)


@router.post("/{number}/replies", response={201: MessageOut})
def answer(request: HttpRequest, number: str, said: ReplyIn) -> HttpResponse:
    """Answer the customer in the name of the token's member."""

    def act(visitor: Visitor) -> tuple[int, MessageOut]:
        message = reply(
            conversation_id=_found(visitor, number).pk,
            author_id=visitor.viewer.membership_id,
            text=said.text,
            next_touch_at=said.next_touch_at,
            still_ours=said.still_ours,
            seen_message_id=said.seen_message_id,
            recipients=said.recipients,
            at=visitor.at,
        )
        return 201, MessageOut(conversation=spoken(message.conversation.number), message_id=message.pk)

    return writing(request, act)


@router.post("/{number}/notes", response={201: NoteOut})
def note(request: HttpRequest, number: str, noted: NoteIn) -> HttpResponse:
    """Something for colleagues; the customer never sees it."""

    def act(visitor: Visitor) -> tuple[int, NoteOut]:
        found = _found(visitor, number)
        kept = add_note(conversation_id=found.pk, by=visitor.viewer.membership_id, text=noted.text, at=visitor.at)
        return 201, NoteOut(conversation=spoken(found.number), note_id=kept.pk)

    return writing(request, act)


@router.post("", response={201: MessageOut})
def enter(request: HttpRequest, concern: ConcernIn) -> HttpResponse:
    """A new concern. It has an owner, a next touch and a promised answer when this returns."""

    def act(visitor: Visitor) -> tuple[int, MessageOut]:
        if not concern.text.strip():
            raise Problem(422, "There is nothing to say.")
        customer = customer_of(concern.customer, at=visitor.at)
        message = _from_form(customer, concern, visitor) if concern.channel == "FORM" else None
        message = message or enter_concern(
            customer=customer,
            channel=Channel(concern.channel),
            text=concern.text,
            subject=concern.subject or one_line(concern.text, 80),
            by=visitor.viewer.membership_id,
            at=visitor.at,
        )
        return 201, MessageOut(conversation=spoken(message.conversation.number), message_id=message.pk)

    return writing(request, act)


def _from_form(customer: Any, concern: ConcernIn, visitor: Visitor) -> Any:
    """As if it had come by mail, so that the customer gets a receipt and can answer it."""
    words = Words(
        channel=Channel.EMAIL,
        text=concern.text,
        subject=concern.subject or one_line(concern.text, 80),
        language=customer.language or language_of(concern.text) or "",
        author_name=concern.customer.name,
    )
    return receive_message(customer=customer, words=words, at=visitor.at)
