"""The mailbox of a customer of the demo: what was caught for them, what they sent, and writing as them by real SMTP."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from golddraht.channels.mail.mail import Address, Mail
from golddraht.channels.mail.reading import read
from golddraht.channels.mail.writing import Letter, new_message_id, write
from golddraht.channels.queries import Caught, caught_by_id, caught_for, mailboxes, sent_in_by
from golddraht.ground.text import one_line
from golddraht.pages.catcher.door import Guest
from golddraht.pages.shown import moment

LINK = re.compile(r"https?://[^\s<>\"”]+")
PREVIEW = 110


class NobodyListens(ConnectionError):
    """The mail listener of this installation does not answer."""


@dataclass(frozen=True)
class Persona:
    """The customer whom the visitor plays."""

    name: str
    address: str


@dataclass(frozen=True)
class MailShown:
    """A mail in the customer's mailbox. `id` is None for what they sent themselves."""

    id: int | None
    is_sent: bool
    is_automatic: bool
    who: str
    subject: str
    preview: str
    when: datetime
    text: SafeString


def mails_of(guest: Guest, persona: Persona) -> list[MailShown]:
    """What the customer received and sent, the newest first."""
    caught = [_received(one) for one in caught_for(viewer=guest, recipient=persona.address, limit=40)]
    sent = [_sent(content, at) for at, content in sent_in_by(viewer=guest, sender=persona.address)]
    return sorted([*caught, *sent], key=lambda mail: mail.when, reverse=True)


def mail_by_id(guest: Guest, persona: Persona, caught_id: int) -> tuple[MailShown, Mail]:
    """A caught mail, shown and read. Raises NoSource."""
    caught = caught_by_id(viewer=guest, caught_id=caught_id)
    return _received(caught), read(caught.content)


def _received(caught: Caught) -> MailShown:
    mail = read(caught.content)
    text = mail.text or ""
    who = (mail.from_ and mail.from_.name) or caught.sender
    is_automatic = bool(mail.auto_submitted and mail.auto_submitted != "no")
    return MailShown(
        caught.id, False, is_automatic, who, mail.subject or "", _preview(text), caught.caught_at, linked(text)
    )


def _sent(content: bytes, at: datetime) -> MailShown:
    mail = read(content)
    text = mail.reply_text or mail.text or ""
    return MailShown(None, True, False, gettext("You"), mail.subject or "", _preview(text), at, linked(text))


def _preview(text: str) -> str:
    """The first words after the greeting."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    rest = lines[1:] if len(lines) > 1 and lines[0].endswith(",") else lines
    return one_line(" ".join(rest), PREVIEW)


# Text with links


def linked(text: str) -> SafeString:
    """The text, safe for HTML, with the links of this installation as links that open beside the page."""
    pieces: list[str] = []
    end = 0
    for found in LINK.finditer(text):
        pieces += [conditional_escape(text[end : found.start()]), _link(found.group())]
        end = found.end()
    return mark_safe("".join([*pieces, conditional_escape(text[end:])]))  # noqa: S308  # Every piece is escaped.


def _link(address: str) -> str:
    if not address.startswith(settings.BASE_URL + "/"):
        return conditional_escape(address)
    # Only the path: the visitor may have come by another name of this machine.
    path = "/" + urlsplit(address).path.lstrip("/")
    return format_html(
        '<a class="button button-small catcher-link" href="{}" target="_blank" rel="noopener">{}</a>',
        path,
        _link_words(path),
    )


def _link_words(path: str) -> str:
    if path.startswith("/k/wahl/"):
        return gettext("Choose with one click")
    if path.startswith("/k/geloest/"):
        return gettext("Say whether it is solved")
    return gettext("Open the page")


# Writing as the customer


def new_letter(persona: Persona, *, subject: str, text: str, at: datetime) -> Letter:
    """A first mail to the company's default mailbox."""
    return Letter(
        sender=Address(persona.name, persona.address),
        to=(Address(None, mailboxes()[0].address),),
        subject=subject,
        text=text,
        message_id=new_message_id(persona.address.rpartition("@")[2]),
        date=at,
    )


def answer_to(mail: Mail, persona: Persona, *, text: str, at: datetime) -> Letter:
    """An answer as mail programs write it: to Reply-To, with the chain of ids and the quotation below (RFC 5322 §3.6.4)."""
    back = [one for one in (*mail.reply_to, mail.from_) if one and one.address]
    subject = mail.subject or ""
    return Letter(
        sender=Address(persona.name, persona.address),
        to=(Address(None, back[0].address),),
        subject=subject if subject.lower().startswith("re:") else f"Re: {subject}",
        text=f"{text}\n\n{_quotation(mail, at)}",
        message_id=new_message_id(persona.address.rpartition("@")[2]),
        in_reply_to=mail.message_id,
        references=(*mail.references, *([mail.message_id] if mail.message_id else [])),
        date=at,
    )


def _quotation(mail: Mail, at: datetime) -> str:
    who = (mail.from_ and (mail.from_.name or mail.from_.address)) or ""
    quoted = "\n".join(f"> {line}".rstrip() for line in (mail.text or "").splitlines())
    return f"Am {mail.date or at:%d.%m.%Y um %H:%M} schrieb {who}:\n{quoted}"


def post(letter: Letter) -> None:
    """Hand the mail to the listener of this installation, as any server of the world would. Raises NobodyListens."""
    sender, recipients = letter.sender.address or "", [one.address or "" for one in letter.to]
    try:
        with smtplib.SMTP("127.0.0.1", settings.SMTP_PORT, timeout=10) as smtp:
            smtp.sendmail(sender, recipients, write(letter))
    except (OSError, smtplib.SMTPException) as failure:
        raise NobodyListens(str(failure)) from failure


def when_words(mail: MailShown, at: datetime) -> str:
    return moment(mail.when, at)
