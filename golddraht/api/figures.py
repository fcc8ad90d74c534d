"""The figures of a span of days; only for groups where they speak of work."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema

from golddraht.api.door import Token, reading
from golddraht.api.shapes.fields import LARGEST_ID, example
from golddraht.conversations.rules import Channel
from golddraht.improvement.queries import Cut, Part, figures, today
from golddraht.improvement.rules import COUNTED, SHARES, WORK, Figure, Pace, quantile, share_of, span_of
from golddraht.team.rules import Act, Area

router = Router(tags=["figures"], auth=Token(Area.TEAM))
DAY = timedelta(days=1)


KEPT = {
    "figure": "kept",
    "unit": "percent",
    "value": 97.4,
    "number": 150,
    "of": 154,
    "at_least": 93.5,
    "at_most": 99.0,
}


class FigureOut(Schema):
    """A share (percent of `of`, with the range in which it very likely lies), a number, or a time in minutes."""

    figure: Figure
    unit: Literal["percent", "concerns", "minutes_of_business_hours"]
    value: float | None
    number: int
    of: int | None = None
    at_least: float | None = None
    at_most: float | None = None

    model_config = example(**KEPT)


class PartOut(Schema):
    """The whole, a step of time, a team, a channel or a tag. Without `shows_work` what speaks of people's work is left out."""

    kind: Literal["all", "time", "team", "channel", "group", "tag"]
    name: str
    first: date
    last: date
    shows_work: bool
    figures: list[FigureOut]

    model_config = example(
        kind="team", name="Service", first="2026-11-01", last="2026-11-30", shows_work=True, figures=[KEPT]
    )


class FiguresOut(Schema):
    first: date
    last: date
    parts: list[PartOut]

    model_config = example(
        first="2026-11-01",
        last="2026-11-30",
        parts=[
            {
                "kind": "all",
                "name": "",
                "first": "2026-11-01",
                "last": "2026-11-30",
                "shows_work": True,
                "figures": [KEPT],
            }
        ],
    )


@router.get("", response=FiguresOut)
def read_figures(
    request: HttpRequest,
    first: date | None = None,
    last: date | None = None,
    team: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
    channel: Channel | None = None,
    tag: Annotated[str, Query(max_length=40)] = "",
) -> FiguresOut:
    """From `first` to `last`, at most 366 days; the last 30 when not said. Wants the token of a lead or an admin."""
    with reading(request) as visitor:
        visitor.must(Act.SEE_FIGURES)
        until = _sensible(last) or today(visitor.at)
        span = span_of(Pace.OWN, on=_sensible(first) or until - 29 * DAY, last=until)
        found = figures(
            viewer=visitor.viewer,
            span=span,
            cut=Cut(team, channel.value if channel else None, tag.replace("\0", "")[:40]),
        )
        kinds: list[tuple[Literal["team", "channel", "group", "tag"], list[Part]]] = [
            ("team", found.by_team),
            ("channel", found.by_channel),
            ("group", found.by_group),
            ("tag", found.by_tag),
        ]
        parts = [_part("all", found.whole, span.first, span.last)]
        parts += [_part("time", step, step.key.first, step.key.last) for step in found.steps]
        parts += [_part(kind, part, span.first, span.last) for kind, some in kinds for part in some]
        return FiguresOut(first=span.first, last=span.last, parts=parts)


def _sensible(day: date | None) -> date | None:
    """Nothing can be counted a thousand years from here, nor a week before the first day there is."""
    return day if day is not None and 2000 <= day.year <= 2100 else None


def _part(
    kind: Literal["all", "time", "team", "channel", "group", "tag"], part: Part, first: date, last: date
) -> PartOut:
    shown = [figure for figure in Figure if part.shows_work or figure not in WORK]
    figures_out = [_figure(figure, part) for figure in shown]
    return PartOut(kind=kind, name=part.name, first=first, last=last, shows_work=part.shows_work, figures=figures_out)


def _figure(figure: Figure, part: Part) -> FigureOut:
    if figure in SHARES:
        share, (hits, of) = share_of(figure, part.tally), SHARES[figure](part.tally)
        if share is None:
            return FigureOut(figure=figure, unit="percent", value=None, number=hits, of=of)
        low, high = share.interval.low * 100, share.interval.high * 100
        return FigureOut(
            figure=figure, unit="percent", value=share.percent, number=hits, of=of, at_least=low, at_most=high
        )
    if figure in COUNTED:
        number = COUNTED[figure](part.tally)
        return FigureOut(figure=figure, unit="concerns", value=number, number=number)
    half, number = quantile(part.tally.working, 0.5), sum(part.tally.working)
    return FigureOut(figure=figure, unit="minutes_of_business_hours", value=half, number=number)
