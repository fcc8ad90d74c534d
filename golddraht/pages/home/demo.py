"""The welcome of an installation with demo companies, for whoever comes without signing in."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from golddraht.pages.catcher.story import PLAYS_AT
from golddraht.plumbing.tenancy import seeing
from golddraht.team.queries import all_tenants, members
from golddraht.team.rules import Role

PASSWORD = "golddraht-demo"  # noqa: S105  # It stands on the welcome page; the demo is nobody's secret.
SHOWN_ROLES = (Role.AGENT, Role.LEAD, Role.ADMIN)


@dataclass(frozen=True)
class Login:
    name: str
    address: str
    role: Role


@dataclass(frozen=True)
class DemoCompany:
    """A demo tenant: where to be its customer, and as whom to sign in."""

    name: str
    catcher_url: str
    has_story: bool
    logins: tuple[Login, ...]


def demo_companies() -> list[DemoCompany]:
    """The demo tenants of this installation, in the order of their founding; none outside of a demo."""
    return [
        DemoCompany(tenant.name, reverse("demo", args=[tenant.slug]), tenant.slug == PLAYS_AT, _logins(tenant.pk))
        for tenant in all_tenants()
        if tenant.is_demo
    ]


def _logins(tenant_id: int) -> tuple[Login, ...]:
    """One of each role is enough to look around."""
    with seeing(tenant_id, read_only=True):
        founders_first = sorted(members(), key=lambda member: member.pk)
        found = [Login(member.name, member.user.email, Role(member.role)) for member in founders_first]
    first = {role: next((one for one in found if one.role == role), None) for role in SHOWN_ROLES}
    return tuple(one for one in first.values() if one is not None)
