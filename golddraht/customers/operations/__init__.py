"""What can be done with what is known of people."""

from golddraht.customers.operations.correcting import (
    declare_salutation,
    note_language,
    note_what_matters,
    rename,
    take_back,
)
from golddraht.customers.operations.learning import Said, learn, settle, unsay
from golddraht.customers.operations.reaching import note_complaint, note_unreachable
from golddraht.customers.operations.recognising import add_contact_point, meet, meet_at, recognise, recognised

__all__ = [
    "Said",
    "add_contact_point",
    "declare_salutation",
    "learn",
    "meet",
    "meet_at",
    "note_complaint",
    "note_language",
    "note_unreachable",
    "note_what_matters",
    "recognise",
    "recognised",
    "rename",
    "settle",
    "take_back",
    "unsay",
]
