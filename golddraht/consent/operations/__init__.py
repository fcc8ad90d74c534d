"""Allowing, taking back, objecting, choosing ways, and the gate that everything passes."""

from golddraht.consent.operations.choosing import choose_channels, set_quiet_hours
from golddraht.consent.operations.giving import (
    ConsentRefused,
    Origin,
    give,
    object_to,
    remember_objection,
    withdraw,
)
from golddraht.consent.operations.texts import TextRefused, write_text

__all__ = [
    "ConsentRefused",
    "Origin",
    "TextRefused",
    "choose_channels",
    "give",
    "object_to",
    "remember_objection",
    "set_quiet_hours",
    "withdraw",
    "write_text",
]
