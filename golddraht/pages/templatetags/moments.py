"""Moments as lists show them: the hour of today, the day of this year, the date of all others."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def moment(when: datetime | None, css: str = "", span: bool = False) -> str | SafeString:
    """A `<time>` in the words of `js/behaviours/times.js`, which goes on from there; with `span` it tells how long it is.

    A list has fifty of them, so this is no template: the filters of one took longer than the rest of its row.
    """
    if not when:
        return ""
    return _drawn(localtime(when), css, span, localdate(), get_language())


@lru_cache(5_000)
def _drawn(local: datetime, css: str, span: bool, today: date, language: str | None) -> SafeString:
    """`language` is only what it was drawn for: the title depends on it."""
    return format_html(
        '<time class="{}" datetime="{}" title="{}" data-relative{}>{}</time>',
        css,
        local.isoformat(),
        date_format(local, "DATETIME_FORMAT"),
        SafeString('="span"') if span else "",
        _short(local, today),
    )


def _short(when: datetime, today: date) -> str:
    if when.date() == today:
        return f"{when:%H:%M}"
    return f"{when:%d.%m.}" if when.year == today.year else f"{when:%d.%m.%y}"
