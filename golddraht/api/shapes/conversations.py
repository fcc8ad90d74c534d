"""Conversations over the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from golddraht.api.shapes import samples
from golddraht.api.shapes.fields import example
from golddraht.channels.queries.authenticity import SenderJudged
from golddraht.conversations.queries import Case, Concern, DraftKept, Enclosed, Noted, Recipient, Row, Said, ThreadEntry
from golddraht.ground.numbers import spoken


class ConversationOut(Schema):
    """A concern in a list. `number` is the one people say, with its check digit."""

    number: str
    customer_id: int
    customer_name: str
    subject: str
    preview: str
    status: str
    priority: str
    tags: list[str]
    owner_name: str
    latest_at: datetime
    next_touch_at: datetime | None
    is_unread: bool
    is_escalated: bool

    @staticmethod
    def of(row: Row) -> ConversationOut:
        names = ConversationOut.model_fields.keys() - {"number", "tags"}
        return ConversationOut(number=row.spoken, tags=list(row.tags), **{name: getattr(row, name) for name in names})


class Conversations(Schema):
    """A page; `next` is the cursor of the following one, null on the last."""

    conversations: list[ConversationOut]
    next: str | None
    model_config = example(conversations=[samples.ROW], next="2026-11-30T08:12:00+00:00_41")


class FileOut(Schema):
    """A file of a message; its content is at /api/v1/attachments/{id}."""

    id: int
    name: str
    content_type: str
    size: int

    @staticmethod
    def of(file: Enclosed) -> FileOut:
        return FileOut(id=file.id, name=file.name, content_type=file.content_type, size=file.size)


class Entry(Schema):
    """Something in the thread: a message, an internal note, or a milestone (`text` names what happened)."""

    kind: Literal["message", "note", "milestone"]
    id: int
    at: datetime
    author_name: str
    text: str
    direction: str = ""
    channel: str = ""
    subject: str = ""
    automatic: bool = False
    to_third_party: bool = False
    attachments: list[FileOut] = []
    # Whether a mail comes from whom it says: pass, fail, none or unknown; empty where nobody has looked.
    sender_proof: str = ""
    # What to mind about its sender, as sentences.
    doubts: list[str] = []

    @staticmethod
    def of(entry: ThreadEntry, judged: SenderJudged | None = None) -> Entry:
        if isinstance(entry, Said):
            return _said(entry, judged)
        if isinstance(entry, Noted):
            return Entry(kind="note", id=entry.id, at=entry.at, author_name=entry.author_name, text=entry.text)
        return Entry(kind="milestone", id=entry.id, at=entry.at, author_name=entry.by_name, text=entry.happening)


def _said(said: Said, judged: SenderJudged | None) -> Entry:
    return Entry(
        kind="message",
        id=said.id,
        at=said.at,
        author_name=said.author_name,
        text=said.text,
        direction=said.direction,
        channel=said.channel,
        subject=said.subject,
        automatic=bool(said.automatic),
        to_third_party=said.inquiry_id is not None,
        attachments=[FileOut.of(file) for file in said.attachments],
        sender_proof=judged.result if judged else "",
        doubts=list(judged.warnings) if judged else [],
    )


class RecipientOut(Schema):
    """Somebody who takes part by mail; an answer goes to those who are kept unless you say otherwise."""

    address: str
    name: str
    is_kept: bool
    is_reachable: bool

    @staticmethod
    def of(one: Recipient) -> RecipientOut:
        return RecipientOut(address=one.address, name=one.name, is_kept=one.is_kept, is_reachable=one.is_reachable)


class SolutionOut(Schema):
    """The latest question whether it is solved, and what the customer said to it."""

    id: int
    answer: str
    proposed_at: datetime
    proposed_by: str
    objection: str


class InquiryOut(Schema):
    """A question to a third party; the customer does not see it."""

    id: int
    asked: str
    subject: str
    due_at: datetime
    answered_at: datetime | None


class LinkedOut(Schema):
    """A concern that has to do with this one."""

    link_id: int | None
    relation: str
    number: str
    subject: str
    status: str
    latest_at: datetime

    @staticmethod
    def of(one: Concern) -> LinkedOut:
        return LinkedOut(
            link_id=one.link_id,
            relation=one.relation,
            number=one.spoken,
            subject=one.subject,
            status=one.status,
            latest_at=one.latest_at,
        )


class MoveOut(Schema):
    """A merge or a split that can still be undone; `other` is the number of the other concern."""

    move_id: int
    kind: str
    other: str
    at: datetime


class ConcernOut(Schema):
    """A concern as it is now, without what was said in it."""

    number: str
    subject: str
    status: str
    language: str
    priority: str
    tags: list[str]
    customer_id: int
    customer_name: str
    owner_id: int | None
    owner_name: str
    team_id: int
    team_name: str
    next_touch_at: datetime | None
    created_at: datetime
    quiet_reason: str
    merged_into: str = Field(
        description="The number of the concern that goes on; empty for one that stands for itself."
    )
    recipients: list[RecipientOut]
    solution: SolutionOut | None
    goodwill_cents: int
    inquiries: list[InquiryOut]
    linked: list[LinkedOut]
    moves: list[MoveOut]
    model_config = example(**samples.CONCERN)


def state_of(found: Any, case: Case, circle: list[Recipient]) -> dict[str, Any]:
    """The values of a ConcernOut."""
    return {
        "number": spoken(found.number),
        "customer_name": found.customer.name,
        "owner_name": found.owner.name if found.owner else "",
        "team_name": found.team.name if found.team else "",
        "tags": list(found.tags),
        "merged_into": case.merged_into,
        "recipients": [RecipientOut.of(one) for one in circle],
        "solution": _alike(SolutionOut, case.solution) if case.solution else None,
        "goodwill_cents": case.goodwill_cents,
        "inquiries": [_alike(InquiryOut, one) for one in case.inquiries],
        "linked": [LinkedOut.of(one) for one in case.linked],
        "moves": [_alike(MoveOut, one) for one in case.undoable],
    } | {name: getattr(found, name) for name in _AS_IT_IS}


_AS_IT_IS = (
    "subject", "status", "language", "priority", "customer_id", "owner_id", "team_id", "next_touch_at", "created_at",
    "quiet_reason",
)  # fmt: skip


def _alike(shape: type[Schema], row: Any) -> Any:
    return shape(**{name: getattr(row, name) for name in shape.model_fields})


class LeavingOut(Schema):
    """An answer that leaves at that moment, unless it is taken back or the customer writes before."""

    conversation: str
    draft_id: int
    leaves_at: datetime
    author_name: str
    text: str
    model_config = example(
        conversation="10427-7",
        draft_id=8,
        leaves_at="2026-11-30T08:00:00+00:00",
        author_name="Nina Aigner",
        text="Guten Morgen, die Technikerin ist unterwegs.",
    )

    @staticmethod
    def of(number: int, draft: DraftKept) -> LeavingOut:
        assert draft.leaves_at is not None
        return LeavingOut(
            conversation=spoken(number),
            draft_id=draft.id,
            leaves_at=draft.leaves_at,
            author_name=draft.member_name,
            text=draft.text,
        )


class DraftOut(Schema):
    """What was taken back: a draft of its writer again."""

    conversation: str
    draft_id: int
    text: str
    model_config = example(conversation="10427-7", draft_id=8, text="Guten Morgen, die Technikerin ist unterwegs.")


class ConversationWithThread(ConcernOut):
    """A concern with everything that was said, noted and done in it, the oldest first."""

    thread: list[Entry]
    # Answers that were sent and have not left.
    leaving: list[LeavingOut]
    model_config = example(thread=[samples.MESSAGE], leaving=[], **samples.CONCERN)


class CountOut(Schema):
    """How many were changed."""

    changed: int
    model_config = example(changed=2)


class MessageOut(Schema):
    conversation: str
    message_id: int
    model_config = example(conversation="10427-7", message_id=4711)


class NoteOut(Schema):
    conversation: str
    note_id: int
    model_config = example(conversation="10427-7", note_id=12)


class EscalationOut(Schema):
    """A next touch that passed; the lead was told of it and nobody has taken it yet."""

    id: int
    conversation: str
    subject: str
    customer_name: str
    owner_name: str
    lead_name: str
    missed_at: datetime
    at: datetime


class Escalations(Schema):
    escalations: list[EscalationOut]
    model_config = example(escalations=[samples.ESCALATION])
