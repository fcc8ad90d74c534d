"""SMTP as a client (RFC 5321), with a pause between the last byte of a mail and the final dot that hands it over."""

from __future__ import annotations

import re
import select
import smtplib
import socket
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from golddraht.channels.operations.securing import secure_smtp
from golddraht.plumbing import outgoing

AFTER_DOT = 120.0
"""Seconds to wait for the answer to the final dot: servers scan before they answer (RFC 5321 §4.5.3.2.6 asks for patience)."""

WHOLE = 600.0
"""Seconds that all of a mail's bytes may take."""

CHUNK = 64 * 1024
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


class Refused(Exception):
    """The server answered with an error, before or after the final dot."""

    def __init__(self, code: int, answer: bytes, *, step: str) -> None:
        self.code = code
        self.answer = answer.decode("utf-8", "replace").replace("\n", " ").strip()
        self.step = step
        super().__init__(f"{code} {self.answer}")

    @property
    def status(self) -> str | None:
        """The enhanced status of RFC 3463, when the server gives one."""
        found = STATUS.match(self.answer)
        return found.group(1) if found else None


class Unanswered(OSError):
    """The connection was lost after the final dot: nobody can know whether the mail was taken."""


class TakenBack(Exception):
    """Before the final dot somebody else took the delivery back; nothing was handed over."""


class Wire(smtplib.SMTP):
    """A connection to a checked address (see `outgoing`), in the clear, by STARTTLS or in TLS from the first byte."""

    def __init__(
        self, host: str, port: int, security: str, *, is_own: bool = False, step: float = outgoing.STEP
    ) -> None:
        self._security, self._is_own, self._step = security.upper(), is_own, step
        super().__init__(host, port, local_hostname=own_name(), timeout=step)

    def _get_socket(self, host: str, port: int, timeout: float) -> Any:
        if self._is_own:
            plain = socket.create_connection((host, port), timeout)
            return outgoing.trusted().wrap_socket(plain, server_hostname=host) if self._security == "TLS" else plain
        if self._security == "TLS":
            return outgoing.connect_tls(host, port, outgoing.trusted(), timeout=timeout)
        return outgoing.connect(host, port, timeout=timeout)

    def secure(self) -> None:
        """EHLO, and STARTTLS where it is asked for. Raises NoTls for a server that does not offer it."""
        self.ehlo_or_helo_if_needed()
        if self._security == "STARTTLS":
            secure_smtp(self, self._host)  # type: ignore[attr-defined]  # smtplib keeps the name it connected to.

    def address(self, sender: str, recipient: str) -> None:
        """Envelope sender and recipient. Raises Refused."""
        size = [f"size={self._size}"] if self.has_extn("size") and self._size else []
        self._expect(self.mail(sender, size), {250}, "sender")
        self._expect(self.rcpt(recipient), {250, 251}, "recipient")

    _size = 0

    def announce(self, size: int) -> None:
        """How large the mail is, for servers that want to know beforehand (RFC 1870)."""
        self._size = size

    def transmit(self, content: bytes, before_dot: Callable[[], bool]) -> str:
        """Send the mail; `before_dot` is asked when all but the final dot is out. Gives the server's words.

        Raises Refused, TakenBack, Unanswered, or OSError as long as nothing was handed over.
        """
        self.putcmd("data")
        self._expect(self.getreply(), {354}, "data")
        self._send_in_chunks(dotted(content))
        if not before_dot():
            self.close()
            raise TakenBack
        self._refuse_early_words()
        code, answer = self._hand_over()
        if code != 250:
            raise Refused(code, answer, step="mail")
        return f"{code} {answer.decode('utf-8', 'replace')}"

    def _send_in_chunks(self, content: bytes) -> None:
        until = time.monotonic() + WHOLE
        for start in range(0, len(content), CHUNK):
            if time.monotonic() > until:
                self.close()
                raise TimeoutError("The server took the mail too slowly.")
            self.send(content[start : start + CHUNK])

    def _refuse_early_words(self) -> None:
        """A server that speaks or hangs up before the dot has not taken the mail; then the dot is never sent."""
        if self.sock is None or not select.select([self.sock], [], [], 0)[0]:
            return
        code, answer = self.getreply()
        self.close()
        raise Refused(max(code, 400), answer, step="data")

    def _hand_over(self) -> tuple[int, bytes]:
        try:
            if self.sock is not None:
                self.sock.settimeout(max(AFTER_DOT, self._step) if self._step == outgoing.STEP else self._step)
            self.send(b".\r\n")
            return self.getreply()
        except (OSError, smtplib.SMTPException) as lost:
            self.close()
            raise Unanswered(str(lost)) from lost

    def _expect(self, reply: tuple[int, bytes], wanted: set[int], step: str) -> None:
        code, answer = reply
        if code not in wanted:
            raise Refused(code, answer, step=step)


def own_name() -> str:
    """How we introduce ourselves (RFC 5321 §4.1.1.1): our public name, or an address literal where there is none."""
    name = urlsplit(settings.BASE_URL).hostname or ""
    return name if "." in name and not name.replace(".", "").isdigit() else "[127.0.0.1]"


def dotted(content: bytes) -> bytes:
    """The mail with CRLF line ends and its leading dots doubled (RFC 5321 §4.5.2), ending in CRLF."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    stuffed = re.sub(rb"(?m)^\.", b"..", lines)
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"
