"""What an article can be, how long it may rest, and how its address is made."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum

from golddraht.ground.text import folded

REVIEWED_EVERY = timedelta(days=180)
"""Unless somebody sets another day: what nobody has looked at for half a year is not known to be true."""
TOLD_THE_LEAD_AFTER = timedelta(days=7)
"""So long after its day an article that its owner has not reviewed stands in the list of the leads as well."""
LONGEST_SLUG = 70


class Language(StrEnum):
    """The languages in which an article can have a text."""

    DE = "de"
    EN = "en"


LANGUAGES = tuple(language.value for language in Language)


class Audience(StrEnum):
    INTERNAL = "INTERNAL"  # For colleagues.
    PUBLIC = "PUBLIC"  # For everybody, on the help page.


class State(StrEnum):
    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    RETIRED = "RETIRED"


class QuestionState(StrEnum):
    """What became of a question that nobody could answer."""

    OPEN = "OPEN"
    ANSWERED = "ANSWERED"  # By an article.
    CLOSED = "CLOSED"  # With a reason.


class Sources(StrEnum):
    """Where nobody could answer."""

    HELP = "HELP"
    WORKSPACE = "WORKSPACE"
    CONCERN = "CONCERN"


class Refusal(StrEnum):
    """Why something about an article was refused."""

    NO_WORDS = "NO_WORDS"
    NO_RIGHT = "NO_RIGHT"
    MARKS = "MARKS"
    RETIRED = "RETIRED"
    NO_REASON = "NO_REASON"
    FILE = "FILE"
    PAST = "PAST"
    SETTLED = "SETTLED"


def slug_for(title: str) -> str:
    """The title as it stands in an address: "Ofen läuft nicht an" is `ofen-laeuft-nicht-an`; never empty."""
    words = re.sub(r"[^a-z0-9]+", "-", folded(title)).strip("-")
    cut = words[:LONGEST_SLUG]
    if len(words) > LONGEST_SLUG and "-" in cut:
        cut = cut.rpartition("-")[0]
    return cut.strip("-") or "artikel"
