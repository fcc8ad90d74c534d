"""An event as programs know it: its ids, and concerns by the numbers that people say."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from golddraht.conversations.queries import conversation_by_id
from golddraht.ground.numbers import spoken


def subject_of(event: Any) -> dict[str, Any]:
    """Ids and flags of an event; `conversation` is the number that the interface knows."""
    told = {name: value for name, value in asdict(event).items() if not isinstance(value, datetime)}
    conversation_id = told.pop("conversation_id", None)
    if conversation_id is not None:
        told["conversation"] = spoken(conversation_by_id(conversation_id).number)
    return told
