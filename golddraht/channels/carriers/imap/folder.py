"""IMAP (RFC 3501): a connection to a checked address, and the new mails of a folder."""

from __future__ import annotations

import contextlib
import imaplib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from imap_tools import AND, BaseMailBox

from golddraht.channels.operations.securing import secure_imap
from golddraht.channels.operations.showing_tokens import show_to_imap
from golddraht.plumbing import outgoing

BATCH = 20
BATCH_BYTES = 8 * 1024 * 1024
SLICE = 1.0


@dataclass(frozen=True)
class Access:
    """How a mailbox is reached. With a `token` no password is shown."""

    host: str
    port: int
    security: str
    user: str
    folder: str
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


@dataclass(frozen=True)
class Fetched:
    """One mail as the server keeps it."""

    uid: int
    content: bytes = field(repr=False)


class Plain(imaplib.IMAP4):
    """Connects where it may (see `outgoing`)."""

    def _create_socket(self, timeout: float | None) -> Any:
        return outgoing.connect(self.host, self.port, timeout=timeout or outgoing.STEP)


class Secure(imaplib.IMAP4_SSL):
    """The same in TLS from the first byte."""

    def _create_socket(self, timeout: float | None) -> Any:
        return outgoing.connect_tls(self.host, self.port, self.ssl_context, timeout=timeout or outgoing.STEP)


class Box(BaseMailBox):
    """A mailbox that is not signed in to yet."""

    def __init__(self, access: Access) -> None:
        self.access = access
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        host, port = self.access.host, self.access.port
        if self.access.security.upper() == "TLS":
            return Secure(host, port, ssl_context=outgoing.trusted(), timeout=outgoing.STEP)
        client = Plain(host, port, timeout=outgoing.STEP)
        try:
            if self.access.security.upper() == "STARTTLS":
                secure_imap(client)
        except BaseException:
            # A handshake that failed has closed the socket already.
            with contextlib.suppress(OSError):
                client.shutdown()
            raise
        return client


class Folder:
    """The folder of a mailbox, signed in and selected for reading; nothing in it is changed by looking."""

    def __init__(self, access: Access) -> None:
        self._box = Box(access)
        try:
            self._sign_in(access)
            self.uidvalidity = self._select(access.folder)
        except BaseException:
            self.close()
            raise

    def _sign_in(self, access: Access) -> None:
        if access.token:
            show_to_imap(self._box.client, user=access.user, token=access.token)
        elif access.user.isascii() and access.password.isascii():
            self._box.login(access.user, access.password, initial_folder=None)
        else:
            self._box.login_utf8(access.user, access.password, initial_folder=None)

    def _select(self, folder: str) -> int:
        self._box.folder.set(folder, readonly=True)
        answer = self._box.client.response("UIDVALIDITY")[1]
        return int(answer[0]) if answer and answer[0] else 0

    def end_before(self, day: date) -> int:
        """The UID behind which the mails begin that came on that day or later; the last one there is when none did."""
        # In this order: what comes between the two questions is in the second answer, and taken for new.
        last = max((int(one) for one in self._box.uids("ALL")), default=0)
        since = [int(one) for one in self._box.uids(AND(date_gte=day))]
        return min(since) - 1 if since else last

    def newer_than(self, uid: int) -> Iterator[list[Fetched]]:
        """The mails with a higher UID, in the order of their UIDs, in batches that fit into memory."""
        # “5:*” names the last mail even when its UID is 4 (RFC 3501 §6.4.8).
        found = sorted(int(one) for one in self._box.uids(f"UID {uid + 1}:*"))
        batch: list[Fetched] = []
        for one in found:
            if one > uid and (mail := self._fetch(one)) is not None:
                batch.append(mail)
            if len(batch) >= BATCH or sum(len(mail.content) for mail in batch) > BATCH_BYTES:
                yield batch
                batch = []
        if batch:
            yield batch

    def _fetch(self, uid: int) -> Fetched | None:
        """The mail, or as much of it as we take from anybody; None when it was deleted meanwhile."""
        status, answer = self._box.client.uid("FETCH", str(uid), f"(UID BODY.PEEK[]<0.{settings.LARGEST_MAIL}>)")
        if status != "OK":
            raise imaplib.IMAP4.error(f"FETCH was answered {status}")
        content = next((part[1] for part in answer if isinstance(part, tuple)), None)
        return None if content is None else Fetched(uid, bytes(content))

    @property
    def can_idle(self) -> bool:
        """Whether the server tells by itself that mail has come (RFC 2177)."""
        return "IDLE" in self._box.client.capabilities

    def wait_for_mail(self, enough: Callable[[], bool]) -> None:
        """Idle until the server says anything, or `enough` (asked every second). Raises when the connection is gone."""
        idle: Any = self._box.idle
        idle.start()
        while not enough():
            began = time.monotonic()
            # An answer of nothing before its time is the end of the connection, which the library does not tell.
            if idle.poll(timeout=SLICE) or time.monotonic() - began < SLICE / 2:
                break
        # Before the answer to DONE come the words that we have not read yet; a connection that is gone shows here.
        idle.stop()

    def check(self) -> None:
        """Let the server show that it is there, and tell what is new."""
        self._box.client.noop()

    def close(self) -> None:
        """Sign out; a connection that is gone already is what was wanted."""
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            self._box.client.logout()
        with contextlib.suppress(OSError):
            self._box.client.shutdown()
