"""An answer that says Frau or Herr without evidence: it is held, and one key settles it either way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from golddraht.customers.operations import note_salutation
from golddraht.customers.queries import greeted_as_proven
from golddraht.customers.rules import UnprovenSalutation
from golddraht.customers.rules.addressing import called_in


@dataclass(frozen=True)
class Held:
    """The greeting that waits for evidence, and the one that is proven."""

    line: str
    instead: str
    words_missing: bool = False


def held(refusal: UnprovenSalutation, posted: QueryDict) -> Held:
    """What the page shows of it; the words were wanted and did not come."""
    return Held(refusal.line, refusal.instead, posted.get("salutation") == "said")


def settled(posted: QueryDict, text: str, *, customer: Any, language: str, at: datetime) -> str:
    """The text as its writer decided: with the proven greeting, or as it is, and their words are taken down."""
    words, mode = posted.get("salutation_words", ""), called_in(text)
    if posted.get("salutation") == "neutral":
        return greeted_as_proven(text, customer_id=customer.pk, language=language)
    if mode is not None and words.strip():
        note_salutation(customer_id=customer.pk, mode=str(mode), words=words, at=at)
    return text
