"""A portion of what a run looks at: each thing with its class, its law, and whether it may go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef
from django.utils import timezone

from golddraht.channels.models import RawMail
from golddraht.conversations.models import Conversation
from golddraht.conversations.rules import LIVE
from golddraht.ground.retention_law import Keeping
from golddraht.privacy.catalogue.keepers import Keeper
from golddraht.privacy.queries.keeping import signs_of
from golddraht.privacy.queries.periods import asked_customers, held_customers, midnight
from golddraht.privacy.rules import Line, Looked, Outcome, keeping_of, outcome_of
from golddraht.privacy.rules.redacting import OVER
from golddraht.promises.models import Promise
from golddraht.promises.rules import State

AT_ONCE = 200
MANY = 5000


@dataclass(frozen=True)
class View:
    """The day, the lines that count on it, and whose rows are not touched."""

    on: date
    lines: dict[Keeping, Line]
    held: frozenset[int]
    asked: frozenset[int]

    @classmethod
    def of(cls, on: date, lines: dict[Keeping, Line]) -> View:
        return cls(on, lines, frozenset(held_customers()), frozenset(asked_customers()))

    def outcome(self, keeping: Keeping, ended: date, *, customer: int | None = None, **facts: bool) -> Outcome:
        held, asked = customer in self.held, customer in self.asked
        return outcome_of(Looked(ended, is_held=held, is_asked=asked, **facts), self.lines[keeping], on=self.on)

    def law(self, keeping: Keeping) -> str:
        return self.lines[keeping].period.source

    def before(self, keeping: Keeping) -> datetime:
        """Nothing of this class that ended at this moment or later can be over."""
        return midnight(self.lines[keeping].begins_before(self.on) + timedelta(days=1))


@dataclass(frozen=True)
class Found:
    """One thing that was looked at."""

    id: int
    keeping: Keeping
    law: str
    outcome: Outcome


Finder = Callable[[View, int], list[Found]]
"""Gives the next portion behind an id, in the order of ids; empty when nothing is left."""


def concerns(view: View, after: int) -> list[Found]:
    """Concerns that may be past their period, the ones that are held with the reason. What was merged goes with its goal."""
    before = max(view.before(Keeping.ENQUIRY), view.before(Keeping.LETTER))
    rows = Conversation.objects.filter(pk__gt=after, merged_into=None, latest_at__lt=before).order_by("pk")
    portion = list(rows.values_list("pk", "customer_id", "status", "latest_at", "solved_at")[:AT_ONCE])
    ids = {row[0] for row in portion}
    signs, promised = signs_of(ids), _with_open_promise(ids)
    found = []
    for id_, customer, status, latest_at, solved_at in portion:
        keeping = keeping_of(signs[id_])
        ended = timezone.localdate(max(latest_at, solved_at or latest_at))
        facts = {"is_open": status in LIVE, "is_promised": id_ in promised}
        outcome = view.outcome(keeping, ended, customer=customer, **facts)
        found.append(Found(id_, keeping, view.law(keeping), outcome))
    return found


def _with_open_promise(ids: set[int]) -> set[int]:
    rows = Promise.objects.filter(conversation_id__in=ids, state=State.OPEN)
    return set(rows.values_list("conversation_id", flat=True))


OF_A_MAIL = (
    "pk",
    "received_at",
    "message__conversation_id",
    "message__conversation__status",
    "message__conversation__latest_at",
    "message__conversation__customer_id",
)


def mails(view: View, after: int) -> list[Found]:
    """Own bytes of mails that were read: they go soon, except of business letters, which are kept as they came."""
    rows = RawMail.objects.filter(pk__gt=after, read_at__isnull=False, received_at__lt=view.before(Keeping.COPY))
    rows = rows.exclude(content=OVER).order_by("pk")
    portion = list(rows.values_list(*OF_A_MAIL)[:AT_ONCE])
    signs = signs_of({row[2] for row in portion if row[2]})
    return [_mail(view, row, signs.get(row[2]) is not None) for row in portion]


def _mail(view: View, row: tuple[Any, ...], is_letter: bool) -> Found:
    id_, received_at, _, status, latest_at, customer = row
    ended = timezone.localdate(max(received_at, latest_at or received_at))
    outcome = view.outcome(Keeping.COPY, ended, customer=customer, is_open=status in LIVE)
    if is_letter and outcome is Outcome.DUE:
        # The letter has its own period, and is to be kept as it came; it goes with its concern.
        return Found(id_, Keeping.LETTER, view.law(Keeping.LETTER), Outcome.INSIDE)
    return Found(id_, Keeping.COPY, view.law(Keeping.COPY), outcome)


def finder_of(keeper: Keeper) -> Finder:
    """How rows with a moment of their own are found."""

    def find(view: View, after: int) -> list[Found]:
        rows = _rows(keeper, view).filter(pk__gt=after).order_by("pk")
        moment, customer = keeper.since or keeper.until, keeper.customer or "pk"
        opened = _ids(rows.filter(keeper.open_while)[:MANY]) if keeper.open_while is not None else set()
        found = []
        for id_, ended, whose in rows.values_list("pk", moment, customer)[:MANY]:
            owner = whose if keeper.customer else None
            found.append(_one(keeper, view, id_, ended, owner, is_open=id_ in opened))
        return found

    return find


def _rows(keeper: Keeper, view: View) -> Any:
    rows = apps.get_model(keeper.label).objects.filter(keeper.only)
    for label, column in keeper.unless.items():
        rows = rows.exclude(Exists(apps.get_model(label).objects.filter(**{column: OuterRef("pk")})))
    if keeper.until:
        return rows.filter(**{f"{keeper.until}__lt": view.on})
    return rows.filter(**{f"{keeper.since}__lt": view.before(keeper.keeping)})


def _one(keeper: Keeper, view: View, id_: int, ended: Any, customer: int | None, *, is_open: bool) -> Found:
    law = view.law(keeper.keeping)
    if keeper.until:
        held = Outcome.HELD if customer in view.held else Outcome.ASKED if customer in view.asked else Outcome.DUE
        return Found(id_, keeper.keeping, law, held)
    day = timezone.localdate(ended)
    return Found(id_, keeper.keeping, law, view.outcome(keeper.keeping, day, customer=customer, is_open=is_open))


def _ids(rows: Iterable[Any]) -> set[int]:
    return {row.pk for row in rows}
