"""The list of concerns as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from golddraht.conversations.queries import DraftMark, Place, Row, counts, inbox, team_ids_of
from golddraht.conversations.rules import Priority, Status
from golddraht.pages.conversation.place import url_of
from golddraht.pages.doors import Visit
from golddraht.pages.errands.macros import MacroShown, macros_shown
from golddraht.pages.errands.shown import ErrandShown, latest_shown
from golddraht.pages.errands.tokens import fresh_token
from golddraht.pages.home.demo import MovingIn, moving_in
from golddraht.pages.shown import (
    channel_icon,
    channel_name,
    hue_of,
    person_initials,
    person_name,
    touch_state,
    touch_text,
)
from golddraht.team.queries import Viewer

ROWS = 50
ALWAYS_SHOWN = (Place.MINE, Place.PROMISED_TODAY, Place.TEAM)
REST = (Place.MENTIONED, Place.DRAFTS, Place.WAITING, Place.IN_DANGER, Place.SOLVED, Place.QUIET, Place.ALL, Place.SPAM)
OF_OWN_TEAMS = frozenset({Place.MINE, Place.TEAM, Place.PROMISED_TODAY, Place.WAITING, Place.IN_DANGER, Place.SOLVED})


@dataclass(frozen=True)
class Chip:
    text: str
    url: str
    count: int
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
    """The names of what changes it, as hx-trigger takes them."""
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
    token: str
    macros: list[MacroShown]
    errand: ErrandShown | None


def place_of(request: Visit) -> Place:
    """Which list the address asks for; what it does not know is one's own."""
    try:
        return Place(request.GET.get("place", Place.MINE))
    except ValueError:
        return Place.MINE


def list_shown(request: Visit, *, at: datetime, chosen: int | None = None) -> ListShown:
    """The list that the address asks for; `chosen` is the number of the concern that is open beside it."""
    place, before = place_of(request), request.GET.get("before", "")
    page = inbox(viewer=request.viewer, place=place, at=at, limit=ROWS, before=before or None)
    numbers = counts(viewer=request.viewer, at=at)
    beside = _beside(place, is_mentioned=numbers.get(Place.MENTIONED, 0) > 0)
    chips = [_chip(one, place, request.viewer, numbers) for one in beside]
    title, empty_title, empty_text = _words(place)
    shown = ListShown(
        title=title,
        url=_list_url(request.viewer, place, before=before, chosen=chosen),
        hears=_hears(request.viewer, place),
        mark="",
        chips=chips,
        more=[_chip(one, place, request.viewer, numbers) for one in REST if one not in beside],
        rows=[_row(row, request.viewer, place, chosen=chosen, at=at) for row in page.rows],
        pager=_pager(request.viewer, place, before, page.next_before),
        empty_icon="check" if place is not Place.ALL else "inbox",
        empty_title=empty_title,
        empty_text=empty_text,
        is_alone=chosen is None,
        moving_in=moving_in(request.viewer),
        many_url=_many_url(request.viewer, place),
        token="",
        macros=macros_shown(request.viewer),
        errand=_errand(request.viewer, chosen, at),
    )
    return replace(shown, mark=_mark_of(shown, request.viewer), token=fresh_token())


def _hears(viewer: Viewer, place: Place) -> str:
    """A list of one's own and one's teams' concerns hears of these alone, every other of all."""
    own = (f"of-{viewer.membership_id}", *(f"in-{team_id}" for team_id in team_ids_of(viewer)))
    lists = [f"inbox-{name}" for name in own] if place in OF_OWN_TEAMS else ["inbox"]
    return ", ".join(f"live:{name} from:body" for name in [*lists, f"member-{viewer.membership_id}"])


def _mark_of(shown: ListShown, viewer: Viewer) -> str:
    return blake2b(repr((viewer, shown)).encode(), digest_size=12).hexdigest()


def _errand(viewer: Viewer, chosen: int | None, at: datetime) -> ErrandShown | None:
    """What the viewer did just now; what was done to the open concern alone stands there."""
    errand = latest_shown(viewer, at=at)
    return None if errand and chosen is not None and errand.only_number == chosen else errand


def ids_of_list(request: Visit, *, at: datetime, limit: int) -> list[int]:
    """The ids of what stands in the list that the address asks for, over all of its pages."""
    page = inbox(viewer=request.viewer, place=place_of(request), at=at, limit=limit)
    return [row.id for row in page.rows]


def list_title(place: Place) -> str:
    return _words(place)[0]


def _beside(place: Place, *, is_mentioned: bool) -> tuple[Place, ...]:
    """The places shown at once: the usual ones, the one looked at, and what names the viewer."""
    named = (Place.MENTIONED,) if is_mentioned else ()
    return tuple(dict.fromkeys((*ALWAYS_SHOWN, *named, place)))


def _chip(place: Place, here: Place, viewer: Viewer, numbers: dict[Place, int]) -> Chip:
    return Chip(_name(place), _list_url(viewer, place), numbers.get(place, 0), place is here)


