"""People of a client company itself: who looks at it from outside, and does nothing in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team import rules
from golddraht.team.models import ClientSeat
from golddraht.team.queries.viewing import NotAMember


@dataclass(frozen=True)
class ClientViewer:
    """Somebody of a client company who is signed in. They speak for nobody: they have no membership."""

    user_id: int
    seat_id: int
    tenant_id: int
    tenant_slug: str
    tenant_name: str
    name: str
    tenant_colour: str = ""
    language: str = "de"
    second_factor_from: datetime | None = None


@dataclass(frozen=True)
class SeatLine:
    """Somebody who may look, as the settings show them."""

    id: int
    name: str
    email: str
    since: datetime


def client_viewers_of(*, user_id: int) -> list[ClientViewer]:
    """Every company at which this person may look, in the order of their names."""
    rows = ClientSeat.objects.filter(user_id=user_id, user__is_active=True, ended_at=None, tenant__closed_at=None)
    return [_viewer(row) for row in rows.select_related("tenant", "user").order_by("tenant__name")]


def client_viewer_for(*, user_id: int, tenant_slug: str) -> ClientViewer:
    """The person as one of that company. Raises NotAMember."""
    found = next((one for one in client_viewers_of(user_id=user_id) if one.tenant_slug == tenant_slug), None)
    if found is None:
        raise NotAMember(tenant_slug)
    return found


def client_seats() -> list[SeatLine]:
    """Everybody who may look at the company being seen, by name."""
    rows = ClientSeat.objects.filter(tenant_id=current_tenant_id(), ended_at=None).select_related("user")
    return [SeatLine(row.pk, row.name, row.user.email, row.since) for row in rows.order_by("name", "pk")]


def names_of_seats() -> dict[int, str]:
    """Everybody of the client company who may or might once look at it, by seat: whom the audit trail names."""
    return dict(ClientSeat.objects.filter(tenant_id=current_tenant_id()).values_list("pk", "name"))


def _viewer(row: ClientSeat) -> ClientViewer:
    return ClientViewer(
        user_id=row.user_id,
        seat_id=row.pk,
        tenant_id=row.tenant_id,
        tenant_slug=row.tenant.slug,
        tenant_name=row.tenant.name,
        name=row.name,
        tenant_colour=rules.colour_of(row.tenant.brand_colour, row.tenant_id),
        language=row.user.language,
        second_factor_from=row.tenant.second_factor_from,
    )
