"""Many people at once, as a file brings them: what is said of each is taken down as `learn` would, in few statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from golddraht.customers.models import Belonging, ContactPoint, Customer, Fact, Organisation
from golddraht.customers.operations.learning import Said, columns_of, fact_of, settle_many
from golddraht.customers.queries.persons_among import said_among
from golddraht.customers.queries.record import statement_of
from golddraht.customers.rules.attributes import MANY, Attribute, Statement
from golddraht.customers.rules.golden import golden, standing
from golddraht.customers.rules.ways import Reached
from golddraht.ground.text import folded, one_line
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.rows import reserved
from golddraht.plumbing.tenancy import current_sight, current_tenant_id


@dataclass(frozen=True)
class Introduced:
    """Somebody as a source speaks of them; `customer_id` where they are known already."""

    said: tuple[Said, ...]
    points: tuple[Reached, ...] = ()
    organisation: str = ""
    role: str = ""
    customer_id: int | None = None


@transaction.atomic
def introduce(*, people: Sequence[Introduced], source: str, at: datetime) -> list[int]:
    """Take down what `source` says of each of them; gives their ids in the same order. Raises NotSuchValue.

    Nothing that was said before is overwritten; what the source has said already and still says is not said again. A way of
    contact that belongs to somebody stays theirs. Whoever may be one person is to be looked for afterwards (`look_at_many`).
    """
    fresh = iter(reserved(Customer, sum(one.customer_id is None for one in people)) if people else [])
    ids = [next(fresh) if one.customer_id is None else one.customer_id for one in people]
    home = Tenant.objects.values_list("country", flat=True).get(pk=current_tenant_id())
    facts = [
        [fact_of(id_, said, at=at, country=home) for said in one.said] for id_, one in zip(ids, people, strict=True)
    ]
    organisations = _organisations({one.organisation for one in people if one.organisation}, source)
    _meet(ids, people, facts, organisations, at)
    known = [id_ for id_, one in zip(ids, people, strict=True) if one.customer_id is not None]
    _take_down(facts, said_among(known), source)
    _join(ids, people, organisations, source, at)
    _add_points(ids, people, source, at)
    settle_many(customer_ids=known)
    return ids


def _meet(
    ids: Sequence[int],
    people: Sequence[Introduced],
    facts: Sequence[Sequence[Fact]],
    organisations: Mapping[str, int],
    at: datetime,
) -> None:
    new = [
        Customer(
            pk=id_,
            known_since=at,
            organisation_id=organisations.get(folded(one.organisation)),
            **columns_of(golden(statement_of(row) for row in rows)),
        )
        for id_, one, rows in zip(ids, people, facts, strict=True)
        if one.customer_id is None
    ]
    Customer.objects.bulk_create(new)


def _take_down(facts: Sequence[Sequence[Fact]], before: Mapping[int, list[Statement]], source: str) -> None:
    new = [row for rows in facts for row in rows if not _is_said(row, before.get(row.customer_id, []), source)]
    Fact.objects.bulk_create(new, ignore_conflicts=True)


def _is_said(row: Fact, before: Iterable[Statement], source: str) -> bool:
    """Whether the source says so already: of several values any of its standing ones, of single ones its latest."""
    attribute = Attribute(row.attribute)
    theirs = standing([one for one in before if one.attribute is attribute and one.source == source])
    return row.value in {one.value for one in (theirs if attribute in MANY else theirs[:1])}


def _organisations(names: Iterable[str], source: str) -> dict[str, int]:
    """The ids of these organisations by their folded names; unknown ones are founded."""
    wanted = {folded(called): called for name in names if (called := one_line(name, 200))}
    rows = Organisation.objects.filter(folded_name__in=wanted).order_by("-pk")
    found = dict(rows.values_list("folded_name", "pk"))
    new = [
        Organisation(name=name, name_source=source, folded_name=key) for key, name in wanted.items() if key not in found
    ]
    return found | {row.folded_name: row.pk for row in Organisation.objects.bulk_create(new)}


def _join(
    ids: Sequence[int], people: Sequence[Introduced], organisations: Mapping[str, int], source: str, at: datetime
) -> None:
    joining = [(id_, one) for id_, one in zip(ids, people, strict=True) if one.organisation.strip()]
    rows = [
        Belonging(
            customer_id=id_,
            organisation_id=organisations[folded(one_line(one.organisation, 200))],
            role=one_line(one.role, 80),
            source=source,
            said_at=at,
            actor_id=current_sight().actor,
        )
        for id_, one in joining
    ]
    Belonging.objects.bulk_create(rows, ignore_conflicts=True)
    for id_, one in joining:
        if one.customer_id is not None:
            there = organisations[folded(one_line(one.organisation, 200))]
            Customer.objects.filter(pk=id_).exclude(organisation_id=there).update(organisation_id=there)


def _add_points(ids: Sequence[int], people: Sequence[Introduced], source: str, at: datetime) -> None:
    rows = [
        ContactPoint(
            customer_id=id_,
            channel=point.channel,
            address=point.address[:254],
            shown=point.shown[:254],
            source=source,
            first_seen_at=at,
            last_used_at=at,
        )
        for id_, one in zip(ids, people, strict=True)
        for point in one.points
    ]
    ContactPoint.objects.bulk_create(rows, ignore_conflicts=True)
