"""Examples of what the next run would take: looked at now, and a few of them named, so that somebody can judge the counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from golddraht.conversations.models import Conversation
from golddraht.customers.models import Customer
from golddraht.ground.retention_law import Keeping
from golddraht.privacy.queries.looking import Finder, Found, View, concerns
from golddraht.privacy.queries.periods import keeping_lines
from golddraht.privacy.queries.rest import people
from golddraht.privacy.rules import Outcome

PORTIONS = 3
SHOWN = 5


@dataclass(frozen=True)
class ConcernExample:
    """A concern whose period is over."""

    number: int
    subject: str
    latest_at: datetime
    keeping: Keeping


@dataclass(frozen=True)
class PersonExample:
    """A customer of whom nothing but the record is left."""

    id: int
    name: str
    known_since: datetime


@dataclass(frozen=True)
class Examples:
    concerns: list[ConcernExample]
    people: list[PersonExample]


def keeping_examples(*, on: date, limit: int = SHOWN) -> Examples:
    """The oldest rows first; a few portions are looked through, so that the page stays quick."""
    view = View.of(on, keeping_lines(on=on))
    return Examples(_concerns(_due(concerns, view, limit)), _people(_due(people, view, limit)))


def _due(find: Finder, view: View, limit: int) -> list[Found]:
    due: list[Found] = []
    after = 0
    for _ in range(PORTIONS):
        found = find(view, after)
        due += [one for one in found if one.outcome is Outcome.DUE]
        if not found or len(due) >= limit:
            break
        after = found[-1].id
    return due[:limit]


def _concerns(due: list[Found]) -> list[ConcernExample]:
    classes = {one.id: one.keeping for one in due}
    rows = Conversation.objects.filter(pk__in=classes).order_by("latest_at")
    return [ConcernExample(row.number, row.subject, row.latest_at, classes[row.pk]) for row in rows]


def _people(due: list[Found]) -> list[PersonExample]:
    rows = Customer.objects.filter(pk__in=[one.id for one in due]).order_by("known_since")
    return [PersonExample(row.pk, row.name, row.known_since) for row in rows]
