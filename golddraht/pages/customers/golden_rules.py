"""How it is decided what holds: the rules to read, and to try on made-up statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TypeVar

from django.http import HttpResponse
from django.utils.translation import gettext, gettext_lazy

from golddraht.customers.rules.attributes import Attribute, Statement
from golddraht.customers.rules.doubts import DOUBTFUL
from golddraht.customers.rules.golden import HALF_LIFE, YEAR, Golden, golden
from golddraht.customers.rules.sources import CERTAINTY, TRUST, Source, certainty_of
from golddraht.customers.rules.values import NotSuchValue, kept_form, read_day
from golddraht.ground.text import folded
from golddraht.pages.customers.wording import attribute_name, share_words, source_words, value_words
from golddraht.pages.doors import Visit, show, workspace
from golddraht.plumbing import clock

Kind = TypeVar("Kind")
LONGEST, MOST = 4_000, 40
SPOKEN = {
    Source.CUSTOMER: gettext_lazy("customer"),
    Source.MEMBER: gettext_lazy("colleague"),
    Source.SIGNATURE: gettext_lazy("signature"),
    Source.CONTRACT: gettext_lazy("contract"),
    Source.IMPORT: gettext_lazy("import"),
    Source.OWN_WORDS: gettext_lazy("own words"),
    Source.NAMESAKE: gettext_lazy("signed without a first name"),
    Source.LIST: gettext_lazy("list"),
    Source.MAIL_HEADER: gettext_lazy("sender line"),
    Source.CALL: gettext_lazy("call"),
}
"""In a word or two; a test knows that none is missing."""


@dataclass(frozen=True)
class RankShown:
    """Sources that are trusted alike."""

    sources: str
    share: str


@dataclass(frozen=True)
class Tried:
    """What a line of the trial was understood as, or why it was not."""

    line: str
    said: Statement | None
    problem: str = ""
    holds: bool = False
    words: str = ""


@workspace()
def golden_rules(request: Visit) -> HttpResponse:
    """The order of trust, how values age, and what the rules make of statements that are typed in."""
    typed = request.GET.get("said", "")[:LONGEST]
    values = {
        "ranks": _ranks(),
        "halves": [(attribute_name(one), round(span / YEAR)) for one, span in HALF_LIFE.items()],
        "doubtful": share_words(DOUBTFUL),
        "typed": typed
        or gettext("name; Petra Moser; sender line; 3.2.2024\nname; Dr. Petra Moser; signature; 1.9.2024"),
        "tried": _tried(typed, clock.now()) if typed else [],
        "attributes": [attribute_name(one) for one in Attribute],
        "sources": list(_spoken_sources()),
    }
    return show(request, "customers/golden_rules.html", values, nav="customers")


def _ranks() -> list[RankShown]:
    ordered = sorted(TRUST, key=lambda one: TRUST[one], reverse=True)
    ranks = [list(same) for _, same in groupby(ordered, key=lambda one: TRUST[one])]
    return [
        RankShown(", ".join(source_words(one) for one in same), share_words(min(CERTAINTY[one] for one in same)))
        for same in ranks
    ]


def _spoken_sources() -> dict[str, Source]:
    """Every source as somebody types it, the most trusted first."""
    ordered = sorted(Source, key=lambda one: TRUST[one], reverse=True)
    return {str(SPOKEN[one]): one for one in ordered}


def _tried(typed: str, at: datetime) -> list[Tried]:
    lines = [_read(line, at) for line in typed.splitlines()[:MOST] if line.strip()]
    held = {one.statement: one for found in golden(one.said for one in lines if one.said).values() for one in found}
    return [_judged(one, held.get(one.said) if one.said else None, at) for one in lines]


def _judged(one: Tried, held: Golden | None, at: datetime) -> Tried:
    if one.said is None:
        return one
    words = f"{attribute_name(one.said.attribute)}: {value_words(one.said)}"
    if held is not None:
        words = gettext("%(words)s, sure to %(share)s") % {"words": words, "share": share_words(held.certainty(at))}
    return Tried(one.line, one.said, holds=held is not None, words=words)


def _read(line: str, at: datetime) -> Tried:
    parts = [part.strip() for part in line.split(";")]
    attribute = _named({attribute_name(one): one for one in Attribute}, parts[0])
    source = _named(_spoken_sources(), parts[2]) if len(parts) > 2 else None
    if attribute is None or source is None:
        return Tried(line, None, gettext("Attribute or source is not known."))
    try:
        value = kept_form(attribute, parts[1])
    except NotSuchValue:
        return Tried(line, None, gettext("This cannot be a value of it."))
    day = read_day(parts[3]) if len(parts) > 3 else None
    said_at = datetime(day.year, day.month, day.day, tzinfo=at.tzinfo) if day else at
    words = parts[4] if len(parts) > 4 else ""
    return Tried(line, Statement(attribute, value, str(source), said_at, certainty_of(source), words))


def _named(known: dict[str, Kind], typed: str) -> Kind | None:
    return {folded(name): one for name, one in known.items()}.get(folded(typed))
