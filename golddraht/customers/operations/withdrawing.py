"""Taking back all that one source said at one moment, as if it had never spoken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, ForeignObjectRel, OuterRef, Q

from golddraht.customers.models import (
    Belonging,
    ContactPoint,
    Customer,
    Doubt,
    Fact,
    Household,
    Merge,
    Organisation,
    Resemblance,
)
from golddraht.customers.operations.learning import settle_many
from golddraht.customers.operations.looking import look_at_many
from golddraht.customers.rules.attributes import Attribute

OURS = (Customer, Fact, ContactPoint, Belonging, Doubt, Merge, Resemblance)


@dataclass(frozen=True)
class Withdrawn:
    """How many statements fell, which customers are gone, and which were met then and stay because of what came since."""

    facts: int
    gone: tuple[int, ...]
    stayed: tuple[int, ...]


@transaction.atomic
def withdraw(
    *,
    met: Iterable[int],
    known: Iterable[int],
    source: str,
    said_at: datetime,
    at: datetime,
    touched: Iterable[int] = (),
) -> Withdrawn:
    """What `source` said at `said_at` is no longer said. Of those `met` then, whoever nobody has dealt with since is gone.

    Of those who stay, name and ways of contact stay, so that whoever dealt with them finds them again. `known` are customers
    who were there before; `touched` names those of whom others know that somebody dealt with them.
    """
    new = set(Customer.objects.filter(pk__in=list(met)).values_list("pk", flat=True))
    stayed = (set(touched) & new) | _dealt_with(new, source, said_at)
    gone, before = new - stayed, set(known)
    facts = Fact.objects.filter(customer_id__in=new | before, source=source, said_at=said_at)
    facts = facts.exclude(customer_id__in=stayed, attribute=Attribute.NAME)
    count = facts.count()
    facts.delete()
    unused = Q(source=source, first_seen_at=said_at, last_used_at=said_at, complained_at=None)
    ContactPoint.objects.filter(unused, customer_id__in=before).delete()
    _leave(new | before, source, said_at)
    Customer.objects.filter(pk__in=gone).delete()
    Resemblance.objects.filter(
        Q(first_id__in=before | stayed) | Q(second_id__in=before | stayed), settled_at=None, found_at__gte=said_at
    ).delete()
    _close_what_is_empty(source, said_at)
    settle_many(customer_ids=before | stayed)
    look_at_many(customer_ids=before | stayed, at=at)
    return Withdrawn(count, tuple(sorted(gone)), tuple(sorted(stayed)))


def _dealt_with(ids: set[int], source: str, said_at: datetime) -> set[int]:
    """Of whom somebody else spoke since, or whom anything points at: a concern, a call, a promise, a merge, a decision."""
    theirs = Q(source=source, said_at=said_at)
    found = set(Fact.objects.filter(~theirs, customer_id__in=ids).values_list("customer_id", flat=True))
    found |= set(Belonging.objects.filter(~theirs, customer_id__in=ids).values_list("customer_id", flat=True))
    used = ContactPoint.objects.filter(Q(last_used_at__gt=F("first_seen_at")) | ~Q(source=source), customer_id__in=ids)
    found |= set(used.values_list("customer_id", flat=True))
    decided = Doubt.objects.filter(customer_id__in=ids).exclude(actor_id=None)
    found |= set(decided.values_list("customer_id", flat=True))
    pairs = Resemblance.objects.exclude(settled_at=None)
    for name in ("first_id", "second_id"):
        found |= set(pairs.filter(**{f"{name}__in": ids}).values_list(name, flat=True))
    for name in ("customer_id", "head_id"):
        found |= set(Merge.objects.filter(**{f"{name}__in": ids}).values_list(name, flat=True))
    for field in _pointing():
        rows = field.model._default_manager.filter(**{f"{field.attname}__in": ids})
        found |= set(rows.values_list(field.attname, flat=True))
    return found


def _pointing() -> Iterator[Any]:
    """The keys of all other rooms that name a customer: found from the models, so that a new room is heard by itself."""
    for relation in Customer._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.related_model not in OURS:
            yield relation.field


def _leave(ids: set[int], source: str, said_at: datetime) -> None:
    """They belong where they belonged before."""
    rows = Belonging.objects.filter(customer_id__in=ids, source=source, said_at=said_at)
    moved = set(rows.filter(organisation__isnull=False).values_list("customer_id", flat=True))
    rows.delete()
    left = Belonging.objects.filter(customer_id__in=ids, household__isnull=False, ended_at=said_at)
    left.update(ended_at=None, ended_actor_id=None)
    for one in moved:
        stays = Belonging.objects.filter(customer_id=one, organisation__isnull=False, ended_at=None)
        latest = stays.order_by("-said_at", "-pk").values_list("organisation_id", flat=True).first()
        Customer.objects.filter(pk=one).update(organisation_id=latest)


def _close_what_is_empty(source: str, said_at: datetime) -> None:
    """Organisations and households that came along and in which nobody is."""
    of_it = Belonging.objects.filter(organisation=OuterRef("pk"))
    shown = Customer.objects.filter(organisation=OuterRef("pk"))
    empty = Organisation.objects.filter(~Exists(of_it), ~Exists(shown), name_source=source)
    empty.delete()
    Household.objects.filter(~Exists(Belonging.objects.filter(household=OuterRef("pk"))), founded_at=said_at).delete()
