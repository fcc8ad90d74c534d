"""Questions about conversations: one file per kind of answer."""

from golddraht.conversations.queries.finding import (
    NoSuchConversation,
    Seer,
    conversation_by_id,
    conversation_by_number,
    conversation_for,
    live_of_customer,
    load_by_member,
    waiting_by_team,
)

__all__ = [
    "NoSuchConversation",
    "Seer",
    "conversation_by_id",
    "conversation_by_number",
    "conversation_for",
    "live_of_customer",
    "load_by_member",
    "waiting_by_team",
]
