"""The tables of this room, a file for each noun."""

from __future__ import annotations

from golddraht.conversations.models.attendance import Attendance
from golddraht.conversations.models.automatic_text import AutomaticText
from golddraht.conversations.models.blocked import BlockedSender
from golddraht.conversations.models.conversation import IS_LIVE, Conversation
from golddraht.conversations.models.draft import Draft, DraftFile
from golddraht.conversations.models.errand import Errand, ErrandLine, Macro
from golddraht.conversations.models.escalation import AutomaticHour, Escalation
from golddraht.conversations.models.message import Attachment, Inquiry, Message, Reading
from golddraht.conversations.models.move import Link, Move
from golddraht.conversations.models.note import Mention, Milestone, Note
from golddraht.conversations.models.solution import Goodwill, Solution
from golddraht.conversations.models.tag import Tag, TagChange
from golddraht.conversations.models.text_module import TextModule

__all__ = [
    "IS_LIVE",
    "Attachment",
    "Attendance",
    "AutomaticHour",
    "AutomaticText",
    "BlockedSender",
    "Conversation",
    "Draft",
    "DraftFile",
    "Errand",
    "ErrandLine",
    "Escalation",
    "Goodwill",
    "Inquiry",
    "Link",
    "Macro",
    "Mention",
    "Message",
    "Milestone",
    "Move",
    "Note",
    "Reading",
    "Solution",
    "Tag",
    "TagChange",
    "TextModule",
]
