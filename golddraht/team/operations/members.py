"""Who works for a company, and what they may do there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.plumbing.audit import note_changed
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import Membership, User
from golddraht.team.rules import Role


class MemberRefused(ValueError):
    """The person cannot be changed like that; the message says why."""


@transaction.atomic
def invite(
    *,
    tenant_id: int,
    email: str,
    name: str,
    role: Role,
    password: str | None = None,
    languages: tuple[str, ...] = ("de",),
    skills: tuple[str, ...] = (),
    goodwill_cents: int = 0,
) -> Membership:
    """A person who works for the tenant; one who is known already keeps their password and may now speak for both.

    A new person without `password` cannot sign in until they chose one: `close_password` gives the way to do so.
    """
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name)
    membership, _is_new = Membership.objects.update_or_create(
        tenant_id=tenant_id,
        user=user,
        defaults={
            "name": name,
            "role": role,
            "languages": list(languages),
            "skills": list(skills),
            "goodwill_cents": goodwill_cents,
            "active": True,
            "left_at": None,
        },
    )
    return membership


@transaction.atomic
def change_member(
    *,
    member_id: int,
    name: str,
    role: Role,
    languages: tuple[str, ...],
    skills: tuple[str, ...],
    goodwill_cents: int,
    at: datetime,
) -> list[str]:
    """What is told of a member and what they may do. Gives the names of what changed. Raises MemberRefused."""
    member = working_member(member_id)
    if member.role == Role.ADMIN and role is not Role.ADMIN:
        refuse_losing_last_admin(member_id=member_id)
    wanted = {
        "name": name.strip(),
        "role": str(role),
        "languages": list(languages),
        "skills": list(skills),
        "goodwill_cents": goodwill_cents,
    }
    changed = [field for field, value in wanted.items() if getattr(member, field) != value]
    Membership.objects.filter(pk=member.pk).update(**wanted)
    note_changed("team_membership", member.pk, changed, at=at)
    return changed


@transaction.atomic
def add_member(*, email: str, name: str, role: Role, at: datetime, **more: Any) -> Membership:
    """`invite` to the tenant being seen, by whoever runs the installation; traced."""
    member = invite(tenant_id=current_tenant_id(), email=email, name=name, role=role, **more)
    note_changed("team_membership", member.pk, [], at=at, verb="insert")
    return member


@transaction.atomic
def change_role(*, member_id: int, role: Role, at: datetime) -> None:
    """What a member may do from now on. Raises MemberRefused for the last admin."""
    member = working_member(member_id)
    if member.role == Role.ADMIN and role is not Role.ADMIN:
        refuse_losing_last_admin(member_id=member_id)
    if member.role != role:
        Membership.objects.filter(pk=member.pk).update(role=role)
        note_changed("team_membership", member.pk, ["role"], at=at)


def refuse_losing_last_admin(*, member_id: int) -> None:
    """Raises MemberRefused when nobody else could change the settings any more."""
    # Two admins who leave at the same moment come one after the other.
    Tenant.objects.select_for_update().get(pk=current_tenant_id())
    admins = Membership.objects.filter(
        tenant_id=current_tenant_id(), active=True, user__is_active=True, role=Role.ADMIN
    )
    if not admins.exclude(pk=member_id).exists():
        raise MemberRefused(
            _("At least one person must be able to change the settings. Make somebody else admin first.")
        )


def working_member(member_id: int) -> Membership:
    """An active member of the tenant being seen, locked. Raises MemberRefused."""
    rows = Membership.objects.select_for_update(of=("self",)).select_related("user")
    found = rows.filter(tenant_id=current_tenant_id(), active=True, pk=member_id).first()
    if found is None:
        raise MemberRefused(_("This person does not work here any more."))
    return found
