"""Trying out a mailbox: does the server answer, does it let us in. Nothing is fetched, sent or stored.

Connections go only where `outgoing` lets them, and each step takes at most some seconds: somebody waits before a page.
"""

from __future__ import annotations

import contextlib
import imaplib
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from golddraht.channels.models import Mailbox
from golddraht.channels.operations.asking_tokens import NoToken
from golddraht.channels.operations.securing import NoTls, secure_imap, secure_smtp, words_of_certificate
from golddraht.channels.operations.showing_tokens import TokenRefused, show_to_imap, show_to_smtp
from golddraht.channels.operations.tokens import fresh_token
from golddraht.plumbing import outgoing
from golddraht.plumbing.secrets import UnreadableSecret
from golddraht.team.queries import current_tenant

STEP = 8.0
"""Seconds that one step may take."""


@dataclass(frozen=True)
class Trial:
    """How it went, in words that say what to do."""

    is_fine: bool
    words: str


class _ReadingPlain(imaplib.IMAP4):
    def _create_socket(self, timeout: float | None) -> Any:
        return outgoing.connect(self.host, self.port, timeout=timeout or STEP)


class _ReadingSecure(imaplib.IMAP4_SSL):
    def _create_socket(self, timeout: float | None) -> Any:
        return outgoing.connect_tls(self.host, self.port, self.ssl_context, timeout=timeout or STEP)


class _Writing(smtplib.SMTP):
    def __init__(self, host: str, port: int, *, is_secure: bool) -> None:
        self._is_secure = is_secure
        super().__init__(host, port, timeout=STEP)

    def _get_socket(self, host: str, port: int, timeout: float) -> Any:
        if self._is_secure:
            return outgoing.connect_tls(host, port, outgoing.trusted(), timeout=timeout)
        return outgoing.connect(host, port, timeout=timeout)


def try_mailbox(*, mailbox_id: int, at: datetime) -> tuple[Trial, Trial]:
    """Receiving and sending of a mailbox of the tenant being seen."""
    mailbox: Mailbox = Mailbox.objects.get(pk=mailbox_id)
    if current_tenant().is_demo:
        # Everybody knows the passwords of a demo: nobody shall look around in the operator's network from here.
        inside = Trial(True, _("This is a demo: it connects to no server, and its mail stays in the house."))
        return inside, inside
    try:
        token = _token(mailbox, at)
        received, sent = mailbox.imap_password.reveal(), mailbox.smtp_password.reveal()
    except NoToken as refusal:
        return Trial(False, str(refusal)), Trial(False, str(refusal))
    except UnreadableSecret:
        lost = Trial(False, _("The stored password cannot be read with the key of this installation: enter it again."))
        return lost, lost
    return (
        try_imap(
            host=mailbox.imap_host,
            port=mailbox.imap_port,
            security=mailbox.imap_security,
            user=mailbox.imap_user,
            password=received,
            token=token,
            folder=mailbox.imap_folder,
        ),
        try_smtp(
            host=mailbox.smtp_host,
            port=mailbox.smtp_port,
            security=mailbox.smtp_security,
            user=mailbox.smtp_user,
            password=sent,
            token=token,
        ),
    )


def try_servers(*, imap: dict[str, Any], smtp: dict[str, Any]) -> tuple[Trial, Trial]:
    """The same for servers that nobody has stored yet; each with host, port, security, user and password."""
    if current_tenant().is_demo:
        inside = Trial(True, _("This is a demo: it connects to no server, and its mail stays in the house."))
        return inside, inside
    return try_imap(**imap), try_smtp(**smtp)


def _token(mailbox: Mailbox, at: datetime) -> str:
    if not mailbox.uses_oauth:
        return ""
    return fresh_token(tenant_id=current_tenant().pk, mailbox_id=mailbox.pk, at=at)


