"""One thread per mailbox: connect, fetch what is new, wait for more, and come back after any failure."""

from __future__ import annotations

import imaplib
import logging
import random
import time
from threading import Event, Thread
from typing import Any

import psycopg
from django.db import DatabaseError, connection
from django.utils import translation
from django.utils.translation import gettext as _
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from golddraht.channels.carriers.imap.folder import Access, Folder
from golddraht.channels.carriers.smtp.sending import in_words
from golddraht.channels.carriers.threads import borrowed_connection
from golddraht.channels.models import Mailbox
from golddraht.channels.operations.asking_tokens import NoToken
from golddraht.channels.operations.fetching import begin_behind, begins_on, keep_fetched, position_in
from golddraht.channels.operations.health import note_fetched, note_fetching_failed
from golddraht.channels.operations.showing_tokens import TokenRefused
from golddraht.channels.operations.tokens import fresh_token, mistrust_token
from golddraht.plumbing.clock import now
from golddraht.plumbing.pausing import is_paused
from golddraht.plumbing.tenancy import seeing

REISSUE = 25 * 60.0
"""Seconds after which IDLE begins anew: servers log off whoever idles for 29 minutes (RFC 2177)."""

POLL = 5 * 60.0
"""Seconds after which we look by ourselves, whatever the server says."""

SLICE = 1.0
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 120.0
TROUBLE = (OSError, imaplib.IMAP4.error, ImapToolsError, NoToken, UnicodeError)
log = logging.getLogger(__name__)


