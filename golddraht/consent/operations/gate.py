"""The gate. Whatever leaves for a person passes here; what may not is kept with its reason and never sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from golddraht.consent.events import LeaveRefused
from golddraht.consent.models import Permission, Refusal
from golddraht.consent.queries.gate import Wanted, judged
from golddraht.consent.rules import MessageClass, Purpose, State, Verdict, Way
from golddraht.consent.rules.law import kept_until
from golddraht.plumbing.bus import publish
from golddraht.plumbing.tenancy import current_sight


@dataclass(frozen=True)
class Passage:
    """What the gate said. `permission` is what a message that needs leave carries with it; service needs none."""

    verdict: Verdict
    permission: Permission | None = None

    @property
    def is_open(self) -> bool:
        return self.verdict.state is not State.REFUSED


@transaction.atomic
def pass_gate(wanted: Wanted, *, at: datetime) -> Passage:
    """Let it through, now or when the person's quiet hours end, and write down the use; or refuse it and keep why."""
    verdict, standing = judged(wanted, at=at)
    if verdict.state is State.REFUSED:
        note_refusal(wanted, verdict, at=at)
        return Passage(verdict)
    if standing is None or wanted.message_class is MessageClass.SERVICE:
        return Passage(verdict)
    return Passage(verdict, _permission(wanted, verdict, standing.country, at))


def _permission(wanted: Wanted, verdict: Verdict, country: str, at: datetime) -> Permission:
    """Each use begins the time anew in which the proof must be kept (§ 7a (2) UWG)."""
    permission: Permission = Permission.objects.create(
        customer_id=wanted.customer_id,
        message_class=wanted.message_class,
        purpose=wanted.meant_for,
        way=wanted.way,
        basis=str(verdict.basis),
        act_id=verdict.act_id,
        source=verdict.source,
        at=at,
        not_before=verdict.until,
        keep_until=kept_until(country=country, on=(verdict.until or at).date()),
        points_out=wanted.points_out,
        actor_id=current_sight().actor,
    )
    return permission


def note_refusal(wanted: Wanted, verdict: Verdict, *, at: datetime) -> Refusal:
    refusal: Refusal = Refusal.objects.create(
        customer_id=wanted.customer_id,
        message_class=wanted.message_class,
        purpose=wanted.meant_for,
        way=wanted.way,
        reason=str(verdict.reason),
        source=verdict.source,
        conversation_id=wanted.conversation_id,
        at=at,
        actor_id=current_sight().actor,
    )
    publish(
        LeaveRefused(refusal.pk, wanted.customer_id, wanted.conversation_id, refusal.message_class, refusal.reason, at)
    )
    return refusal


def ask_again(permission: Permission, *, address: str, conversation_id: int | None, at: datetime) -> Verdict:
    """Once more before it really leaves: what was allowed when it was written may be forbidden by now, and is refused then."""
    wanted = Wanted(
        customer_id=permission.customer_id,
        message_class=MessageClass(permission.message_class),
        way=Way(permission.way),
        purpose=Purpose(permission.purpose),
        address=address,
        points_out=permission.points_out,
        conversation_id=conversation_id,
    )
    verdict, _ = judged(wanted, at=at)
    if verdict.state is State.REFUSED:
        note_refusal(wanted, verdict, at=at)
    return verdict
