"""What a colleague is writing, kept while they write, so that it is there on any device and survives a crash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from golddraht.conversations.events import DraftsChanged
from golddraht.conversations.models import Draft, DraftFile
from golddraht.conversations.operations.receiving import Enclosure
from golddraht.conversations.rules import Channel
from golddraht.plumbing import bus
from golddraht.plumbing.files import new_name


class DraftMovedOn(ValueError):
    """The draft was continued, sent or discarded elsewhere since it was shown here."""


@dataclass(frozen=True)
class Writing:
    """An answer as it stands in the composer. `recipients` None leaves it to whoever takes part."""

    text: str = ""
    channel: Channel = Channel.EMAIL
    recipients: tuple[str, ...] | None = None
    next_touch_at: datetime | None = None
    still_ours: bool = False
    seen_message_id: int | None = None

    def is_empty(self) -> bool:
        return not self.text.strip()

    def columns(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "channel": self.channel,
            "recipients": list(self.recipients) if self.recipients is not None else None,
            "next_touch_at": self.next_touch_at,
            "still_ours": self.still_ours,
            "seen_message_id": self.seen_message_id,
        }


@transaction.atomic
def keep_draft(
    *,
    conversation_id: int,
    member_id: int,
    writing: Writing,
    at: datetime,
    enclosures: tuple[Enclosure, ...] = (),
    known_at: datetime | None = None,
) -> Draft | None:
    """The member's one draft in this conversation says this now; None when there is nothing to keep, and none is left.

    With `known_at`, the `changed_at` that the page knows, somebody's own words from another device are never written
    over: raises DraftMovedOn.
    """
    draft = _refuse_moved_on(open_draft(conversation_id, member_id), known_at)
    if draft is None and (enclosures or not writing.is_empty()):
        draft = _begun(conversation_id, member_id, at)
    if draft is None:
        return None
    if writing.is_empty() and not enclosures and not draft.files.exists():
        throw_away(draft, at=at)
        return None
    Draft.objects.filter(pk=draft.pk).update(**writing.columns(), changed_at=at)
    for enclosure in enclosures:
        keep_file(draft, enclosure)
    draft.refresh_from_db()
    return draft


def open_draft(conversation_id: int, member_id: int) -> Draft | None:
    """The one being written, locked."""
    rows = Draft.objects.select_for_update().filter(conversation_id=conversation_id, member_id=member_id)
    found: Draft | None = rows.filter(leaves_at=None).first()
    return found


def _refuse_moved_on(draft: Draft | None, known_at: datetime | None) -> Draft | None:
    if known_at is not None and (draft is None or draft.changed_at != known_at):
        raise DraftMovedOn("This draft was changed elsewhere.")
    return draft


def _begun(conversation_id: int, member_id: int, at: datetime) -> Draft:
    # Two tabs may begin at the same moment: the second one goes on with what the first has begun.
    draft, _is_new = Draft.objects.get_or_create(
        conversation_id=conversation_id, member_id=member_id, leaves_at=None, defaults={"changed_at": at}
    )
    bus.publish(DraftsChanged(member_id, at))
    return draft


def keep_file(draft: Draft, enclosure: Enclosure) -> DraftFile:
    """Store a file with the draft, under a name that nobody can guess."""
    name = new_name()
    file = DraftFile(
        draft=draft,
        name=enclosure.name[:200],
        content_type=enclosure.content_type[:200],
        size=len(enclosure.content),
        sha256=enclosure.sha256,
        content_id=f"{name.rpartition('/')[2][:20]}@golddraht",
    )
    file.file.save(name, ContentFile(enclosure.content), save=True)
    return file


@transaction.atomic
def take_file_out(*, conversation_id: int, member_id: int, file_id: int, at: datetime) -> None:
    """The file goes along no longer. Twice is as good as once."""
    draft = open_draft(conversation_id, member_id)
    file = DraftFile.objects.filter(pk=file_id, draft=draft).first() if draft else None
    if file is not None:
        _forget(file)
        Draft.objects.filter(pk=file.draft_id).update(changed_at=at)


@transaction.atomic
def discard_draft(*, conversation_id: int, member_id: int, at: datetime) -> None:
    """Nothing of it is kept. What was sent already and waits to leave is no draft of this kind and stays."""
    draft = open_draft(conversation_id, member_id)
    if draft is not None:
        throw_away(draft, at=at)


def throw_away(draft: Draft, *, at: datetime) -> None:
    for file in draft.files.all():
        _forget(file)
    draft.delete()
    bus.publish(DraftsChanged(draft.member_id, at))


def _forget(file: DraftFile) -> None:
    file.delete()
    # Last: should the transaction fail, a row never points at nothing.
    default_storage.delete(file.file.name or "")


def reopened(draft: Draft) -> Draft:
    """What waited to leave is the member's draft again; what they have begun since follows below it."""
    begun = open_draft(draft.conversation_id, draft.member_id)
    draft.leaves_at, draft.is_timed, draft.is_plain = None, False, False
    join(begun, draft)
    return draft


def join(begun: Draft | None, draft: Draft) -> None:
    """`draft` takes in what was begun beside it: there is one for each member in a conversation."""
    if begun is not None:
        begun.files.update(draft=draft)
        draft.text = "\n\n".join(text for text in (draft.text, begun.text) if text.strip())
        begun.delete()
    draft.save()
