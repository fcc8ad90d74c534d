"""The figures of a span of days: as a whole, in steps, and by team, channel and tag; only for groups where they speak of work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any, Protocol

from django.contrib.postgres.aggregates import BitOr
from django.db.models import Sum
from django.db.models.functions import Coalesce

from golddraht.conversations.queries.tags import groups_of_tags, meant_by, names_of
from golddraht.improvement.models import CountedDay, DayTally
from golddraht.improvement.rules.counting import Tally, added
from golddraht.improvement.rules.protecting import is_shown, shown_parts
from golddraht.improvement.rules.spanning import Span, steps_of
from golddraht.team.queries import members, teams

TAGS_SHOWN = 40


class Seer(Protocol):
    """Whoever looks: a viewer of one tenant, or the company itself."""

    @property
    def tenant_id(self) -> int: ...


@dataclass(frozen=True)
class Cut:
    """One team, one channel, one tag, or all of them."""

    team_id: int | None = None
    channel: str | None = None
    tag: str = ""

    @property
    def is_whole(self) -> bool:
        return self == Cut()


@dataclass(frozen=True)
class Part:
    """A team, channel, tag or step of time with its counts; without `shows_work` only those that are nobody's work."""

    key: Any
    name: str
    tally: Tally
    shows_work: bool


@dataclass(frozen=True)
class Figures:
    """All that a page of figures says about a span and a cut."""

    span: Span
    cut: Cut
    whole: Part
    before: Part
    steps: list[Part]
    by_team: list[Part]
    by_channel: list[Part]
    by_tag: list[Part]
    by_group: list[Part]
    counted_at: datetime | None
    # The day of which the backlog is told; None when none of the span was looked at on the day itself.
    backlog_on: date | None = None
    days_missing: int = field(default=0)


def figures(*, viewer: Seer, span: Span, cut: Cut) -> Figures:
    """What happened in the span, and in the one before; bounded by the number of days, teams and channels, not of concerns."""
    number = len(members())
    days = _sums(viewer, span, cut, "on")
    counted = dict(
        CountedDay.objects.filter(tenant_id=viewer.tenant_id, on__gte=span.first, on__lte=span.last).values_list(
            "on", "counted_at"
        )
    )
    backlog_on = max((on for on, tally in days.items() if tally.open), default=None)
    shown = _is_cut_shown(viewer, span, cut, number)
    tags = _of_tags(viewer, span, cut)
    return Figures(
        span=span,
        cut=cut,
        whole=Part(None, "", _with_backlog(added(days.values()), days.get(backlog_on or span.last)), shown),
        before=_before(viewer, span, cut, number),
        steps=[_step(step, days, shown=shown, members=number) for step in steps_of(span)],
        by_team=_by_team(viewer, span, cut, number, backlog_on),
        by_channel=_parts(_sums(viewer, span, cut, "channel", latest=backlog_on), str, number),
        by_tag=_by_tag(tags, number),
        by_group=_by_group(tags, number),
        counted_at=max(counted.values(), default=None),
        backlog_on=backlog_on,
        days_missing=span.days - len(counted),
    )


NUMBERS = [one.name for one in fields(Tally) if one.name not in {"people", "working", "clock", "ages"}]
LISTS = {"working": len(Tally().working), "clock": len(Tally().clock), "ages": len(Tally().ages)}


def _sums(viewer: Seer, span: Span, cut: Cut, by: str, *, latest: date | None = None) -> dict[Any, Tally]:
    """The counts of each day, team, channel or tag; what is open as of the day `latest`."""
    rows = DayTally.objects.filter(tenant_id=viewer.tenant_id, on__gte=span.first, on__lte=span.last)
    rows = (
        rows.exclude(tag="")
        if by == "tag"
        else rows.filter(tag__in=names_of(cut.tag, tenant_id=viewer.tenant_id) if cut.tag else [""])
    )
    if cut.team_id is not None:
        rows = rows.filter(team_id=cut.team_id)
    if cut.channel is not None:
        rows = rows.filter(channel=cut.channel)
    found = {row[by]: _tally(row) for row in rows.order_by().values(by).annotate(**_aggregates())}
    if by == "on":
        return found
    return {key: _with_backlog(tally, None) for key, tally in found.items()} | _open_by(rows, by, latest, found)


def _open_by(rows: Any, by: str, latest: date | None, found: Mapping[Any, Tally]) -> dict[Any, Tally]:
    if latest is None:
        return {}
    on_the_day = rows.filter(on=latest).order_by().values(by).annotate(**_aggregates())
    return {row[by]: _with_backlog(found[row[by]], _tally(row)) for row in on_the_day}


