"""The welcome of an installation with demo companies, for whoever comes without signing in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from golddraht.pages.catcher.story import PLAYS_AT
from golddraht.plumbing.tenancy import seeing
from golddraht.team.queries import Viewer, all_tenants, current_tenant, members
from golddraht.team.rules import Role

PASSWORD = "golddraht-demo"  # noqa: S105  # It stands on the welcome page; the demo is nobody's secret.
SHOWN_ROLES = (Role.AGENT, Role.LEAD, Role.ADMIN)


@dataclass(frozen=True)
class Login:
    name: str
    address: str
    role: Role


@dataclass(frozen=True)
class MovingIn:
    """How many concerns of a demo's household are there already, of how many."""

    done: int
    whole: int


@dataclass(frozen=True)
class DemoCompany:
    """A demo tenant: where to be its customer, and as whom to sign in."""

    name: str
    catcher_url: str
    has_story: bool
    logins: tuple[Login, ...]


def demo_companies() -> list[DemoCompany]:
    """The demo tenants of this installation, in the order of their founding; none outside of a demo.

    Without those that a visitor founded: who works there chose passwords of their own.
    """
    return [_company(tenant) for tenant in all_tenants() if tenant.is_demo and tenant.most_clients]


def _company(tenant: Any) -> DemoCompany:
    return DemoCompany(
        name=tenant.name,
        catcher_url=reverse("demo", args=[tenant.slug]),
        has_story=tenant.slug == PLAYS_AT,
        logins=_logins(tenant.pk),
    )


def demo_moving_in() -> MovingIn | None:
    """Over all companies of the demo; None when everybody is there."""
    moving = [_of(tenant) for tenant in all_tenants() if tenant.is_demo]
    found = [one for one in moving if one is not None]
    return MovingIn(sum(one.done for one in found), sum(one.whole for one in found)) if found else None


def moving_in(viewer: Viewer) -> MovingIn | None:
    """Of the company that the viewer speaks for; real ones have no household that moves in."""
    return _of(current_tenant()) if viewer.is_demo else None


def _of(tenant: Any) -> MovingIn | None:
    return MovingIn(tenant.demo_whole - tenant.demo_left, tenant.demo_whole) if tenant.demo_left else None


def _logins(tenant_id: int) -> tuple[Login, ...]:
    """One of each role is enough to look around."""
    with seeing(tenant_id, read_only=True):
        founders_first = sorted(members(), key=lambda member: member.pk)
        found = [Login(member.name, member.user.email, Role(member.role)) for member in founders_first]
    first = {role: next((one for one in found if one.role == role), None) for role in SHOWN_ROLES}
    return tuple(one for one in first.values() if one is not None)
