"""What each figure is called, what it means, and how its values are said."""

from __future__ import annotations

from babel.dates import format_date
from django.utils.translation import get_language, gettext, gettext_lazy

from golddraht.conversations.rules import Channel
from golddraht.ground.moments import LOCALES, spoken_language
from golddraht.improvement.rules import Figure, Pace, Share, Span
from golddraht.pages import shown
from golddraht.pages.promises.shown import percent

HOUR, DAY = 60, 1440


TITLES = {
    Figure.ARRIVED: gettext_lazy("Came in"),
    Figure.IN_TIME: gettext_lazy("Answered in promised time"),
    Figure.FIRST_ANSWER: gettext_lazy("First answer by a person"),
    Figure.BACKLOG: gettext_lazy("Open, and how old"),
    Figure.CONFIRMED: gettext_lazy("Solved, confirmed"),
    Figure.PRESUMED: gettext_lazy("Solved, presumed"),
    Figure.RECURRED: gettext_lazy("Came back"),
    Figure.OBJECTED: gettext_lazy("Not solved after all"),
    Figure.KEPT: gettext_lazy("Promises kept"),
    Figure.CONTENT: gettext_lazy("Satisfied"),
}


def title(figure: Figure) -> str:
    return str(TITLES[figure])


def meaning(figure: Figure) -> str:
    """The definition, in words that need no manual."""
    return {**_meanings_of_time(), **_meanings_of_ends()}[figure]


def _meanings_of_time() -> dict[Figure, str]:
    return {
        Figure.ARRIVED: gettext(
            "Concerns that began in this time, on every channel. Spam, what needs no answer, and what was merged into another"
            " concern are not counted. Team and tags are those a concern has now."
        ),
        Figure.IN_TIME: gettext(
            "Of the first answers that fell due in this time: the part that a person gave before the promised moment. The"
            " promise follows business hours and backlog, and the customer was told it. Receipts and other automatic mails"
            " are no answer. Counted on the day the answer was due."
        ),
        Figure.FIRST_ANSWER: gettext(
            "From the arrival of a mail or a letter until the first words of a person reached the customer. Half of all"
            " waited no longer than the time shown. “Business hours” counts only the time in which the team is open, “by the"
            " clock” counts every hour, as the customer felt it. Counted on the day of arrival; calls and visits are answered"
            " at once and are left out."
        ),
        Figure.BACKLOG: gettext(
            "Concerns that were not solved at the end of the last day looked at (for today: now), and how many of them wait"
            " for a word from us. Their age counts from arrival, by the clock."
        ),
    }


def _meanings_of_ends() -> dict[Figure, str]:
    return {
        Figure.CONFIRMED: gettext(
            "Of everything that came to an end in this time: the part of which the customer said that it is solved."
        ),
        Figure.PRESUMED: gettext(
            "Of everything that came to an end in this time: the part whose customer was asked twice and said nothing. It"
            " never counts as confirmed."
        ),
        Figure.RECURRED: gettext(
            "Of everything that came to an end in this time: the part that had counted as solved and came back within the"
            " watch period. It counts on the day it came back, and no longer as solved."
        ),
        Figure.OBJECTED: gettext(
            "Of everything that came to an end in this time: the part of which the customer said that it is not solved."
        ),
        Figure.KEPT: gettext(
            "Of all promises that fell due in this time (first answers, call-backs, deliveries, visits): the part that was"
            " kept. What was changed by agreement with the customer counts neither way."
        ),
        Figure.CONTENT: gettext(
            "Of the customers who answered the one question after a confirmed solution: the part who were satisfied or very"
            " satisfied. Whoever does not answer may feel otherwise, so read it together with the number of answers."
        ),
    }


def looked_into(figure: Figure) -> str:
    """What the list behind a figure shows."""
    links = {
        Figure.IN_TIME: gettext("Those not answered in time"),
        Figure.FIRST_ANSWER: gettext("Those that waited too long"),
        Figure.BACKLOG: gettext("Those open now"),
        Figure.KEPT: gettext("Those with a broken promise"),
        Figure.CONTENT: gettext("Those whose customers were not satisfied"),
    }
    return links.get(figure, gettext("The concerns behind it"))


def channel(name: str) -> str:
    known = next((one for one in Channel if one.value == name), None)
    return shown.channel_name(known) if known else gettext("without a channel")


def share(found: Share | None) -> str:
    """ "97,4 %"."""
    return f"{percent(found.percent)} %" if found else "–"


def between(found: Share | None) -> str:
    """ "between 93.1 and 99.0 %, 150 of 154"."""
    if found is None:
        return gettext("There was nothing to count.")
    low, high = percent(found.interval.low * 100), percent(found.interval.high * 100)
    return gettext("%(hits)s of %(of)s, very likely between %(low)s and %(high)s %%") % {
        "hits": found.hits,
        "of": found.of,
        "low": low,
        "high": high,
    }


def lasting(minutes: float | None, *, by_the_clock: bool = False) -> str:
    """ "25 min", "3 h 20 min"; whole days only by the clock, because a business day has no fixed length."""
    if minutes is None:
        return "–"
    whole = round(minutes)
    if whole < HOUR:
        return gettext("%(minutes)s min") % {"minutes": whole}
    if by_the_clock and whole >= 2 * DAY:
        return gettext("%(days)s days") % {"days": percent(whole / DAY)}
    hours, rest = divmod(whole, HOUR)
    return (
        gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
        if rest
        else gettext("%(hours)s h") % {"hours": hours}
    )


def span(found: Span) -> str:
    """ "Montag, 16. November 2026", "November 2026", "16.–22.11.2026" in the reader's language."""
    locale = LOCALES[spoken_language(get_language() or "de")]
    if found.pace is Pace.MONTH and found.first.day == 1:
        return format_date(found.first, "MMMM y", locale=locale)
    if found.days == 1:
        return format_date(found.first, "full", locale=locale)
    first, last = (format_date(day, "medium", locale=locale) for day in (found.first, found.last))
    return f"{first} – {last}"


def step(found: Span) -> str:
    """A short name for a part of a picture."""
    locale = LOCALES[spoken_language(get_language() or "de")]
    if found.days == 1:
        return format_date(found.first, "EEEEEE d. MMM" if locale == "de_DE" else "EEE d MMM", locale=locale)
    first, last = (
        format_date(day, "d. MMM" if locale == "de_DE" else "d MMM", locale=locale) for day in (found.first, found.last)
    )
    return f"{first} – {last}"


def ages() -> list[str]:
    """The steps of AGES."""
    return [
        gettext("under a day"),
        gettext("1 to 3 days"),
        gettext("3 to 7 days"),
        gettext("1 to 2 weeks"),
        gettext("2 to 4 weeks"),
        gettext("older"),
    ]
