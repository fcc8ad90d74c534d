"""What is counted, how shares and times come of it, and whose work may be shown."""

from golddraht.improvement.rules.counting import Concern, Tally, slices_of
from golddraht.improvement.rules.figuring import COUNTED, SHARES, WORK, Figure, Share, difference_is_clear, share_of
from golddraht.improvement.rules.lasting import EDGES, bucket_of, quantile
from golddraht.improvement.rules.protecting import FEWEST_PEOPLE, is_shown, mark_of, people_in, shown_parts
from golddraht.improvement.rules.spanning import Pace, Span, span_of, steps_of
from golddraht.improvement.rules.states import (
    GREETING,
    TAKEN_BACK_WITHIN,
    LetterState,
    ProblemState,
    WhyNot,
    letter_for,
)
from golddraht.improvement.rules.weeks import Week, picture_of, weeks_around

__all__ = [
    "COUNTED",
    "EDGES",
    "FEWEST_PEOPLE",
    "GREETING",
    "SHARES",
    "TAKEN_BACK_WITHIN",
    "WORK",
    "Concern",
    "Figure",
    "LetterState",
    "Pace",
    "ProblemState",
    "Share",
    "Span",
    "Tally",
    "Week",
    "WhyNot",
    "bucket_of",
    "difference_is_clear",
    "is_shown",
    "letter_for",
    "mark_of",
    "people_in",
    "picture_of",
    "quantile",
    "share_of",
    "shown_parts",
    "slices_of",
    "span_of",
    "steps_of",
    "weeks_around",
]
