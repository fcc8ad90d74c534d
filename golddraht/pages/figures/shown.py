"""Figures as they stand on the page: a card for each, with its picture, its table and how it was before."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from golddraht.improvement.queries import Cut, Figures, Part
from golddraht.improvement.rules import (
    SHARES,
    WORK,
    Figure,
    Share,
    Tally,
    difference_is_clear,
    quantile,
    share_of,
)
from golddraht.pages.figures import words
from golddraht.pages.figures.asked import Asked
from golddraht.pages.figures.pictures import Picture, bars, ranges
from golddraht.pages.promises.shown import percent

HALF = 0.5
NINE_OF_TEN = 0.9


@dataclass(frozen=True)
class Line:
    """A row of the table beside a picture."""

    name: str
    value: str
    more: str


@dataclass(frozen=True)
class Card:
    """One figure. `hidden_text` says why there is nothing to see."""

    key: str
    title: str
    meaning: str
    value: str = ""
    more: str = ""
    before: str = ""
    hidden_text: str = ""
    picture: Picture | None = None
    lines: tuple[Line, ...] = ()
    ages: tuple[Line, ...] = ()
    url: str = ""
    url_text: str = ""


@dataclass(frozen=True)
class PartLine:
    """A team, channel or tag in its table; a dash where too few people stand behind it."""

    name: str
    url: str
    arrived: int
    open: int
    cells: tuple[str, ...]
    is_hidden: bool


PARTS_SHOW = (Figure.IN_TIME, Figure.FIRST_ANSWER, Figure.KEPT, Figure.CONFIRMED, Figure.PRESUMED, Figure.RECURRED)


def hidden_text() -> str:
    return gettext("Fewer than five people stand behind it. Figures of work are for groups, so it is not shown.")


def cards(found: Figures, asked: Asked, *, slug: str) -> list[Card]:
    return [_card(figure, found, asked, slug=slug) for figure in Figure if _is_of_use(figure, found)]


def _is_of_use(figure: Figure, found: Figures) -> bool:
    """Satisfaction appears once somebody was asked."""
    return figure is not Figure.CONTENT or bool(found.whole.tally.asked or found.before.tally.asked)


def _card(figure: Figure, found: Figures, asked: Asked, *, slug: str) -> Card:
    is_hidden = figure in WORK and not found.whole.shows_work
    if is_hidden and _has_any(figure, found.whole.tally):
        return Card(figure.value, words.title(figure), words.meaning(figure), hidden_text=hidden_text())
    tally = found.whole.tally
    return Card(
        key=figure.value,
        title=words.title(figure),
        meaning=words.meaning(figure),
        value=value_of(figure, tally),
        more=more_of(figure, tally),
        before=_before(figure, found),
        picture=_picture(figure, found.steps),
        lines=tuple(_line(figure, step) for step in found.steps),
        ages=_ages(tally) if figure is Figure.BACKLOG else (),
        url=_behind_url(figure, asked, slug) if _has_any(figure, tally) else "",
        url_text=words.looked_into(figure),
    )


def _has_any(figure: Figure, tally: Tally) -> bool:
    if figure in SHARES:
        return SHARES[figure](tally)[1] > 0
    return bool({Figure.ARRIVED: tally.arrived, Figure.BACKLOG: tally.open}.get(figure, sum(tally.clock)))


def _behind_url(figure: Figure, asked: Asked, slug: str) -> str:
    return reverse("figure_behind", args=[slug]) + "?" + asked.query(figure=figure.value)


def value_of(figure: Figure, tally: Tally) -> str:
    if figure in SHARES:
        return words.share(share_of(figure, tally))
    if figure is Figure.FIRST_ANSWER:
        return words.lasting(quantile(tally.working, HALF))
    return str(tally.arrived if figure is Figure.ARRIVED else tally.open)


def more_of(figure: Figure, tally: Tally) -> str:
    if figure is Figure.FIRST_ANSWER:
        return _waiting_text(tally)
    if figure is Figure.BACKLOG:
        return gettext("%(waiting)s of them wait for a word from us") % {"waiting": tally.waiting}
    if figure is Figure.CONTENT and tally.asked:
        said = gettext("%(rated)s of %(asked)s asked have answered") % {"rated": tally.rated, "asked": tally.asked}
        return f"{words.between(share_of(figure, tally))}; {said}"
    return words.between(share_of(figure, tally)) if figure in SHARES else ""


def _waiting_text(tally: Tally) -> str:
    if not sum(tally.clock):
        return gettext("There was nothing to count.")
    said = gettext(
        "half within this time of business hours, nine of ten within %(nine)s; by the clock half within %(clock)s;"
        " %(unanswered)s not answered yet"
    )
    return said % {
        "nine": words.lasting(quantile(tally.working, NINE_OF_TEN)),
        "clock": words.lasting(quantile(tally.clock, HALF), by_the_clock=True),
        "unanswered": tally.unanswered,
    }


def _before(figure: Figure, found: Figures) -> str:
    """How it was in the span before, and whether chance alone explains the difference."""
    before = found.before
    if (figure in WORK and not before.shows_work) or not _has_any(figure, before.tally):
        return ""
    value = value_of(figure, before.tally)
    if figure not in SHARES:
        return gettext("before: %(value)s") % {"value": value}
    return _compared(share_of(figure, found.whole.tally), share_of(figure, before.tally), value)


def _compared(now: Share | None, before: Share | None, value: str) -> str:
    if now is None or before is None:
        return gettext("before: %(value)s") % {"value": value}
    if not difference_is_clear(now, before):
        return gettext("before: %(value)s, no clear difference") % {"value": value}
    is_more = now.interval.share > before.interval.share
    said = (
        gettext("clearly more than before (%(value)s)") if is_more else gettext("clearly less than before (%(value)s)")
    )
    return said % {"value": value}


def _picture(figure: Figure, steps: list[Part]) -> Picture | None:
    if len(steps) < 2:
        return None
    first, last = words.step(steps[0].key), words.step(steps[-1].key)
    text = gettext("%(figure)s from %(first)s to %(last)s; the table has each value") % {
        "figure": words.title(figure),
        "first": first,
        "last": last,
    }
    if figure in SHARES:
        shares = [share_of(figure, step.tally) if step.shows_work else None for step in steps]
        places = [(one.interval.share, one.interval.low, one.interval.high) if one else None for one in shares]
        return Picture(ranges(places), first, last, "100 %", text) if any(places) else None
    values = [_number(figure, step) for step in steps]
    most = max((value for value in values if value is not None), default=0)
    top = words.lasting(most) if figure is Figure.FIRST_ANSWER else str(int(most))
    return Picture(bars(values), first, last, top, text) if most else None


def _number(figure: Figure, step: Part) -> float | None:
    if figure is Figure.FIRST_ANSWER:
        return quantile(step.tally.working, HALF) if step.shows_work else None
    return float(step.tally.arrived if figure is Figure.ARRIVED else step.tally.open)


def _line(figure: Figure, step: Part) -> Line:
    name = words.step(step.key)
    if figure in WORK and not step.shows_work:
        return Line(name, "–", gettext("fewer than five people") if _has_any(figure, step.tally) else "")
    more = more_of(figure, step.tally) if _has_any(figure, step.tally) else ""
    return Line(name, value_of(figure, step.tally) if _has_any(figure, step.tally) or figure not in WORK else "–", more)


def _ages(tally: Tally) -> tuple[Line, ...]:
    total = sum(tally.ages) or 1
    pairs = zip(words.ages(), tally.ages, strict=True)
    return tuple(Line(name, str(number), f"{percent(100 * number / total)} %") for name, number in pairs)


def part_lines(parts: list[Part], asked: Asked, *, by: str, slug: str) -> list[PartLine]:
    """A line for each team, channel or tag, leading to its own figures."""
    url = reverse("figures", args=[slug])
    return [
        PartLine(
            name=words.channel(part.name) if by == "channel" else part.name,
            url=f"{url}?{asked.of(_narrowed(asked.cut, by, part.key)).query()}" if part.key else "",
            arrived=part.tally.arrived,
            open=part.tally.open,
            cells=tuple(_cell(figure, part) for figure in PARTS_SHOW),
            is_hidden=not part.shows_work,
        )
        for part in parts
    ]


def _narrowed(cut: Cut, by: str, key: object) -> Cut:
    return Cut(**{"team_id": cut.team_id, "channel": cut.channel, "tag": cut.tag, by: key})  # type: ignore[arg-type]  # The key of that part.


def _cell(figure: Figure, part: Part) -> str:
    if not part.shows_work or not _has_any(figure, part.tally):
        return "–"
    if figure not in SHARES:
        return value_of(figure, part.tally)
    found = share_of(figure, part.tally)
    assert found is not None
    low, high = percent(found.interval.low * 100), percent(found.interval.high * 100)
    return f"{words.share(found)} ({low}–{high})"
