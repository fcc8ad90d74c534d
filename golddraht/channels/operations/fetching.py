"""How far a folder of a mailbox has been fetched; a mail and the new position are stored in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from golddraht.channels.models import FolderPosition, Mailbox
from golddraht.channels.operations.keeping import keep_raw
from golddraht.channels.rules import Source


@transaction.atomic
def position_in(*, mailbox_id: int, folder: str, uidvalidity: int) -> int:
    """The last UID that was fetched. A changed UIDVALIDITY starts again at the beginning (RFC 3501 §2.3.1.1)."""
    position, _ = FolderPosition.objects.select_for_update().get_or_create(
        mailbox_id=mailbox_id, folder=folder, defaults={"uidvalidity": uidvalidity}
    )
    if position.uidvalidity != uidvalidity:
        position.uidvalidity, position.last_uid = uidvalidity, 0
        position.save(update_fields=["uidvalidity", "last_uid"])
    return int(position.last_uid)


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
