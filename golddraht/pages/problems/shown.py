"""Causes in the words of a page, and the picture of before and after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, gettext_lazy, ngettext

from golddraht.improvement.queries import like_contacts
from golddraht.improvement.rules import LetterState, Week, WhyNot, picture_of, weeks_around

LONGEST_AGO = timedelta(weeks=26)


def counted(problem: Any, *, today: date) -> dict[str, Any]:
    """Like contacts by week: bars, the same in numbers, and one sentence."""
    days = [timezone.localtime(moment).date() for moment in like_contacts(problem)]
    fixed_on = timezone.localtime(problem.fixed_at).date() if problem.fixed_at else None
    began = min([*days, timezone.localtime(problem.created_at).date()])
    weeks = weeks_around(days, first_on=max(began, today - LONGEST_AGO), today=today, fixed_on=fixed_on)
    return {"weeks": weeks, "picture": picture_of(weeks), "total": len(days), "sentence": _sentence(weeks, fixed_on)}


def _sentence(weeks: list[Week], fixed_on: date | None) -> str:
    before, after = [one for one in weeks if not one.is_after], [one for one in weeks if one.is_after]
    if fixed_on is None:
        return gettext("%(rate)s a week so far") % {"rate": _rate(before)}
    if not after:
        return gettext("%(rate)s a week before it was fixed on %(day)s. What came of it shows from next week on.") % {
            "rate": _rate(before),
            "day": date_format(fixed_on, "DATE_FORMAT"),
        }
    told = {
        "before": _rate(before),
        "after": _rate(after),
        "weeks": _weeks(len(after)),
        "day": date_format(fixed_on, "DATE_FORMAT"),
    }
    return gettext("%(before)s a week before it was fixed on %(day)s, %(after)s a week in the %(weeks)s since") % told


def _weeks(number: int) -> str:
    return ngettext("%(number)s week", "%(number)s weeks", number) % {"number": number}


def _rate(weeks: list[Week]) -> str:
    """Contacts a week, with one decimal."""
    share = sum(week.count for week in weeks) / max(len(weeks), 1)
    return str(number_format(share, 1))


LETTER_WORDS = {
    LetterState.WAITING: gettext_lazy("leaves in a moment"),
    LetterState.SENT: gettext_lazy("told"),
    LetterState.LEFT_OUT: gettext_lazy("not told"),
    LetterState.STOPPED: gettext_lazy("stopped"),
}


def letter_word(state: str) -> str:
    return str(LETTER_WORDS[LetterState(state)])


def why_word(why: str) -> str:
    if not why:
        return ""
    words = {
        WhyNot.NO_ADDRESS: gettext("cannot be reached by mail: please call or write a letter"),
        WhyNot.UNWANTED: gettext("called our mail unwanted"),
        WhyNot.NOT_LIVE: gettext("the concern was merged or is spam"),
        WhyNot.SALUTATION: gettext("nothing speaks for Frau or Herr any more: please write yourself"),
        WhyNot.FAILED: gettext("something went wrong: please write yourself"),
    }
    return words[WhyNot(why)]
