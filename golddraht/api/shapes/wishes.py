"""Conversations as programs send them: what is to be done."""

from __future__ import annotations

import base64
import hashlib
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, field_validator

from golddraht.api.shapes.fields import Content, Id, Moment, Text, Words, example
from golddraht.consent.rules import MessageClass
from golddraht.conversations.operations import Enclosure
from golddraht.conversations.rules import Channel
from golddraht.team.rules import Priority


class Person(Schema):
    """The customer: recognised by address or number, or met for the first time."""

    name: str = Field("", max_length=200)
    email: str = Field("", max_length=254)
    phone: str = Field("", max_length=40)


class FileIn(Schema):
    """A file to send along. Together they may be 20 MB large."""

    name: str = Field(min_length=1, max_length=200)
    content_type: str = Field("application/octet-stream", max_length=100, pattern=r"^[\w.+-]+/[\w.+-]+$")
    content: Content

    @field_validator("content")
    @classmethod
    def _is_base64(cls, content: str) -> str:
        try:
            base64.b64decode(content, validate=True)
        except ValueError:
            raise ValueError("This is no base64.") from None
        return content

    def enclosed(self) -> Enclosure:
        content = base64.b64decode(self.content)
        digest = hashlib.sha256(content).hexdigest()
        return Enclosure(name=self.name, content_type=self.content_type, content=content, sha256=digest)


Files = Annotated[list[FileIn], Field(max_length=20)]
HandChannel = Literal["PHONE", "VISIT", "LETTER"]


class ConcernIn(Schema):
    """A new concern: entered for a call, a visit, a letter, or sent by a form on your site (which gets a receipt)."""

    channel: Literal["FORM", "PHONE", "VISIT", "LETTER"] = "FORM"
    customer: Person
    subject: str = Field("", max_length=250)
    text: Text
    promised_at: Moment | None = Field(None, description="When the customer was told to hear from you; not for forms.")
    attachments: Files = Field([], description="For forms alone.")
    model_config = example(
        customer={"name": "Gerda Klein", "email": "gerda@kundin.example"},
        subject="Ofen bleibt kalt",
        text="Mein Ofen bleibt kalt. Wann kommt jemand?",
    )


class FirstWordsIn(Schema):
    """A mail to a customer who has not written yet."""

    customer: Person
    team_id: Id | None = Field(None, description="Without it the default team.")
    subject: str = Field(min_length=1, max_length=250)
    text: Text
    next_touch_at: Moment | None = None
    attachments: Files = []
    message_class: MessageClass = Field(
        MessageClass.SERVICE,
        description="What it is in the eyes of the law. All but service needs the gate's leave, and is refused (422) and noted without it.",
    )
    model_config = example(
        customer={"name": "Gerda Klein", "email": "gerda@kundin.example"},
        subject="Ihr Ofen ist da",
        text="Guten Tag, Ihr Ofen ist angekommen. Wann passt Ihnen die Lieferung?",
    )


class ReplyIn(Schema):
    """Words to the customer. With `seen_message_id` the answer is refused (409) when something newer has arrived.

    `recipients` are addresses out of those the conversation names; without them everybody whom it keeps is written to.
    With `send_at` it waits until then (202): it can be taken back, is held back when the customer writes first, and may not
    wait longer than the next touch of a concern that lives.
    """

    text: Text
    send_at: Moment | None = None
    channel: Channel = Channel.EMAIL
    next_touch_at: Moment | None = None
    still_ours: bool = False
    seen_message_id: int | None = Field(None, ge=0, le=2**63 - 1)
    recipients: list[Annotated[str, Field(max_length=254)]] | None = Field(None, min_length=1, max_length=50)
    attachments: Files = []
    model_config = example(text="Guten Tag, unsere Technikerin kommt am Donnerstag zwischen 9 und 11 Uhr.")


class HeardIn(Schema):
    """What the customer said about this concern outside of mail."""

    channel: HandChannel
    text: Text
    promised_at: Moment | None = None
    model_config = example(channel="PHONE", text="Sie ist am Donnerstag ab 9 Uhr zu Hause.")


class NoteIn(Schema):
    text: Text
    model_config = example(text="Bitte zweimal klingeln.")


class HandOverIn(Schema):
    """Who cares from now on, and what they should know."""

    to_id: Id = Field(description="A membership, from /api/v1/team/members.")
    note: str = Field("", max_length=4000)
    model_config = example(to_id=7, note="Sie wartet auf das Ersatzteil.")


class NextTouchIn(Schema):
    next_touch_at: Moment
    model_config = example(next_touch_at="2026-12-01T09:00:00+01:00")


class TagsIn(Schema):
    """Exactly these tags from now on, at most twelve."""

    tags: list[Annotated[str, Field(max_length=40)]] = Field(max_length=12)
    model_config = example(tags=["Ofen", "Garantie"])


class PriorityIn(Schema):
    priority: Priority
    model_config = example(priority="HIGH")


class InquiryIn(Schema):
    """A question to somebody who must do their part."""

    asked: str = Field(min_length=1, max_length=200)
    address: str = Field(min_length=3, max_length=254)
    subject: str = Field("", max_length=250)
    text: Text
    due_at: Moment
    model_config = example(
        asked="Spedition",
        address="dispo@spedition.example",
        subject="Wo steht Tour 7?",
        text="Wann kann der Ofen zugestellt werden?",
        due_at="2026-12-01T09:00:00+01:00",
    )


class GoodwillIn(Schema):
    kind: Literal["CREDIT", "REPLACEMENT", "OTHER"]
    cents: int = Field(ge=1, le=100_000_000)
    reason: Words
    model_config = example(kind="CREDIT", cents=1500, reason="Zwei Tage ohne warmes Wasser.")


class SolutionIn(Schema):
    """The question whether it is solved, in your words; the link to answer it is added."""

    text: Text
    channel: Channel = Channel.EMAIL
    seen_message_id: int | None = Field(None, ge=0, le=2**63 - 1)
    attachments: Files = []
    model_config = example(text="Wärmt Ihr Ofen jetzt wieder?")


class OtherIn(Schema):
    """The other concern, by its number."""

    number: str = Field(pattern="^[0-9]{1,12}-[0-9]$")
    model_config = example(number="10428-9")


class SplitIn(Schema):
    """The messages that are a concern of their own."""

    message_ids: list[Id] = Field(min_length=1, max_length=500)
    subject: str = Field("", max_length=250)
    model_config = example(message_ids=[4711], subject="Rechnung")


class NumbersIn(Schema):
    """Concerns, by their numbers."""

    numbers: list[Annotated[str, Field(pattern="^[0-9]{1,12}-[0-9]$")]] = Field(min_length=1, max_length=200)
    model_config = example(numbers=["10427-7", "10428-9"])


class HandOnIn(Schema):
    to_id: Id
    model_config = example(to_id=7)
