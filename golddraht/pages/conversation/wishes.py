"""The way on which a customer wants to be answered: chosen beforehand for whoever answers, and said in one line."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from golddraht.consent.queries import Wished
from golddraht.consent.rules import Way
from golddraht.conversations.rules import Channel
from golddraht.pages.shown import moment

CHANNELS = {Way.EMAIL: Channel.EMAIL, Way.CALL: Channel.PHONE, Way.LETTER: Channel.LETTER}


def channel_of(wished: Wished | None) -> str | None:
    """The channel that stands in the answer before anybody chooses; None for the usual one."""
    return CHANNELS.get(wished.way) if wished else None


def wished_words(wished: Wished | None, at: datetime) -> str:
    """What to know before answering; "" where mail is right, or nobody chose."""
    if wished is None or wished.way is Way.EMAIL:
        return ""
    return " ".join(part for part in (_way(wished), _quiet(wished, at)) if part)


def _way(wished: Wished) -> str:
    if wished.way is Way.CALL and wished.number:
        words = gettext("They asked for a call about their concerns: %(number)s. What you note here is kept, not sent.")
        return words % {"number": wished.number}
    if wished.way is Way.CALL:
        return gettext("They asked for a call about their concerns. What you note here is kept, not sent.")
    if wished.way is Way.LETTER:
        return gettext("They asked for letters about their concerns. What you note here is kept, not sent.")
    return gettext("They asked for a text message about their concerns; none leaves from here yet.")


def _quiet(wished: Wished, at: datetime) -> str:
    if wished.quiet_until is None:
        return ""
    return gettext("They have their quiet until %(when)s; before then only what is urgent.") % {
        "when": moment(wished.quiet_until, at)
    }
