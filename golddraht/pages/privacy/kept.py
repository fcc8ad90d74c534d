"""Classes, runs and examples of retention in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext

from golddraht.ground.numbers import spoken
from golddraht.ground.retention_law import Keeping
from golddraht.pages.conversation.place import url_of
from golddraht.privacy.catalogue.keepers import WHATS
from golddraht.privacy.catalogue.words import KEEPINGS, period_words
from golddraht.privacy.queries import Examples
from golddraht.privacy.queries.runs import LineTold, RunTold
from golddraht.privacy.rules import Line, Outcome
from golddraht.privacy.rules.keeping import STAYS
from golddraht.team.queries import Viewer


@dataclass(frozen=True)
class ClassShown:
    """A class with its period; between `shortest` and `longest` months may be chosen."""

    key: str
    title: str
    length: str
    law: str
    months: int | None
    shortest: int
    longest: int | None
    range_text: str


def classes_shown(lines: dict[Keeping, Line]) -> list[ClassShown]:
    return [_class(line) for line in lines.values()]


def _class(line: Line) -> ClassShown:
    period = line.period
    shortest = max(period.shortest, 1)
    if period.longest is None:
        text = gettext("from %(shortest)d months") % {"shortest": shortest}
    else:
        text = gettext("%(shortest)d to %(longest)d months") % {"shortest": shortest, "longest": period.longest}
    return ClassShown(
        key=line.keeping.value,
        title=str(KEEPINGS[line.keeping]),
        length=period_words(period, months=line.months),
        law=period.source,
        months=line.months,
        shortest=shortest,
        longest=period.longest,
        range_text=text,
    )


@dataclass(frozen=True)
class RowShown:
    """One kind of thing in a run: how many were looked at, went or would go, were locked away, and stay with the reasons."""

    title: str
    kind: str
    law: str
    looked: int
    due: int
    erased: int
    locked: int
    stays: str


OF_MORE_CLASSES = frozenset({"concerns", "archive"})
"""What is of one class or another; everything else is of the class that its name says."""


def rows_of(run: RunTold) -> list[RowShown]:
    """One row for each kind of thing and law."""
    groups: dict[tuple[str, str, str], list[LineTold]] = {}
    for line in run.lines:
        groups.setdefault((line.what, line.keeping, line.law), []).append(line)
    return [_row(what, keeping, law, lines) for (what, keeping, law), lines in groups.items()]


def _row(what: str, keeping: str, law: str, lines: list[LineTold]) -> RowShown:
    counts = {line.outcome: line.count for line in lines}
    return RowShown(
        title=str(WHATS[what]),
        kind=str(KEEPINGS[Keeping(keeping)]) if what in OF_MORE_CLASSES else "",
        law=law,
        looked=sum(count for outcome, count in counts.items() if outcome is not Outcome.LOCKED),
        due=counts.get(Outcome.DUE, 0),
        erased=counts.get(Outcome.ERASED, 0),
        locked=counts.get(Outcome.LOCKED, 0),
        stays=", ".join(f"{why_words(why)}: {counts[why]}" for why in STAYS if why in counts),
    )


def why_words(why: Outcome) -> str:
    """Why something that was looked at is still there."""
    return {
        Outcome.INSIDE: gettext("within its period"),
        Outcome.OPEN: gettext("still open"),
        Outcome.PROMISED: gettext("a promise runs"),
        Outcome.HELD: gettext("held for a claim"),
        Outcome.ASKED: gettext("an erasure is under way"),
    }[why]


@dataclass(frozen=True)
class RunShown:
    on: date
    ended_at: datetime | None
    is_trial: bool
    words: str
    rows: list[RowShown]


def run_shown(run: RunTold) -> RunShown:
    counts = {"looked": run.looked, "erased": run.erased, "due": run.due, "locked": run.locked, "stays": run.stays}
    if run.is_trial:
        words = gettext("%(looked)d looked at, %(due)d past their period, %(stays)d held") % counts
    else:
        words = gettext("%(looked)d looked at, %(erased)d erased, %(stays)d held, %(locked)d locked away") % counts
    return RunShown(run.on, run.ended_at, run.is_trial, words, rows_of(run))


@dataclass(frozen=True)
class Bar:
    x: int
    y: float
    height: float
    is_trial: bool


@dataclass(frozen=True)
class Picture:
    """Bars of the last runs, the oldest on the left; pale where it was only counted."""

    bars: list[Bar]
    width: int
    text: str


def picture_of(runs: list[RunTold]) -> Picture:
    amounts = [(one.due if one.is_trial else one.erased, one.is_trial) for one in reversed(runs)]
    most = max((count for count, _ in amounts), default=0) or 1
    bars = [
        Bar(x=place * 10, y=round(38 - height, 1), height=round(height, 1), is_trial=is_trial)
        for place, (count, is_trial) in enumerate(amounts)
        for height in [max(36 * count / most, 0.6)]
    ]
    gone = sum(one.erased for one in runs)
    text = gettext("Runs: %(runs)d. Erased: %(count)d.") % {"runs": len(runs), "count": gone}
    return Picture(bars, max(len(bars), 12) * 10, text)


@dataclass(frozen=True)
class ExampleShown:
    title: str
    url: str
    when: datetime
    kind: str


def examples_shown(examples: Examples, viewer: Viewer) -> list[ExampleShown]:
    """Concerns, then people."""
    slug = viewer.tenant_slug
    concerns = [
        ExampleShown(
            f"{spoken(one.number)} {one.subject}",
            url_of(slug, one.number),
            one.latest_at,
            str(KEEPINGS[one.keeping]),
        )
        for one in examples.concerns
    ]
    people = [
        ExampleShown(one.name or "–", reverse("customer", args=[slug, one.id]), one.known_since, str(WHATS["people"]))
        for one in examples.people
    ]
    return concerns + people
