"""Figures, what stands behind them, and what each person may see of their own work."""

from golddraht.improvement.queries.affected import LetterDraft, Told, affected_of, letters_of, told_of
from golddraht.improvement.queries.agreeing import staff_switches
from golddraht.improvement.queries.behind import Behind, concerns_behind
from golddraht.improvement.queries.days import today
from golddraht.improvement.queries.figures import Cut, Figures, Part, figures
from golddraht.improvement.queries.own import OwnFigures, own_figures
from golddraht.improvement.queries.problems import (
    NoSuchProblem,
    ProblemLine,
    like_contacts,
    problem_for,
    problems_for,
    problems_of,
)
from golddraht.improvement.queries.satisfaction import (
    SURVEY,
    NoSuchQuestion,
    is_asked_no_more,
    policy,
    satisfaction_by_id,
)

__all__ = [
    "SURVEY",
    "Behind",
    "Cut",
    "Figures",
    "LetterDraft",
    "NoSuchProblem",
    "NoSuchQuestion",
    "OwnFigures",
    "Part",
    "ProblemLine",
    "Told",
    "affected_of",
    "concerns_behind",
    "figures",
    "is_asked_no_more",
    "letters_of",
    "like_contacts",
    "own_figures",
    "policy",
    "problem_for",
    "problems_for",
    "problems_of",
    "satisfaction_by_id",
    "staff_switches",
    "today",
    "told_of",
]
