"""What can be done with a conversation: one file per verb or family of verbs."""

from golddraht.conversations.operations.asking import CannotAsk, ask_third_party, remind_of_inquiries
from golddraht.conversations.operations.attending import attend, forget_absent, stop_attending
from golddraht.conversations.operations.drafting import (
    DraftMovedOn,
    Writing,
    discard_draft,
    keep_draft,
    take_file_out,
)
from golddraht.conversations.operations.entering import enter_concern
from golddraht.conversations.operations.escalating import take_escalation, tell_leads_again
from golddraht.conversations.operations.gathering import doubt_evidence, gather_evidence
from golddraht.conversations.operations.goodwill import GoodwillRefused, GoodwillTooHigh, grant_goodwill
from golddraht.conversations.operations.leaving import hand_over_everything, leave, let_go
from golddraht.conversations.operations.linking import LinkRefused, link, unlink
from golddraht.conversations.operations.merging import MergeRefused, SplitRefused, UndoRefused, merge, split, undo_move
from golddraht.conversations.operations.notes import add_note
from golddraht.conversations.operations.owning import CannotCare, hand_over, take
from golddraht.conversations.operations.reading import note_read
from golddraht.conversations.operations.receiving import Enclosure, Words, receive_message
from golddraht.conversations.operations.sending import (
    AlreadyLeft,
    SendTimeRefused,
    Sent,
    leave_now,
    let_leave,
    send_answer,
    stop_what_waits,
    take_back,
)
from golddraht.conversations.operations.silence import Swept, escalate_overdue, remind_owners, sweep
from golddraht.conversations.operations.solving import (
    NoSuchProposal,
    NotAskedTwice,
    ask_again,
    confirm_in_person,
    confirm_solution,
    object_to_solution,
    presume_solved,
    propose_solution,
    solution_path,
    withdraw_solution,
)
from golddraht.conversations.operations.sorting import (
    mark_quiet,
    mark_spam,
    review_quiet,
    set_priority,
    set_tags,
    unmark_spam,
    wake,
)
from golddraht.conversations.operations.touching import NextTouchRefused, set_next_touch
from golddraht.conversations.operations.writing import (
    NothingToSay,
    NotLive,
    RecipientRefused,
    StaleAnswer,
    reply,
    start_conversation,
    write_automatic,
)

__all__ = [
    "AlreadyLeft",
    "CannotAsk",
    "CannotCare",
    "DraftMovedOn",
    "Enclosure",
    "GoodwillRefused",
    "GoodwillTooHigh",
    "LinkRefused",
    "MergeRefused",
    "NextTouchRefused",
    "NoSuchProposal",
    "NotAskedTwice",
    "NotLive",
    "NothingToSay",
    "RecipientRefused",
    "SendTimeRefused",
    "Sent",
    "SplitRefused",
    "StaleAnswer",
    "Swept",
    "UndoRefused",
    "Words",
    "Writing",
    "add_note",
    "ask_again",
    "ask_third_party",
    "attend",
    "confirm_in_person",
    "confirm_solution",
    "discard_draft",
    "doubt_evidence",
    "enter_concern",
    "escalate_overdue",
    "forget_absent",
    "gather_evidence",
    "grant_goodwill",
    "hand_over",
    "hand_over_everything",
    "keep_draft",
    "leave",
    "leave_now",
    "let_go",
    "let_leave",
    "link",
    "mark_quiet",
    "mark_spam",
    "merge",
    "note_read",
    "object_to_solution",
    "presume_solved",
    "propose_solution",
    "receive_message",
    "remind_of_inquiries",
    "remind_owners",
    "reply",
    "review_quiet",
    "send_answer",
    "set_next_touch",
    "set_priority",
    "set_tags",
    "solution_path",
    "split",
    "start_conversation",
    "stop_attending",
    "stop_what_waits",
    "sweep",
    "take",
    "take_back",
    "take_escalation",
    "take_file_out",
    "tell_leads_again",
    "undo_move",
    "unlink",
    "unmark_spam",
    "wake",
    "withdraw_solution",
    "write_automatic",
]
