"""What is counted, how shares and times come of it, and whose work may be shown."""

from golddraht.improvement.rules.counting import Concern, Tally, slices_of
from golddraht.improvement.rules.figuring import COUNTED, SHARES, WORK, Figure, Share, difference_is_clear, share_of
from golddraht.improvement.rules.lasting import EDGES, bucket_of, quantile
from golddraht.improvement.rules.protecting import FEWEST_PEOPLE, is_shown, mark_of, people_in, shown_parts
from golddraht.improvement.rules.spanning import Pace, Span, span_of, steps_of

__all__ = [
    "COUNTED",
    "EDGES",
    "FEWEST_PEOPLE",
    "SHARES",
    "WORK",
    "Concern",
    "Figure",
    "Pace",
    "Share",
    "Span",
    "Tally",
    "bucket_of",
    "difference_is_clear",
    "is_shown",
    "mark_of",
    "people_in",
    "quantile",
    "share_of",
    "shown_parts",
    "slices_of",
    "span_of",
    "steps_of",
]
