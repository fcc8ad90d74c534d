"""A monthly statement as it stands on the page, in print and in the sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from golddraht.improvement.queries.statements import Stated, StatedLine
from golddraht.improvement.rules import Figure, Span
from golddraht.improvement.rules.stating import month_of
from golddraht.pages.brand import logo_of_company
from golddraht.pages.figures import words
from golddraht.pages.figures.pictures import Picture, bars
from golddraht.pages.promises.shown import percent
from golddraht.pages.sheets import Cell, written
from golddraht.promises.rules import Interval
from golddraht.team.queries import current_tenant

HIDDEN = "–"
SOLVED = (Figure.CONFIRMED, Figure.PRESUMED, Figure.RECURRED, Figure.OBJECTED)


@dataclass(frozen=True)
class Meter:
    """A figure of the whole month, with what it means."""

    title: str
    value: str
    more: str
    meaning: str


@dataclass(frozen=True)
class Row:
    """A channel or a team: what came in, with a bar as long as its part, and its figures; dashes where too few stand behind it."""

    name: str
    arrived: int
    width: str
    open: int
    cells: tuple[str, ...]
    is_hidden: bool


@dataclass(frozen=True)
class Table:
    title: str
    head: str
    rows: tuple[Row, ...]

    @property
    def has_hidden(self) -> bool:
        return any(row.is_hidden for row in self.rows)


@dataclass(frozen=True)
class Choice:
    """A month that can be looked at."""

    text: str
    slug: str
    is_here: bool


def month_text(month: date) -> str:
    return words.span(month_of(month))


def slug_of(month: date) -> str:
    return f"{month:%Y-%m}"


def choices(months: list[date], here: date | None) -> list[Choice]:
    return [Choice(month_text(one), slug_of(one), one == here) for one in months]


def meters(found: Stated, *, is_running: bool) -> list[Meter]:
    whole = found.whole
    meters = [
        _meter(Figure.ARRIVED, str(whole.arrived)),
        _meter(Figure.BACKLOG, str(whole.open), "" if is_running else gettext("at the end of the month")),
    ]
    if whole.shows_work:
        meters += [
            _meter(Figure.IN_TIME, _share(whole.in_time), _of(whole.first_kept, whole.first_broken)),
            _meter(Figure.FIRST_ANSWER, words.lasting(whole.first_answer_minutes), gettext("half waited no longer")),
            _meter(Figure.KEPT, _share(whole.promises_kept), _of(whole.kept, whole.broken)),
        ]
        meters += [_meter(figure, str(getattr(whole, figure.value))) for figure in SOLVED]
    return meters


def _meter(figure: Figure, value: str, more: str = "") -> Meter:
    return Meter(words.title(figure), value, more, words.meaning(figure))


def _share(found: Interval | None) -> str:
    return f"{percent(found.share * 100)} %" if found else HIDDEN


def _of(hits: int | None, others: int | None) -> str:
    if hits is None or others is None:
        return ""
    return gettext("%(hits)s of %(of)s") % {"hits": hits, "of": hits + others}


def day_picture(found: Stated) -> Picture | None:
    """What came in on each day."""
    values = [float(one.arrived) for one in found.days]
    if not any(values):
        return None
    first, last = (words.step(_day(one)) for one in (found.days[0], found.days[-1]))
    most = max(one.arrived for one in found.days)
    text = gettext("Concerns by day: at most %(most)s") % {"most": most}
    return Picture(bars(list(values)), first, last, gettext("at most %(most)s") % {"most": most}, text)


def _day(line: StatedLine) -> Span:
    on = date.fromisoformat(line.name)
    return Span(month_of(on).pace, on, on)


def tables(found: Stated) -> list[Table]:
    kinds: list[tuple[str, str, tuple[StatedLine, ...], Callable[[str], str]]] = [
        (gettext("By channel"), gettext("Channel"), found.channels, words.channel),
        (gettext("By team"), gettext("Team"), found.teams, str),
    ]
    return [Table(title, head, _rows(lines, name)) for title, head, lines, name in kinds if lines]


HEADS = (Figure.IN_TIME, Figure.FIRST_ANSWER, Figure.KEPT, *SOLVED)


def heads() -> list[str]:
    return [words.title(figure) for figure in HEADS]


def _rows(lines: tuple[StatedLine, ...], name: Callable[[str], str]) -> tuple[Row, ...]:
    most = max((line.arrived for line in lines), default=0) or 1
    return tuple(
        Row(
            name=name(line.name),
            arrived=line.arrived,
            width=f"{100 * line.arrived / most:.1f}",
            open=line.open,
            cells=tuple(_cells(line)) if line.shows_work else (HIDDEN,) * len(HEADS),
            is_hidden=not line.shows_work,
        )
        for line in lines
    )


def _cells(line: StatedLine) -> Iterator[str]:
    yield _share(line.in_time)
    yield words.lasting(line.first_answer_minutes)
    yield _share(line.promises_kept)
    for figure in SOLVED:
        yield str(getattr(line, figure.value))


def sheet(found: Stated) -> str:
    """The statement for spreadsheets: a line for each part, empty where too few people stand behind it."""
    head = [gettext("Month"), gettext("Part"), gettext("Name"), gettext("Came in"), gettext("Open")]
    counts = [gettext("First answers in promised time"), gettext("First answers late")]
    counts += [gettext("Promises kept"), gettext("Promises broken"), gettext("Minutes to the first answer")]
    ends = [words.title(figure) for figure in SOLVED]
    return written([[*head, *counts, *ends, gettext("Definitions")], *_sheet_rows(found)])


def _sheet_rows(found: Stated) -> Iterator[list[Cell]]:
    parts: list[tuple[str, tuple[StatedLine, ...]]] = [
        (gettext("all"), (found.whole,)),
        (gettext("day"), found.days),
        (gettext("channel"), found.channels),
        (gettext("team"), found.teams),
    ]
    for kind, lines in parts:
        for line in lines:
            name = words.channel(line.name) if lines is found.channels else line.name
            told: list[Any] = [line.first_kept, line.first_broken, line.kept, line.broken, line.first_answer_minutes]
            ends = [getattr(line, figure.value) for figure in SOLVED]
            yield [slug_of(found.month), kind, name, line.arrived, line.open, *told, *ends, found.definitions]


def values_of(found: Stated, *, is_running: bool = False) -> dict[str, Any]:
    """What statement/_statement.html takes; `is_running` for a month that is not over."""
    return {
        "found": found,
        "month_text": month_text(found.month),
        "is_running": is_running,
        "meters": meters(found, is_running=is_running),
        "picture": day_picture(found),
        "tables": tables(found),
        "heads": heads(),
        "logo": logo_of_company(),
        "company_name": current_tenant().name,
    }
