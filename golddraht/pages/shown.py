"""Values as they stand on a page: moments, channels and the next touch in words, and a colour for a person."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy

from golddraht.conversations.queries import COUNTED_TO
from golddraht.conversations.rules import Channel, Status
from golddraht.ground import moments
from golddraht.team.queries import initials_of

HUES = 12
SOON = timedelta(hours=2)
"""A next touch within this time is said to be near."""
CHANNEL_ICONS = {Channel.EMAIL: "mail", Channel.PHONE: "phone", Channel.VISIT: "store", Channel.LETTER: "letter"}


def channel_icon(channel: str) -> str:
    return CHANNEL_ICONS.get(Channel(channel), "message")


CHANNEL_NAMES = {
    Channel.EMAIL: gettext_lazy("e-mail"),
    Channel.PHONE: gettext_lazy("call"),
    Channel.VISIT: gettext_lazy("visit"),
    Channel.LETTER: gettext_lazy("letter"),
}


def channel_name(channel: str) -> str:
    return str(CHANNEL_NAMES[Channel(channel)])


STATUS_WORDS = {
    Status.OPEN: gettext_lazy("open"),
    Status.WAITING: gettext_lazy("waiting for the customer"),
    Status.PROPOSED: gettext_lazy("asked whether it is solved"),
    Status.SOLVED: gettext_lazy("solved"),
    Status.QUIET: gettext_lazy("needs no answer"),
    Status.MERGED: gettext_lazy("merged"),
    Status.SPAM: gettext_lazy("spam"),
}


def status_word(status: str) -> str:
    return str(STATUS_WORDS[Status(status)])


def satisfaction_word(score: int | str) -> str:
    """How satisfied, from 5 to 1, as it follows “is”."""
    words = {
        "5": gettext("very satisfied"),
        "4": gettext("satisfied"),
        "3": gettext("neither satisfied nor dissatisfied"),
        "2": gettext("rather dissatisfied"),
        "1": gettext("not satisfied at all"),
    }
    return words.get(str(score), str(score))


def count_text(count: int) -> str:
    """ "14"; "999+" for what is not counted further."""
    return f"{COUNTED_TO - 1}+" if count >= COUNTED_TO else str(count)


def hue_of(id_: int | None) -> int:
    """The colour of a person's avatar, the same on every page."""
    return (id_ or 0) * 7 % HUES


def person_name(name: str, address: str = "") -> str:
    return name or address or gettext("Somebody without a name")


def person_initials(name: str) -> str:
    return initials_of(name) or "?"


def moment(when: datetime, at: datetime) -> str:
    """ "today 15:00", in the reader's language and zone."""
    return moments.short_day_and_time(when, timezone.get_current_timezone(), get_language() or "de", at)


def day(when: datetime, at: datetime) -> str:
    """ "today", "Mon, 14 Oct"."""
    return moments.short_day(when, timezone.get_current_timezone(), get_language() or "de", at)


def window(starts_at: datetime | None, ends_at: datetime, at: datetime) -> str:
    return moments.window(starts_at, ends_at, timezone.get_current_timezone(), get_language() or "de", at)


def money(cents: int) -> str:
    return moments.money(cents, get_language() or "de")


def touch_state(status: str, next_touch_at: datetime | None, at: datetime) -> str:
    """How near the next touch is: "late", "soon", "ok", or "none" where nothing is due from us."""
    if next_touch_at is None or Status(status) in {Status.SOLVED, Status.QUIET, Status.MERGED, Status.SPAM}:
        return "none"
    if next_touch_at <= at:
        return "late"
    return "soon" if next_touch_at - at <= SOON else "ok"


def touch_text(status: str, next_touch_at: datetime | None, at: datetime) -> str:
    """The next touch in words; what the concern has become where none is due."""
    if next_touch_at is None or touch_state(status, next_touch_at, at) == "none":
        return status_word(status)
    when = moment(next_touch_at, at)
    if Status(status) is Status.PROPOSED:
        return gettext("Asked whether it is solved, until %(when)s") % {"when": when}
    if Status(status) is Status.WAITING:
        return gettext("Waiting for the customer until %(when)s") % {"when": when}
    return gettext("Next touch %(when)s") % {"when": when}


def size(byte_count: int) -> str:
    """ "84 kB", "1.2 MB", "31.5 GB" (SI units)."""
    if byte_count < 1_000_000:
        return f"{max(1, round(byte_count / 1000))} kB"
    scale, unit = (1_000_000_000, "GB") if byte_count >= 1_000_000_000 else (1_000_000, "MB")
    number = f"{byte_count / scale:.1f}"
    return (number.replace(".", ",") if (get_language() or "de").startswith("de") else number) + f" {unit}"
