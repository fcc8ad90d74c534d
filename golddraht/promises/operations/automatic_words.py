"""The automatic messages that a company may word itself: as they are shipped, and as they would be said in a concern."""

from __future__ import annotations

from datetime import datetime, timedelta

from golddraht.conversations.models import Conversation
from golddraht.conversations.operations import letters
from golddraht.conversations.rules import Automatic
from golddraht.plumbing.links import absolute
from golddraht.promises.operations.acknowledging import receipt_of, shipped_receipt

TO_BE_WORDED = (Automatic.RECEIPT, Automatic.INTERIM, Automatic.SOLVED_QUESTION)


def shipped(kind: Automatic, language: str) -> str:
    """The words that come with the program, with blanks in the place of what changes."""
    return shipped_receipt(language) if kind is Automatic.RECEIPT else letters.shipped_words(kind, language)


def tried_out(kind: Automatic, concern: Conversation, text: str, at: datetime) -> str:
    """The message as this concern's customer would get it with these words. Nothing of it is kept or sent."""
    if kind is Automatic.RECEIPT:
        return receipt_of(concern, own=text, at=at)
    if kind is Automatic.INTERIM:
        return letters.interim(concern, next_touch_at=concern.next_touch_at or at + timedelta(days=1), at=at, own=text)
    return letters.solved_question_again(concern, link=absolute("/k/geloest/…/"), own=text)
