"""The demo's catcher: an SMTP server that keeps what would have gone to customers, so that a visitor can read it."""

from __future__ import annotations

import asyncio
import logging

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import DatabaseError

from golddraht.channels.carriers.listener.servers import Server, server_kwargs
from golddraht.channels.carriers.threads import borrowed_connection
from golddraht.channels.mail.reading import read
from golddraht.channels.models import CaughtMail
from golddraht.channels.queries import doorplate_of
from golddraht.channels.rules import without_tag
from golddraht.ground.text import one_line
from golddraht.plumbing.clock import now
from golddraht.plumbing.tenancy import seeing

log = logging.getLogger(__name__)


class Catcher:
    """Takes mail from the mailboxes of this house alone, for whatever recipient."""

    async def handle_DATA(  # noqa: N802  # Named by aiosmtpd.
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        try:
            return await asyncio.to_thread(catch, envelope)
        except DatabaseError:
            log.warning("A mail could not be caught; it will be tried again.")
            return "451 4.3.0 Cannot store it now"


def catch(envelope: Envelope) -> str:
    """Keep the mail for the tenant that sent it; the answer for the sender."""
    content = bytes(envelope.original_content or b"")
    subject = one_line(read(content).subject or "", 400)
    with borrowed_connection():
        plate = doorplate_of(envelope.mail_from or "")
        if plate is None:
            return "550 5.7.1 Only mailboxes of this house"
        with seeing(plate.tenant_id):
            CaughtMail.objects.bulk_create(
                CaughtMail(
                    recipient=without_tag(recipient)[:254],
                    sender=str(envelope.mail_from)[:254],
                    subject=subject,
                    content=content,
                    caught_at=now(),
                )
                for recipient in envelope.rcpt_tos
            )
    return "250 2.0.0 Caught"


def catcher_server(*, port: int) -> Server:
    """It listens on the loopback alone: nobody else may fill it."""
    return Server(Catcher(), **server_kwargs() | {"hostname": "127.0.0.1", "port": port})
