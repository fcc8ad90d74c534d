"""Taking down what is said of a customer, and holding true what speaks for itself best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from golddraht.customers.events import CustomerLearned
from golddraht.customers.models import Customer, Fact
from golddraht.customers.queries.one_person import ids_of_person
from golddraht.customers.queries.persons_among import persons_among, said_among
from golddraht.customers.queries.record import record_of
from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.golden import Golden, Record, golden
from golddraht.customers.rules.sources import Salutation, Source, certainty_of
from golddraht.customers.rules.values import kept_form
from golddraht.ground.text import one_line, sort_key
from golddraht.plumbing.bus import publish
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.rows import all_changed, write_gathered
from golddraht.plumbing.tenancy import current_sight, current_tenant_id


@dataclass(frozen=True)
class Said:
    """One thing said of a customer, in the words it came in."""

    attribute: Attribute
    value: str
    source: str
    evidence: str = ""
    certainty: float | None = None
    denies: bool = False


@transaction.atomic
def learn(*, customer_id: int, said: Sequence[Said], at: datetime, message_id: int | None = None) -> int:
    """Take down what was said, and choose anew what holds. How much of it was new. Raises NotSuchValue.

    The same said twice at the same moment by the same source counts once.
    """
    rows = [fact_of(customer_id, one, at=at, message_id=message_id) for one in said]
    known = _marks_at(customer_id, at)
    new = [row for row in rows if _mark(row) not in known]
    if new:
        write_gathered()
        Fact.objects.bulk_create(new, ignore_conflicts=True)
        settle(customer_id=customer_id)
        publish(CustomerLearned(customer_id, at))
    return len(new)


def _marks_at(customer_id: int, at: datetime) -> set[tuple[str, str, str, bool]]:
    rows = Fact.objects.filter(customer_id=customer_id, said_at=at)
    return set(rows.values_list("attribute", "value", "source", "denies"))


def _mark(row: Fact) -> tuple[str, str, str, bool]:
    return row.attribute, row.value, row.source, row.denies


def fact_of(
    customer_id: int, one: Said, *, at: datetime, message_id: int | None = None, country: str | None = None
) -> Fact:
    """The row in which it is kept. Raises NotSuchValue. `country` is ours, where whoever calls knows it already."""
    return Fact(
        customer_id=customer_id,
        attribute=one.attribute,
        value=kept_form(one.attribute, one.value, country=_country(one) if country is None else country),
        source=one.source,
        said_at=at,
        certainty=certainty_of(one.source) if one.certainty is None else one.certainty,
        evidence=one_line(one.evidence, 400),
        denies=one.denies,
        message_id=message_id,
        actor_id=current_sight().actor if one.source in (Source.MEMBER, Source.CUSTOMER) else None,
    )


def _country(one: Said) -> str:
    """Where an address lies that names no country: at home. Everything else needs none."""
    if one.attribute is not Attribute.POSTAL:
        return ""
    return Tenant.objects.values_list("country", flat=True).get(pk=current_tenant_id())


@transaction.atomic
def unsay(*, message_id: int, why: str, at: datetime) -> int:
    """Call wrong all that was read in a message; a person's own word stays. How many statements fell."""
    rows = list(Fact.objects.filter(message_id=message_id, denies=False))
    for row in rows:
        said = Said(Attribute(row.attribute), row.value, row.source, why, row.certainty, denies=True)
        learn(customer_id=row.customer_id, said=[said], at=max(at, row.said_at), message_id=message_id)
    return len(rows)


def settle(*, customer_id: int) -> None:
    """Let the customer, and whoever is one person with them, show what the golden record says; what is right is left alone."""
    columns = columns_of(record_of(customer_id=customer_id))
    rows = Customer.objects.filter(pk__in=ids_of_person(customer_id=customer_id))
    rows.exclude(**columns).update(**columns)


def settle_many(*, customer_ids: Iterable[int]) -> None:
    """The same for many; the database is asked as often as for one, and told only of what changed."""
    persons = persons_among(customer_ids)
    said = said_among([one for ids in persons.values() for one in ids])
    rows = {row.pk: row for row in Customer.objects.filter(pk__in=[one for ids in persons.values() for one in ids])}
    changed = []
    for ids in persons.values():
        columns = columns_of(golden(statement for one in ids for statement in said.get(one, [])))
        for row in (rows[one] for one in ids):
            if any(getattr(row, name) != value for name, value in columns.items()):
                changed.append(row)
                for name, value in columns.items():
                    setattr(row, name, value)
    all_changed(changed, *COLUMNS)


COLUMNS = (
    *("name", "name_source", "sort_name", "language", "language_source"),
    *("matters", "matters_source", "salutation", "salutation_source"),
)
"""What is shown of the golden record in the customer's own row."""


def columns_of(record: Record) -> dict[str, Any]:
    """What the rest of the house reads of a customer, out of the golden record."""
    name, name_source = _said(record, Attribute.NAME)
    language, language_source = _said(record, Attribute.LANGUAGE)
    matters, matters_source = _said(record, Attribute.MATTERS)
    mode, salutation_source = _said(record, Attribute.SALUTATION)
    return {
        "name": name,
        "name_source": name_source,
        "sort_name": sort_key(name)[:220],
        "language": language,
        "language_source": language_source,
        "matters": matters,
        "matters_source": matters_source,
        "salutation": mode.upper() if mode.upper() in set(Salutation) else "",
        "salutation_source": salutation_source,
    }


def _said(record: Record, attribute: Attribute) -> tuple[str, str]:
    found: tuple[Golden, ...] = record.get(attribute, ())
    return (found[0].value, found[0].statement.source) if found else ("", "")
