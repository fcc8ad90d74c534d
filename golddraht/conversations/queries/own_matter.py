"""What customers may see of their own concern: what they said and what was said to them, nothing internal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from golddraht.conversations.models import Attachment, Conversation, Message, Solution
from golddraht.conversations.queries.finding import NoSuchConversation
from golddraht.conversations.rules import Direction
from golddraht.customers.models import ContactPoint


@dataclass(frozen=True)
class OwnFile:
    """A file that came with one of the customer's own messages, or with one to them."""

    id: int
    name: str
    size: int
    content_type: str
    stored_as: str


@dataclass(frozen=True)
class Said:
    """One message between the customer and us. `author_name` is empty where the system itself wrote."""

    id: int
    author_name: str
    is_ours: bool
    is_automatic: bool
    channel: str
    text: str
    at: datetime
    files: Sequence[OwnFile] = ()


def solution_by_id(solution_id: int) -> Solution:
    """What was proposed as solved, with its conversation. Raises NoSuchConversation."""
    found: Solution | None = Solution.objects.select_related("conversation").filter(pk=solution_id).first()
    if found is None:
        raise NoSuchConversation(solution_id)
    return found


def said_in(conversation: Conversation) -> list[Said]:
    """The thread without notes, without what third parties were asked and answered, and without what machines sent."""
    rows = Message.objects.filter(conversation=conversation, inquiry=None, machine_kind="").select_related("author")
    messages = list(rows.order_by("received_at", "pk"))
    files = _files_of([message.pk for message in messages])
    return [_said(message, files.get(message.pk, [])) for message in messages]


def _said(message: Message, files: list[OwnFile]) -> Said:
    is_ours = message.direction == Direction.OUT
    return Said(
        id=message.pk,
        author_name=(message.author.name if message.author else "") if is_ours else message.author_name,
        is_ours=is_ours,
        is_automatic=bool(message.automatic),
        channel=message.channel,
        text=message.text,
        at=message.received_at,
        files=files,
    )


def own_file(attachment_id: int) -> OwnFile:
    """A file that the customer's own page lists. Raises NoSuchConversation for every other one."""
    rows = Attachment.objects.filter(inline=False, message__inquiry=None, message__machine_kind="")
    found: Attachment | None = rows.filter(pk=attachment_id).first()
    if found is None:
        raise NoSuchConversation(attachment_id)
    return _file(found)


def _files_of(message_ids: list[int]) -> dict[int, list[OwnFile]]:
    files: dict[int, list[OwnFile]] = {}
    for row in Attachment.objects.filter(message_id__in=message_ids, inline=False).order_by("pk"):
        files.setdefault(row.message_id, []).append(_file(row))
    return files


def _file(row: Attachment) -> OwnFile:
    return OwnFile(row.pk, row.name, row.size, row.content_type, row.file.name or "")


def heard_since(conversation: Conversation, *, since: datetime) -> int:
    """How many messages of the customer came in since then; what a page that takes words uses to slow a flood down."""
    rows = Message.objects.filter(conversation=conversation, inquiry=None, direction=Direction.IN)
    return rows.filter(received_at__gt=since).count()


def first_words_in(conversation: Conversation) -> str:
    """What the customer asked first; empty where we wrote first and they never answered."""
    rows = Message.objects.filter(conversation=conversation, inquiry=None, direction=Direction.IN, machine_kind="")
    text: str | None = rows.order_by("received_at", "pk").values_list("text", flat=True).first()
    return text or ""


def own_words(message_id: int) -> Message:
    """What a customer said themselves. Raises NoSuchConversation."""
    rows = Message.objects.filter(direction=Direction.IN, inquiry=None)
    found: Message | None = rows.filter(pk=message_id).first()
    if found is None:
        raise NoSuchConversation(message_id)
    return found


def same_words_lately(*, channel: str, address: str, text: str, at: datetime) -> Message | None:
    """The message in which whoever has this address said just that within ten minutes: a second click says nothing new."""
    owners = ContactPoint.objects.filter(channel=channel, address=address).values("customer_id")
    rows = Message.objects.filter(
        customer_id__in=owners, direction=Direction.IN, received_at__gt=at - timedelta(minutes=10)
    )
    found: Message | None = rows.filter(text=text).select_related("conversation").order_by("-pk").first()
    return found
