"""Who has a customer number."""

from __future__ import annotations

from golddraht.customers.models import Fact
from golddraht.customers.queries.one_person import ids_of_person
from golddraht.customers.queries.record import record_of
from golddraht.customers.rules import Source
from golddraht.customers.rules.attributes import Attribute


def customer_numbered(*, number: str, source: str) -> int | None:
    """The customer who has this number in the system `source`: as it said itself, or a colleague.

    None where nobody has it, or several do. A number that stands in somebody's mail is no proof that it is theirs.
    """
    trusted = [source, f"{Source.IMPORT}:{source}", f"{Source.CONTRACT}:{source}", str(Source.MEMBER)]
    rows = Fact.objects.filter(attribute=Attribute.NUMBER, value=number, source__in=trusted, denies=False)
    holders = sorted(set(rows.values_list("customer_id", flat=True)), reverse=True)
    found = {front: own for own in holders if (front := _holder(own, number))}
    return next(iter(found.values())) if len(found) == 1 else None


def _holder(customer_id: int, number: str) -> int | None:
    """The head of this person, if the number still holds."""
    held = record_of(customer_id=customer_id).get(Attribute.NUMBER, ())
    if all(one.value != number for one in held):
        return None
    return ids_of_person(customer_id=customer_id)[0]