def _aggregates() -> dict[str, Any]:
    sums: dict[str, Any] = {f"sum_{name}": Sum(name) for name in NUMBERS}
    for name, length in LISTS.items():
        sums |= {f"sum_{name}_{step}": Coalesce(Sum(f"{name}__{step}"), 0) for step in range(length)}
    return sums | {"marks": BitOr("people")}


def _tally(row: dict[str, Any]) -> Tally:
    counts: dict[str, Any] = {name: row[f"sum_{name}"] for name in NUMBERS}
    counts |= {name: [row[f"sum_{name}_{step}"] for step in range(length)] for name, length in LISTS.items()}
    return Tally(people=row["marks"], **counts)


def _with_backlog(tally: Tally, day: Tally | None) -> Tally:
    """What is open cannot be added up over days: it is as it was on one of them."""
    now = day or Tally()
    return replace(tally, open=now.open, waiting=now.waiting, ages=now.ages)


def _before(viewer: Seer, span: Span, cut: Cut, number: int) -> Part:
    before = span.before()
    days = _sums(viewer, before, cut, "on")
    latest = max((on for on, tally in days.items() if tally.open), default=before.last)
    return Part(
        before, "", _with_backlog(added(days.values()), days.get(latest)), _is_cut_shown(viewer, before, cut, number)
    )


def _step(step: Span, days: Mapping[date, Tally], *, shown: bool, members: int) -> Part:
    within = {on: tally for on, tally in days.items() if step.first <= on <= step.last}
    latest = max((on for on, tally in within.items() if tally.open), default=step.last)
    tally = _with_backlog(added(within.values()), within.get(latest))
    return Part(step, "", tally, shown and is_shown(tally.people, members=members))


def _parts(found: Mapping[Any, Tally], name: Callable[[Any], str], number: int) -> list[Part]:
    shown = shown_parts({key: tally.people for key, tally in found.items()}, members=number)
    parts = [Part(key, name(key), tally, key in shown) for key, tally in found.items()]
    return sorted(parts, key=lambda part: (-part.tally.arrived, part.name))


def _by_team(viewer: Seer, span: Span, cut: Cut, number: int, latest: date | None) -> list[Part]:
    names = {team.pk: team.name for team in teams()}
    return _parts(_sums(viewer, span, cut, "team_id", latest=latest), lambda key: names.get(key, ""), number)


def _of_tags(viewer: Seer, span: Span, cut: Cut) -> dict[str, Tally]:
    """What each tag came to, with what was counted under its old names."""
    found: dict[str, list[Tally]] = defaultdict(list)
    for name, tally in _sums(viewer, span, cut, "tag").items():
        found[meant_by(name, tenant_id=viewer.tenant_id)].append(tally)
    return {name: added(tallies) for name, tallies in found.items()}


def _by_group(tags: Mapping[str, Tally], number: int) -> list[Part]:
    """The same by the groups of tags; a concern with two tags of a group counts twice in it."""
    groups, found = groups_of_tags(), defaultdict(list)
    for name, tally in tags.items():
        if name in groups:
            found[groups[name]].append(tally)
    return _overlapping({group: added(tallies) for group, tallies in found.items()}, number, has_key=False)


def _by_tag(tags: Mapping[str, Tally], number: int) -> list[Part]:
    return _overlapping(tags, number)


def _overlapping(found: Mapping[str, Tally], number: int, *, has_key: bool = True) -> list[Part]:
    """Tags overlap, so nothing can be told by subtracting; the commonest ones."""
    parts = [
        Part(key if has_key else "", key, tally, is_shown(tally.people, members=number))
        for key, tally in found.items()
        if tally.arrived
    ]
    return sorted(parts, key=lambda part: (-part.tally.arrived, part.name))[:TAGS_SHOWN]


def _is_cut_shown(viewer: Seer, span: Span, cut: Cut, number: int) -> bool:
    """A cut is shown when it is large enough itself, and cannot be used to tell one of its neighbours by subtracting."""
    whole = added(_sums(viewer, span, cut, "team_id").values())
    if not is_shown(whole.people, members=number):
        return False
    if cut.team_id is not None and not _is_among(
        viewer, span, replace(cut, team_id=None), "team_id", cut.team_id, number
    ):
        return False
    return cut.channel is None or _is_among(viewer, span, replace(cut, channel=None), "channel", cut.channel, number)


def _is_among(viewer: Seer, span: Span, cut: Cut, by: str, key: Any, number: int) -> bool:
    found = {one: tally.people for one, tally in _sums(viewer, span, cut, by).items()}
    return key in shown_parts(found, members=number)
