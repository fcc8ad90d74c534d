"""Which calls there are, and at whose telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import Q

from golddraht.ground.numbers import spoken
from golddraht.team.models import Membership
from golddraht.telephone.models import Call, Extension, Ring
from golddraht.telephone.rules import SHOWN_FOR, WRITE_UP_WITHIN, State, state_of


class Seer(Protocol):
    """Whoever looks: a signed-in member, speaking for one tenant."""

    @property
    def tenant_id(self) -> int: ...

    @property
    def membership_id(self) -> int: ...


@dataclass(frozen=True)
class CallLine:
    """A call in a list or in a notice."""

    id: int
    number: str
    customer_id: int | None
    customer_name: str
    rang_at: datetime
    answered_at: datetime | None
    answered_by: str
    ended_at: datetime | None
    state: State
    conversation_number: int | None
    conversation_spoken: str


def calls_at(*, viewer: Seer, at: datetime) -> list[CallLine]:
    """What rings at the viewer's telephone now, what they are talking in, and what they have just ended."""
    mine = Ring.objects.filter(tenant_id=viewer.tenant_id, member_id=viewer.membership_id).values("call_id")
    theirs = Q(answered_by_id=viewer.membership_id)
    rings = Q(pk__in=mine, answered_at=None, ended_at=None, rang_at__gt=at - SHOWN_FOR)
    talks = theirs & Q(ended_at=None)
    ended = theirs & Q(ended_at__gt=at - WRITE_UP_WITHIN)
    rows = Call.objects.filter(tenant_id=viewer.tenant_id, rang_at__gt=at - 24 * SHOWN_FOR).filter(
        rings | talks | ended
    )
    return [_line(row) for row in _joined(rows).order_by("rang_at", "pk")]


def latest_calls(*, viewer: Seer, limit: int = 100) -> list[CallLine]:
    """The newest calls of the company."""
    rows = _joined(Call.objects.filter(tenant_id=viewer.tenant_id)).order_by("-rang_at", "-pk")
    return [_line(row) for row in rows[:limit]]


def _joined(rows: Any) -> Any:
    return rows.select_related("customer", "answered_by", "conversation")


def _line(row: Call) -> CallLine:
    number = row.conversation.number if row.conversation else None
    return CallLine(
        id=row.pk,
        number=row.number,
        customer_id=row.customer_id,
        customer_name=row.customer.name if row.customer else "",
        rang_at=row.rang_at,
        answered_at=row.answered_at,
        answered_by=row.answered_by.name if row.answered_by else "",
        ended_at=row.ended_at,
        state=state_of(answered_at=row.answered_at, ended_at=row.ended_at),
        conversation_number=number,
        conversation_spoken=spoken(number) if number is not None else "",
    )


def extensions(*, viewer: Seer) -> dict[int, str]:
    """The extension of each member who has one."""
    return dict(Extension.objects.filter(tenant_id=viewer.tenant_id).values_list("member_id", "number"))


def member_called(agent: str, *, tenant_id: int) -> int | None:
    """Whose telephone it is: an extension, or the e-mail address with which somebody signs in."""
    name = agent.strip()
    by_extension = Extension.objects.filter(number=name, member__active=True).values_list("member_id", flat=True)
    by_address = Membership.objects.filter(tenant_id=tenant_id, active=True, user__email=name.lower())
    return by_extension.first() or by_address.values_list("pk", flat=True).first()
