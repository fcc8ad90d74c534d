"""The places of the workspace: which concerns stand in each, and how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from golddraht.conversations.models import Conversation, Draft, Escalation, Mention
from golddraht.conversations.queries.finding import Seer
from golddraht.conversations.queries.narrowing import Narrowing, narrowed
from golddraht.conversations.rules import LIVE, Status
from golddraht.plumbing.counting import counted_to
from golddraht.plumbing.memory import remembered
from golddraht.team.models import Seat, Team

K = TypeVar("K")
IS_LIVE = Q(status__in=sorted(LIVE))
COUNTED_TO = 1000
"""Nobody needs to know by how many it is more."""


class Place(StrEnum):
    """Where a list of concerns is looked at; the value is the word in its address."""

    MINE = "mine"
    TEAM = "team"
    PROMISED_TODAY = "promised_today"
    WAITING = "waiting"
    IN_DANGER = "in_danger"
    SOLVED = "solved"
    ALL = "all"
    QUIET = "quiet"
    SPAM = "spam"
    BLOCKED = "blocked"
    DRAFTS = "drafts"
    MENTIONED = "mentioned"


def counts(*, viewer: Seer, at: datetime) -> dict[Place, int]:
    """How many concerns each place holds, none counted beyond `COUNTED_TO`; `all` counts the live ones."""
    team_ids = team_ids_of(viewer)
    rows = {place: _of_place(place, viewer, at, team_ids) for place in Place}
    return counted_to(COUNTED_TO, rows | {Place.ALL: rows[Place.ALL].filter(IS_LIVE)})


def counts_narrowed(*, viewer: Seer, wanted: Mapping[K, tuple[Place, Narrowing | None]], at: datetime) -> dict[K, int]:
    """The same for narrowed places, by whatever names them."""
    team_ids = team_ids_of(viewer)
    rows = {
        key: looked_at(place, viewer, at, narrowing, team_ids).order_by() for key, (place, narrowing) in wanted.items()
    }
    return counted_to(COUNTED_TO, rows)


def looked_at(
    place: Place, viewer: Seer, at: datetime, narrowing: Narrowing | None, team_ids: Sequence[int] | None = None
) -> QuerySet[Any]:
    """What of a place is wanted. Whoever names a status means that, also where `all` would leave it out."""
    if narrowing is None:
        return _of_place(place, viewer, at, team_ids)
    names_all = place is Place.ALL and bool(narrowing.statuses)
    rows = Conversation.objects.filter(tenant_id=viewer.tenant_id)
    return narrowed(rows if names_all else _of_place(place, viewer, at, team_ids), narrowing)


def _of_place(place: Place, viewer: Seer, at: datetime, team_ids: Sequence[int] | None) -> QuerySet[Any]:
    """`team_ids` are the teams looked at; None asks for the viewer's own where they matter."""
    rows = Conversation.objects.filter(tenant_id=viewer.tenant_id)
    if place is Place.MINE:
        return rows.filter(IS_LIVE, owner_id=viewer.membership_id)
    if place is Place.TEAM:
        return rows.filter(IS_LIVE, team_id__in=_asked_for(team_ids, viewer))
    if place is Place.ALL:
        return rows.exclude(status__in=[Status.MERGED, Status.SPAM])
    if place is Place.QUIET:
        return rows.filter(status=Status.QUIET, quiet_reviewed_at=None)
    if place is Place.SPAM:
        return rows.filter(status=Status.SPAM, block=None)
    if place is Place.BLOCKED:
        return rows.filter(status=Status.SPAM).exclude(block=None)
    if place is Place.DRAFTS:
        return rows.filter(pk__in=drafts_of(viewer).values("conversation_id"))
    if place is Place.MENTIONED:
        return rows.filter(pk__in=mentions_of(viewer).values("note__conversation_id"))
    scope = Q(owner_id=viewer.membership_id) | Q(team_id__in=_asked_for(team_ids, viewer))
    return rows.filter(scope, _condition(place, viewer, at))


def _asked_for(team_ids: Sequence[int] | None, viewer: Seer) -> Sequence[int]:
    return team_ids_of(viewer) if team_ids is None else team_ids


def _condition(place: Place, viewer: Seer, at: datetime) -> Q:
    if place is Place.PROMISED_TODAY:
        return IS_LIVE & Q(next_touch_at__lt=_end_of_day(at))
    if place is Place.WAITING:
        return Q(status__in=[Status.WAITING, Status.PROPOSED])
    if place is Place.IN_DANGER:
        return IS_LIVE & (Q(next_touch_at__lte=at) | Q(pk__in=_in_no_hand(viewer)))
    return Q(status=Status.SOLVED, solved_at__gte=_begin_of_week(at))


def drafts_of(viewer: Seer) -> QuerySet[Any]:
    return Draft.objects.filter(tenant_id=viewer.tenant_id, member_id=viewer.membership_id)


def mentions_of(viewer: Seer) -> QuerySet[Any]:
    return Mention.objects.filter(tenant_id=viewer.tenant_id, member_id=viewer.membership_id, read_at=None)


def _in_no_hand(viewer: Seer) -> QuerySet[Any]:
    """Asked as a set: few are escalated, many are counted."""
    rows = Escalation.objects.filter(tenant_id=viewer.tenant_id, taken_at=None)
    ids: QuerySet[Any] = rows.values("conversation_id")
    return ids


@remembered
def _zone() -> ZoneInfo:
    zone = Team.objects.order_by("-is_default", "pk").values_list("zone", flat=True).first()
    return ZoneInfo(zone or "Europe/Berlin")


def begin_of_day(at: datetime) -> datetime:
    return at.astimezone(_zone()).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def _end_of_day(at: datetime) -> datetime:
    return begin_of_day(at) + timedelta(days=1)


def _begin_of_week(at: datetime) -> datetime:
    today = begin_of_day(at)
    return today - timedelta(days=today.weekday())


@remembered
def team_ids_of(viewer: Seer) -> list[int]:
    """The teams in which the viewer sits or which they lead; all of them for somebody without a seat."""
    seated = set(
        Seat.objects.filter(tenant_id=viewer.tenant_id, member_id=viewer.membership_id).values_list(
            "team_id", flat=True
        )
    )
    teams = dict(Team.objects.filter(tenant_id=viewer.tenant_id).values_list("pk", "lead_id"))
    mine = seated | {pk for pk, lead_id in teams.items() if lead_id == viewer.membership_id}
    return sorted(mine or teams)
