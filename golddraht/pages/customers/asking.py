"""The one polite question that may be put to a customer who is being written to anyway."""

from __future__ import annotations

from typing import Any

from golddraht.conversations.queries.finding import words_on_their_way
from golddraht.customers.queries.doubts import Due, question_due
from golddraht.customers.rules.questions import carries, polite_question
from golddraht.plumbing import clock


def question_words(concern: Any) -> str:
    """The question in the language of the concern; "" where nothing about the customer is doubtful, or a question rests."""
    due = question_due(customer_id=concern.customer_id, at=clock.now())
    if due is None or _is_on_its_way(concern.customer_id, due):
        return ""
    return polite_question(due.kind, language=concern.language, attribute=due.attribute)


def _is_on_its_way(customer_id: int, due: Due) -> bool:
    """Whether it stands in an answer that was sent and only waits until it can no longer be taken back."""
    sent = words_on_their_way(customer_id=customer_id)
    return any(carries(text, kind=due.kind, attribute=due.attribute) for text in sent)
