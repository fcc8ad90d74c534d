"""What each team promises, by how urgent a concern is."""

from __future__ import annotations

from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.memory import remembered
from golddraht.team.models import Team, TeamPromise
from golddraht.team.rules import Pace, Priority

_PROMISED: Question[TeamPromise] = Question(lambda: TeamPromise.objects.filter(team=Asked("team")))


def pace_of(team: Team, priority: Priority) -> Pace:
    """What the team promises for concerns of that priority; where nothing is said of it, what is usual."""
    usual = Pace(team.answer_within, team.touch_within)
    return usual if priority == Priority.NORMAL else _more_than_usual(team).get(priority, usual)


def paces_of(team: Team) -> dict[Priority, Pace]:
    """Each priority for which the team promises something of its own; the usual one always."""
    return {Priority.NORMAL: pace_of(team, Priority.NORMAL)} | _more_than_usual(team)


@remembered
def _more_than_usual(team: Team) -> dict[Priority, Pace]:
    rows = _PROMISED.all(team=team.pk)
    return {Priority(row.priority): Pace(row.answer_within, row.touch_within) for row in rows}
