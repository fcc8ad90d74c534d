"""Which time and which part of the work an address asks for. What it does not say clearly is the usual."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from django.http import QueryDict

from golddraht.conversations.rules import Channel
from golddraht.improvement.queries import Cut
from golddraht.improvement.rules import Pace, Span, span_of

Kind = TypeVar("Kind", Pace, Channel)


@dataclass(frozen=True)
class Asked:
    """A span and a cut, and how to say them in an address."""

    span: Span
    cut: Cut

    def query(self, **more: str) -> str:
        wanted = {
            "span": self.span.pace.value,
            "on": self.span.first.isoformat(),
            "until": self.span.last.isoformat() if self.span.pace is Pace.OWN else "",
            "team": str(self.cut.team_id or ""),
            "channel": self.cut.channel or "",
            "tag": self.cut.tag,
        }
        return urlencode({key: value for key, value in (wanted | more).items() if value})

    def at(self, span: Span) -> Asked:
        return replace(self, span=span)

    def of(self, cut: Cut) -> Asked:
        return replace(self, cut=cut)


def asked(said: QueryDict, *, today: date) -> Asked:
    """The month so far, of everybody, unless the address says otherwise."""
    pace = _one_of(Pace, said.get("span", "")) or Pace.MONTH
    span = span_of(pace, on=_day(said.get("on", "")) or today, last=_day(said.get("until", "")))
    team, channel = said.get("team", ""), _one_of(Channel, said.get("channel", ""))
    team_id = int(team) if team.isdecimal() and len(team) < 19 else None
    return Asked(span, Cut(team_id, channel.value if channel else None, said.get("tag", "").replace("\0", "")[:40]))


def _one_of(kinds: type[Kind], word: str) -> Kind | None:
    return next((kind for kind in kinds if kind.value == word), None)


def _day(word: str) -> date | None:
    try:
        day = date.fromisoformat(word)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None
