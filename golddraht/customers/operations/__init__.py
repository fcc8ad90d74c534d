"""What can be done with what is known of people."""

from golddraht.customers.operations.correcting import declare_salutation, note_language, note_what_matters, rename
from golddraht.customers.operations.reaching import note_complaint, note_unreachable
from golddraht.customers.operations.recognising import add_contact_point, meet, meet_at, recognise, recognised

__all__ = [
    "add_contact_point",
    "declare_salutation",
    "meet",
    "meet_at",
    "note_complaint",
    "note_language",
    "note_unreachable",
    "note_what_matters",
    "recognise",
    "recognised",
    "rename",
]
