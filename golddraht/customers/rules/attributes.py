"""What is known of a person: the attributes of a record, and the statements that speak for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from golddraht.ground.text import folded


class Attribute(StrEnum):
    """One thing that can be known of a person."""

    NAME = "name"
    SALUTATION = "salutation"
    LANGUAGE = "language"
    BORN_ON = "born_on"
    POSTAL = "postal"
    NUMBER = "number"  # A customer number; its source is the system that gave it.
    QUIET_HOURS = "quiet_hours"
    WISH = "wish"
    MATTERS = "matters"
    NOTE = "note"  # A remark that another program kept of them.


MANY = frozenset({Attribute.POSTAL, Attribute.NUMBER, Attribute.WISH, Attribute.NOTE})
"""Attributes of which several values can be true at once; of the others one is chosen."""


class Wish(StrEnum):
    """What matters to a person so often that it has a name; everything else stands in `Attribute.MATTERS`."""

    CALL_ME = "call_me"
    DO_NOT_CALL = "do_not_call"
    REPAIR_FIRST = "repair_first"
    LARGE_PRINT = "large_print"
    PLAIN_WORDS = "plain_words"
    STEP_FREE = "step_free"
    HUMAN_VOICE = "human_voice"
    LESS_PAPER = "less_paper"


@dataclass(frozen=True)
class Statement:
    """Somebody said something of a person. One that `denies` says that the value is wrong."""

    attribute: Attribute
    value: str
    source: str
    said_at: datetime
    certainty: float = 1.0
    evidence: str = ""
    denies: bool = False

    @cached_property
    def meaning(self) -> str:
        """Two statements with the same meaning agree, however they are spelled."""
        return " ".join(folded(self.value).split())
