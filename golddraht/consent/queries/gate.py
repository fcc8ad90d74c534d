"""Asking the gate without going through it: may this leave?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from golddraht.consent.queries.standing import Standing, standing_of
from golddraht.consent.rules import Leaving, MessageClass, Purpose, State, Verdict, Way, judge
from golddraht.consent.rules.words import PURPOSE_OF, RINGING, Basis
from golddraht.customers.queries import mail_address_of


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to let leave for a person. `address` is where to (folded); without one, the mail address that reaches them.

    `points_out` when it says how to object, free of charge, as existing customers must be told each time.
    """

    customer_id: int
    message_class: MessageClass
    way: Way = Way.EMAIL
    purpose: Purpose | None = None
    address: str = ""
    points_out: bool = False
    conversation_id: int | None = None

    @property
    def meant_for(self) -> Purpose:
        return self.purpose or PURPOSE_OF[self.message_class]


SERVED = Verdict(State.ALLOWED, Basis.SERVICE)


def may_leave(wanted: Wanted, *, at: datetime) -> Verdict:
    """What the gate would say `at` that moment; nothing is noted."""
    return judged(wanted, at=at)[0]


def judged(wanted: Wanted, *, at: datetime) -> tuple[Verdict, Standing | None]:
    """The same with whom it was judged for; nobody has to be looked up for service that makes no sound."""
    if wanted.message_class is MessageClass.SERVICE and wanted.way not in RINGING:
        return SERVED, None
    address = wanted.address or _address(wanted)
    standing = standing_of(customer_id=wanted.customer_id, addresses=[address])
    leaving = Leaving(
        message_class=wanted.message_class,
        way=wanted.way,
        at=at,
        country=standing.country,
        is_business=standing.is_business,
        address=address,
        points_out=wanted.points_out,
        zone=standing.zone,
        purpose_named=wanted.purpose,
    )
    return judge(leaving, standing.history(leaving.purpose)), standing


def _address(wanted: Wanted) -> str:
    point = mail_address_of(customer_id=wanted.customer_id) if wanted.way is Way.EMAIL else None
    return point.address if point else ""
