"""What can be done with facts from outside: taking them down, and tying them to customers and concerns."""

from golddraht.commerce.operations.concerning import NotTheirOrder, tie, tie_by_order, tie_by_words, untie
from golddraht.commerce.operations.deciding import AlreadySettled, NotLetIn, drop_row, let_in_row, mend_row
from golddraht.commerce.operations.keeping import state_told
from golddraht.commerce.operations.stating import Outcome, Stated, state, state_all
from golddraht.commerce.operations.tying import tie_by_name

__all__ = [
    "AlreadySettled",
    "NotLetIn",
    "NotTheirOrder",
    "Outcome",
    "Stated",
    "drop_row",
    "let_in_row",
    "mend_row",
    "state",
    "state_all",
    "state_told",
    "tie",
    "tie_by_name",
    "tie_by_order",
    "tie_by_words",
    "untie",
]
