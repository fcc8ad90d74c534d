"""Who is to be erased: all customers that are one person, and by what they are recognised."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from golddraht.commerce.queries import names_outside
from golddraht.customers.models import ContactPoint, Customer, Fact
from golddraht.customers.queries import NoSuchCustomer, ids_of_person
from golddraht.customers.rules.attributes import Attribute
from golddraht.plumbing.ledger import mark_of
from golddraht.privacy.rules import Sought
from golddraht.team.queries import current_tenant


@dataclass(frozen=True)
class Person:
    """All of them at once: the ids of their rows, and what tells of them in words."""

    customer_ids: tuple[int, ...]
    addresses: tuple[tuple[str, str], ...]
    """Pairs of channel and address, and of `number` and customer number."""
    names: tuple[str, ...]
    concerns: tuple[int, ...] = ()
    """Concerns of others in which they are named or took part."""
    messages: tuple[int, ...] = ()
    """Messages of others in which they are named."""
    outside: tuple[tuple[str, str], ...] = ()
    """What a shop or a carrier calls theirs: kind of thing and its name in the ledger."""

    def seen_in(self, concerns: Iterable[int], messages: Iterable[int]) -> Person:
        return replace(self, concerns=tuple(sorted(concerns)), messages=tuple(sorted(messages)))

    @property
    def sought(self) -> Sought:
        return Sought.of((address for _, address in self.addresses), self.names)

    def marks(self, company: str) -> frozenset[str]:
        """Keyed hashes for the ledger."""
        return frozenset(mark_of(company, kind, value) for kind, value in (*self.addresses, *self.outside))

    def as_words(self) -> str:
        return json.dumps([self.customer_ids, self.addresses, self.names, self.concerns, self.messages, self.outside])

    @classmethod
    def of_words(cls, words: str) -> Person:
        ids, addresses, names, concerns, messages, *outside = json.loads(words)
        pairs, theirs = (tuple((kind, value) for kind, value in some) for some in (addresses, *(outside or [[]])))
        return cls(tuple(ids), pairs, tuple(names), tuple(concerns), tuple(messages), theirs)


NOBODY = Person((), (), ())
"""For what goes without the person it is of."""


def person_of(customer_id: int) -> Person:
    """The person of whom this customer is one record. Raises NoSuchCustomer."""
    if not Customer.objects.filter(pk=customer_id).exists():
        raise NoSuchCustomer(customer_id)
    ids = ids_of_person(customer_id=customer_id)
    addresses = tuple(sorted(set(_addresses(ids))))
    return Person(tuple(ids), addresses, tuple(sorted(set(_names(ids)))), outside=tuple(names_outside(ids)))


def _addresses(ids: list[int]) -> Iterator[tuple[str, str]]:
    for point in ContactPoint.objects.filter(customer_id__in=ids):
        yield point.channel, point.address
        if point.shown.casefold() != point.address:
            yield point.channel, point.shown
    for value in Fact.objects.filter(customer_id__in=ids, attribute=Attribute.NUMBER).values_list("value", flat=True):
        yield "number", value


def _names(ids: list[int]) -> Iterator[str]:
    yield from (name for name in Customer.objects.filter(pk__in=ids).values_list("name", flat=True) if name)
    yield from Fact.objects.filter(customer_id__in=ids, attribute=Attribute.NAME).values_list("value", flat=True)


def company() -> str:
    """The short name of the company being seen; marks are of one company alone."""
    return current_tenant().slug
