"""Figures, what stands behind them, and what each person may see of their own work."""

from golddraht.improvement.queries.behind import Behind, concerns_behind
from golddraht.improvement.queries.days import today
from golddraht.improvement.queries.figures import Cut, Figures, Part, figures
from golddraht.improvement.queries.own import OwnFigures, own_figures
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
    "NoSuchQuestion",
    "OwnFigures",
    "Part",
    "concerns_behind",
    "figures",
    "is_asked_no_more",
    "own_figures",
    "policy",
    "satisfaction_by_id",
    "today",
]
