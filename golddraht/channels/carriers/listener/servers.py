"""The SMTP and LMTP servers of the listener, each with a thread and a loop of its own."""

from __future__ import annotations

from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP
from django.conf import settings

from golddraht.channels.carriers.listener.certificate import Certificate, own_certificate
from golddraht.channels.carriers.listener.doorway import Doorway
from golddraht.channels.rules import Source

# RFC 5321 §4.5.3.1.6 ends lines at 1000 octets; senders do not, and a long line is no reason to lose a mail.
LONGEST_LINE = 1024 * 1024
IDLE_SECONDS = 120


TLS_FIRST = "530 5.7.0 Must issue a STARTTLS command first"


class Patient(SMTP):
    """Long lines are taken; mail in the clear only where nobody asked for TLS (RFC 3207 §4)."""

    line_length_limit = LONGEST_LINE
    only_by_tls = False

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802  # Named by aiosmtpd.
        # Its own `require_starttls` does not know LMTP's greeting.
        if self.only_by_tls and (self.session is None or self.session.ssl is None):
            await self.push(TLS_FIRST)
            return
        await super().smtp_MAIL(arg)


class PatientSMTP(Patient):
    pass


class PatientLMTP(Patient, LMTP):
    pass


class Server(Controller):
    """One server; `start()` raises OSError when its port is taken, `stop()` ends it.

    With a certificate it offers STARTTLS; with `only_by_tls` it takes no mail without.
    """

    protocol: type[Patient] = PatientSMTP
    certificate: Certificate | None = None
    only_by_tls = False

    def start(self) -> None:
        try:
            super().start()
        except BaseException:
            # The thread has ended without closing what was made for it.
            if not self.loop.is_running():
                self.loop.close()
            raise

    def factory(self) -> SMTP:
        context = self.certificate.context() if self.certificate else None
        made = self.protocol(self.handler, tls_context=context, **self.SMTP_kwargs)
        made.only_by_tls = self.only_by_tls and context is not None
        return made


class LMTPServer(Server):
    protocol = PatientLMTP


def server_kwargs() -> dict[str, Any]:
    """What every server of ours has in common: our name without a version, the size limit, an end to idling."""
    return {
        "data_size_limit": settings.LARGEST_MAIL,
        "timeout": IDLE_SECONDS,
        "ident": "Golddraht",
        "hostname": None,
        "enable_SMTPUTF8": True,
        "ready_timeout": 20,
        # Nobody signs in here.
        "auth_exclude_mechanism": ["LOGIN", "PLAIN"],
    }


def smtp_server(*, host: str, port: int) -> Server:
    return _secured(Server, Source.SMTP, host=host, port=port)


def lmtp_server(*, host: str, port: int) -> Server:
    return _secured(LMTPServer, Source.LMTP, host=host, port=port)


def _secured(kind: type[Server], source: Source, *, host: str, port: int) -> Server:
    """With the certificate of the settings. Raises OSError when it cannot be used."""
    certificate = own_certificate()
    server = kind(Doorway(source), **server_kwargs() | {"hostname": host, "port": port})
    server.certificate, server.only_by_tls = certificate, settings.MAIL_TLS_REQUIRED
    return server
