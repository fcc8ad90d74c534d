"""What an article can be, how long it may rest, and how its address is made."""

from golddraht.knowledge.rules.articles import (
    LANGUAGES,
    REVIEWED_EVERY,
    TOLD_THE_LEAD_AFTER,
    Audience,
    Language,
    QuestionState,
    Refusal,
    Sources,
    State,
    slug_for,
)

__all__ = [
    "LANGUAGES",
    "REVIEWED_EVERY",
    "TOLD_THE_LEAD_AFTER",
    "Audience",
    "Language",
    "QuestionState",
    "Refusal",
    "Sources",
    "State",
    "slug_for",
]
