"""Which list an address asks for: `?place=mine` is a place, `?place=filter-7` a saved filter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from golddraht.conversations.queries import Narrowing, Place, team_ids_of
from golddraht.pages.doors import Visit
from golddraht.search.queries import FilterLine, NoSuchFilter, filter_for, narrowing_by
from golddraht.team.queries import Viewer

FILTER = "filter-"
OF_OWN_TEAMS = frozenset({Place.MINE, Place.TEAM, Place.PROMISED_TODAY, Place.WAITING, Place.IN_DANGER, Place.SOLVED})


@dataclass(frozen=True)
class Listed:
    """The list beside a concern; `key` is its word in the address."""

    key: str
    place: Place
    filter: FilterLine | None = None

    def narrowing(self, viewer: Viewer, at: datetime) -> Narrowing | None:
        """What a filter leaves of the place; None where nothing narrows it."""
        zone = ZoneInfo(timezone.get_current_timezone_name())
        return narrowing_by(self.filter, viewer=viewer, zone=zone, at=at) if self.filter else None


def listed(request: Visit) -> Listed:
    """What the address does not know, or knows no longer, is one's own."""
    key = request.GET.get("place", "")
    found = _filter(request.viewer, key.removeprefix(FILTER)) if key.startswith(FILTER) else None
    if found is not None:
        return Listed(key_of(found), found.place, found)
    place = Place(key) if key in set(Place) else Place.MINE
    return Listed(place.value, place)


def _filter(viewer: Viewer, digits: str) -> FilterLine | None:
    try:
        return filter_for(viewer=viewer, filter_id=int(digits) if digits.isdecimal() and len(digits) < 19 else 0)
    except NoSuchFilter:
        return None


def key_of(one: FilterLine) -> str:
    return f"{FILTER}{one.id}"


def list_url(viewer: Viewer, key: str, *, before: str = "", chosen: int | None = None) -> str:
    """The address of a list, or of a page of it."""
    wanted = {"place": str(key), "before": before, "chosen": str(chosen or "")}
    query = urlencode({name: value for name, value in wanted.items() if value})
    return reverse("inbox", args=[viewer.tenant_slug]) + "?" + query


def hears(viewer: Viewer, place: Place) -> str:
    """The names of what changes it: a list of one's own and one's teams' concerns hears of these alone, every other of all."""
    own = (f"of-{viewer.membership_id}", *(f"in-{team_id}" for team_id in team_ids_of(viewer)))
    lists = [f"inbox-{name}" for name in own] if place in OF_OWN_TEAMS else ["inbox"]
    return " ".join([*lists, f"member-{viewer.membership_id}"])