def try_imap(
    *, host: str, port: int, security: str, user: str, password: str, token: str = "", folder: str = "INBOX"
) -> Trial:
    """Sign in and open the folder for reading."""
    if not host:
        return Trial(True, _("Mail is handed to us by your mail server; there is nothing to connect to."))
    return _tried(host, lambda: _read(host, port, security, user, password, token, folder))


def try_smtp(*, host: str, port: int, security: str, user: str, password: str, token: str = "") -> Trial:
    """Sign in, and say good-bye before any mail."""
    if not host:
        return Trial(True, _("Mail stays in the house: the catcher keeps it. Enter a server to write to customers."))
    return _tried(host, lambda: _write(host, port, security, user, password, token))


def _read(host: str, port: int, security: str, user: str, password: str, token: str, folder: str) -> Trial:
    if security == "TLS":
        client: imaplib.IMAP4 = _ReadingSecure(host, port, ssl_context=outgoing.trusted(), timeout=STEP)
    else:
        client = _ReadingPlain(host, port, timeout=STEP)
    try:
        if security == "STARTTLS":
            secure_imap(client)
        if token:
            show_to_imap(client, user=user, token=token)
        else:
            client.login(user, password)
        status, answer = client.select(f'"{folder}"', readonly=True)
        if status != "OK":
            return Trial(
                False, _("Signed in, but there is no folder “%(folder)s”. Is it called INBOX?") % {"folder": folder}
            )
        count = int(answer[0] or 0)
        return Trial(True, _("Receiving works: signed in, %(count)d mails lie in the folder.") % {"count": count})
    finally:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            client.logout()


def _write(host: str, port: int, security: str, user: str, password: str, token: str) -> Trial:
    client = _Writing(host, port, is_secure=security == "TLS")
    try:
        client.ehlo_or_helo_if_needed()
        if security == "STARTTLS":
            secure_smtp(client, host)
        if token:
            client.ehlo_or_helo_if_needed()
            show_to_smtp(client, user=user, token=token, host=host, port=port)
        elif user:
            client.login(user, password)
        return Trial(True, _("Sending works: the server lets us in."))
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            client.quit()


def _tried(host: str, attempt: Callable[[], Trial]) -> Trial:
    try:
        return attempt()
    except TokenRefused as refusal:
        return Trial(False, str(refusal))
    except (OSError, imaplib.IMAP4.error, smtplib.SMTPException, UnicodeError, ValueError) as failure:
        return Trial(False, in_plain_words(host, failure))


def in_plain_words(host: str, failure: Exception) -> str:
    """What went wrong, for somebody who has never heard of a socket."""
    names = {"host": host}
    match failure:
        case outgoing.ForbiddenHost():
            return (
                _(
                    "%(host)s is inside a private network, where Golddraht connects to nothing by itself. Whoever runs this"
                    " installation can allow it (GOLDDRAHT_PRIVATE_HOSTS)."
                )
                % names
            )
        case socket.gaierror():
            return _("There is no server called %(host)s. Please look at the name again.") % names
        case ssl.SSLCertVerificationError():
            return words_of_certificate(host, failure)
        case NoTls():
            return str(failure)
        case ssl.SSLError():
            return _("%(host)s does not speak TLS on this port. Try STARTTLS, or another port.") % names
        case TimeoutError():
            return _("%(host)s did not answer within some seconds. Are port and encryption right?") % names
        case ConnectionRefusedError():
            return _("Nobody answers at %(host)s on this port. Is the port right?") % names
        case smtplib.SMTPAuthenticationError():
            return _("%(host)s refused user name or password. Some providers want an “app password”.") % names
        case smtplib.SMTPNotSupportedError():
            return _("%(host)s does not offer this kind of encryption or sign-in. Try the other one.") % names
        case imaplib.IMAP4.abort():
            return _("%(host)s ended the connection. Are port and encryption right?") % names
        case imaplib.IMAP4.error():
            return _("%(host)s refused user name or password. Some providers want an “app password”.") % names
    return _("%(host)s cannot be used: %(reason)s") % {**names, "reason": str(failure) or type(failure).__name__}
