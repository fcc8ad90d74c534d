"""Promises as they stand in the list of what is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from golddraht.ground.numbers import spoken
from golddraht.pages import shown
from golddraht.promises.queries import KeptRate, PromiseLine
from golddraht.promises.queries.cards import kind_text
from golddraht.promises.rules import Kind

PICTURE_WIDTH = 100


@dataclass(frozen=True)
class Due:
    """One promise in the list, with what can be done with it."""

    id: int
    what: str
    kind_text: str
    icon: str
    customer_name: str
    customer_url: str
    matter_url: str
    matter_number: str
    owner_name: str
    when_text: str
    state: str
    state_text: str
    may_be_moved: bool
    is_in_danger: bool
    is_late: bool


@dataclass(frozen=True)
class Group:
    title: str
    dues: list[Due]


@dataclass(frozen=True)
class Rate:
    """The kept rate with its range, as numbers and as places (0 to 100) in a picture."""

    label: str
    value: str
    range_text: str
    picture_text: str
    count_text: str
    low_x: str = "0"
    range_width: str = "0"
    share_x: str = "0"


def grouped(lines: Iterable[PromiseLine], *, slug: str, at: datetime) -> list[Group]:
    """What is in danger or overdue first, then today, tomorrow, this week and later; empty groups are left out."""
    groups: dict[str, list[Due]] = {title: [] for title in _titles()}
    for line in lines:
        groups[_group_of(line, at)].append(due(line, slug=slug, at=at))
    return [Group(title, dues) for title, dues in groups.items() if dues]


def _titles() -> list[str]:
    return [gettext("Needs you first"), gettext("Today"), gettext("Tomorrow"), gettext("This week"), gettext("Later")]


def _group_of(line: PromiseLine, at: datetime) -> str:
    urgent, today, tomorrow, this_week, later = _titles()
    if line.is_late or line.is_in_danger:
        return urgent
    here = timezone.localtime(at).date()
    days = (timezone.localtime(line.due_at).date() - here).days
    if days <= 1:
        return today if days <= 0 else tomorrow
    return this_week if days <= 6 - here.weekday() else later


ICONS = {Kind.CALLBACK: "phone", Kind.DELIVERY: "truck", Kind.VISIT: "store", Kind.FIRST_ANSWER: "reply"}


def due(line: PromiseLine, *, slug: str, at: datetime) -> Due:
    state, state_text = _state(line, at)
    number = line.conversation_number
    return Due(
        id=line.id,
        what=line.what,
        kind_text=kind_text(line.kind),
        icon=ICONS.get(line.kind, "handshake"),
        customer_name=shown.person_name(line.customer_name),
        customer_url=reverse("customer", args=[slug, line.customer_id]),
        matter_url=reverse("conversation", args=[slug, number]) if number else "",
        matter_number=spoken(number) if number else "",
        owner_name=line.owner_name,
        when_text=shown.window(line.starts_at, line.due_at, at),
        state=state,
        state_text=state_text,
        may_be_moved=line.kind is not Kind.FIRST_ANSWER,
        is_in_danger=line.is_in_danger,
        is_late=line.is_late,
    )


def _state(line: PromiseLine, at: datetime) -> tuple[str, str]:
    if line.is_late:
        return "late", gettext("overdue")
    if line.is_in_danger:
        return "soon", gettext("in danger, the customer may choose")
    if line.due_at - at <= shown.SOON:
        return "soon", gettext("due soon")
    return "open", ""


def rate(found: KeptRate, *, label: str) -> Rate:
    settled = found.kept + found.broken
    if found.share is None or found.low is None or found.high is None:
        nothing = gettext("Nothing has fallen due yet.")
        return Rate(label, "–", nothing, nothing, "")
    share, low, high = found.share * PICTURE_WIDTH, found.low * PICTURE_WIDTH, found.high * PICTURE_WIDTH
    between = (
        gettext("between %(low)s and %(high)s %%, as far as so few tell")
        if settled < 100
        else gettext("between %(low)s and %(high)s %%")
    )
    range_text = between % {"low": percent(low), "high": percent(high)}
    return Rate(
        label=label,
        value=percent(share),
        range_text=range_text,
        picture_text=f"{percent(share)} %, {range_text}",
        count_text=gettext("%(kept)s kept, %(broken)s not kept, %(changed)s changed by agreement")
        % {"kept": found.kept, "broken": found.broken, "changed": found.changed},
        low_x=f"{low:.1f}",
        range_width=f"{max(high - low, 1):.1f}",
        share_x=f"{max(share - 0.75, 0):.1f}",
    )


def percent(value: float) -> str:
    """ "97,4" in German, "97.4" in English."""
    number = f"{value:.1f}"
    return number.replace(".", ",") if (get_language() or "de").startswith("de") else number


def end_of_looking(at: datetime) -> datetime:
    """Promises lie at most a year ahead, so this shows them all."""
    return at + timedelta(days=400)
