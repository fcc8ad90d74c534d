"""The way out of every message that needs leave: one click, without signing in (RFC 8058)."""

from __future__ import annotations

from dataclasses import dataclass

from golddraht.consent.models import Permission
from golddraht.consent.queries.choices import NoSuchAct
from golddraht.consent.queries.standing import acts_of
from golddraht.consent.rules import Kind, Purpose
from golddraht.customers.queries import ids_of_person
from golddraht.ground.moments import spoken_language
from golddraht.plumbing.links import token_for
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.queries import current_tenant

UNSUBSCRIBE = "unsubscribe"
"""What the signed link is for."""


def stop_path(permission_id: int) -> str:
    """Where a click ends messages of this kind. Looking at the page changes nothing."""
    return f"/k/abmelden/{token_for(UNSUBSCRIBE, tenant_id=current_tenant_id(), id_=permission_id)}/"


@dataclass(frozen=True)
class Sent:
    """To whom something went, and what for."""

    customer_id: int
    purpose: Purpose
    language: str


def sent_with(permission_id: int) -> Sent:
    """Raises NoSuchAct."""
    row = Permission.objects.select_related("customer").filter(pk=permission_id).first()
    if row is None:
        raise NoSuchAct(permission_id)
    language = spoken_language(row.customer.language or current_tenant().language)
    return Sent(row.customer_id, Purpose(row.purpose), language)


def objects_to(*, customer_id: int, purpose: Purpose | None) -> bool:
    """Whether they said no to that purpose (None: to everything) on every way, and nothing was allowed since."""
    acts = acts_of(ids_of_person(customer_id=customer_id))
    noes = [one.at for one in acts if one.kind is Kind.OBJECTED and one.way is None and one.purpose in (None, purpose)]
    yeses = [one.at for one in acts if one.kind in {Kind.GIVEN, Kind.CONFIRMED} and purpose in (None, one.purpose)]
    return bool(noes) and max(noes) >= max(yeses, default=max(noes))
