"""What somebody allowed and refused, and what they agreed to."""

from golddraht.consent.queries.choices import (
    ActLine,
    Choices,
    NoSuchAct,
    PurposeChoice,
    RefusalLine,
    Stand,
    WayStand,
    act_for,
    acts_of_person,
    choices,
    refusals_of_person,
)
from golddraht.consent.queries.gate import Wanted, leaves_at, may_leave
from golddraht.consent.queries.hearing import HeardLine, heard_in, heard_of, open_doubts
from golddraht.consent.queries.standing import is_marked, mark_of
from golddraht.consent.queries.texts import TextShown, all_texts, current_text, versions_of
from golddraht.consent.queries.wishing import Wished, wished_way

__all__ = [
    "ActLine",
    "Choices",
    "HeardLine",
    "NoSuchAct",
    "PurposeChoice",
    "RefusalLine",
    "Stand",
    "TextShown",
    "Wanted",
    "WayStand",
    "Wished",
    "act_for",
    "acts_of_person",
    "all_texts",
    "choices",
    "current_text",
    "heard_in",
    "heard_of",
    "is_marked",
    "leaves_at",
    "mark_of",
    "may_leave",
    "open_doubts",
    "refusals_of_person",
    "versions_of",
    "wished_way",
]
