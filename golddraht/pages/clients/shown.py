"""All companies that a person serves, in one list, each row with the sign of its company."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from golddraht.conversations.queries import Place
from golddraht.conversations.queries.across import PLACES, OfTenant, Order, PageAcross, counts_across, inbox_across
from golddraht.pages.brand import Sign, sign_of, url_of_colours
from golddraht.pages.clients.asked import Wish
from golddraht.pages.inbox.listing import Chip, Pager, RowShown, row_of_list
from golddraht.pages.shown import count_text
from golddraht.team.queries import Viewer

ROWS = 50
Counts = dict[int, dict[Place, int]]


@dataclass(frozen=True)
class ClientShown:
    """One company: where it is looked at alone, and how it stands."""

    sign: Sign
    url: str
    filter_url: str
    is_chosen: bool
    count: str
    numbers: list[Chip]
    is_in_danger: bool


@dataclass(frozen=True)
class SignedRow:
    row: RowShown
    sign: Sign


@dataclass(frozen=True)
class DayShown:
    """How the day stands over all companies."""

    title: str
    text: str
    is_done: bool


@dataclass(frozen=True)
class RoundShown:
    """What clients/show.html takes."""

    title: str
    url: str
    live_topics: list[str]
    colours_url: str
    places: list[Chip]
    orders: list[Chip]
    clients: list[ClientShown]
    everybody: Chip
    rows: list[SignedRow]
    pager: Pager
    empty_text: str
    day: DayShown


def round_shown(viewers: list[Viewer], wish: Wish, *, at: datetime) -> RoundShown:
    """The list that the address asks for, and how each company stands."""
    counts = counts_across(viewers=viewers, at=at)
    chosen = [one for one in viewers if one.tenant_slug == wish.client] or viewers
    page = inbox_across(viewers=chosen, place=wish.place, order=wish.order, at=at, limit=ROWS, after=wish.after)
    total = {place: sum(counts[one.tenant_id][place] for one in chosen) for place in PLACES}
    return RoundShown(
        title=place_name(wish.place),
        url=wish.url(after=wish.after),
        live_topics=["inbox", *(f"member-{one.membership_id}" for one in viewers)],
        colours_url=url_of_colours(one.tenant_colour for one in viewers),
        places=[
            Chip(place_name(one), wish.url(place=one), count_text(total[one]), one is wish.place) for one in PLACES
        ],
        orders=[Chip(order_name(one), wish.url(order=one), "", one is wish.order) for one in Order],
        clients=[_client(one, wish, counts) for one in viewers],
        everybody=_everybody(viewers, wish, counts),
        rows=_rows(page, viewers, wish, at),
        pager=_pager(page, wish),
        empty_text=_empty(wish.place),
        day=_day(counts),
    )


def _everybody(viewers: list[Viewer], wish: Wish, counts: Counts) -> Chip:
    count = sum(counts[one.tenant_id][wish.place] for one in viewers)
    return Chip(
        gettext("All clients"),
        wish.url(client=""),
        count_text(count),
        wish.client not in {one.tenant_slug for one in viewers},
    )


def _client(viewer: Viewer, wish: Wish, counts: Counts) -> ClientShown:
    numbers = counts[viewer.tenant_id]
    columns = (Place.PROMISED_TODAY, Place.IN_DANGER, Place.ALL)
    return ClientShown(
        sign=sign_of(viewer),
        url=reverse("inbox", args=[viewer.tenant_slug]),
        filter_url=wish.url(client=viewer.tenant_slug),
        is_chosen=viewer.tenant_slug == wish.client,
        count=count_text(numbers[wish.place]),
        numbers=[
            Chip(place_name(one), wish.url(client=viewer.tenant_slug, place=one), count_text(numbers[one]), False)
            for one in columns
        ],
        is_in_danger=numbers[Place.IN_DANGER] > 0,
    )


def _rows(page: PageAcross, viewers: list[Viewer], wish: Wish, at: datetime) -> list[SignedRow]:
    by_id = {one.tenant_id: one for one in viewers}
    return [_row(one, by_id[one.tenant_id], wish, at) for one in page.rows]


def _row(one: OfTenant, viewer: Viewer, wish: Wish, at: datetime) -> SignedRow:
    """Numbers are a company's own, so two rows may have the same."""
    shown = row_of_list(one.row, viewer, wish.place, chosen=None, at=at)
    return SignedRow(replace(shown, id=f"{viewer.tenant_slug}-{one.row.number}"), sign_of(viewer))


def _pager(page: PageAcross, wish: Wish) -> Pager:
    return Pager(
        newer_url=wish.url() if wish.after else "",
        older_url=wish.url(after=page.next_after) if page.next_after else "",
    )


def _day(counts: Counts) -> DayShown:
    promised = sum(one[Place.PROMISED_TODAY] for one in counts.values())
    danger = sum(one[Place.IN_DANGER] for one in counts.values())
    if not promised and not danger:
        return DayShown(
            gettext("The day is done"),
            gettext("Everybody who was promised a word today has heard from you and your teams, for every client."),
            True,
        )
    title = gettext("Still to say today: %(count)s")
    told = ngettext("%(count)s concern is in danger.", "%(count)s concerns are in danger.", danger)
    text = told % {"count": danger} if danger else gettext("Nothing is in danger.")
    return DayShown(title % {"count": promised}, text, False)


PLACE_NAMES = {
    Place.MINE: gettext_lazy("Mine"),
    Place.TEAM: gettext_lazy("My teams"),
    Place.PROMISED_TODAY: gettext_lazy("Promised for today"),
    Place.IN_DANGER: gettext_lazy("In danger"),
    Place.WAITING: gettext_lazy("Waiting"),
    Place.ALL: gettext_lazy("All open"),
}


def place_name(place: Place) -> str:
    return str(PLACE_NAMES[place])


ORDER_NAMES = {
    Order.NEXT_TOUCH: gettext_lazy("Next touch first"),
    Order.NEWEST: gettext_lazy("Newest word first"),
    Order.LONGEST_QUIET: gettext_lazy("Longest without a word first"),
}


def order_name(order: Order) -> str:
    return str(ORDER_NAMES[order])


_EMPTY_WORDS = {
    Place.MINE: gettext_lazy("Nobody is waiting for you, for none of your clients."),
    Place.TEAM: gettext_lazy("Nobody is waiting for your teams."),
    Place.PROMISED_TODAY: gettext_lazy("Nothing more is promised for today."),
    Place.IN_DANGER: gettext_lazy("No promise is in danger."),
    Place.WAITING: gettext_lazy("No customer owes us an answer."),
    Place.ALL: gettext_lazy("When the first mail arrives it stands here."),
}


def _empty(place: Place) -> str:
    return str(_EMPTY_WORDS[place])
