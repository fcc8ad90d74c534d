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

    `points_out` when it says how to object, free of charge, as existing customers must be told each time. `may_wait` for service
    that a machine says and nobody waits for: it keeps quiet hours on ways that make no sound, too.
    """

    customer_id: int
    message_class: MessageClass
    way: Way = Way.EMAIL
    purpose: Purpose | None = None
    address: str = ""
    points_out: bool = False
    conversation_id: int | None = None
    may_wait: bool = False

    @property
    def meant_for(self) -> Purpose:
        return self.purpose or PURPOSE_OF[self.message_class]


SERVED = Verdict(State.ALLOWED, Basis.SERVICE)


def may_leave(wanted: Wanted, *, at: datetime) -> Verdict:
    """What the gate would say `at` that moment; nothing is noted."""
    return judged(wanted, at=at)[0]


def leaves_at(*, customer_id: int, at: datetime) -> datetime:
    """When a machine may say something by mail that nobody waits for: now, or when this person's quiet hours end."""
    verdict = may_leave(Wanted(customer_id=customer_id, message_class=MessageClass.SERVICE, may_wait=True), at=at)
    return verdict.until or at


def judged(wanted: Wanted, *, at: datetime) -> tuple[Verdict, Standing | None]:
    """The same with whom it was judged for; nobody has to be looked up for service that makes no sound and is waited for."""
    if wanted.message_class is MessageClass.SERVICE and wanted.way not in RINGING and not wanted.may_wait:
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
        may_wait=wanted.may_wait,
    )
    return judge(leaving, standing.history(leaving.purpose)), standing


def _address(wanted: Wanted) -> str:
    point = mail_address_of(customer_id=wanted.customer_id) if wanted.way is Way.EMAIL else None
    return point.address if point else ""
