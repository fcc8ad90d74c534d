"""What can be done with what is known of people."""

from golddraht.customers.operations.asking import forget_asked, note_asked
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
from golddraht.customers.operations.reaching import note_complaint, note_unreachable
from golddraht.customers.operations.recognising import add_contact_point, meet, meet_at, recognise, recognised
from golddraht.customers.operations.ways import (
    Noted,
    NotTheirWay,
    Outcome,
    TakenMeanwhile,
    add_way,
    bring_back_way,
    retire_way,
)

__all__ = [
    "AlreadySettled",
    "MergeRefused",
    "NoSuchBelonging",
    "NotDoubtful",
    "NotMerged",
    "NotTheirWay",
    "Noted",
    "Outcome",
    "Proposed",
    "Said",
    "TakenMeanwhile",
    "WordsNeeded",
    "add_contact_point",
    "add_way",
    "belongs_to",
    "bring_back_way",
    "declare_salutation",
    "end_belonging",
    "forget_asked",
    "join_organisation",
    "learn",
    "live_together",
    "look_at_many",
    "look_for_alike",
    "look_for_doubts",
    "meet",
    "meet_at",
    "merge_customers",
    "note_asked",
    "note_complaint",
    "note_dead_address",
    "note_language",
    "note_salutation",
    "note_unreachable",
    "note_what_matters",
    "propose",
    "recognise",
    "recognised",
    "rename",
    "reopen_doubt",
    "reopen_resemblance",
    "retire_way",
    "settle",
    "settle_doubt",
    "settle_resemblance",
    "take_apart",
    "take_back",
    "unsay",
    "wish_only",
]
