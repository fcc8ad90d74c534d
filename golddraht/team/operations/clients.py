"""Letting people of a client company look at it, and no longer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.plumbing.audit import note_changed
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import ClientSeat, User


@transaction.atomic
def seat_client(*, user: User, name: str, at: datetime) -> ClientSeat:
    """This person may look at the company being seen, at its figures, statements and concerns; twice is once."""
    seat, is_new = ClientSeat.objects.get_or_create(
        tenant_id=current_tenant_id(), user=user, ended_at=None, defaults={"name": name.strip(), "since": at}
    )
    if is_new:
        note_changed("team_clientseat", seat.pk, [], at=at, verb="insert")
    return seat


@transaction.atomic
def unseat_client(*, seat_id: int, at: datetime) -> None:
    """They see nothing of it from the next page on; twice changes nothing."""
    rows = ClientSeat.objects.filter(tenant_id=current_tenant_id(), pk=seat_id, ended_at=None)
    if rows.update(ended_at=at):
        note_changed("team_clientseat", seat_id, [], at=at, verb="delete")
