"""What can be done with what is known of people."""

from golddraht.customers.operations.belonging import (
    NoSuchBelonging,
    end_belonging,
    join_organisation,
    live_together,
)
from golddraht.customers.operations.correcting import (
    WordsNeeded,
    declare_salutation,
    note_language,
    note_salutation,
    note_what_matters,
    rename,
    take_back,
    wish_only,
)
from golddraht.customers.operations.doubting import (
    NotDoubtful,
    look_for_doubts,
    note_dead_address,
    reopen_doubt,
    settle_doubt,
)
from golddraht.customers.operations.learning import Said, learn, settle, unsay
from golddraht.customers.operations.looking import look_at_many, look_for_alike
from golddraht.customers.operations.merging import (
    MergeRefused,
    NotMerged,
    belongs_to,
    merge_customers,
    take_apart,
)
from golddraht.customers.operations.proposing import (
    AlreadySettled,
    Proposed,
    propose,
    reopen_resemblance,
    settle_resemblance,
)
from golddraht.customers.operations.reaching import note_complaint, note_unreachable, remove_contact_point
from golddraht.customers.operations.recognising import add_contact_point, meet, meet_at, recognise, recognised

__all__ = [
    "AlreadySettled",
    "MergeRefused",
    "NoSuchBelonging",
    "NotDoubtful",
    "NotMerged",
    "Proposed",
    "Said",
    "WordsNeeded",
    "add_contact_point",
    "belongs_to",
    "declare_salutation",
    "end_belonging",
    "join_organisation",
    "learn",
    "live_together",
    "look_at_many",
    "look_for_alike",
    "look_for_doubts",
    "meet",
    "meet_at",
    "merge_customers",
    "note_complaint",
    "note_dead_address",
    "note_language",
    "note_salutation",
    "note_unreachable",
    "note_what_matters",
    "propose",
    "recognise",
    "recognised",
    "remove_contact_point",
    "rename",
    "reopen_doubt",
    "reopen_resemblance",
    "settle",
    "settle_doubt",
    "settle_resemblance",
    "take_apart",
    "take_back",
    "unsay",
    "wish_only",
]
