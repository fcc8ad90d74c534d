"""What was said, noted and done in one concern, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from golddraht.conversations.models import Attachment, Message, Milestone, Note
from golddraht.conversations.queries.finding import Seer, conversation_for
from golddraht.conversations.queries.own_links import for_others, holds_own_links, html_for_others
from golddraht.plumbing.asking import Asked, Question


@dataclass(frozen=True)
class Enclosed:
    """A file with a message."""

    id: int
    name: str
    content_type: str
    size: int
    inline: bool
    content_id: str


@dataclass(frozen=True)
class Said:
    """A message. With `inquiry_id` it belongs to the thread with a third party, which the customer does not see."""

    id: int
    at: datetime
    direction: str
    channel: str
    author_id: int | None
    author_name: str
    automatic: str
    machine_kind: str
    subject: str
    text: str
    html: str
    quoted_text: str
    signature: str
    problems: tuple[str, ...]
    recipients: tuple[str, ...]
    written_at: datetime
    attachments: tuple[Enclosed, ...]
    inquiry_id: int | None
    asked: str
    # Links that are the customer's alone were in it; words stand in their place.
    holds_own_links: bool = False
    kind: Literal["message"] = "message"


@dataclass(frozen=True)
class Noted:
    """An internal note."""

    id: int
    at: datetime
    author_id: int
    author_name: str
    text: str
    kind: Literal["note"] = "note"


@dataclass(frozen=True)
class Happened:
    """A milestone: `happening` is one of rules.Happening, `words` are the names and times in it."""

    id: int
    at: datetime
    happening: str
    by_id: int | None
    by_name: str
    words: str
    kind: Literal["milestone"] = "milestone"


ThreadEntry = Said | Noted | Happened
WORDS_BEFORE_WHAT_FOLLOWED = {"message": 0, "note": 1, "milestone": 2}


def thread_of(*, viewer: Seer, number: int) -> list[ThreadEntry]:
    """Everything in that concern, the oldest first. Raises NoSuchConversation."""
    conversation_id = conversation_for(viewer=viewer, number=number).pk
    entries: list[ThreadEntry] = [*_said(conversation_id), *_noted(conversation_id), *_happened(conversation_id)]
    return sorted(entries, key=lambda entry: (entry.at, WORDS_BEFORE_WHAT_FOLLOWED[entry.kind], entry.id))


_MESSAGES: Question[Message] = Question(
    lambda: Message.objects.filter(conversation_id=Asked("conversation")).select_related(
        "author", "customer", "inquiry"
    )
)
_FILES: Question[Attachment] = Question(
    lambda: Attachment.objects.filter(message__pk__among=Asked("messages")).order_by("pk")
)
_NOTES: Question[Note] = Question(
    lambda: Note.objects.filter(conversation_id=Asked("conversation")).select_related("author")
)
_MILESTONES: Question[Milestone] = Question(
    lambda: Milestone.objects.filter(conversation_id=Asked("conversation")).select_related("by")
)


def _said(conversation_id: int) -> list[Said]:
    rows = _MESSAGES.all(conversation=conversation_id)
    enclosed = _enclosed([row.pk for row in rows])
    return [_message(row, tuple(enclosed.get(row.pk, ()))) for row in rows]


def _message(row: Message, attachments: tuple[Enclosed, ...]) -> Said:
    return Said(
        id=row.pk,
        at=row.received_at,
        direction=row.direction,
        channel=row.channel,
        author_id=row.author_id,
        author_name=_author_of(row),
        automatic=row.automatic,
        machine_kind=row.machine_kind,
        subject=row.subject,
        text=for_others(row.text),
        html=html_for_others(row.html),
        quoted_text=for_others(row.quoted_text),
        signature=row.signature,
        problems=tuple(row.problems),
        recipients=tuple(row.recipients),
        written_at=row.written_at,
        attachments=attachments,
        inquiry_id=row.inquiry_id,
        asked=row.inquiry.asked if row.inquiry else "",
        holds_own_links=holds_own_links(row.text, row.html, row.quoted_text),
    )


def _author_of(row: Message) -> str:
    if row.author is not None:
        return str(row.author.name)
    return row.author_name or str(row.customer.name if row.customer else "")


def _enclosed(message_ids: list[int]) -> dict[int, list[Enclosed]]:
    found: dict[int, list[Enclosed]] = {}
    for row in _FILES.all(messages=message_ids):
        file = Enclosed(row.pk, row.name, row.content_type, row.size, row.inline, row.content_id)
        found.setdefault(row.message_id, []).append(file)
    return found


def _noted(conversation_id: int) -> list[Noted]:
    rows = _NOTES.all(conversation=conversation_id)
    return [Noted(row.pk, row.at, row.author_id, row.author.name, row.text) for row in rows]


def _happened(conversation_id: int) -> list[Happened]:
    rows = _MILESTONES.all(conversation=conversation_id)
    return [Happened(row.pk, row.at, row.kind, row.by_id, row.by.name if row.by else "", row.words) for row in rows]
