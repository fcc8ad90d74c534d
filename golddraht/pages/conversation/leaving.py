"""Answers on their way out of the house, and drafts, as the page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from golddraht.conversations.queries import DraftKept, FileKept, undoable_of
from golddraht.conversations.rules import Stopped, latest_leaving
from golddraht.ground.numbers import spoken
from golddraht.pages.conversation.laid_out import formatted
from golddraht.pages.shown import moment, person_name, size
from golddraht.plumbing.files import PICTURES
from golddraht.team.queries import Viewer

MORNING = 8
JUST_NOW = timedelta(minutes=10)
FRIDAY = 4


@dataclass(frozen=True)
class FileShown:
    """A file that goes along with a draft."""

    id: int
    name: str
    size_text: str
    url: str
    remove_url: str
    content_id: str
    is_picture: bool


@dataclass(frozen=True)
class LeavingShown:
    """What components/leaving.html takes."""

    id: int
    author_name: str
    text: str
    html: str
    when: datetime
    when_text: str
    seconds: int
    is_timed: bool
    done_at: datetime | None
    """When the viewer sent it, as long as that is what a key for the last act means."""
    files: tuple[FileShown, ...]
    take_back_url: str
    now_url: str


@dataclass(frozen=True)
class UndoableShown:
    text: str
    seconds: int
    sent_at: datetime
    url: str
    take_back_url: str


@dataclass(frozen=True)
class Later:
    """A moment that is often chosen."""

    value: str
    text: str


def leaving_shown(draft: DraftKept, viewer: Viewer, number: int, query: str, at: datetime) -> LeavingShown:
    assert draft.leaves_at is not None
    slug = viewer.tenant_slug
    is_own = draft.member_id == viewer.membership_id
    return LeavingShown(
        id=draft.id,
        author_name=gettext("%(name)s (you)") % {"name": draft.member_name} if is_own else draft.member_name,
        text=draft.text,
        html="" if draft.is_plain else formatted(draft.text, pictures_of(draft.files, viewer)),
        when=draft.leaves_at,
        when_text=moment(draft.leaves_at, at),
        seconds=_seconds(draft.leaves_at, at),
        is_timed=draft.is_timed,
        done_at=draft.changed_at if is_own and at - draft.changed_at < JUST_NOW else None,
        files=tuple(file_shown(file, viewer, number) for file in draft.files),
        take_back_url=reverse("take_back", args=[slug, number, draft.id]) + query,
        now_url=reverse("send_now", args=[slug, number, draft.id]) + query,
    )


def _seconds(leaves_at: datetime, at: datetime) -> int:
    return max(ceil((leaves_at - at).total_seconds()), 0)


def file_shown(file: FileKept, viewer: Viewer, number: int) -> FileShown:
    slug = viewer.tenant_slug
    return FileShown(
        id=file.id,
        name=file.name,
        size_text=size(file.size),
        url=reverse("draft_file", args=[slug, file.id]),
        remove_url=reverse("remove_draft_file", args=[slug, number, file.id]),
        content_id=file.content_id,
        is_picture=file.content_type in PICTURES,
    )


def pictures_of(files: Iterable[FileKept], viewer: Viewer) -> dict[str, str]:
    """The addresses of a draft's pictures, by the content id with which its words name them."""
    return {
        file.content_id: reverse("draft_file", args=[viewer.tenant_slug, file.id])
        for file in files
        if file.content_type in PICTURES
    }


def undoable_for(viewer: Viewer, at: datetime, *, besides: str = "") -> list[UndoableShown]:
    """What the viewer has just sent in another concern than the one that is open."""
    return [
        UndoableShown(
            text=gettext("Answer to %(name)s") % {"name": person_name(one.customer_name)},
            seconds=_seconds(one.leaves_at, at),
            sent_at=one.sent_at,
            url=reverse("conversation", args=[viewer.tenant_slug, one.number]),
            take_back_url=reverse("take_back", args=[viewer.tenant_slug, one.number, one.id]),
        )
        for one in undoable_of(viewer=viewer, at=at)
        if spoken(one.number) != besides
    ]


def stopped_words(draft: DraftKept | None) -> str:
    """Why the draft, which was sent, did not leave; empty for one that was not."""
    return why_stopped(draft.stopped_why) if draft is not None else ""


def why_stopped(why: str) -> str:
    """The same for the bare reason."""
    if not why:
        return ""
    words = {
        Stopped.CUSTOMER_WROTE: gettext(
            "Your answer was not sent: the customer wrote before it left. Read the new message; your text is here."
        ),
        Stopped.RESTS: gettext(
            "Your answer was not sent: the concern was merged or marked as spam. Your text is here."
        ),
        Stopped.NEXT_TOUCH: gettext("Your answer was not sent: the next touch in it does not fit any more."),
        Stopped.RECIPIENT: gettext("Your answer was not sent: somebody it was to go to takes part no longer."),
        Stopped.EMPTY: gettext("Your answer was not sent: there was nothing in it."),
        Stopped.SALUTATION: gettext(
            "Your answer was not sent: it says Frau or Herr, and nothing speaks for that any more. Your text is here."
        ),
        Stopped.RESTORED: gettext(
            "Your answer waited when this copy was made; perhaps it was sent since. Look before you send it again."
        ),
    }
    return words[Stopped(why)]


def later_choices(at: datetime, *, next_touch_at: datetime | None) -> list[Later]:
    """In an hour, tomorrow morning, after the weekend: as far as the customer was told that they may wait."""
    now = timezone.localtime(at)
    morning = (now + timedelta(days=1)).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    monday = morning + timedelta(days=(7 - morning.weekday()) % 7)
    choices = [(now + timedelta(hours=1)).replace(second=0, microsecond=0), morning]
    choices += [monday] if now.weekday() >= FRIDAY and monday != morning else []
    latest = latest_leaving(at=at, next_touch_at=next_touch_at)
    return [Later(one.isoformat(), moment(one, at)) for one in choices if one <= latest]
