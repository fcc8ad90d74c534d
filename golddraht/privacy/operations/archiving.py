"""Who may open the archive, and opening something in it: always for a reason, and always noted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.plumbing.audit import note_seen
from golddraht.privacy.models import ArchiveOpening, ArchiveRight, Locked
from golddraht.privacy.queries.archive import NoSuchLocked, may_open_archive
from golddraht.team.queries import Viewer, person


class ArchiveRefused(ValueError):
    """This cannot be done; the sentence says why."""


@transaction.atomic
def give_archive_right(*, member_id: int, by: int | None, at: datetime) -> None:
    """From now on they may open what is locked away. `by` is None for the operator at the machine. Twice is as good as once.

    Raises NotSetUp for whoever does not work here, ArchiveRefused for giving it to oneself.
    """
    person(member_id)
    if member_id == by:
        raise ArchiveRefused("Nobody lets themselves into the archive: another admin does, or the operator.")
    values = {"given_at": at, "given_by_id": by}
    ArchiveRight.objects.get_or_create(member_id=member_id, ended_at=None, defaults=values)


@transaction.atomic
def end_archive_right(*, member_id: int, by: int | None, at: datetime) -> None:
    """Twice is as good as once."""
    for right in ArchiveRight.objects.select_for_update().filter(member_id=member_id, ended_at=None):
        right.ended_at, right.ended_by_id = at, by
        right.save(update_fields=["ended_at", "ended_by"])


@transaction.atomic
def open_locked(*, locked_id: int, viewer: Viewer, why: str, at: datetime) -> int:
    """Note what for, in the archive and in the audit trail; gives the number of the opening, under which it is shown for a while.

    Raises NoSuchLocked for whoever has not the right, ArchiveRefused without a reason.
    """
    row = Locked.objects.filter(pk=locked_id).defer("content").first() if may_open_archive(viewer) else None
    if row is None:
        raise NoSuchLocked(locked_id)
    if not why.strip():
        raise ArchiveRefused("Say what for: whoever looks through the trail wants to know.")
    note_seen([("privacy_locked", locked_id)], at=at)
    opening = ArchiveOpening.objects.create(
        member_id=viewer.membership_id, locked_id=locked_id, keeping=row.keeping, why=why.strip()[:300], at=at
    )
    return int(opening.pk)
