"""What is being written in a concern, and what was sent there and has not left yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, prefetch_related_objects

from golddraht.conversations.models import Draft, DraftFile, ErrandLine
from golddraht.conversations.queries.enclosing import StoredFile
from golddraht.conversations.queries.finding import NoSuchConversation, Seer
from golddraht.plumbing.asking import Asked, Question


@dataclass(frozen=True)
class FileKept:
    """A file that goes along."""

    id: int
    name: str
    content_type: str
    size: int
    content_id: str


@dataclass(frozen=True)
class DraftKept:
    """A draft; with `leaves_at` it was sent and waits, with `stopped_why` it was sent and did not leave."""

    id: int
    member_id: int
    member_name: str
    text: str
    channel: str
    recipients: tuple[str, ...] | None
    next_touch_at: datetime | None
    still_ours: bool
    seen_message_id: int | None
    changed_at: datetime
    leaves_at: datetime | None
    is_timed: bool
    is_plain: bool
    stopped_why: str
    files: tuple[FileKept, ...]


@dataclass(frozen=True)
class Undoable:
    """An answer of the viewer that leaves within seconds."""

    id: int
    number: int
    customer_name: str
    leaves_at: datetime
    sent_at: datetime


def drafts_in(*, viewer: Seer, conversation_id: int) -> list[DraftKept]:
    """The viewer's own draft, and whatever of anybody waits there to leave, the next one first."""
    found = _IN.all(tenant=viewer.tenant_id, conversation=conversation_id, me=viewer.membership_id)
    prefetch_related_objects(found, "files")
    return [_kept(row) for row in found]


_IN: Question[Draft] = Question(
    lambda: (
        Draft.objects.filter(
            Q(member_id=Asked("me")) | Q(leaves_at__isnull=False),
            tenant_id=Asked("tenant"),
            conversation_id=Asked("conversation"),
        )
        .select_related("member")
        .order_by("leaves_at", "pk")
    )
)


def _kept(row: Draft) -> DraftKept:
    return DraftKept(
        id=row.pk,
        member_id=row.member_id,
        member_name=row.member.name,
        text=row.text,
        channel=row.channel,
        recipients=tuple(row.recipients) if row.recipients is not None else None,
        next_touch_at=row.next_touch_at,
        still_ours=row.still_ours,
        seen_message_id=row.seen_message_id,
        changed_at=row.changed_at,
        leaves_at=row.leaves_at,
        is_timed=row.is_timed,
        is_plain=row.is_plain,
        stopped_why=row.stopped_why,
        files=tuple(_file(one) for one in sorted(row.files.all(), key=lambda file: file.pk)),
    )


def _file(row: DraftFile) -> FileKept:
    return FileKept(row.pk, row.name, row.content_type, row.size, row.content_id)


_UNDOABLE: Question[Draft] = Question(
    lambda: (
        Draft.objects.filter(
            tenant_id=Asked("tenant"), member_id=Asked("me"), leaves_at__gt=Asked("now"), is_timed=False
        )
        # What belongs to an errand is undone with it.
        .exclude(pk__in=ErrandLine.objects.filter(tenant_id=Asked("tenant"), draft__isnull=False).values("draft_id"))
        .select_related("conversation__customer")
        .order_by("leaves_at")
    )
)


def undoable_of(*, viewer: Seer, at: datetime) -> list[Undoable]:
    """What the viewer has just sent and can still take back without thinking about when."""
    found = _UNDOABLE.all(tenant=viewer.tenant_id, me=viewer.membership_id, now=at)
    return [
        Undoable(row.pk, row.conversation.number, row.conversation.customer.name, row.leaves_at or at, row.changed_at)
        for row in found
    ]


def draft_file_for(*, viewer: Seer, file_id: int) -> StoredFile:
    """A file of the viewer's own draft, or of one that waits to leave. Raises NoSuchConversation."""
    mine = Q(draft__member_id=viewer.membership_id) | Q(draft__leaves_at__isnull=False)
    rows = DraftFile.objects.filter(mine, tenant_id=viewer.tenant_id, pk=file_id)
    found = rows.select_related("draft__conversation").first()
    if found is None:
        raise NoSuchConversation(file_id)
    return StoredFile(found.file.name or "", found.name, found.content_type, found.draft.conversation.customer_id)
