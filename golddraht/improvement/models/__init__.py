"""A file per noun."""

from golddraht.improvement.models.agreement import StaffChoice
from golddraht.improvement.models.counted import CountedDay, DayTally, GoneTally
from golddraht.improvement.models.letter import FixLetter
from golddraht.improvement.models.problem import Affected, Problem
from golddraht.improvement.models.satisfaction import AskingPolicy, Satisfaction
from golddraht.improvement.models.statement import Statement, StatementLine

__all__ = [
    "Affected",
    "AskingPolicy",
    "CountedDay",
    "DayTally",
    "FixLetter",
    "GoneTally",
    "Problem",
    "Satisfaction",
    "StaffChoice",
    "Statement",
    "StatementLine",
]
