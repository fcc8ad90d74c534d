"""The day of one person in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from golddraht.conversations.queries.today import (
    Asks,
    Day,
    News,
    TeamLoad,
    Unsent,
    asks_of,
    day_of,
    team_loads,
    unsent_of,
)
from golddraht.conversations.rules import Direction
from golddraht.pages.conversation import milestones
from golddraht.pages.conversation.leaving import why_stopped
from golddraht.pages.conversation.place import url_of
from golddraht.pages.inbox.listing import RowShown, row_shown
from golddraht.pages.shown import moment, person_name
from golddraht.promises.queries import due_list
from golddraht.promises.queries.lists import PromiseLine
from golddraht.promises.rules import Kind
from golddraht.team.queries import Viewer
from golddraht.team.rules import Act


@dataclass(frozen=True)
class PromisedShown:
    title: str
    customer_name: str
    when_text: str
    state: str
    url: str


@dataclass(frozen=True)
class AskedShown:
    text: str
    author_name: str
    customer_name: str
    url: str
    when: datetime


@dataclass(frozen=True)
class UnsentShown:
    text: str
    customer_name: str
    subject: str
    url: str
    when: datetime


@dataclass(frozen=True)
class NewsShown:
    text: str
    customer_name: str
    subject: str
    url: str
    when: datetime
    icon: str


@dataclass(frozen=True)
class DayShown:
    """What today/show.html takes."""

    url: str
    done_text: str
    done_title: str
    is_done: bool
    whole: int
    asked: list[AskedShown]
    unsent: list[UnsentShown]
    promised: list[PromisedShown]
    our_turn: list[RowShown]
    follow_ups: list[RowShown]
    news: list[NewsShown]
    news_text: str
    teams: list[TeamLoad]


def day_shown(viewer: Viewer, *, at: datetime) -> DayShown:
    """Gathers the viewer's own day; whoever leads sees the teams by what lies before them, too."""
    day = day_of(viewer=viewer, at=at)
    due = due_list(viewer=viewer, at=at, until=day.ends_at, owner_id=viewer.membership_id, limit=100)
    # The promise of a first answer is the next touch of its concern: it stands there, once.
    promised = [line for line in due if line.kind is not Kind.FIRST_ANSWER]
    ours = [row for row in day.touches if row.latest_direction == Direction.IN]
    asked = [_asked(one, viewer) for one in asks_of(viewer=viewer)]
    unsent = [_unsent(one, viewer) for one in unsent_of(viewer=viewer, at=at)]
    count = len(promised) + len(day.touches) + len(asked) + len(unsent)
    return DayShown(
        url=reverse("today", args=[viewer.tenant_slug]),
        done_title=gettext("Your day is done") if not count else _left(count),
        done_text=_done_when(day, count, at),
        is_done=not count,
        whole=count,
        asked=asked,
        unsent=unsent,
        promised=[_promised(line, viewer, at) for line in promised],
        our_turn=[row_shown(row, viewer, at=at) for row in ours],
        follow_ups=[row_shown(row, viewer, at=at) for row in day.touches if row not in ours],
        news=[_news(one, viewer, at) for one in day.news],
        news_text=gettext("Since %(when)s") % {"when": moment(day.news_since, at)},
        teams=team_loads(viewer=viewer, at=at) if viewer.may(Act.ANSWER_MANY) else [],
    )


def _left(count: int) -> str:
    return ngettext("%(count)s thing for today", "%(count)s things for today", count) % {"count": count}


def _done_when(day: Day, count: int, at: datetime) -> str:
    if count:
        return gettext(
            "Your day is done when everybody below has heard from you, or has a new time that they can rely on."
        )
    if day.following is None or day.following.next_touch_at is None:
        return gettext("Everybody who relies on you has heard from you. Nothing is waiting.")
    told = {"when": moment(day.following.next_touch_at, at), "name": person_name(day.following.customer_name)}
    return gettext("Everybody who relies on you today has heard from you. Next is %(name)s, %(when)s.") % told


def _promised(line: PromiseLine, viewer: Viewer, at: datetime) -> PromisedShown:
    slug, number = viewer.tenant_slug, line.conversation_number
    return PromisedShown(
        title=line.what,
        customer_name=person_name(line.customer_name),
        when_text=moment(line.due_at, at),
        state="late" if line.is_late else "soon" if line.is_in_danger else "ok",
        url=url_of(slug, number) if number is not None else reverse("customer", args=[slug, line.customer_id]),
    )


def _asked(one: Asks, viewer: Viewer) -> AskedShown:
    url = url_of(viewer.tenant_slug, one.number, anchor=f"note-{one.note_id}")
    return AskedShown(one.text, one.author_name, person_name(one.customer_name), url, one.at)


def _unsent(one: Unsent, viewer: Viewer) -> UnsentShown:
    text = why_stopped(one.stopped_why) or gettext("Your answer did not arrive. Look at the thread for the reason.")
    url = url_of(viewer.tenant_slug, one.number)
    return UnsentShown(text, person_name(one.customer_name), one.subject, url, one.at)


def _news(one: News, viewer: Viewer, at: datetime) -> NewsShown:
    return NewsShown(
        text=milestones.words_of(one.happened, at),
        customer_name=person_name(one.customer_name),
        subject=one.subject,
        url=url_of(viewer.tenant_slug, one.number),
        when=one.happened.at,
        icon=milestones.icon_of(one.happened) or "info",
    )
