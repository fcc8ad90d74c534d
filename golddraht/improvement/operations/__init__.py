"""Counting days, and what follows from it."""

from golddraht.improvement.operations.counting import count_anew, count_day
from golddraht.improvement.operations.satisfaction import (
    AnswerRefused,
    answer_satisfaction,
    ask_customers_from_now_on,
    ask_customers_no_more,
    ask_no_more,
)

__all__ = [
    "AnswerRefused",
    "answer_satisfaction",
    "ask_customers_from_now_on",
    "ask_customers_no_more",
    "ask_no_more",
    "count_anew",
    "count_day",
]
