"""What was said of a customer, and what of it is held to be true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from golddraht.customers.models import Fact
from golddraht.customers.queries.one_person import ids_of_person
from golddraht.customers.rules.attributes import Attribute, Statement
from golddraht.customers.rules.golden import Record, golden
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.memory import remembered_while_reading


@dataclass(frozen=True)
class Noted:
    """One thing that was said, as it was taken down: `actor_id` is the membership that entered it."""

    id: int
    customer_id: int
    statement: Statement
    message_id: int | None
    actor_id: int | None


_SAID: Question[Fact] = Question(
    lambda: Fact.objects.filter(customer__pk__among=Asked("ids")).order_by("-said_at", "-pk")
)


@remembered_while_reading
def said_of(*, customer_id: int) -> list[Noted]:
    """Everything that was said of a customer and of whoever is one person with them, the latest first."""
    rows = _SAID.all(ids=list(ids_of_person(customer_id=customer_id)))
    return [Noted(row.pk, row.customer_id, statement_of(row), row.message_id, row.actor_id) for row in rows]


STATED = ("attribute", "value", "source", "said_at", "certainty", "evidence", "denies")
"""The columns of a statement, in the order of its fields."""


def stated(columns: Sequence[Any]) -> Statement:
    """The statement out of the columns STATED: for many at once."""
    return Statement(Attribute(columns[0]), *columns[1:])


def statement_of(row: Fact) -> Statement:
    return Statement(
        attribute=Attribute(row.attribute),
        value=row.value,
        source=row.source,
        said_at=row.said_at,
        certainty=row.certainty,
        evidence=row.evidence,
        denies=row.denies,
    )


@remembered_while_reading
def record_of(*, customer_id: int) -> Record:
    """The golden record of a customer."""
    return golden(one.statement for one in said_of(customer_id=customer_id))
