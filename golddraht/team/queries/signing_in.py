"""How people sign in: where they are signed in just now, and with which second factors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import ClientSeat, Membership
from golddraht.team.rules import Factor


@dataclass(frozen=True)
class SignedIn:
    """One device on which somebody is signed in. `seen_at` is good for the day, not for the hour."""

    id: int
    key: str
    user_agent: str
    address: str
    began_at: datetime
    seen_at: datetime


class NotOurs(LookupError):
    """The account also works for another company, whose business its sessions are as well."""


def is_signed_in(session_key: str, *, user_id: int) -> bool:
    """Whether that session is still alive and this person's."""
    request = HttpRequest()
    request.session = SessionStore(session_key)
    return get_user(request).pk == user_id


def sessions_of_user(user_id: int) -> list[SignedIn]:
    """Those that are alive, the one that was seen last first."""
    rows = UserSession.objects.filter(user_id=user_id).order_by("-last_seen_at", "-pk")
    return [_signed_in(row) for row in rows if is_signed_in(row.session_key, user_id=user_id)]


def sessions_of_member(member_id: int) -> list[SignedIn]:
    """The same of a member of the tenant being seen. Raises NotOurs."""
    member = Membership.objects.get(tenant_id=current_tenant_id(), pk=member_id)
    if works_elsewhere(member.user_id):
        raise NotOurs(member_id)
    return sessions_of_user(member.user_id)


def works_elsewhere(user_id: int) -> bool:
    """Whether the account belongs to another company than the one being seen as well."""
    doors = (Membership.objects.filter(user=user_id), ClientSeat.objects.filter(user=user_id, ended_at=None))
    return any(rows.exclude(tenant_id=current_tenant_id()).exists() for rows in doors)


def _signed_in(row: UserSession) -> SignedIn:
    return SignedIn(row.pk, row.session_key, row.user_agent, row.ip, row.created_at, row.last_seen_at)


def factors_by_member() -> dict[int, frozenset[Factor]]:
    """What everybody who works for the tenant being seen has besides a password; those with nothing as well."""
    members = Membership.objects.filter(tenant_id=current_tenant_id(), active=True).values_list("pk", "user_id")
    found = Authenticator.objects.filter(user_id__in=[user_id for _, user_id in members], type__in=list(Factor))
    known: dict[int, set[Factor]] = {}
    for user_id, kind in found.values_list("user_id", "type"):
        known.setdefault(user_id, set()).add(Factor(kind))
    return {pk: frozenset(known.get(user_id, ())) for pk, user_id in members}


def has_second_factor(user_id: int) -> bool:
    """Recovery codes alone are none: they stand in for one that is lost."""
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=list(Factor)).exists())


class Comer(Protocol):
    """Whoever comes in: to work, or to look."""

    @property
    def user_id(self) -> int: ...

    @property
    def second_factor_from(self) -> datetime | None: ...


def lacks_second_factor(viewer: Comer) -> bool:
    """Whether the company asks for one that this person does not have yet."""
    return viewer.second_factor_from is not None and not has_second_factor(viewer.user_id)
