"""The list of concerns as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, gettext_lazy

from golddraht.conversations.queries import DraftMark, Page, Place, Row, counts, inbox
from golddraht.conversations.rules import Status
from golddraht.pages.conversation.place import url_of
from golddraht.pages.doors import Visit
from golddraht.pages.errands.macros import MacroShown, macros_shown
from golddraht.pages.errands.shown import ErrandShown, latest_shown
from golddraht.pages.errands.tokens import fresh_token
from golddraht.pages.home.demo import MovingIn, moving_in
from golddraht.pages.inbox.named import PLACE_NAMES
from golddraht.pages.inbox.place import Listed, hears, list_url, listed
from golddraht.pages.shown import (
    channel_icon,
    channel_name,
    count_text,
    hue_of,
    person_initials,
    person_name,
    touch_state,
    touch_text,
)
from golddraht.pages.templatetags.rows import DRAWN
from golddraht.search.queries import FilterLine
from golddraht.team.queries import Viewer
from golddraht.team.rules import Priority

ROWS = 50
ALWAYS_SHOWN = (Place.MINE, Place.PROMISED_TODAY, Place.TEAM)
REST = (
    Place.MENTIONED,
    Place.DRAFTS,
    Place.WAITING,
    Place.IN_DANGER,
    Place.SOLVED,
    Place.QUIET,
    Place.ALL,
    Place.SPAM,
    Place.BLOCKED,
)

EMPTY_TEXTS = {
    Place.TEAM: gettext_lazy("Nobody is waiting for your team."),
    Place.PROMISED_TODAY: gettext_lazy("Nothing more is promised for today."),
    Place.WAITING: gettext_lazy("No customer owes us an answer."),
    Place.IN_DANGER: gettext_lazy("No promise is in danger."),
    Place.SOLVED: gettext_lazy("Nothing was solved yet this week."),
    Place.ALL: gettext_lazy("When the first mail arrives it stands here."),
    Place.QUIET: gettext_lazy("Nothing was put aside."),
    Place.SPAM: gettext_lazy("Nothing was marked as spam."),
    Place.BLOCKED: gettext_lazy("No blocked sender has written."),
    Place.DRAFTS: gettext_lazy("You have begun nothing that is not sent."),
    Place.MENTIONED: gettext_lazy("No note names you that you have not read."),
}
"""What is said where nothing is; of one's own list more is said."""
DRAFT_MARKS = {
    DraftMark.WRITING: gettext_lazy("Draft"),
    DraftMark.LEAVING: gettext_lazy("leaves later"),
    DraftMark.STOPPED: gettext_lazy("not sent"),
}


@dataclass(frozen=True)
class Chip:
    text: str
    url: str
    count: str
    is_here: bool


@dataclass(frozen=True)
class Pager:
    newer_url: str
    older_url: str
    text: str = ""


@dataclass(frozen=True)
class RowShown:
    """What components/conversation_row.html takes."""

    id: str
    pick_id: str
    url: str
    customer_name: str
    initials: str
    hue: int
    subject: str
    preview: str
    when: datetime
    channel_icon: str
    channel_name: str
    next_touch_text: str
    touch_state: str
    is_unread: bool
    is_active: bool
    badge: str
    mark: str
    mark_state: str
    is_mentioned: bool


@dataclass(frozen=True)
class ListShown:
    title: str
    url: str
    hears: str
    """The names of what changes it, as data-hears takes them."""
    mark: str
    """Stands for everything that is shown: as long as it is the same there is nothing to show anew."""
    chips: list[Chip]
    more: list[Chip]
    rows: list[RowShown]
    pager: Pager
    empty_icon: str
    empty_title: str
    empty_text: str
    is_alone: bool
    moving_in: MovingIn | None
    many_url: str
    keep_url: str
    filter: FilterLine | None
    token: str
    macros: list[MacroShown]
    errand: ErrandShown | None


def list_shown(request: Visit, *, at: datetime, chosen: int | None = None) -> ListShown:
    """The list that the address asks for; `chosen` is the number of the concern that is open beside it."""
    here, before = listed(request), request.GET.get("before", "")
    page = _page(request, here, at=at, limit=ROWS, before=before)
    numbers = counts(viewer=request.viewer, at=at)
    beside = _beside(here, is_mentioned=numbers.get(Place.MENTIONED, 0) > 0)
    own = [Chip(here.filter.name, list_url(request.viewer, here.key), "", is_here=True)] if here.filter else []
    shown = ListShown(
        title=list_title(here),
        url=list_url(request.viewer, here.key, before=before, chosen=chosen),
        hears=hears(request.viewer, here.place),
        mark="",
        chips=own + [_chip(one, here, request.viewer, numbers) for one in beside],
        more=[_chip(one, here, request.viewer, numbers) for one in REST if one not in beside],
        rows=[row_of_list(row, request.viewer, here.place, chosen=chosen, at=at) for row in page.rows],
        pager=_pager(request.viewer, here, before, page.next_before),
        empty_icon="inbox" if here.place is Place.ALL else "check",
        empty_title=_words(here)[0],
        empty_text=_words(here)[1],
        is_alone=chosen is None,
        moving_in=moving_in(request.viewer),
        many_url=_many_url(request.viewer, here),
        keep_url="" if here.filter else keep_url(request.viewer, place=here.place),
        filter=here.filter,
        token="",
        macros=macros_shown(request.viewer),
        errand=_errand(request.viewer, chosen, at),
    )
    return replace(shown, mark=_mark_of(shown, request.viewer), token=fresh_token())


def _mark_of(shown: ListShown, viewer: Viewer) -> str:
    return blake2b(repr((viewer, shown)).encode(), digest_size=12).hexdigest()