def _name(place: Place) -> str:
    names = {
        Place.MINE: gettext("Mine"),
        Place.TEAM: gettext("My team"),
        Place.PROMISED_TODAY: gettext("Promised for today"),
        Place.WAITING: gettext("Waiting"),
        Place.IN_DANGER: gettext("In danger"),
        Place.SOLVED: gettext("Solved this week"),
        Place.ALL: gettext("All"),
        Place.QUIET: gettext("Needs no answer"),
        Place.SPAM: gettext("Spam"),
        Place.DRAFTS: gettext("My drafts"),
        Place.MENTIONED: gettext("For me"),
    }
    return names[place]


def _words(place: Place) -> tuple[str, str, str]:
    """The title of a list, and what is said when nothing is in it."""
    if place is Place.MINE:
        return (
            gettext("My concerns"),
            gettext("Everything is answered"),
            gettext("Nobody is waiting for you. Time for a coffee, or for a look at what the team has."),
        )
    texts = {
        Place.TEAM: gettext("Nobody is waiting for your team."),
        Place.PROMISED_TODAY: gettext("Nothing more is promised for today."),
        Place.WAITING: gettext("No customer owes us an answer."),
        Place.IN_DANGER: gettext("No promise is in danger."),
        Place.SOLVED: gettext("Nothing was solved yet this week."),
        Place.ALL: gettext("When the first mail arrives it stands here."),
        Place.QUIET: gettext("Nothing was put aside."),
        Place.SPAM: gettext("Nothing was marked as spam."),
        Place.DRAFTS: gettext("You have begun nothing that is not sent."),
        Place.MENTIONED: gettext("No note names you that you have not read."),
    }
    return _name(place), gettext("Nothing here"), texts[place]


def _list_url(viewer: Viewer, place: Place, *, before: str = "", chosen: int | None = None) -> str:
    wanted = {"place": place.value, "before": before, "chosen": str(chosen or "")}
    query = urlencode({key: value for key, value in wanted.items() if value})
    return reverse("inbox", args=[viewer.tenant_slug]) + "?" + query


def _many_url(viewer: Viewer, place: Place) -> str:
    return reverse("do_to_many", args=[viewer.tenant_slug]) + "?" + urlencode({"place": place.value})


def _pager(viewer: Viewer, place: Place, before: str, next_before: str | None) -> Pager:
    return Pager(
        newer_url=_list_url(viewer, place) if before else "",
        older_url=_list_url(viewer, place, before=next_before) if next_before else "",
    )


def _row(row: Row, viewer: Viewer, place: Place, *, chosen: int | None, at: datetime) -> RowShown:
    return RowShown(
        id=f"concern-{row.number}",
        pick_id=str(row.id),
        url=url_of(viewer.tenant_slug, row.number, place=place.value),
        customer_name=person_name(row.customer_name),
        initials=person_initials(row.customer_name),
        hue=hue_of(row.customer_id),
        subject=row.subject,
        preview=row.preview,
        when=row.latest_at,
        channel_icon=channel_icon(row.latest_channel),
        channel_name=channel_name(row.latest_channel),
        next_touch_text=_touch(row, at),
        touch_state="late" if row.is_escalated else touch_state(row.status, row.next_touch_at, at),
        is_unread=row.is_unread,
        is_active=row.number == chosen,
        badge=_badge(row, viewer, place),
        mark=_mark(row.draft),
        is_mentioned=row.is_mentioned,
        mark_state={DraftMark.STOPPED: "late", DraftMark.WRITING: "soon"}.get(DraftMark(row.draft), "news")
        if row.draft
        else "",
    )


def row_shown(row: Row, viewer: Viewer, *, at: datetime) -> RowShown:
    """A row that stands outside of the lists and leads to its concern."""
    return replace(_row(row, viewer, Place.ALL, chosen=None, at=at), badge="")


def _touch(row: Row, at: datetime) -> str:
    """The next touch in words; a missed one that nobody has taken yet is said, not only coloured."""
    text = touch_text(row.status, row.next_touch_at, at)
    return gettext("Missed. %(next)s") % {"next": text} if row.is_escalated else text


def _mark(draft: str) -> str:
    """What of the viewer's own stands here and has not left."""
    words = {
        DraftMark.WRITING: gettext("Draft"),
        DraftMark.LEAVING: gettext("leaves later"),
        DraftMark.STOPPED: gettext("not sent"),
    }
    return words[DraftMark(draft)] if draft else ""


def _badge(row: Row, viewer: Viewer, place: Place) -> str:
    """One word that matters most: urgent, else who cares where several people's concerns stand together."""
    if row.priority == Priority.URGENT:
        return gettext("urgent")
    if row.priority == Priority.HIGH:
        return gettext("important")
    if place is not Place.MINE and row.owner_id != viewer.membership_id and Status(row.status) is not Status.QUIET:
        return row.owner_name
    return ""
