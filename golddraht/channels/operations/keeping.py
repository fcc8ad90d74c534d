"""Keeping a mail exactly as it came, before anything is understood or acknowledged."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import connection

from golddraht.channels.events import MailKept
from golddraht.channels.models import RawMail
from golddraht.channels.rules import Source
from golddraht.ground.text import without_control
from golddraht.plumbing import bus
from golddraht.plumbing.rows import added
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.plumbing.transactions import joined


@joined
def keep_raw(
    *,
    mailbox_id: int | None,
    source: Source,
    content: bytes,
    at: datetime,
    envelope_from: str = "",
    envelope_to: tuple[str, ...] = (),
    folder: str = "",
    uidvalidity: int | None = None,
    uid: int | None = None,
    client_address: str = "",
    client_greeting: str = "",
) -> RawMail:
    """The mail's bytes, stored. Whoever acknowledges it does so only after the surrounding transaction has committed.

    Fetched mail is unique by mailbox, folder, UIDVALIDITY and UID (RFC 3501 §2.3.1.1): a second time gives the first row.
    """
    place: dict[str, Any] = {
        "mailbox_id": mailbox_id,
        "folder": folder[:200],
        "uidvalidity": uidvalidity,
        "uid": uid,
    }
    row = RawMail(
        source=source,
        envelope_from=_storable(envelope_from),
        envelope_to=[_storable(one) for one in envelope_to],
        sha256=sha256(content).hexdigest(),
        content=content,
        received_at=at,
        client_address=client_address[:45],
        client_greeting=_storable(client_greeting)[:253],
        **place,
    )
    if uid is None:
        added(row)
    elif not _insert_once(row):
        known: RawMail = RawMail.objects.defer("content").get(**place)
        return known
    bus.publish(MailKept(row.pk, at))
    return row


def _insert_once(row: RawMail) -> bool:
    """Whether the row is new; a lock on the place spares an exception in the middle of a transaction."""
    place = {"mailbox_id": row.mailbox_id, "folder": row.folder, "uidvalidity": row.uidvalidity, "uid": row.uid}
    _lock_place(str(place))
    if RawMail.objects.filter(**place).exists():
        return False
    added(row)
    return True


def _lock_place(place: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"raw:{current_tenant_id()}:{place}"])


def _storable(address: str) -> str:
    return without_control(address or "")[:254]
