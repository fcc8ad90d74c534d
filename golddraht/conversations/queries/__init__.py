"""Questions about conversations: one file per kind of answer."""

from golddraht.conversations.queries.attending import Attending, attending
from golddraht.conversations.queries.case import (
    Answer,
    AskedOfCustomer,
    Case,
    Concern,
    EscalationLine,
    SolutionState,
    case_of,
    escalations_for,
    latest_solution_of,
    solution_for_customer,
)
from golddraht.conversations.queries.circle import Recipient, circle_of
from golddraht.conversations.queries.drafts import (
    DraftKept,
    FileKept,
    Undoable,
    draft_file_for,
    drafts_in,
    undoable_of,
)
from golddraht.conversations.queries.figures import Figures, figures
from golddraht.conversations.queries.finding import (
    NoSuchConversation,
    Seer,
    backlog,
    conversation_by_id,
    conversation_by_number,
    conversation_for,
    latest_owner_of,
    live_ids_of_customer,
    live_of_customer,
    message_by_id,
)
from golddraht.conversations.queries.listing import DraftMark, Page, Row, inbox, next_in
from golddraht.conversations.queries.narrowing import Narrowing
from golddraht.conversations.queries.places import COUNTED_TO, Place, counts, counts_narrowed, team_ids_of
from golddraht.conversations.queries.quieting import quiet_reason_for
from golddraht.conversations.queries.since import has_spoken_since
from golddraht.conversations.queries.thread import Enclosed, Happened, Noted, Said, ThreadEntry, thread_of

__all__ = [
    "COUNTED_TO",
    "Answer",
    "AskedOfCustomer",
    "Attending",
    "Case",
    "Concern",
    "DraftKept",
    "DraftMark",
    "Enclosed",
    "EscalationLine",
    "Figures",
    "FileKept",
    "Happened",
    "Narrowing",
    "NoSuchConversation",
    "Noted",
    "Page",
    "Place",
    "Recipient",
    "Row",
    "Said",
    "Seer",
    "SolutionState",
    "ThreadEntry",
    "Undoable",
    "attending",
    "backlog",
    "case_of",
    "circle_of",
    "conversation_by_id",
    "conversation_by_number",
    "conversation_for",
    "counts",
    "counts_narrowed",
    "draft_file_for",
    "drafts_in",
    "escalations_for",
    "figures",
    "has_spoken_since",
    "inbox",
    "latest_owner_of",
    "latest_solution_of",
    "live_ids_of_customer",
    "live_of_customer",
    "message_by_id",
    "next_in",
    "quiet_reason_for",
    "solution_for_customer",
    "team_ids_of",
    "thread_of",
    "undoable_of",
]
