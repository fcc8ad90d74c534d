"""Counting days, and what follows from it."""

from golddraht.improvement.operations.agreeing import turn_staff_switch
from golddraht.improvement.operations.counting import count_anew, count_day
from golddraht.improvement.operations.problems import (
    ProblemRefused,
    change_problem,
    link_concern,
    mark_fixed,
    open_problem,
    reopen_problem,
    unlink_concern,
)
from golddraht.improvement.operations.satisfaction import (
    AnswerRefused,
    answer_satisfaction,
    ask_customer_no_more,
    ask_customers_from_now_on,
    ask_customers_no_more,
    ask_no_more,
)
from golddraht.improvement.operations.telling import stop_letters, tell_affected

__all__ = [
    "AnswerRefused",
    "ProblemRefused",
    "answer_satisfaction",
    "ask_customer_no_more",
    "ask_customers_from_now_on",
    "ask_customers_no_more",
    "ask_no_more",
    "change_problem",
    "count_anew",
    "count_day",
    "link_concern",
    "mark_fixed",
    "open_problem",
    "reopen_problem",
    "stop_letters",
    "tell_affected",
    "turn_staff_switch",
    "unlink_concern",
]
