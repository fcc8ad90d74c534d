"""The company's own words for its automatic messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from golddraht.conversations.models import AutomaticText
from golddraht.conversations.queries.automatic_words import words_kept
from golddraht.conversations.rules import Automatic
from golddraht.ground.automatic_words import FORMS, missing_in, worded
from golddraht.ground.placeholders import UnknownPlaceholder


class WordsRefused(ValueError):
    """The words cannot be kept: EMPTY, or MISSING or UNKNOWN with the `names` of placeholders."""

    def __init__(self, reason: str, names: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.reason, self.names = reason, names


def check_words(kind: Automatic, text: str) -> None:
    """Raises WordsRefused where a promise of the message would be lost, or something stands there that nobody can fill."""
    if not text.strip():
        raise WordsRefused("EMPTY")
    try:
        missing = missing_in(text, FORMS[kind])
    except UnknownPlaceholder as unknown:
        raise WordsRefused("UNKNOWN", (unknown.name,)) from None
    if missing:
        raise WordsRefused("MISSING", missing)


@transaction.atomic
def keep_words(*, kind: Automatic, language: str, text: str, by: int | None, at: datetime) -> None:
    """From now on the message is said like this. Raises WordsRefused."""
    check_words(kind, text)
    told = {"text": text.replace("\r\n", "\n").strip(), "changed_at": at, "changed_by_id": by}
    AutomaticText.objects.update_or_create(kind=kind, language=language, defaults=told)


@transaction.atomic
def undo_words(*, kind: Automatic, language: str) -> None:
    """Back to the shipped words."""
    AutomaticText.objects.filter(kind=kind, language=language).delete()


def in_own_words(
    kind: Automatic, language: str, *, shipped: str, values: Mapping[str, str], text: str | None = None
) -> str:
    """The message as the company says it, else as shipped; `text` is tried out in the place of what is kept."""
    own = words_kept(kind, language) if text is None else text
    return worded(own, shipped=shipped, values=values, form=FORMS[kind]) if own else shipped
