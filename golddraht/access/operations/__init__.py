"""Coming in to one's own page, proving who one is, and going."""

from golddraht.access.operations.adding import add_address, ask_to_add, drop_address
from golddraht.access.operations.asking import ask_for_copy, note_fetched, take_request
from golddraht.access.operations.codes import ask_for_code, digits_of, tries_left
from golddraht.access.operations.sweeping import sweep
from golddraht.access.operations.visiting import Entered, enter_by_link, enter_with_code, leave, prove_by_number

__all__ = [
    "Entered",
    "add_address",
    "ask_for_code",
    "ask_for_copy",
    "ask_to_add",
    "digits_of",
    "drop_address",
    "enter_by_link",
    "enter_with_code",
    "leave",
    "note_fetched",
    "prove_by_number",
    "sweep",
    "take_request",
    "tries_left",
]
