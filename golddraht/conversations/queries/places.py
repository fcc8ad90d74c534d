"""The places of the workspace: which concerns stand in each, and how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from golddraht.conversations.models import Conversation, Draft, Escalation, Mention
from golddraht.conversations.queries.finding import Seer
from golddraht.conversations.queries.narrowing import Narrowing, narrowed
from golddraht.conversations.queries.tagged import has_one_of
from golddraht.conversations.rules import LIVE, Status
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.counting import Counting, counted_to
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


@dataclass(frozen=True)
class Look:
    """Who looks at the places, and when: the values themselves, or `ASKED`, where a statement is made for any."""

    tenant_id: Any
    membership_id: Any
    teams: Any
    """Ids of the teams looked at."""
    now: Any
    tomorrow: Any
    monday: Any

    def said(self) -> dict[str, Any]:
        """The values as a question takes them that was made with `ASKED`."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


ASKED = Look(*(Asked(field.name) for field in fields(Look)))


OF_TEAMS = frozenset({Place.TEAM, Place.PROMISED_TODAY, Place.WAITING, Place.IN_DANGER, Place.SOLVED})
OF_DAYS = frozenset({Place.PROMISED_TODAY, Place.SOLVED})


def look_of(viewer: Seer, at: datetime, place: Place | None = None, team_ids: Sequence[int] | None = None) -> Look:
    """What is needed to look at the place, or at any of them. `team_ids` are the teams looked at; None means the viewer's own."""
    if team_ids is None:
        team_ids = team_ids_of(viewer) if place is None or place in OF_TEAMS else ()
    today = begin_of_day(at) if place is None or place in OF_DAYS else at
    monday = today - timedelta(days=today.weekday())
    return Look(viewer.tenant_id, viewer.membership_id, list(team_ids), at, today + timedelta(days=1), monday)


def _counted() -> dict[Place, QuerySet[Any]]:
    rows = {place: in_place(place, ASKED) for place in Place}
    return rows | {Place.ALL: rows[Place.ALL].filter(IS_LIVE)}


_COUNTS = Counting(COUNTED_TO, _counted)


def counts(*, viewer: Seer, at: datetime) -> dict[Place, int]:
    """How many concerns each place holds, none counted beyond `COUNTED_TO`; `all` counts the live ones."""
    return _COUNTS.all(**look_of(viewer, at).said())


def counts_narrowed(*, viewer: Seer, wanted: Mapping[K, tuple[Place, Narrowing | None]], at: datetime) -> dict[K, int]:
    """The same for narrowed places, by whatever names them."""
    rows = {
        key: looked_at(place, look_of(viewer, at, place), narrowing).order_by()
        for key, (place, narrowing) in wanted.items()
    }
    return counted_to(COUNTED_TO, rows)


def looked_at(place: Place, look: Look, narrowing: Narrowing | None) -> QuerySet[Any]:
    """What of a place is wanted. Whoever names a status means that, also where `all` would leave it out."""
    if narrowing is None:
        return in_place(place, look)
    names_all = place is Place.ALL and bool(narrowing.statuses)
    rows = Conversation.objects.filter(tenant_id=look.tenant_id) if names_all else in_place(place, look)
    tagged = has_one_of(narrowing.tags, tenant_id=look.tenant_id) if place is Place.ALL and narrowing.tags else None
    return narrowed(rows, narrowing) if tagged is None else narrowed(rows.filter(tagged), replace(narrowing, tags=()))


def in_place(place: Place, look: Look) -> QuerySet[Any]:
    """All that stands there."""
    rows = Conversation.objects.filter(tenant_id=look.tenant_id)
    if place is Place.MINE:
        return rows.filter(IS_LIVE, owner_id=look.membership_id)
    if place is Place.TEAM:
        return rows.filter(IS_LIVE, _of_teams(look))
    if place is Place.ALL:
        return rows.exclude(status__in=[Status.MERGED, Status.SPAM])
    if place is Place.QUIET:
        return rows.filter(status=Status.QUIET, quiet_reviewed_at=None)
    if place is Place.SPAM:
        return rows.filter(status=Status.SPAM, block=None)
    if place is Place.BLOCKED:
        return rows.filter(status=Status.SPAM).exclude(block=None)
    if place is Place.DRAFTS:
        return rows.filter(pk__in=drafts_of(look).values("conversation_id"))
    if place is Place.MENTIONED:
        return rows.filter(pk__in=mentions_of(look).values("note__conversation_id"))
    return rows.filter(Q(owner_id=look.membership_id) | _of_teams(look), _condition(place, look))


def _of_teams(look: Look) -> Q:
    return Q(team__pk__among=look.teams) if isinstance(look.teams, Asked) else Q(team_id__in=look.teams)


def _condition(place: Place, look: Look) -> Q:
    if place is Place.PROMISED_TODAY:
        return IS_LIVE & Q(next_touch_at__lt=look.tomorrow)
    if place is Place.WAITING:
        return Q(status__in=[Status.WAITING, Status.PROPOSED])
    if place is Place.IN_DANGER:
        return IS_LIVE & (Q(next_touch_at__lte=look.now) | Q(pk__in=_in_no_hand(look)))
    return Q(status=Status.SOLVED, solved_at__gte=look.monday)


def drafts_of(viewer: Seer) -> QuerySet[Any]:
    """What the viewer is writing or has leaving."""
    return Draft.objects.filter(tenant_id=viewer.tenant_id, member_id=viewer.membership_id)


def mentions_of(viewer: Seer) -> QuerySet[Any]:
    """Notes that name the viewer and that they have not read."""
    return Mention.objects.filter(tenant_id=viewer.tenant_id, member_id=viewer.membership_id, read_at=None)


def _in_no_hand(look: Look) -> QuerySet[Any]:
    """Asked as a set: few are escalated, many are counted."""
    rows = Escalation.objects.filter(tenant_id=look.tenant_id, taken_at=None)
    ids: QuerySet[Any] = rows.values("conversation_id")
    return ids


_ZONE = Question[str](lambda: Team.objects.order_by("-is_default", "pk").values_list("zone", flat=True)[:1])


@remembered
def _zone() -> ZoneInfo:
    return ZoneInfo(_ZONE.first() or "Europe/Berlin")


def begin_of_day(at: datetime) -> datetime:
    return at.astimezone(_zone()).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


_TEAMS = Question[tuple[int, bool, bool]](
    lambda: (
        Team.objects.filter(tenant_id=Asked("tenant_id"))
        .annotate(
            is_seated=Exists(
                Seat.objects.filter(tenant_id=Asked("tenant_id"), member_id=Asked("member_id"), team_id=OuterRef("pk"))
            ),
            leads=Case(When(lead_id=Asked("member_id"), then=True), default=False),
        )
        .order_by("pk")
        .values_list("pk", "is_seated", "leads")
    )
)


@remembered
def team_ids_of(viewer: Seer) -> list[int]:
    """The teams in which the viewer sits or which they lead; all of them for somebody without a seat."""
    teams = _TEAMS.all(tenant_id=viewer.tenant_id, member_id=viewer.membership_id)
    mine = [pk for pk, is_seated, leads in teams if is_seated or leads]
    return mine or [pk for pk, _, _ in teams]
