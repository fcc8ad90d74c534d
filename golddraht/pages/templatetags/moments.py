"""Moments as lists show them: the hour of today, the day of this year, the date of all others."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

register = template.Library()


@register.simple_tag
def moment(when: datetime | None, css: str = "", span: bool = False) -> str | SafeString:
    """A `<time>` in the words of `js/behaviours/times.js`, which goes on from there; with `span` it tells how long it is.

    A list has fifty of them, so this is no template: the filters of one took longer than the rest of its row.
    """
    if not when:
        return ""
    local = localtime(when)
    return format_html(
        '<time class="{}" datetime="{}" title="{}" data-relative{}>{}</time>',
        css,
        local.isoformat(),
        date_format(local, "DATETIME_FORMAT"),
        SafeString('="span"') if span else "",
        _short(local, localtime()),
    )


def _short(when: datetime, now: datetime) -> str:
    if when.date() == now.date():
        return f"{when:%H:%M}"
    return f"{when:%d.%m.}" if when.year == now.year else f"{when:%d.%m.%y}"
