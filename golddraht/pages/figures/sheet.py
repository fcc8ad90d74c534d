"""The same figures as a table for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from golddraht.improvement.queries import Figures, Part
from golddraht.improvement.rules import COUNTED, SHARES, WORK, Figure, Span, quantile, share_of
from golddraht.pages.figures import words
from golddraht.pages.sheets import Cell, written


def sheet(found: Figures) -> str:
    return written([_head(), *_rows(found)])


def _head() -> list[str]:
    return [
        gettext("From"),
        gettext("Until"),
        gettext("Part"),
        gettext("Name"),
        gettext("Figure"),
        gettext("Value"),
        gettext("Unit"),
        gettext("Count"),
        gettext("Out of"),
        gettext("At least"),
        gettext("At most"),
        gettext("Meaning"),
    ]


def _rows(found: Figures) -> Iterator[list[Cell]]:
    yield from _of_part(found.span, gettext("all"), found.whole)
    for step in found.steps:
        yield from _of_part(step.key, gettext("time"), step)
    for kind, parts in [
        (gettext("team"), found.by_team),
        (gettext("channel"), found.by_channel),
        (gettext("group of tags"), found.by_group),
        (gettext("tag"), found.by_tag),
    ]:
        for part in parts:
            yield from _of_part(found.span, kind, part)


def _of_part(span: Span, kind: str, part: Part) -> Iterator[list[Cell]]:
    name = words.channel(part.name) if kind == gettext("channel") else part.name
    for figure in Figure:
        if part.shows_work or figure not in WORK:
            start: list[Cell] = [span.first.isoformat(), span.last.isoformat(), kind, name, words.title(figure)]
            yield [*start, *_values(figure, part), words.meaning(figure)]


def _values(figure: Figure, part: Part) -> list[Cell]:
    if figure in SHARES:
        share = share_of(figure, part.tally)
        hits, of = SHARES[figure](part.tally)
        low, high = (share.interval.low * 100, share.interval.high * 100) if share else (None, None)
        return [share.percent if share else None, "%", hits, of, low, high]
    if figure in COUNTED:
        number = COUNTED[figure](part.tally)
        return [number, gettext("concerns"), number, None, None, None]
    half = quantile(part.tally.working, 0.5)
    return [half, gettext("minutes of business hours"), sum(part.tally.working), None, None, None]
