"""How far a folder of a mailbox has been fetched; a mail and the new position are stored in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from golddraht.channels.models import FolderPosition, Mailbox
from golddraht.channels.operations.keeping import keep_raw
from golddraht.channels.rules import Source

LOOKED_BACK = timedelta(days=1)
"""What came into a mailbox earlier than this before we first looked is history: it is imported, not answered."""


@transaction.atomic
def position_in(*, mailbox_id: int, folder: str, uidvalidity: int) -> int | None:
    """The last UID that was fetched; None where the folder's UIDs say nothing yet, or nothing any more.

    That is before the first look, and when UIDVALIDITY has changed (RFC 3501 §2.3.1.1): then ask `begins_on`.
    """
    rows = FolderPosition.objects.filter(mailbox_id=mailbox_id, folder=folder, uidvalidity=uidvalidity)
    last: int | None = rows.values_list("last_uid", flat=True).first()
    return last


def begins_on(*, mailbox_id: int, at: datetime) -> date:
    """The day from which on mails are fetched where no UID helps: shortly before the last look, or before now.

    What is fetched a second time is known by its words; nobody gets a receipt for what they wrote years ago.
    """
    fetched_at = Mailbox.objects.values_list("fetched_at", flat=True).get(pk=mailbox_id)
    return ((fetched_at or at) - LOOKED_BACK).date()


@transaction.atomic
def begin_behind(*, mailbox_id: int, folder: str, uidvalidity: int, uid: int) -> None:
    """Whatever has a higher UID is to be fetched."""
    FolderPosition.objects.update_or_create(
        mailbox_id=mailbox_id, folder=folder, defaults={"uidvalidity": uidvalidity, "last_uid": uid}
    )


@transaction.atomic
def keep_fetched(
    *, mailbox_id: int, folder: str, uidvalidity: int, mails: Iterable[tuple[int, bytes]], at: datetime
) -> None:
    """Store these mails by their UID and move the position behind them."""
    mailbox = Mailbox.objects.get(pk=mailbox_id)
    last = 0
    for uid, content in mails:
        keep_raw(
            mailbox_id=mailbox.pk,
            source=Source.IMAP,
            content=content,
            folder=folder,
            uidvalidity=uidvalidity,
            uid=uid,
            at=at,
        )
        last = max(last, uid)
    rows = FolderPosition.objects.filter(mailbox_id=mailbox_id, folder=folder, uidvalidity=uidvalidity)
    rows.filter(last_uid__lt=last).update(last_uid=last)