def _page(request: Visit, here: Listed, *, at: datetime, limit: int, before: str = "") -> Page:
    return inbox(
        viewer=request.viewer,
        place=here.place,
        at=at,
        limit=limit,
        before=before or None,
        narrowing=here.narrowing(request.viewer, at),
    )


def _errand(viewer: Viewer, chosen: int | None, at: datetime) -> ErrandShown | None:
    """What the viewer did just now; what was done to the open concern alone stands there."""
    errand = latest_shown(viewer, at=at)
    return None if errand and chosen is not None and errand.only_number == chosen else errand


def ids_of_list(request: Visit, *, at: datetime, limit: int) -> list[int]:
    """The ids of what stands in the list that the address asks for, over all of its pages."""
    return [row.id for row in _page(request, listed(request), at=at, limit=limit).rows]


def list_title(here: Listed) -> str:
    if here.filter is not None:
        return here.filter.name
    return gettext("My concerns") if here.place is Place.MINE else place_name(here.place)


def _beside(here: Listed, *, is_mentioned: bool) -> tuple[Place, ...]:
    """The places shown at once: the usual ones, the one looked at, and what names the viewer."""
    named = (Place.MENTIONED,) if is_mentioned else ()
    looked_at = () if here.filter else (here.place,)
    return tuple(dict.fromkeys((*ALWAYS_SHOWN, *named, *looked_at)))


def _chip(place: Place, here: Listed, viewer: Viewer, numbers: dict[Place, int]) -> Chip:
    return Chip(
        place_name(place), list_url(viewer, place), count_text(numbers.get(place, 0)), is_here=here.key == place
    )


def place_name(place: Place) -> str:
    """What a place is called."""
    return str(PLACE_NAMES[place])


def _words(here: Listed) -> tuple[str, str]:
    """What is said when nothing is in the list."""
    if here.filter is not None:
        return gettext("Nothing here"), gettext("No concern fits this filter at the moment.")
    if here.place is Place.MINE:
        return (
            gettext("Everything is answered"),
            gettext("Nobody is waiting for you. Time for a coffee, or for a look at what the team has."),
        )
    return gettext("Nothing here"), str(EMPTY_TEXTS[here.place])


def _many_url(viewer: Viewer, here: Listed) -> str:
    return reverse("do_to_many", args=[viewer.tenant_slug]) + "?" + urlencode({"place": here.key})


def keep_url(viewer: Viewer, *, place: Place = Place.ALL, words: str = "") -> str:
    """Where a list, or what was searched for, is kept as a filter."""
    told = {"place": place.value, "words": words}
    return reverse("new_filter", args=[viewer.tenant_slug]) + "?" + urlencode(told)


def _pager(viewer: Viewer, here: Listed, before: str, next_before: str | None) -> Pager:
    return Pager(
        newer_url=list_url(viewer, here.key) if before else "",
        older_url=list_url(viewer, here.key, before=next_before) if next_before else "",
    )


def row_of_list(row: Row, viewer: Viewer, place: Place, *, chosen: int | None, at: datetime) -> RowShown:
    """A row of the list `place`, which stays beside it when it is opened."""
    return _in_words(
        row,
        viewer.tenant_slug,
        place,
        row.number == chosen,
        row.owner_id == viewer.membership_id,
        touch_state(row.status, row.next_touch_at, at),
        get_language(),
        localtime(at).replace(hour=0, minute=0, second=0, microsecond=0),
    )


@lru_cache(DRAWN)
def _in_words(
    row: Row, slug: str, place: Place, is_active: bool, is_own: bool, state: str, language: str | None, today: datetime
) -> RowShown:
    """Once for everybody to whom it says the same, and as long as it does.

    What it takes is all that it depends on: of the moment the day, of the viewer whether they care; `language` is only what it was put into.
    """
    return RowShown(
        id=f"concern-{row.number}",
        pick_id=str(row.id),
        url=url_of(slug, row.number, place=place.value),
        customer_name=person_name(row.customer_name),
        initials=person_initials(row.customer_name),
        hue=hue_of(row.customer_id),
        subject=row.subject,
        preview=row.preview,
        when=row.latest_at,
        channel_icon=channel_icon(row.latest_channel),
        channel_name=channel_name(row.latest_channel),
        next_touch_text=_touch(row, today),
        touch_state="late" if row.is_escalated else state,
        is_unread=row.is_unread,
        is_active=is_active,
        badge=_badge(row, place, is_own=is_own),
        mark=_mark(row.draft),
        is_mentioned=row.is_mentioned,
        mark_state={DraftMark.STOPPED: "late", DraftMark.WRITING: "soon"}.get(DraftMark(row.draft), "news")
        if row.draft
        else "",
    )


def row_shown(row: Row, viewer: Viewer, *, at: datetime) -> RowShown:
    """A row that stands outside of the lists and leads to its concern."""
    return replace(row_of_list(row, viewer, Place.ALL, chosen=None, at=at), badge="")


def _touch(row: Row, at: datetime) -> str:
    """The next touch in words; a missed one that nobody has taken yet is said, not only coloured."""
    text = touch_text(row.status, row.next_touch_at, at)
    return gettext("Missed. %(next)s") % {"next": text} if row.is_escalated else text


def _mark(draft: str) -> str:
    """What of the viewer's own stands here and has not left."""
    return str(DRAFT_MARKS[DraftMark(draft)]) if draft else ""


def _badge(row: Row, place: Place, *, is_own: bool) -> str:
    """One word that matters most: urgent, else who cares where several people's concerns stand together."""
    if row.priority == Priority.URGENT:
        return gettext("urgent")
    if row.priority == Priority.HIGH:
        return gettext("important")
    if place is not Place.MINE and not is_own and Status(row.status) is not Status.QUIET:
        return row.owner_name
    return ""
