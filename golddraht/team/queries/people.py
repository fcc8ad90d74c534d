"""Who works for a company, who is away, and whom an alarm tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.memory import remembered
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import Absence, Alarm, Membership
from golddraht.team.queries.viewing import Viewer, initials_of
from golddraht.team.rules import Role


@dataclass(frozen=True)
class Colleague:
    """A member as others see them."""

    id: int
    name: str
    role: Role
    is_present: bool
    deputy_name: str = ""

    @property
    def initials(self) -> str:
        return initials_of(self.name)


_MEMBERS: Question[Membership] = Question(
    lambda: Membership.objects.filter(tenant=Asked("tenant"), active=True).order_by("name")
)


@remembered
def members() -> list[Membership]:
    """The active members of the tenant being seen."""
    return _MEMBERS.all(tenant=current_tenant_id())


def colleagues(*, viewer: Viewer, at: datetime) -> list[Colleague]:
    """Everybody active in the viewer's tenant, and who stands in for those who are away."""
    away = absences(at=at)
    return [
        Colleague(
            id=member.pk,
            name=member.name,
            role=Role(member.role),
            is_present=member.pk not in away,
            deputy_name=_name_of_deputy(away.get(member.pk)),
        )
        for member in Membership.objects.filter(tenant_id=viewer.tenant_id, active=True).order_by("name")
    ]


def names_of_colleagues() -> dict[int, str]:
    """Everybody active in the tenant being seen."""
    rows = Membership.objects.filter(tenant_id=current_tenant_id(), active=True)
    return dict(rows.values_list("pk", "name"))


def _name_of_deputy(absence: Absence | None) -> str:
    return absence.deputy.name if absence and absence.deputy else ""


_AWAY: Question[Absence] = Question(
    lambda: (
        Absence.objects.filter(starts_at__lte=Asked("at"), ends_at__gt=Asked("at"))
        .select_related("deputy")
        .order_by("ends_at")
    )
)


@remembered
def absences(*, at: datetime) -> dict[int, Absence]:
    """Who is away at that moment, by membership id; the absence that ends last counts."""
    return {absence.member_id: absence for absence in _AWAY.all(at=at)}


def admins() -> list[Membership]:
    """The tenant's admins with their sign-in addresses: those whom an alarm tells."""
    wanted = Q(role=Role.ADMIN) | Q(role=Role.LEAD)
    rows = Membership.objects.filter(wanted, tenant_id=current_tenant_id(), active=True, user__is_active=True)
    found = list(rows.select_related("user").order_by("role", "pk"))
    return [member for member in found if member.role == Role.ADMIN] or found


def open_alarms(*, viewer: Viewer) -> list[Alarm]:
    """What needs a person now, newest first."""
    return list(Alarm.objects.filter(tenant_id=viewer.tenant_id, cleared_at=None).order_by("-raised_at"))
