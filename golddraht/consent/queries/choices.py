"""What somebody allowed and refused, by purpose and way: for the customer's page, their own page, and programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from golddraht.consent.models import ConsentAct, Refusal
from golddraht.consent.queries.standing import Standing, standing_of
from golddraht.consent.rules import (
    ASKS_LEAVE,
    History,
    Kind,
    Leaving,
    MessageClass,
    Proof,
    Purpose,
    Reason,
    State,
    Verdict,
    Way,
)
from golddraht.consent.rules.judging import judge
from golddraht.consent.rules.quiet import Quiet
from golddraht.consent.rules.words import PURPOSE_OF, WAY_OF, may_prove
from golddraht.customers.queries import Seer, contact_points_of, customer_for, ids_of_person


class Stand(StrEnum):
    """How it stands with one way for one purpose."""

    ALLOWED = "allowed"
    ASKED = "asked"  # We wait for the confirmation.
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    OBJECTED = "objected"
    DOUBTED = "doubted"  # They may have objected; a colleague is asked.
    NOT_CHOSEN = "not_chosen"
    FORBIDDEN = "forbidden"
    NEVER_GIVEN = "never_given"


STANDS = {
    Reason.OBJECTED: Stand.OBJECTED,
    Reason.WITHDRAWN: Stand.WITHDRAWN,
    Reason.DOUBTED: Stand.DOUBTED,
    Reason.NOT_CHOSEN: Stand.NOT_CHOSEN,
    Reason.FORBIDDEN: Stand.FORBIDDEN,
    Reason.UNCONFIRMED: Stand.ASKED,
    Reason.LAPSED: Stand.LAPSED,
}


@dataclass(frozen=True)
class WayStand:
    """One way for one purpose. `act_id` is the consent (or the exception) it stands on, `by_themselves` whether it can be given on their own page."""

    way: Way
    stand: Stand
    act_id: int | None
    verdict: Verdict
    by_themselves: bool


@dataclass(frozen=True)
class PurposeChoice:
    """A purpose with the ways chosen for it, the dearest first (None: never chosen), and how each way stands where leave is needed."""

    purpose: Purpose
    asks_leave: bool
    chosen: tuple[Way, ...] | None
    ways: tuple[WayStand, ...]


@dataclass(frozen=True)
class Choices:
    """Everything somebody chose. `objects` when they want no advertising at all, on no way."""

    customer_id: int
    country: str
    is_business: bool
    purposes: tuple[PurposeChoice, ...]
    quiet: Quiet | None
    objects: bool


CLASS_OF = {purpose: kind for kind, purpose in PURPOSE_OF.items() if kind is not MessageClass.SERVICE}


def choices(*, viewer: Seer, customer_id: int, at: datetime) -> Choices:
    """How it stands `at` that moment. Raises NoSuchCustomer."""
    customer_for(viewer=viewer, customer_id=customer_id)
    addresses = _addresses(customer_id)
    standing = standing_of(customer_id=customer_id, addresses=addresses.values())
    purposes = tuple(_purpose(one, standing, addresses, at) for one in Purpose)
    asked = [one for one in purposes if one.asks_leave]
    return Choices(
        customer_id=customer_id,
        country=standing.country,
        is_business=standing.is_business,
        purposes=purposes,
        quiet=standing.quiet,
        objects=all(way.stand in (Stand.OBJECTED, Stand.FORBIDDEN) for one in asked for way in one.ways),
    )


def _addresses(customer_id: int) -> dict[Way, str]:
    """The address of each way that was used last."""
    found: dict[Way, str] = {}
    for point in contact_points_of(customer_id=customer_id):
        if point.channel in WAY_OF:
            found.setdefault(WAY_OF[point.channel], point.address)
    return found


def _purpose(purpose: Purpose, standing: Standing, addresses: dict[Way, str], at: datetime) -> PurposeChoice:
    asks, said = purpose in ASKS_LEAVE, standing.history(purpose)
    ways = tuple(_way(purpose, way, standing, said, addresses.get(way, ""), at) for way in Way) if asks else ()
    return PurposeChoice(purpose, asks, standing.chosen.get(purpose), ways)


def _way(purpose: Purpose, way: Way, standing: Standing, said: History, address: str, at: datetime) -> WayStand:
    leaving = Leaving(
        message_class=CLASS_OF[purpose],
        way=way,
        at=at,
        country=standing.country,
        is_business=standing.is_business,
        address=address,
        points_out=True,
        zone=standing.zone,
    )
    verdict = judge(leaving, said)
    allowed = verdict.state is not State.REFUSED
    stand = Stand.ALLOWED if allowed else STANDS.get(verdict.reason or Reason.NO_CONSENT, Stand.NEVER_GIVEN)
    return WayStand(way, stand, verdict.act_id, verdict, may_prove(Proof.OWN_PAGE, way))


@dataclass(frozen=True)
class Used:
    at: datetime
    keep_until: date
    message_class: MessageClass


@dataclass(frozen=True)
class ActLine:
    """One act as it is proven: what was said to which text, how, when, from where, and every use that was made of it."""

    id: int
    customer_id: int
    kind: Kind
    way: Way | None
    purpose: Purpose | None
    at: datetime
    proof: Proof | None
    text: str
    version: int
    language: str
    words: str
    address: str
    network: str
    message_id: int | None
    note_id: int | None
    call_note: str
    actor_id: int | None
    keep_until: date
    uses: tuple[Used, ...]
    asked_id: int | None
    read_id: int | None


def acts_of_person(*, viewer: Seer, customer_id: int, limit: int | None = None) -> list[ActLine]:
    """Everything they said about it, the latest first. Raises NoSuchCustomer."""
    customer_for(viewer=viewer, customer_id=customer_id)
    ids = ids_of_person(customer_id=customer_id)
    rows = ConsentAct.objects.filter(tenant_id=viewer.tenant_id, customer_id__in=ids)
    return [_line(row) for row in rows.select_related("text").prefetch_related("uses").order_by("-at", "-pk")[:limit]]


class NoSuchAct(LookupError):
    """There is none, or the viewer may not see it: the same answer for both."""


def act_for(*, viewer: Seer, act_id: int) -> ActLine:
    """One act with its proof. Raises NoSuchAct."""
    rows = ConsentAct.objects.filter(tenant_id=viewer.tenant_id, pk=act_id)
    row = rows.select_related("text").prefetch_related("uses").first()
    if row is None:
        raise NoSuchAct(act_id)
    return _line(row)


def _line(row: ConsentAct) -> ActLine:
    same = ("customer_id", "at", "words", "address", "message_id", "note_id", "call_note", "actor_id", "keep_until")
    uses = sorted(row.uses.all(), key=lambda use: use.at)
    return ActLine(
        id=row.pk,
        kind=Kind(row.kind),
        way=Way(row.way) if row.way else None,
        purpose=Purpose(row.purpose) if row.purpose else None,
        proof=Proof(row.proof) if row.proof else None,
        text=row.text.words if row.text else "",
        version=row.text.version if row.text else 0,
        language=row.text.language if row.text else "",
        network=row.network or "",
        uses=tuple(Used(use.at, use.keep_until, MessageClass(use.message_class)) for use in uses),
        asked_id=row.asked_id,
        read_id=row.read_id,
        **{name: getattr(row, name) for name in same},
    )


@dataclass(frozen=True)
class RefusalLine:
    """Something that did not leave, and why."""

    id: int
    customer_id: int | None
    message_class: MessageClass
    purpose: Purpose
    way: Way
    reason: Reason
    source: str
    conversation_id: int | None
    at: datetime


LATEST = 20


def refusals_of_person(*, viewer: Seer, customer_id: int, limit: int = LATEST) -> list[RefusalLine]:
    """What the gate held back from this person, the latest first. Raises NoSuchCustomer."""
    customer_for(viewer=viewer, customer_id=customer_id)
    ids = ids_of_person(customer_id=customer_id)
    rows = Refusal.objects.filter(tenant_id=viewer.tenant_id, customer_id__in=ids)
    return [_refusal(row) for row in rows.order_by("-at", "-pk")[:limit]]


def _refusal(row: Refusal) -> RefusalLine:
    return RefusalLine(
        id=row.pk,
        customer_id=row.customer_id,
        message_class=MessageClass(row.message_class),
        purpose=Purpose(row.purpose),
        way=Way(row.way),
        reason=Reason(row.reason),
        source=row.source,
        conversation_id=row.conversation_id,
        at=row.at,
    )
