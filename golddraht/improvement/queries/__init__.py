"""Figures, what stands behind them, and what each person may see of their own work."""

from golddraht.improvement.queries.behind import Behind, concerns_behind
from golddraht.improvement.queries.days import today
from golddraht.improvement.queries.figures import Cut, Figures, Part, figures
from golddraht.improvement.queries.own import OwnFigures, own_figures

__all__ = [
    "Behind",
    "Cut",
    "Figures",
    "OwnFigures",
    "Part",
    "concerns_behind",
    "figures",
    "own_figures",
    "today",
]
