"""The SMTP and LMTP servers of the listener, each with a thread and a loop of its own."""

from __future__ import annotations

from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP
from django.conf import settings

from golddraht.channels.carriers.listener.doorway import Doorway
from golddraht.channels.rules import Source

# RFC 5321 §4.5.3.1.6 ends lines at 1000 octets; senders do not, and a long line is no reason to lose a mail.
LONGEST_LINE = 1024 * 1024
IDLE_SECONDS = 120


class PatientSMTP(SMTP):
    line_length_limit = LONGEST_LINE


class PatientLMTP(LMTP):
    line_length_limit = LONGEST_LINE


class Server(Controller):
    """One server; `start()` raises OSError when its port is taken, `stop()` ends it."""

    protocol: type[SMTP] = PatientSMTP

    def factory(self) -> SMTP:
        return self.protocol(self.handler, **self.SMTP_kwargs)


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
    }


def smtp_server(*, host: str, port: int) -> Server:
    return Server(Doorway(Source.SMTP), **server_kwargs() | {"hostname": host, "port": port})


def lmtp_server(*, host: str, port: int) -> Server:
    return LMTPServer(Doorway(Source.LMTP), **server_kwargs() | {"hostname": host, "port": port})
