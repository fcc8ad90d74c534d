"""The rules of a team: who may what, who cares, and what can be promised. Values in, values out."""

from golddraht.team.rules.brand import (
    BLACK,
    DARK,
    LIGHT,
    WHITE,
    NoColour,
    colour_of,
    ink_on,
    mixed,
    read_colour,
    readable_on,
)
from golddraht.team.rules.choosing import (
    Arrival,
    ArrivalRule,
    Candidate,
    Choice,
    Reason,
    choose_owner,
    deciding_rule,
)
from golddraht.team.rules.naming import LONGEST_SLUG, is_slug, slug_from
from golddraht.team.rules.opening import UnreadableHours, hours_as_text, read_hours
from golddraht.team.rules.priority import Priority
from golddraht.team.rules.promising import Pace, latest_next_touch, promised_answer_at, promised_touch_at
from golddraht.team.rules.roles import INVITATION, INVITATION_LASTS, PASSWORD_LINK_LASTS, Act, Role
from golddraht.team.rules.scopes import READING, Area, Scope, scope_of, scopes_of
from golddraht.team.rules.signing_in import LONGEST_GRACE, Factor
from golddraht.team.rules.writing import LONGEST_UNDO, UNDO_CHOICES, AfterAnswer, WhenCalled

__all__ = [
    "BLACK",
    "DARK",
    "INVITATION",
    "INVITATION_LASTS",
    "LIGHT",
    "LONGEST_GRACE",
    "LONGEST_SLUG",
    "LONGEST_UNDO",
    "PASSWORD_LINK_LASTS",
    "READING",
    "UNDO_CHOICES",
    "WHITE",
    "Act",
    "AfterAnswer",
    "Area",
    "Arrival",
    "ArrivalRule",
    "Candidate",
    "Choice",
    "Factor",
    "NoColour",
    "Pace",
    "Priority",
    "Reason",
    "Role",
    "Scope",
    "UnreadableHours",
    "WhenCalled",
    "choose_owner",
    "colour_of",
    "deciding_rule",
    "hours_as_text",
    "ink_on",
    "is_slug",
    "latest_next_touch",
    "mixed",
    "promised_answer_at",
    "promised_touch_at",
    "read_colour",
    "read_hours",
    "readable_on",
    "scope_of",
    "scopes_of",
    "slug_from",
]
