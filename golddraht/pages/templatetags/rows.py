"""Rows of lists, drawn once for as long as they say the same."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import get_language

if TYPE_CHECKING:
    from golddraht.pages.inbox.listing import RowShown

register = template.Library()
DRAWN = 5_000
"""Rows kept, of about 3 kB each with what is said in them: what a hundred lists of fifty show."""


@register.simple_tag
def concern_row(row: RowShown, swaps: bool = False, picks: bool = False) -> SafeString:
    """`components/conversation_row.html` for a row. Where a list looks at itself again, most of its rows are as they were."""
    return _drawn(row, swaps, picks, get_language(), localdate())


@lru_cache(DRAWN)
def _drawn(row: RowShown, swaps: bool, picks: bool, language: str | None, today: date) -> SafeString:
    """`language` and `today` are only what it was drawn for: the words and how a moment is written depend on them."""
    told = {"row": row, "swaps": swaps, "picks": picks}
    return mark_safe(get_template("components/conversation_row.html").render(told))  # noqa: S308  # A template escaped it.
