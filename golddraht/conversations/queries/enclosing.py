"""One message or one of its files, for whoever may see the concern it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from golddraht.conversations.models import Attachment, Message
from golddraht.conversations.queries.finding import NoSuchConversation, Seer
from golddraht.conversations.queries.own_links import html_for_others


@dataclass(frozen=True)
class StoredFile:
    """Where a file lies in the storage, and what it is. `customer_id` is whose concern it belongs to."""

    stored_as: str
    name: str
    content_type: str
    customer_id: int


@dataclass(frozen=True)
class MailBody:
    """A message as its sender laid it out: cleaned HTML without links that are the customer's alone, and the files it shows, by content id."""

    html: str
    subject: str
    customer_id: int
    shown_files: dict[str, StoredFile]


def file_for(*, viewer: Seer, attachment_id: int) -> StoredFile:
    """The file, if the viewer may see its concern. Raises NoSuchConversation."""
    rows = Attachment.objects.filter(tenant_id=viewer.tenant_id, pk=attachment_id)
    found = rows.select_related("message__conversation").first()
    if found is None:
        raise NoSuchConversation(attachment_id)
    return _stored(found, found.message.conversation.customer_id)


def body_of(*, viewer: Seer, message_id: int) -> MailBody:
    """The message's own layout, if it has one and the viewer may see its concern. Raises NoSuchConversation."""
    rows = Message.objects.filter(tenant_id=viewer.tenant_id, pk=message_id).exclude(html="")
    found = rows.select_related("conversation").first()
    if found is None:
        raise NoSuchConversation(message_id)
    customer_id = found.conversation.customer_id
    files = Attachment.objects.filter(message_id=message_id).exclude(content_id="")
    return MailBody(
        html=html_for_others(found.html),
        subject=found.subject,
        customer_id=customer_id,
        shown_files={file.content_id.strip("<>"): _stored(file, customer_id) for file in files},
    )


def _stored(file: Attachment, customer_id: int) -> StoredFile:
    return StoredFile(file.file.name or "", file.name, file.content_type, customer_id)
