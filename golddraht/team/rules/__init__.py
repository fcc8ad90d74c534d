"""The rules of a team: who may what, who cares, and what can be promised. Values in, values out."""

from golddraht.team.rules.choosing import (
    Arrival,
    ArrivalRule,
    Candidate,
    Choice,
    Reason,
    choose_owner,
    choose_team,
)
from golddraht.team.rules.promising import latest_next_touch, promised_answer_at
from golddraht.team.rules.roles import Act, Role

__all__ = [
    "Act",
    "Arrival",
    "ArrivalRule",
    "Candidate",
    "Choice",
    "Reason",
    "Role",
    "choose_owner",
    "choose_team",
    "latest_next_touch",
    "promised_answer_at",
]
