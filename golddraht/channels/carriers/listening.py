"""The listener's process: the SMTP and LMTP doors, the demo's catcher, and one watch for each mailbox that is fetched."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from dataclasses import dataclass, field
from threading import Event

from django.conf import settings
from django.db import DatabaseError

from golddraht.channels.carriers.catcher import catcher_server
from golddraht.channels.carriers.imap import Watch
from golddraht.channels.carriers.listener import lmtp_server, smtp_server
from golddraht.channels.carriers.listener.servers import Server
from golddraht.channels.carriers.threads import borrowed_connection
from golddraht.channels.models import Mailbox
from golddraht.channels.queries import mailboxes
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import seeing
from golddraht.team.queries import all_tenants

LOOK_EVERY = 10.0
END_WITHIN = 2.0
log = logging.getLogger(__name__)


def run(stop: Event | None = None) -> None:
    """Listen and fetch until `stop` is set or the process is interrupted. Raises OSError when a port is taken."""
    stop = stop or Event()
    watches = Watches()
    with ExitStack() as open_doors:
        for server in servers():
            server.start()
            open_doors.callback(server.stop)
        open_doors.callback(watches.end)
        while True:
            watches.look()
            if stop.wait(LOOK_EVERY):
                break


def servers() -> list[Server]:
    """The doors of this house. The catcher is always there: a mailbox without a server of its own sends to it."""
    return [
        smtp_server(host=settings.LISTEN_HOST, port=settings.SMTP_PORT),
        lmtp_server(host=settings.LISTEN_HOST, port=settings.LMTP_PORT),
        catcher_server(port=settings.CATCHER_PORT),
    ]


@dataclass(frozen=True)
class Wanted:
    """A mailbox to fetch, with everything that asks for a new connection when it changes."""

    tenant_id: int
    mailbox_id: int
    language: str
    access: tuple[object, ...] = field(repr=False)


class Watches:
    """The running watches; `look` starts new ones and restarts those whose settings changed."""

    def __init__(self) -> None:
        self._running: dict[Wanted, Watch] = {}

    def look(self) -> None:
        """One look at all mailboxes. A database that cannot be asked changes nothing."""
        try:
            wanted = self._wanted()
        except DatabaseError:
            log.warning("The database cannot be reached; the mailboxes are watched as before.")
            return
        for gone in self._running.keys() - wanted:
            self._running.pop(gone).stop.set()
        for new in wanted - self._running.keys():
            self._running[new] = watch = Watch(
                tenant_id=new.tenant_id, mailbox_id=new.mailbox_id, language=new.language
            )
            watch.start()

    def _wanted(self) -> set[Wanted]:
        found = set()
        with borrowed_connection():
            for tenant in all_tenants():
                with seeing(tenant.pk, read_only=True):
                    rows = mailboxes()
                found |= {_wanted(tenant, row) for row in rows if _can_be_opened(row) and not tenant.is_demo}
        return found

    def end(self) -> None:
        """Ask all of them to end, and wait a moment for it."""
        for watch in self._running.values():
            watch.stop.set()
        for watch in self._running.values():
            watch.join(END_WITHIN)


def _can_be_opened(mailbox: Mailbox) -> bool:
    """A mailbox that waits for being connected would only be refused, again and again."""
    return bool(mailbox.imap_host and (mailbox.uses_oauth or mailbox.imap_password))


def _wanted(tenant: Tenant, mailbox: Mailbox) -> Wanted:
    return Wanted(tenant.pk, mailbox.pk, tenant.language, _access(mailbox))


def _access(mailbox: Mailbox) -> tuple[object, ...]:
    names = ("imap_host", "imap_port", "imap_security", "imap_folder", "imap_user", "uses_oauth")
    return (*(getattr(mailbox, name) for name in names), mailbox.imap_password.sealed_text)
