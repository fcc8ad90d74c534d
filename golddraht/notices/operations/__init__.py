"""What can be done so that somebody is told on their own devices."""

from golddraht.notices.operations.noting import note
from golddraht.notices.operations.switching import DeviceRefused, change, renew, switch_off, switch_on, try_out
from golddraht.notices.operations.telling import Letter, Outcome, begin, note_outcome, sweep

__all__ = [
    "DeviceRefused",
    "Letter",
    "Outcome",
    "begin",
    "change",
    "note",
    "note_outcome",
    "renew",
    "sweep",
    "switch_off",
    "switch_on",
    "try_out",
]
