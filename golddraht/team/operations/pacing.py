"""What a team promises, by how urgent a concern is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.team.models import Team, TeamPromise
from golddraht.team.operations.teams import TeamRefused
from golddraht.team.rules import Pace, Priority

QUICKEST = timedelta(minutes=15)
"""Promises are made for a quarter of an hour."""


@transaction.atomic
def promise_by_priority(*, team_id: int, paces: Mapping[Priority, Pace]) -> None:
    """Exactly these from now on; a priority that is not named is as usual, which has to be named. Raises TeamRefused.

    What was promised to customers before stands.
    """
    _refuse(paces)
    team = Team.objects.select_for_update(of=("self",)).get(pk=team_id)
    usual = paces[Priority.NORMAL]
    team.answer_within, team.touch_within = usual.answer_within, usual.touch_within
    team.save(update_fields=["answer_within", "touch_within"])
    more = {priority: pace for priority, pace in paces.items() if priority != Priority.NORMAL}
    TeamPromise.objects.filter(team=team).exclude(priority__in=more).delete()
    for priority, pace in more.items():
        told = {"answer_within": pace.answer_within, "touch_within": pace.touch_within}
        TeamPromise.objects.update_or_create(team=team, priority=priority, defaults=told)


def _refuse(paces: Mapping[Priority, Pace]) -> None:
    named = [paces[one] for one in Priority if one in paces]
    if Priority.NORMAL not in paces:
        raise TeamRefused(_("Say what is usual first."))
    if any(span < QUICKEST for pace in named for span in (pace.answer_within, pace.touch_within) if span is not None):
        raise TeamRefused(_("Promise a quarter of an hour at the least."))
    for less, more in pairwise(named):
        if more.answer_within > less.answer_within or _is_later(more.touch_within, less.touch_within):
            raise TeamRefused(_("What is more urgent cannot be promised later than what is less urgent."))


def _is_later(more: timedelta | None, less: timedelta | None) -> bool:
    """Without a time of its own it is later than any that is promised."""
    return less is not None and (more is None or more > less)