class Watch(Thread):
    """Fetches one mailbox until `stop` is set; only one process at a time does, by an advisory lock of its own connection."""

    def __init__(self, *, tenant_id: int, mailbox_id: int, language: str, poll: float = POLL) -> None:
        super().__init__(name=f"mailbox-{mailbox_id}", daemon=True)
        self.tenant_id, self.mailbox_id, self.language, self.poll = tenant_id, mailbox_id, language, poll
        self.stop = Event()
        self._lock: psycopg.Connection[Any] | None = None

    def run(self) -> None:
        pause = SHORTEST_PAUSE
        with translation.override(self.language):
            while not self.stop.is_set():
                began = time.monotonic()
                self._stint()
                pause = pause_after(time.monotonic() - began, pause)
                # All mailboxes of a server that was away would otherwise knock in the same moment.
                self.stop.wait(pause * random.uniform(0.8, 1.2))  # noqa: S311  # No secret.
        self._let_go()

    def _stint(self) -> None:
        """One connection, from signing in to its end. Whatever goes wrong is noted, and ends only this stint."""
        try:
            if not self._is_ours():
                return
            with borrowed_connection():
                access = self._access()
            self._watch(Folder(access), access)
        except DatabaseError:
            log.warning("The database cannot be reached.", extra={"mailbox": self.mailbox_id})
        except psycopg.Error:
            log.warning("The database cannot be reached.", extra={"mailbox": self.mailbox_id})
        except TokenRefused as failure:
            mistrust_token(tenant_id=self.tenant_id, mailbox_id=self.mailbox_id, at=now())
            self._note_failure(failure)
        except TROUBLE as failure:
            self._note_failure(failure)
        except Exception as failure:
            log.exception("Watching a mailbox has failed.", extra={"mailbox": self.mailbox_id})
            self._note_failure(failure)

    def _watch(self, folder: Folder, access: Access) -> None:
        try:
            while not self.stop.is_set() and not self._rests():
                self._fetch(folder, access)
                self._wait(folder)
                if access.token:
                    # Renewed while we idle, so that a grant that was taken back is noticed while the connection still holds.
                    self._token()
        finally:
            folder.close()

    def _fetch(self, folder: Folder, access: Access) -> None:
        place = {"mailbox_id": self.mailbox_id, "folder": access.folder, "uidvalidity": folder.uidvalidity}
        with borrowed_connection(), seeing(self.tenant_id):
            last = position_in(**place)  # type: ignore[arg-type]  # Names and types are those of the operation.
            day = begins_on(mailbox_id=self.mailbox_id, at=now())
        if last is None:
            last = folder.end_before(day)
            with borrowed_connection(), seeing(self.tenant_id):
                begin_behind(**place, uid=last)  # type: ignore[arg-type]  # As above.
        for batch in folder.newer_than(last):
            with borrowed_connection(), seeing(self.tenant_id):
                keep_fetched(**place, mails=[(one.uid, one.content) for one in batch], at=now())  # type: ignore[arg-type]  # As above.
        with borrowed_connection(), seeing(self.tenant_id):
            note_fetched(mailbox_id=self.mailbox_id, at=now())

    def _wait(self, folder: Folder) -> None:
        """Until mail comes, or it is time to look anyway; asked to stop we end within a second."""
        until = time.monotonic() + min(self.poll, REISSUE)
        if folder.can_idle:
            folder.wait_for_mail(lambda: self.stop.is_set() or time.monotonic() > until)
            return
        while not self.stop.wait(SLICE) and time.monotonic() < until:
            pass
        folder.check()

    # The mailbox

    def _access(self) -> Access:
        with seeing(self.tenant_id, read_only=True):
            mailbox: Mailbox = Mailbox.objects.get(pk=self.mailbox_id)
        return Access(
            host=mailbox.imap_host,
            port=mailbox.imap_port,
            security=mailbox.imap_security,
            user=mailbox.imap_user,
            folder=mailbox.imap_folder,
            password=mailbox.imap_password.reveal(),
            token=self._token() if mailbox.uses_oauth else "",
        )

    def _token(self) -> str:
        with borrowed_connection():
            return fresh_token(tenant_id=self.tenant_id, mailbox_id=self.mailbox_id, at=now())

    def _rests(self) -> bool:
        with borrowed_connection():
            return is_paused()

    def _note_failure(self, failure: Exception) -> None:
        try:
            with borrowed_connection(), seeing(self.tenant_id):
                host = Mailbox.objects.values_list("imap_host", flat=True).get(pk=self.mailbox_id)
                note_fetching_failed(mailbox_id=self.mailbox_id, failure=why(host, failure), at=now())
        except DatabaseError:
            log.warning("A failing mailbox could not be noted.", extra={"mailbox": self.mailbox_id})

    # One process at a time

    def _is_ours(self) -> bool:
        if self._lock is not None and not self._lock.closed:
            self._lock.execute("SELECT 1")
            return True
        self._lock = direct_connection()
        row = self._lock.execute(
            "SELECT pg_try_advisory_lock(hashtextextended(%s, 2))", [f"mailbox:{self.mailbox_id}"]
        ).fetchone()
        if row is None or not row[0]:
            self._let_go()
        return self._lock is not None

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock.close()
        self._lock = None


def pause_after(lasted: float, pause: float) -> float:
    """Seconds until the next try: twice as long each time; a connection that held for a while was nothing to be afraid of."""
    return SHORTEST_PAUSE if lasted > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)


def direct_connection() -> psycopg.Connection[Any]:
    """A connection outside of the pool: a lock lives exactly as long as it."""
    params: dict[str, Any] = connection.get_connection_params()
    for name in ("cursor_factory", "context", "pool"):
        params.pop(name, None)
    return psycopg.connect(**params, autocommit=True)


def why(host: str, failure: Exception) -> str:
    """Why a mailbox cannot be fetched, so that whoever reads it knows what to do."""
    if isinstance(failure, MailboxLoginError):
        return _("%(host)s refused user name or password.") % {"host": host}
    if isinstance(failure, MailboxFolderSelectError):
        return _("The folder cannot be opened on %(host)s.") % {"host": host}
    if isinstance(failure, NoToken | TokenRefused):
        return str(failure)
    return in_words(host, failure)
