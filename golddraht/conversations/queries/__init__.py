"""Questions about conversations: one file per kind of answer."""

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
from golddraht.conversations.queries.figures import Figures, figures
from golddraht.conversations.queries.finding import (
    NoSuchConversation,
    Seer,
    backlog,
    conversation_by_id,
    conversation_by_number,
    conversation_for,
    latest_owner_of,
    live_of_customer,
    message_by_id,
)
from golddraht.conversations.queries.listing import Page, Place, Row, counts, inbox, team_ids_of
from golddraht.conversations.queries.quieting import quiet_reason_for
from golddraht.conversations.queries.thread import Enclosed, Happened, Noted, Said, ThreadEntry, thread_of

__all__ = [
    "Answer",
    "AskedOfCustomer",
    "Case",
    "Concern",
    "Enclosed",
    "EscalationLine",
    "Figures",
    "Happened",
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
    "backlog",
    "case_of",
    "circle_of",
    "conversation_by_id",
    "conversation_by_number",
    "conversation_for",
    "counts",
    "escalations_for",
    "figures",
    "inbox",
    "latest_owner_of",
    "latest_solution_of",
    "live_of_customer",
    "message_by_id",
    "quiet_reason_for",
    "solution_for_customer",
    "team_ids_of",
    "thread_of",
]
