"""Who may see what of themselves: what proves who somebody is, and how long a code or a visit lasts."""

from golddraht.access.rules.proving import (
    CODE_LASTS,
    LINK_LASTS,
    MOST_CODES_A_DAY,
    MOST_TRIES,
    VISIT_LASTS,
    Proof,
    Purpose,
    is_same_number,
    sees_whole_person,
)
from golddraht.access.rules.sharing import is_shared

__all__ = [
    "CODE_LASTS",
    "LINK_LASTS",
    "MOST_CODES_A_DAY",
    "MOST_TRIES",
    "VISIT_LASTS",
    "Proof",
    "Purpose",
    "is_same_number",
    "is_shared",
    "sees_whole_person",
]
