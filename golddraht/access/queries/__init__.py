"""Who is on their own page, and what they may see of themselves."""

from golddraht.access.queries.concerns import OwnConcern, own_concerns, own_promises
from golddraht.access.queries.copies import CopyLine, NoSuchCopy, copy_of_person, latest_copy
from golddraht.access.queries.visits import Visitor, numbers_known, visitor_with

__all__ = [
    "CopyLine",
    "NoSuchCopy",
    "OwnConcern",
    "Visitor",
    "copy_of_person",
    "latest_copy",
    "numbers_known",
    "own_concerns",
    "own_promises",
    "visitor_with",
]
