"""What is found, as it goes over the wire."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema

from golddraht.api.shapes.fields import example
from golddraht.ground.numbers import spoken
from golddraht.search.rules.kinds import Found

SAMPLE = {
    "kind": "message",
    "id": 4711,
    "at": "2026-11-16T09:00:00Z",
    "title": "Rechnung",
    "text": "Ich bitte um eine Rechnungskorrektur.",
    "author_name": "Valentina Moser",
    "conversation": "10427-1",
    "customer_id": 101,
    "attachments": ["Rechnung.pdf"],
}


class FoundOut(Schema):
    """A message or note (or whatever else can be found) in which the words stand."""

    kind: str
    id: int
    at: datetime
    title: str
    text: str
    author_name: str
    conversation: str | None
    customer_id: int | None
    attachments: list[str]
    model_config = example(**SAMPLE)

    @staticmethod
    def of(found: Found) -> FoundOut:
        number = found.conversation_number
        return FoundOut(
            kind=found.kind,
            id=found.source_id,
            at=found.at,
            title=found.title,
            text=found.text,
            author_name=found.who,
            conversation=spoken(number) if number else None,
            customer_id=found.customer_id,
            attachments=list(found.file_names),
        )


class SearchOut(Schema):
    """A page; `is_wide` when nothing fits exactly and what comes near is given. `misunderstood` are filters that were left out."""

    found: list[FoundOut]
    is_wide: bool
    misunderstood: list[str]
    next: str | None
    model_config = example(found=[SAMPLE], is_wide=False, misunderstood=[], next=None)
