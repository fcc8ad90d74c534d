"""The one polite question that may be put to a customer who is being written to anyway."""

from __future__ import annotations

from typing import Any

from golddraht.customers.queries.doubts import question_due
from golddraht.customers.rules.doubts import polite_question


def question_words(concern: Any) -> str:
    """The question in the language of the concern; "" where nothing about the customer is doubtful."""
    kind = question_due(customer_id=concern.customer_id)
    return polite_question(kind, language=concern.language) if kind else ""
