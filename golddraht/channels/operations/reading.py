"""Understanding one stored mail. Whatever happens, it ends as a message that somebody sees."""

from __future__ import annotations

import logging
import re
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from golddraht.channels.mail.mail import Mail
from golddraht.channels.mail.reading import read
from golddraht.channels.models import MailRecord, RawMail
from golddraht.channels.operations.receiving import Envelope, receive_mail
from golddraht.channels.operations.seals import keep_seals
from golddraht.channels.queries import mailbox_by_id
from golddraht.channels.queries.keys import keyring_for
from golddraht.channels.rules import TRIES_TO_READ, Source
from golddraht.conversations.models import Message
from golddraht.conversations.operations import Words, receive_message
from golddraht.conversations.operations.receiving import Enclosure
from golddraht.conversations.rules import Channel
from golddraht.customers.models import Customer
from golddraht.customers.operations import meet, recognise
from golddraht.customers.rules import Source as ValueSource
from golddraht.ground.addresses import folded_address, is_plausible_address
from golddraht.ground.text import one_line, without_control
from golddraht.plumbing.asking import Asked, Change, Question
from golddraht.plumbing.memory import forget
from golddraht.plumbing.transactions import is_at_a_stretch
from golddraht.team.queries import current_tenant, default_team

SHOWN_OF_SOURCE = 20_000
log = logging.getLogger(__name__)


def read_raw(*, raw_mail_id: int, at: datetime) -> Message | None:
    """The message that the stored mail became. Safe to run twice; None while another worker reads it, or it will be tried again.

    A failure leaves the mail where it is; after three of them it becomes a message that shows its source. Only
    `at_a_stretch` a failure is raised, and everything is to be undone.
    """
    with translation.override(current_tenant().language):
        if is_at_a_stretch():
            return _read(raw_mail_id, at)
        try:
            with transaction.atomic():
                return _read(raw_mail_id, at)
        except Exception as failure:
            log.exception("A mail could not be read.", extra={"count": raw_mail_id})
            forget()
            return _note_failure(raw_mail_id, type(failure).__name__, at)


def _read(raw_mail_id: int, at: datetime) -> Message | None:
    raw = _claimed(raw_mail_id)
    if raw is None or raw.read_at is not None:
        return raw.message if raw else None
    content, delivered = bytes(raw.content), as_delivered(raw)
    mail = read(delivered, language=current_tenant().language, keyring=keyring_for(delivered), at=raw.received_at)
    if _says_nothing(mail):
        return _show_source(raw, problems=mail.problems, at=at)
    message = receive_mail(mail=mail, content=content, envelope=_envelope(raw), at=at)
    keep_seals(message_id=message.pk, mail=mail)
    return _finish(raw, message, at)


def _claimed(raw_mail_id: int) -> RawMail | None:
    return _UNTAKEN.first(pk=raw_mail_id)


_UNTAKEN: Question[RawMail] = Question(
    lambda: RawMail.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=Asked("pk"))
)
_READ = Change(
    lambda: RawMail.objects.filter(pk=Asked("pk")),
    read_at=Asked("at"),
    message=Asked("message"),
    problem=Asked("problem"),
)


def as_delivered(raw: RawMail) -> bytes:
    """The mail with the Return-Path that the last server adds, which the listener is (RFC 5321 §4.4); stored it stays as it came."""
    content = bytes(raw.content)
    is_ours_to_add = raw.source in {Source.SMTP, Source.LMTP} and raw.envelope_from
    if not is_ours_to_add or re.search(rb"(?im)^return-path:", content[:2_000]):
        return content
    return b"Return-Path: <" + raw.envelope_from.strip("<>").encode("utf-8", "replace") + b">\r\n" + content


def _envelope(raw: RawMail) -> Envelope:
    mailbox = mailbox_by_id(raw.mailbox_id) if raw.mailbox_id else None
    return Envelope(mailbox, raw.envelope_from, tuple(raw.envelope_to))


def _finish(raw: RawMail, message: Message, at: datetime, problem: str = "") -> Message:
    _READ.make(pk=raw.pk, at=at, message=message.pk, problem=problem)
    return message


def _says_nothing(mail: Mail) -> bool:
    """Whether nothing at all was understood: no header that says who, what or when, or neither words nor files."""
    is_headed = mail.from_ or mail.subject or mail.message_id or mail.date or mail.to
    return not is_headed or not (mail.from_ or mail.text or mail.html or mail.attachments or mail.subject)


def _note_failure(raw_mail_id: int, problem: str, at: datetime) -> Message | None:
    with transaction.atomic():
        raw = _claimed(raw_mail_id)
        if raw is None or raw.read_at is not None:
            return None
        RawMail.objects.filter(pk=raw.pk).update(attempts=F("attempts") + 1, problem=problem)
        if raw.attempts + 1 < TRIES_TO_READ:
            return None
        return _show_source(raw, problems=(problem,), at=at)


def _show_source(raw: RawMail, *, problems: tuple[str, ...], at: datetime) -> Message:
    """A message in a live conversation of the default team that shows the mail as it came."""
    content = bytes(raw.content)
    digest = sha256(content).hexdigest()
    known = MailRecord.objects.filter(fingerprint=digest).select_related("message").first()
    if known is not None:
        return _finish(raw, known.message, at)
    message = receive_message(
        customer=_whoever(raw, at),
        words=Words(
            channel=Channel.EMAIL,
            subject=_("A mail that could not be read"),
            text=_source_words(content),
            recipients=tuple(raw.envelope_to),
            enclosures=(Enclosure("mail.eml", "application/octet-stream", content, digest),),
            problems=tuple(without_control(one) for one in problems) or (_("This mail could not be read."),),
        ),
        team_id=default_team().pk,
        at=at,
    )
    MailRecord.objects.create(message=message, mailbox_id=raw.mailbox_id, fingerprint=digest)
    return _finish(raw, message, at, problem=one_line("; ".join(problems), 400))


def _source_words(content: bytes) -> str:
    source = without_control(content[:SHOWN_OF_SOURCE].decode("utf-8", "replace"))
    return _("This mail could not be read; here is its source.") + "\n\n" + source


def _whoever(raw: RawMail, at: datetime) -> Customer:
    address = folded_address(raw.envelope_from)
    if not is_plausible_address(address):
        return meet(name="", source=ValueSource.MAIL_HEADER, at=at)
    source = ValueSource.MAIL_HEADER
    return recognise(channel=Channel.EMAIL, address=address, shown=raw.envelope_from, name="", source=source, at=at)
