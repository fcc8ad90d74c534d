"""Two customers become one person, and can always become two again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from golddraht.customers.events import CustomersMerged, CustomersTakenApart
from golddraht.customers.models import Customer, Fact, Merge, Resemblance
from golddraht.customers.operations.learning import Said, learn, settle
from golddraht.customers.queries.one_person import ids_of_person
from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.persons import heads
from golddraht.ground.text import one_line
from golddraht.plumbing.bus import publish
from golddraht.plumbing.tenancy import current_sight

MEMBER = "member"


class MergeRefused(ValueError):
    """`reason`: SAME (they are one person already) or GONE (there is no such customer)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotMerged(LookupError):
    """This merge was undone already, or never was."""


@transaction.atomic
def merge_customers(
    *, customer_id: int, into_id: int, reasons: Sequence[str], at: datetime, decided_by: str = MEMBER
) -> Merge:
    """From now on both are one person, in front of whom stands `into_id`'s head. Raises MergeRefused.

    Facts, ways of contact, concerns and promises stay where they are, so that taking apart gives back exactly what each had.
    """
    back, front = _locked_heads(customer_id, into_id)
    if back.pk == front.pk:
        raise MergeRefused("SAME")
    merge = Merge.objects.create(
        customer=back,
        head=front,
        reasons=[one_line(reason, 200) for reason in reasons],
        decided_by=decided_by,
        actor_id=current_sight().actor,
        merged_at=at,
    )
    _stand_in_order(ids_of_person(customer_id=back.pk) + ids_of_person(customer_id=front.pk))
    _settle_resemblances(ids_of_person(customer_id=front.pk), at)
    publish(CustomersMerged(merge.pk, back.pk, front.pk, at))
    return merge


def _locked_heads(*ids: int) -> list[Customer]:
    """The heads of these customers, locked in the order of their ids so that two merges at once wait for each other."""
    fronts = [front for id_ in ids for front in ids_of_person(customer_id=id_)[:1]]
    if len(fronts) < len(ids):
        raise MergeRefused("GONE")
    rows = Customer.objects.select_for_update(no_key=True).filter(pk__in=fronts).order_by("pk")
    found = {row.pk: row for row in rows}
    return [found[front] for front in fronts]


@transaction.atomic
def take_apart(*, merge_id: int, why: str, at: datetime) -> None:
    """Undo a merge: both have again what they had, and what came since belongs to whom its evidence points at. Raises NotMerged."""
    merge = Merge.objects.select_for_update().filter(pk=merge_id, undone_at=None).first()
    if merge is None:
        raise NotMerged(merge_id)
    together = ids_of_person(customer_id=merge.customer_id)
    merge.undone_at, merge.undone_actor_id, merge.undone_why = at, current_sight().actor, one_line(why, 300)
    merge.save(update_fields=["undone_at", "undone_actor_id", "undone_why"])
    _stand_in_order(together)
    _reopen_as_different(merge, at)
    publish(CustomersTakenApart(merge.pk, merge.customer_id, merge.head_id, at))


def _stand_in_order(ids: Iterable[int]) -> None:
    """Write each one's head by the merges that stand, and let every person's record show what holds for them."""
    members = sorted(set(ids))
    standing = Merge.objects.filter(customer_id__in=members, undone_at=None).values_list("customer_id", "head_id")
    front = heads(standing)
    for row in Customer.objects.filter(pk__in=members):
        if row.head_id != front.get(row.pk):
            Customer.objects.filter(pk=row.pk).update(head_id=front.get(row.pk))
    for person in {front.get(member, member) for member in members}:
        settle(customer_id=person)


def _settle_resemblances(ids: Sequence[int], at: datetime) -> None:
    rows = Resemblance.objects.filter(first_id__in=ids, second_id__in=ids, settled_at=None)
    rows.update(settled_as="merged", settled_at=at, actor_id=current_sight().actor)


def _reopen_as_different(merge: Merge, at: datetime) -> None:
    """Whoever was taken apart is not proposed again by whatever proposed them."""
    sides = (ids_of_person(customer_id=merge.customer_id), ids_of_person(customer_id=merge.head_id))
    between = Q(first_id__in=sides[0], second_id__in=sides[1]) | Q(first_id__in=sides[1], second_id__in=sides[0])
    rows = Resemblance.objects.filter(between)
    rows.update(settled_as="different", settled_at=at, actor_id=current_sight().actor)


@transaction.atomic
def belongs_to(*, fact_id: int, customer_id: int, at: datetime) -> None:
    """A statement was taken down for the wrong one of two: it is called wrong there, and said here."""
    row = Fact.objects.get(pk=fact_id)
    if row.customer_id == customer_id:
        return
    said = Said(Attribute(row.attribute), row.value, row.source, row.evidence, row.certainty)
    learn(customer_id=customer_id, said=[said], at=row.said_at, message_id=row.message_id)
    wrong = Said(said.attribute, said.value, said.source, "It was said of somebody else.", said.certainty, denies=True)
    learn(customer_id=row.customer_id, said=[wrong], at=max(at, row.said_at))
