"""On which ways somebody wants to hear from us, for each purpose, and when not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from golddraht.consent.events import ChannelsChosen
from golddraht.consent.models import ChannelChoice
from golddraht.consent.queries.standing import chosen_by
from golddraht.consent.rules import Purpose, Way
from golddraht.customers.operations import Said, learn, take_back
from golddraht.customers.queries import ids_of_person
from golddraht.customers.rules import Source
from golddraht.customers.rules.attributes import Attribute
from golddraht.plumbing.bus import publish
from golddraht.plumbing.tenancy import current_sight


@transaction.atomic
def choose_channels(*, customer_id: int, purpose: Purpose, ways: Iterable[Way], at: datetime) -> bool:
    """From now on these ways for this purpose, the dearest first; none of them is no way at all. False when it was so already.

    A choice narrows what may come; it allows no advertising where nobody consented.
    """
    named = tuple(dict.fromkeys(ways))
    if chosen_by(ids_of_person(customer_id=customer_id)).get(purpose) == named:
        return False
    ChannelChoice.objects.create(
        customer_id=customer_id, purpose=purpose, ways=list(named), at=at, actor_id=current_sight().actor
    )
    publish(ChannelsChosen(customer_id, at))
    return True


@transaction.atomic
def set_quiet_hours(*, customer_id: int, hours: str, at: datetime) -> None:
    """When nobody rings and nothing arrives that nobody waits for, such as "20:00–9:00"; "" for no such hours. Raises NotSuchValue.

    They are a fact of the golden record: said by a colleague, or by the customer themselves.
    """
    source = Source.MEMBER if current_sight().actor else Source.CUSTOMER
    if hours.strip():
        learn(customer_id=customer_id, said=[Said(Attribute.QUIET_HOURS, hours, source)], at=at)
    else:
        take_back(customer_id=customer_id, attribute=Attribute.QUIET_HOURS, source=source, at=at)
