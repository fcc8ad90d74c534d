"""One line in the thread that nobody said."""

from __future__ import annotations

from datetime import datetime

from golddraht.conversations.models import Milestone
from golddraht.conversations.rules import Happening
from golddraht.ground.text import one_line


def mark(conversation_id: int, kind: Happening, *, at: datetime, by: int | None = None, words: str = "") -> None:
    """Leave a milestone; `by` None stands for the system."""
    Milestone.objects.create(conversation_id=conversation_id, kind=kind, by_id=by, at=at, words=one_line(words, 400))
