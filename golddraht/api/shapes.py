"""What goes over the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from golddraht.channels.queries.authenticity import SenderJudged
from golddraht.conversations.queries import Noted, Recipient, Row, Said, ThreadEntry
from golddraht.customers.queries import CustomerLine
from golddraht.ground.numbers import spoken
from golddraht.promises.queries import PromiseLine

LONGEST_TEXT = 100_000

Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]


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
    attachments: list[str] = []
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
        attachments=[file.name for file in said.attachments],
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


class ConversationWithThread(Schema):
    number: str
    subject: str
    status: str
    language: str
    priority: str
    tags: list[str]
    customer_id: int
    customer_name: str
    owner_name: str
    team_name: str
    next_touch_at: datetime | None
    created_at: datetime
    recipients: list[RecipientOut]
    thread: list[Entry]


class Person(Schema):
    """The customer: recognised by address or number, or met for the first time."""

    name: str = Field("", max_length=200)
    email: str = Field("", max_length=254)
    phone: str = Field("", max_length=40)


class ConcernIn(Schema):
    """A new concern: entered for a call, a visit, a letter, or sent by a form on your site (which gets a receipt)."""

    channel: Literal["FORM", "PHONE", "VISIT", "LETTER"] = "FORM"
    customer: Person
    subject: str = Field("", max_length=250)
    text: Text


class ReplyIn(Schema):
    """Words to the customer. With `seen_message_id` the answer is refused (409) when something newer has arrived.

    `recipients` are addresses out of those the conversation names; without them everybody whom it keeps is written to.
    """

    text: Text
    next_touch_at: AwareDatetime | None = None
    still_ours: bool = False
    seen_message_id: int | None = None
    recipients: list[Annotated[str, Field(max_length=254)]] | None = Field(None, min_length=1, max_length=50)


class NoteIn(Schema):
    text: Text


class MessageOut(Schema):
    conversation: str
    message_id: int


class NoteOut(Schema):
    conversation: str
    note_id: int


class CustomerOut(Schema):
    id: int
    name: str
    address: str
    known_since: datetime

    @staticmethod
    def of(line: CustomerLine) -> CustomerOut:
        return CustomerOut(id=line.id, name=line.name, address=line.address, known_since=line.known_since)


class Customers(Schema):
    customers: list[CustomerOut]
    next: str | None


class PromiseOut(Schema):
    """A promise that falls due."""

    id: int
    kind: str
    what: str
    customer_id: int
    customer_name: str
    conversation: str | None
    owner_name: str
    starts_at: datetime | None
    due_at: datetime
    is_in_danger: bool
    is_late: bool
    reference: str
    tour: str

    @staticmethod
    def of(line: PromiseLine) -> PromiseOut:
        names = PromiseOut.model_fields.keys() - {"conversation", "kind"}
        number = line.conversation_number
        return PromiseOut(
            kind=str(line.kind),
            conversation=spoken(number) if number is not None else None,
            **{name: getattr(line, name) for name in names},
        )


class Promises(Schema):
    promises: list[PromiseOut]
    next: str | None
