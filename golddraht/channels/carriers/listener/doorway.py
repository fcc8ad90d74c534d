"""Mail that servers hand to us: taken only for known addresses, and acknowledged only when it is safely stored."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import DatabaseError

from golddraht.channels.carriers.threads import borrowed_connection
from golddraht.channels.models import Doorplate
from golddraht.channels.operations import keep_raw
from golddraht.channels.queries import doorplate_of
from golddraht.channels.rules import Source
from golddraht.plumbing.clock import now
from golddraht.plumbing.tenancy import seeing

MOST_RECIPIENTS = 100
TAKEN = "250 2.0.0 Stored"
NOT_NOW = "451 4.3.0 Cannot store it now, please try again"
UNKNOWN = "550 5.1.1 Nobody here has this address"
log = logging.getLogger(__name__)


@dataclass
class Doorway:
    """What the server does at each step. LMTP answers for each recipient alone (RFC 2033 §4.2), SMTP once for all."""

    source: Source

    async def handle_EHLO(  # noqa: N802  # Named by aiosmtpd.
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Nobody signs in here, by TLS or without; the library offers it, though with nothing to choose from."""
        session.host_name = hostname
        return [line for line in responses if not line.startswith("250-AUTH")]

    async def handle_RCPT(  # noqa: N802  # Named by aiosmtpd.
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients at once"
        try:
            plate = await asyncio.to_thread(_plate, address)
        except DatabaseError:
            log.warning("The database cannot be asked for a recipient; the sender will try again.")
            return NOT_NOW
        if plate is None:
            return UNKNOWN
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802  # Named by aiosmtpd.
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answers = await asyncio.to_thread(self._keep, envelope, _client(session))
        if self.source is Source.LMTP:
            return "\r\n".join(answers[address] for address in envelope.rcpt_tos)
        return NOT_NOW if NOT_NOW in answers.values() else TAKEN

    async def handle_exception(self, error: Exception) -> str:
        """Whatever goes wrong here is no reason for the sender to give up."""
        log.error("A mail could not be taken; the sender will try again.", exc_info=error)
        return NOT_NOW

    def _keep(self, envelope: Envelope, client: tuple[str, str]) -> dict[str, str]:
        """Store one copy for each tenant; the answer by recipient."""
        answers = dict.fromkeys(envelope.rcpt_tos, NOT_NOW)
        with borrowed_connection():
            try:
                for tenant_id, recipients in _by_tenant(envelope.rcpt_tos).items():
                    self._keep_for(tenant_id, recipients, envelope, client)
                    answers |= dict.fromkeys((address for address, _ in recipients), TAKEN)
            except DatabaseError:
                log.warning("A mail could not be stored; the sender will try again.")
        return answers

    def _keep_for(
        self, tenant_id: int, recipients: list[tuple[str, int]], envelope: Envelope, client: tuple[str, str]
    ) -> None:
        with seeing(tenant_id):
            keep_raw(
                mailbox_id=recipients[0][1],
                source=self.source,
                content=bytes(envelope.original_content or b""),
                envelope_from=envelope.mail_from or "<>",
                envelope_to=tuple(address for address, _ in recipients),
                client_address=client[0],
                client_greeting=client[1],
                at=now(),
            )


def _client(session: Session) -> tuple[str, str]:
    """Address and greeting of whoever hands us the mail, for SPF."""
    return str(session.peer[0] if session.peer else ""), str(session.host_name or "")


def _plate(address: str) -> Doorplate | None:
    with borrowed_connection():
        return doorplate_of(address)


def _by_tenant(addresses: list[str]) -> dict[int, list[tuple[str, int]]]:
    """Recipient and mailbox, grouped by tenant. A doorplate that vanished since is stored for nobody and answered 451."""
    found: dict[int, list[tuple[str, int]]] = {}
    for address in addresses:
        plate = doorplate_of(address)
        if plate is not None:
            found.setdefault(plate.tenant_id, []).append((address, plate.mailbox_id))
    return found
