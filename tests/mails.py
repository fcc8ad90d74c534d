"""Mails as the people of the tests write them."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from golddraht.channels.models import Delivery, Mailbox, MailRecord
from golddraht.channels.operations import add_mailbox, keep_raw, read_raw
from golddraht.channels.queries import unread_ids
from golddraht.channels.rules import Source
from golddraht.conversations.models import Message
from golddraht.plumbing.tenancy import seeing
from tests.cast import MONDAY_MORNING

CARE = "care@heizwerk.example"
VALENTINA = "Valentina Moser <valentina@kundin.example>"
BJOERN = "Björn Petersen <bjoern@kunde.example>"
CONCERN = "Guten Tag,\n\nmeine Waschmaschine pumpt nicht ab. Was kann ich tun?\n\nValentina Moser\n"


def a_mailbox(address: str = CARE, **settings: object) -> Mailbox:
    """The service mailbox of Heizwerk, without any server of its own unless `settings` name one."""
    return add_mailbox(address=address, sender_name="Heizwerk Service", is_default=True, **settings)


def a_mail(
    *,
    from_: str = VALENTINA,
    to: str = CARE,
    subject: str = "Waschmaschine pumpt nicht ab",
    text: str = CONCERN,
    id_: str = "first@kundin.example",
    references: tuple[str, ...] = (),
    at: datetime = MONDAY_MORNING,
    **headers: str,
) -> bytes:
    """The bytes of a mail. `headers` are further fields, underscores for hyphens."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Date"] = from_, to, subject, format_datetime(at)
    if id_:
        mail["Message-ID"] = f"<{id_}>"
    if references:
        mail["In-Reply-To"] = f"<{references[-1]}>"
        mail["References"] = " ".join(f"<{one}>" for one in references)
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def arrives(content: bytes, *, mailbox: Mailbox | None = None, at: datetime = MONDAY_MORNING) -> Message:
    """The message that the mail becomes when it arrives and is read."""
    raw = keep_raw(mailbox_id=mailbox.pk if mailbox else None, source=Source.SMTP, content=content, at=at)
    message = read_raw(raw_mail_id=raw.pk, at=at)
    assert message is not None
    return message


def drain_mail(*, tenant_id: int, at: datetime) -> int:
    """Read everything that is unread, one after the other, each in a transaction of its own. Gives how many mails were waiting."""
    with seeing(tenant_id, read_only=True):
        waiting = unread_ids()
    for raw_mail_id in waiting:
        with seeing(tenant_id):
            read_raw(raw_mail_id=raw_mail_id, at=at)
    return len(waiting)


REPORT = """From: Mail Delivery System <MAILER-DAEMON@peer.example>
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <{id_}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

<{recipient}>: {words}

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; peer.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} {words}

--b
Content-Type: text/rfc822-headers

Message-ID: <{mail_id}>
Subject: Re: Waschmaschine

--b--
"""


def a_report(
    delivery: Delivery,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    words: str = "user unknown",
    id_: str = "report@peer.example",
) -> bytes:
    """What a server says of a mail of ours that it could not deliver (RFC 3464)."""
    record = MailRecord.objects.get(message_id=delivery.message_id)
    said = {"status": status, "action": action, "words": words, "id_": id_, "mail_id": record.mail_id}
    return REPORT.format(to=CARE, recipient=delivery.recipient, **said).replace("\n", "\r\n").encode()
