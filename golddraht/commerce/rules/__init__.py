"""What can be said from outside, what of it holds, and what it looks like."""

from golddraht.commerce.rules.picture import DeliveryState, Step, VisitState, delivery_state, steps_of, visit_state
from golddraht.commerce.rules.reading import SOON, Unreadable, told_of
from golddraht.commerce.rules.statements import Heard, Said, Spoken, heard_already, held, mark_of
from golddraht.commerce.rules.things import FIELDS, Thing

__all__ = [
    "FIELDS",
    "SOON",
    "DeliveryState",
    "Heard",
    "Said",
    "Spoken",
    "Step",
    "Thing",
    "Unreadable",
    "VisitState",
    "delivery_state",
    "heard_already",
    "held",
    "mark_of",
    "steps_of",
    "told_of",
    "visit_state",
]
