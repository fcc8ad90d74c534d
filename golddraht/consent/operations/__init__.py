"""Allowing, taking back, objecting, choosing ways, and the gate that everything passes."""

from golddraht.consent.operations.choosing import choose_channels, set_quiet_hours
from golddraht.consent.operations.gate import Passage, ask_again, pass_gate
from golddraht.consent.operations.giving import (
    ConsentRefused,
    Origin,
    give,
    hold_back,
    object_to,
    remember_objection,
    withdraw,
)
from golddraht.consent.operations.grounds import note_list_checked, note_presumed, note_sale
from golddraht.consent.operations.opting_in import ask_to_confirm, confirm
from golddraht.consent.operations.reading import call_misread, unsay, uphold
from golddraht.consent.operations.texts import TextRefused, write_text

__all__ = [
    "ConsentRefused",
    "Origin",
    "Passage",
    "TextRefused",
    "ask_again",
    "ask_to_confirm",
    "call_misread",
    "choose_channels",
    "confirm",
    "give",
    "hold_back",
    "note_list_checked",
    "note_presumed",
    "note_sale",
    "object_to",
    "pass_gate",
    "remember_objection",
    "set_quiet_hours",
    "unsay",
    "uphold",
    "withdraw",
    "write_text",
]
