"""The mail that leaves: a message of ours as bytes, from the right sender, so that every answer finds back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.conf import settings

from golddraht.channels.mail.mail import Address
from golddraht.channels.mail.markup import cleaned
from golddraht.channels.mail.signing import SealKey
from golddraht.channels.mail.writing import Enclosure, Letter, ascii_address, write
from golddraht.channels.models import Delivery, Mailbox, MailRecord
from golddraht.channels.operations.addressing import loop_key, token_for
from golddraht.channels.operations.queueing import thread_token
from golddraht.channels.operations.sealing import seal_keys
from golddraht.channels.rules import Thread, with_token
from golddraht.consent.queries.unsubscribing import stop_path
from golddraht.conversations.models import Attachment, Message
from golddraht.ground.numbers import spoken
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.links import absolute
from golddraht.plumbing.models import Tenant
from golddraht.team.queries import current_tenant


@dataclass(frozen=True)
class Server:
    """Where a mail is handed over. `security` is TLS, STARTTLS or NONE; secrets are shown by nothing."""

    host: str
    port: int
    security: str = "NONE"
    user: str = ""
    password: str = field(default="", repr=False)
    mailbox_id: int | None = None
    uses_oauth: bool = False
    is_catcher: bool = False
    # Named by a setting and not by an admin: it may stand on any address.
    is_operators: bool = False


@dataclass(frozen=True)
class Dispatch:
    """One mail for one recipient."""

    server: Server
    sender: str
    recipient: str
    content: bytes = field(repr=False)
    # With these it is signed before it leaves.
    keys: tuple[SealKey, ...] = ()


def dispatch_of(delivery: Delivery) -> Dispatch:
    """The mail of a delivery and where it goes. Raises AddressNotUsable."""
    mailbox = delivery.mailbox
    tenant = current_tenant()
    letter = replace(
        letter_of(delivery.message, mailbox, tenant), delivery_token=token_for(Thread.DELIVERY, delivery.pk)
    )
    sender, recipient = ascii_address(mailbox.address), ascii_address(delivery.recipient)
    return Dispatch(server_of(mailbox, tenant), sender, recipient, write(letter), seal_keys(mailbox.address))


def server_of(mailbox: Mailbox, tenant: Tenant) -> Server:
    """The mailbox's server; in a demo, or where none is set up, the catcher of this house and never a real network."""
    if tenant.is_demo or not mailbox.smtp_host:
        return Server("127.0.0.1", settings.CATCHER_PORT, is_catcher=True)
    return Server(
        host=mailbox.smtp_host,
        port=mailbox.smtp_port,
        security=mailbox.smtp_security,
        user=mailbox.smtp_user,
        password=mailbox.smtp_password.reveal(),
        mailbox_id=mailbox.pk,
        uses_oauth=mailbox.uses_oauth,
    )


def letter_of(message: Message, mailbox: Mailbox, tenant: Tenant) -> Letter:
    """The message as a letter: sender by name, threading ids, number in the subject, a way back for the answer."""
    record = _RECORD.one(message=message.pk)
    ancestors = tuple(record.references)
    return Letter(
        sender=Address(sender_name(message, mailbox, tenant), mailbox.address),
        to=tuple(Address(None, recipient) for recipient in message.recipients),
        subject=subject_of(message, is_answer=bool(ancestors)),
        text=message.text,
        html=_layout(message),
        message_id=record.mail_id,
        date=message.written_at,
        reply_to=Address(None, with_token(mailbox.address, thread_token(message))),
        in_reply_to=ancestors[-1] if ancestors else None,
        references=ancestors,
        attachments=tuple(_enclosure(one) for one in _FILES.all(message=message.pk)),
        automatic=bool(message.automatic),
        # Only on what the system wrote: to another Golddraht a person's mail must stay a person's.
        loop_key=loop_key() if message.automatic else None,
        unsubscribe=unsubscribe_url(message.permission_id) if message.permission_id else None,
        language=message.conversation.language,
    )


def unsubscribe_url(permission_id: int) -> str:
    """Where one click ends messages of this kind to this customer (RFC 8058)."""
    return absolute(stop_path(permission_id))


_RECORD: Question[MailRecord] = Question(lambda: MailRecord.objects.filter(message=Asked("message")))
_FILES: Question[Attachment] = Question(lambda: Attachment.objects.filter(message=Asked("message")).order_by("pk"))


def _layout(message: Message) -> str | None:
    """The HTML of a message; what a person wrote is cleaned once more, whatever way it came to be."""
    if not message.html:
        return None
    return message.html if message.automatic else cleaned(message.html)[0]


def sender_name(message: Message, mailbox: Mailbox, tenant: Tenant) -> str:
    """“Nina Aigner, Heizwerk” for a person's words, the mailbox's own name for automatic ones."""
    if message.automatic or message.author is None:
        return mailbox.sender_name or tenant.name
    return f"{message.author.name}, {tenant.name}"


def subject_of(message: Message, *, is_answer: bool) -> str:
    """The subject with the concern's number; marked as an answer where it is one and says nothing else."""
    conversation = message.conversation
    own = message.inquiry.subject if message.inquiry else conversation.subject
    subject = message.subject or own
    number = f"[#{spoken(conversation.number)}]"
    if is_answer and subject == own and not subject.lower().startswith(("re:", "aw:")):
        subject = f"Re: {subject}"
    return subject if number in subject else f"{subject} {number}"


def _enclosure(attachment: Attachment) -> Enclosure:
    with attachment.file.open("rb") as file:
        content = file.read()
    content_id = attachment.content_id if attachment.inline else None
    return Enclosure(attachment.name, attachment.content_type, content, content_id or None)
