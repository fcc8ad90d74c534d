"""Who works for a company: inviting, changing, and a new password for somebody who forgot theirs."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.plumbing.audit import note_changed
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import Membership, User
from golddraht.team.rules import Role

LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


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
    """A person who works for the tenant; one who is known already keeps their password and may now speak for both."""
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
def invite_with_password(
    *,
    email: str,
    name: str,
    role: Role,
    languages: tuple[str, ...],
    skills: tuple[str, ...],
    goodwill_cents: int,
    at: datetime,
) -> tuple[Membership, str]:
    """Somebody who works for the tenant being seen from now on, and their password to be told once.

    The password is empty for a person who signs in already. Raises MemberRefused for one who works here.
    """
    known = User.objects.filter(email=email.lower()).first()
    if known and Membership.objects.filter(tenant_id=current_tenant_id(), user=known, active=True).exists():
        raise MemberRefused(_("Somebody with this address works here already."))
    password = "" if known else made_password()
    member = invite(
        tenant_id=current_tenant_id(),
        email=email,
        name=name,
        role=role,
        password=password or None,
        languages=languages,
        skills=skills,
        goodwill_cents=goodwill_cents,
    )
    note_changed("team_membership", member.pk, [], at=at, verb="insert")
    return member, password


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
    member = _member(member_id)
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


@transaction.atomic
def give_new_password(*, member_id: int, at: datetime) -> str:
    """A new password to be told once; their signed-in devices are signed out by it.

    Raises MemberRefused for somebody who works for another company, too: the account is not this one's to open.
    """
    member = _member(member_id)
    if Membership.objects.filter(user=member.user_id).exclude(tenant_id=current_tenant_id()).exists():
        raise MemberRefused(
            _("%(name)s works for another company as well. Whoever runs this installation can give a new password.")
            % {"name": member.name}
        )
    password = made_password()
    member.user.set_password(password)
    member.user.save(update_fields=["password"])
    note_changed("team_membership", member.pk, ["password"], at=at)
    return password


def made_password() -> str:
    """100 bits in groups that can be read out."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))


def _member(member_id: int) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",)).select_related("user")
    found = rows.filter(tenant_id=current_tenant_id(), active=True, pk=member_id).first()
    if found is None:
        raise MemberRefused(_("This person does not work here any more."))
    return found
