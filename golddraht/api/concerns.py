"""What every act on one concern has in common: it is found by its number, guarded by If-Match, done once, and shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from golddraht.api.door import Visitor, refuse_if_changed, writing
from golddraht.api.shapes.conversations import ConcernOut, ConversationWithThread, Entry, LeavingOut, state_of
from golddraht.channels.queries.authenticity import senders_judged
from golddraht.conversations.operations.reopening import locked
from golddraht.conversations.queries import (
    NoSuchConversation,
    Said,
    case_of,
    circle_of,
    conversation_for,
    drafts_in,
    thread_of,
)
from golddraht.ground.numbers import read_number

Act = Callable[[Any, Visitor], object]


class Made(NamedTuple):
    """What an act is answered with."""

    status: int
    shape: Schema


def found(visitor: Visitor, number: str) -> Any:
    """The concern by the number people say; looking at its customer is noted. Raises NoSuchConversation."""
    plain = read_number(number)
    if plain is None:
        raise NoSuchConversation(number)
    conversation = conversation_for(viewer=visitor.viewer, number=plain)
    visitor.sees_customer(conversation.customer_id)
    return conversation


def shown(visitor: Visitor, conversation: Any) -> ConcernOut:
    """The concern as it is now."""
    case = case_of(viewer=visitor.viewer, number=conversation.number)
    return ConcernOut(**state_of(conversation, case, circle_of(conversation)))


def with_thread(visitor: Visitor, conversation: Any) -> ConversationWithThread:
    """The same with everything that was said, noted and done."""
    entries = thread_of(viewer=visitor.viewer, number=conversation.number)
    judged = senders_judged(entry.id for entry in entries if isinstance(entry, Said))
    thread = [Entry.of(one, judged.get(one.id) if isinstance(one, Said) else None) for one in entries]
    case = case_of(viewer=visitor.viewer, number=conversation.number)
    drafts = drafts_in(viewer=visitor.viewer, conversation_id=conversation.pk)
    leaving = [LeavingOut.of(conversation.number, one) for one in drafts if one.leaves_at]
    return ConversationWithThread(
        thread=thread, leaving=leaving, **state_of(conversation, case, circle_of(conversation))
    )


def on_concern(request: HttpRequest, number: str, act: Act, *, status: int = 200) -> HttpResponse:
    """Do `act` to the concern of that number and answer with the concern as it is then.

    An act that gives a shape, perhaps with a status of its own, is answered with that instead.
    """

    def do(visitor: Visitor) -> tuple[int, Schema]:
        conversation = found(visitor, number)
        if "If-Match" in request.headers:
            locked(conversation.pk)
            refuse_if_changed(request, lambda: with_thread(visitor, found(visitor, number)))
        made = act(conversation, visitor)
        if isinstance(made, Made):
            return made
        return status, made if isinstance(made, Schema) else shown(visitor, found(visitor, number))

    return writing(request, do)
