"""Saying something in a concern: to the customer, to colleagues, to a third party; and what the customer said."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from golddraht.api.concerns import Made, on_concern
from golddraht.api.door import Token, Visitor
from golddraht.api.shapes.conversations import ConcernOut, DraftOut, LeavingOut, MessageOut, NoteOut
from golddraht.api.shapes.fields import IdInPath, NumberInPath
from golddraht.api.shapes.wishes import GoodwillIn, HeardIn, InquiryIn, NoteIn, ReplyIn
from golddraht.conversations.operations import (
    Writing,
    add_note,
    ask_third_party,
    enter_concern,
    grant_goodwill,
    reply,
    send_answer,
    take_back,
)
from golddraht.conversations.queries import drafts_in
from golddraht.conversations.rules import Channel
from golddraht.ground.numbers import spoken
from golddraht.team.rules import Area

router = Router(tags=["conversations"], auth=Token(Area.CONVERSATIONS))


@router.post("/{number}/replies", response={201: MessageOut, 202: LeavingOut})
def answer(request: HttpRequest, number: NumberInPath, said: ReplyIn) -> HttpResponse:
    """Answer the customer in the name of the token's member, now or at a moment of your choice."""

    def act(one: Any, by: Visitor) -> Made | MessageOut:
        if said.send_at is not None:
            return Made(202, _sent_later(one, by, said))
        files = tuple(file.enclosed() for file in said.attachments)
        plain = said.model_dump(exclude={"attachments", "text", "send_at"})
        message = reply(conversation_id=one.pk, author_id=by.me, text=said.text, enclosures=files, at=by.at, **plain)
        return MessageOut(conversation=spoken(message.conversation.number), message_id=message.pk)

    return on_concern(request, number, act, status=201)


def _sent_later(one: Any, by: Visitor, said: ReplyIn) -> LeavingOut:
    told = said.model_dump(exclude={"attachments", "send_at", "recipients"})
    recipients = tuple(said.recipients) if said.recipients is not None else None
    sent = send_answer(
        conversation_id=one.pk,
        author_id=by.me,
        writing=Writing(recipients=recipients, **told),
        enclosures=tuple(file.enclosed() for file in said.attachments),
        send_at=said.send_at,
        is_apart=True,
        at=by.at,
    )
    waiting = drafts_in(viewer=by.viewer, conversation_id=one.pk)
    return LeavingOut.of(one.number, next(draft for draft in waiting if draft.id == sent.draft_id))


@router.post("/{number}/leaving/{draft_id}/take-back", response=DraftOut)
def bring_back(request: HttpRequest, number: NumberInPath, draft_id: IdInPath) -> HttpResponse:
    """An answer that waits does not leave: it is a draft of its writer again. 409 when it has left already."""

    def act(one: Any, by: Visitor) -> DraftOut:
        draft = take_back(conversation_id=one.pk, draft_id=draft_id, at=by.at)
        return DraftOut(conversation=spoken(one.number), draft_id=draft.pk, text=draft.text)

    return on_concern(request, number, act)


@router.post("/{number}/notes", response={201: NoteOut})
def note(request: HttpRequest, number: NumberInPath, noted: NoteIn) -> HttpResponse:
    """Something for colleagues; the customer never sees it."""

    def act(one: Any, by: Visitor) -> NoteOut:
        kept = add_note(conversation_id=one.pk, by=by.me, text=noted.text, at=by.at)
        return NoteOut(conversation=spoken(one.number), note_id=kept.pk)

    return on_concern(request, number, act, status=201)


@router.post("/{number}/heard", response={201: MessageOut})
def heard(request: HttpRequest, number: NumberInPath, told: HeardIn) -> HttpResponse:
    """The customer called, came by or wrote a letter about this concern."""

    def act(one: Any, by: Visitor) -> MessageOut:
        message = enter_concern(
            customer=one.customer,
            channel=Channel(told.channel),
            text=told.text,
            subject=one.subject,
            promised_at=told.promised_at,
            conversation=one,
            by=by.me,
            at=by.at,
        )
        return MessageOut(conversation=spoken(message.conversation.number), message_id=message.pk)

    return on_concern(request, number, act, status=201)


@router.post("/{number}/inquiries", response={201: ConcernOut})
def ask(request: HttpRequest, number: NumberInPath, question: InquiryIn) -> HttpResponse:
    """Ask carrier, workshop or accounts by mail, with a time by which you need the answer. The customer does not see it."""

    def act(one: Any, by: Visitor) -> None:
        ask_third_party(conversation_id=one.pk, by=by.me, at=by.at, **question.model_dump())

    return on_concern(request, number, act, status=201)


@router.post("/{number}/goodwill", response={201: ConcernOut})
def goodwill(request: HttpRequest, number: NumberInPath, granted: GoodwillIn) -> HttpResponse:
    """Put it right, up to what the token's member may grant."""

    def act(one: Any, by: Visitor) -> None:
        grant_goodwill(conversation_id=one.pk, by=by.me, at=by.at, **granted.model_dump())

    return on_concern(request, number, act, status=201)
