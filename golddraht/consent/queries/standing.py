"""What the gate needs to know of a person: everything they said, under whose law, and when they want their quiet."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from golddraht.consent.models import ChannelChoice, ConsentAct, ObjectionMark
from golddraht.consent.rules import Act, History, Kind, Proof, Purpose, Way, settled
from golddraht.consent.rules.quiet import Quiet
from golddraht.customers.models import Belonging
from golddraht.customers.queries import ids_of_person
from golddraht.customers.queries.record import record_of
from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.golden import Record
from golddraht.customers.rules.postal import read_postal
from golddraht.customers.rules.values import read_quiet_hours
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.secrets import derived_key
from golddraht.plumbing.tenancy import current_sight
from golddraht.team.models import Team
from golddraht.team.queries import current_tenant, default_team

NOWHERE = "Europe/Berlin"
"""Before a team is set up."""


@dataclass(frozen=True)
class Standing:
    """A person before the gate. `ids` are all customers that are one person with them."""

    ids: tuple[int, ...]
    country: str
    is_business: bool
    zone: str
    quiet: Quiet | None
    acts: tuple[Act, ...]
    chosen: dict[Purpose, tuple[Way, ...]]

    def history(self, purpose: Purpose) -> History:
        ways = self.chosen.get(purpose)
        return History(self.acts, None if ways is None else frozenset(ways), self.quiet)


def standing_of(*, customer_id: int, addresses: Iterable[str] = ()) -> Standing:
    """Everything of the person; objections that outlived an erasure are known again by the `addresses`."""
    ids = ids_of_person(customer_id=customer_id)
    record = record_of(customer_id=customer_id)
    return Standing(
        ids=tuple(ids),
        country=_country(record),
        is_business=_is_business(ids),
        zone=_zone(),
        quiet=_quiet(record),
        acts=(*acts_of(ids), *marked(addresses)),
        chosen=chosen_by(ids),
    )


_SAID = ("pk", "kind", "at", "way", "purpose", "proof", "address", "read_id", "message_id", "note_id")
"""Not the whole row: of somebody who is asked often there are hundreds."""
_ACTS: Question[tuple[Any, ...]] = Question(
    lambda: ConsentAct.objects.filter(customer__pk__among=Asked("ids")).values_list(*_SAID, Max("uses__at"))
)
_CHOSEN: Question[ChannelChoice] = Question(
    lambda: ChannelChoice.objects.filter(customer__pk__among=Asked("ids")).order_by("at", "pk")
)
_MARKS: Question[ObjectionMark] = Question(lambda: ObjectionMark.objects.filter(mark__among=Asked("marks")))
_STANDS_FOR: Question[int] = Question(
    lambda: Belonging.objects.filter(
        customer__pk__among=Asked("ids"), organisation__isnull=False, ended_at=None
    ).values_list("pk", flat=True)[:1]
)


def acts_of(ids: Iterable[int]) -> list[Act]:
    """What they said, as it counts: without what colleagues called misread."""
    return settled(_act(row) for row in _ACTS.all(ids=list(ids)))


def _act(row: tuple[Any, ...]) -> Act:
    id_, kind, at, way, purpose, proof, address, read_id, message_id, note_id, used_at = row
    return Act(
        id=id_,
        kind=Kind(kind),
        at=at,
        way=Way(way) if way else None,
        purpose=Purpose(purpose) if purpose else None,
        proof=Proof(proof) if proof else None,
        address=address,
        used_at=used_at,
        is_heard=message_id is not None or note_id is not None,
        read_id=read_id,
    )


def chosen_by(ids: Iterable[int]) -> dict[Purpose, tuple[Way, ...]]:
    """The ways of each purpose for which some were chosen, as they were chosen last."""
    return {Purpose(row.purpose): tuple(Way(one) for one in row.ways) for row in _CHOSEN.all(ids=list(ids))}


def mark_of(address: str) -> str:
    """An address as it is remembered when nothing else is: hashed with this installation's key, for this company alone."""
    named = f"{current_sight().tenants[0]}:{address}"
    return hmac.new(derived_key("objection"), named.encode(), "sha256").hexdigest()


def marked(addresses: Iterable[str]) -> list[Act]:
    """The objections that are known of these (folded) addresses, whoever they belong to now."""
    marks = [mark_of(one) for one in addresses if one]
    return [
        Act(0, Kind.OBJECTED, row.at, Way(row.way) if row.way else None, Purpose(row.purpose) if row.purpose else None)
        for row in (_MARKS.all(marks=marks) if marks else ())
    ]


def is_marked(address: str, *, at: datetime) -> bool:
    """Whether somebody at this address wants no advertising at all, known or not."""
    return any(one.way is None and one.purpose is None and one.at <= at for one in marked([address]))


def _country(record: Record) -> str:
    """Where they live, as far as it is known; else where the company is."""
    for golden in record.get(Attribute.POSTAL, ()):
        address = read_postal(golden.value, country="")
        if address is not None and address.country:
            return address.country
    return str(current_tenant().country)


def _is_business(ids: Iterable[int]) -> bool:
    """Whether they stand for an organisation; a person at home otherwise, for whom the law is stricter."""
    return _STANDS_FOR.has_any(ids=list(ids))


def _quiet(record: Record) -> Quiet | None:
    held = record.get(Attribute.QUIET_HOURS, ())
    return read_quiet_hours(held[0].value) if held else None


def _zone() -> str:
    """By whose clock quiet hours are counted: the company's, where most of its customers live."""
    try:
        return str(default_team().zone)
    except Team.DoesNotExist:
        return NOWHERE
