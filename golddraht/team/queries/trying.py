"""What a rule of arrival would decide, before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from golddraht.team.models import ArrivalRule
from golddraht.team.queries.caring import as_rule
from golddraht.team.queries.configuring import arrival_rules
from golddraht.team.rules import Arrival


@dataclass(frozen=True)
class Tried:
    """Which of the arrivals it would decide, by their place, and for how many it is too late: a rule before it fits."""

    decides: tuple[int, ...]
    decided_before: int


def try_rule(
    *,
    words: str,
    recipient: str,
    team_id: int,
    arrivals: Sequence[Arrival],
    rule_id: int | None = None,
    place: int | None = None,
) -> Tried:
    """A rule like that at its `place` among the others, counted from 1, instead of `rule_id`; without one behind them all."""
    wanted = as_rule(ArrivalRule(words=words, recipient=recipient.strip(), team_id=team_id))
    others = [as_rule(row) for row in arrival_rules() if row.pk != rule_id]
    before = others if place is None else others[: max(place - 1, 0)]
    fitting = [place for place, arrival in enumerate(arrivals) if wanted.fits(arrival)]
    decides = tuple(place for place in fitting if not any(rule.fits(arrivals[place]) for rule in before))
    return Tried(decides, len(fitting) - len(decides))
