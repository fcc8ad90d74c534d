"""What can be done with a conversation: one file per verb or family of verbs."""

from golddraht.conversations.operations.owning import hand_over, take
from golddraht.conversations.operations.receiving import Words, receive_message
from golddraht.conversations.operations.touching import NextTouchRefused, set_next_touch
from golddraht.conversations.operations.writing import (
    NothingToSay,
    NotLive,
    StaleAnswer,
    reply,
    start_conversation,
    write_automatic,
)

__all__ = [
    "NextTouchRefused",
    "NotLive",
    "NothingToSay",
    "StaleAnswer",
    "Words",
    "hand_over",
    "receive_message",
    "reply",
    "set_next_touch",
    "start_conversation",
    "take",
    "write_automatic",
]
