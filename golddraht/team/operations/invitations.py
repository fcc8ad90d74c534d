"""Asking somebody to work for a company. Only they themselves come in: with a link, and a password that nobody else knows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.plumbing.audit import note_changed
from golddraht.plumbing.tenancy import current_tenant_id, seeing
from golddraht.team.models import Invitation, Membership, User
from golddraht.team.operations.clients import seat_client
from golddraht.team.operations.members import MemberRefused, invite
from golddraht.team.rules import INVITATION_LASTS, Role


@transaction.atomic
def open_invitation(
    *,
    email: str,
    name: str,
    role: Role,
    languages: tuple[str, ...],
    skills: tuple[str, ...],
    goodwill_cents: int,
    at: datetime,
    is_client: bool = False,
) -> Invitation:
    """An invitation to the tenant being seen, in place of an older one to the same address.

    With `is_client` they come to look, as somebody of the client company, whatever role is named.

    Whether the address signs in elsewhere makes no difference here. Raises MemberRefused for one who works here.
    """
    address = email.strip().lower()
    rows = Membership.objects.filter(tenant_id=current_tenant_id(), active=True)
    if rows.filter(user__email=address).exists():
        raise MemberRefused(_("Somebody with this address works here already."))
    _open_ones().filter(email=address).update(ended_at=at)
    invitation: Invitation = Invitation.objects.create(
        tenant_id=current_tenant_id(),
        email=address,
        name=name.strip(),
        role=role,
        languages=list(languages),
        skills=list(skills),
        goodwill_cents=goodwill_cents,
        is_client=is_client,
        invited_at=at,
    )
    note_changed("team_invitation", invitation.pk, [], at=at, verb="insert")
    return invitation


@transaction.atomic
def renew_invitation(*, invitation_id: int, at: datetime) -> Invitation:
    """The same invitation with a new link; the old link ends. Raises MemberRefused when it is open no more."""
    old = _open_ones().filter(pk=invitation_id).first()
    if old is None:
        raise MemberRefused(_("This invitation is open no more."))
    return open_invitation(
        email=old.email,
        name=old.name,
        role=Role(old.role),
        languages=tuple(old.languages),
        skills=tuple(old.skills),
        goodwill_cents=old.goodwill_cents,
        is_client=old.is_client,
        at=at,
    )


@transaction.atomic
def withdraw_invitation(*, invitation_id: int, at: datetime) -> None:
    """Its link opens nothing any more; one that has ended stays as it is."""
    if _open_ones().filter(pk=invitation_id).update(ended_at=at):
        note_changed("team_invitation", invitation_id, [], at=at, verb="delete")


@transaction.atomic
def accept_with_password(*, invitation_id: int, password: str, at: datetime) -> User:
    """A new person chose their password and works for the tenant being seen, or may look at it.

    Raises MemberRefused when the invitation is open no more, or when somebody has the address for another company,
    whose door this company's link must not open.
    """
    invitation = _taken(invitation_id, at=at)
    user = User.objects.select_for_update().filter(email=invitation.email).first()
    if user is None:
        user = User.objects.create_user(invitation.email, password, name=invitation.name)
    elif not user.is_active or _has_other_doors(user, invitation.tenant_id):
        raise MemberRefused(
            _("This address has an account already. Please sign in with it; this page then lets you join.")
        )
    else:
        user.set_password(password)
        user.save(update_fields=["password"])
    return _join(invitation, at=at)


def _has_other_doors(user: User, tenant_id: int) -> bool:
    """Whether the account opens another company, to work there or to look."""
    doors = (user.memberships, user.client_seats)
    return any(rows.exclude(tenant_id=tenant_id).exists() for rows in doors)


@transaction.atomic
def accept_signed_in(*, invitation_id: int, user_id: int, at: datetime) -> User:
    """Who is signed in with the invited address works for the tenant being seen, too. Raises MemberRefused."""
    invitation = _taken(invitation_id, at=at)
    if not User.objects.filter(pk=user_id, email=invitation.email, is_active=True).exists():
        raise MemberRefused(_("This invitation is for another address than the one you are signed in with."))
    return _join(invitation, at=at)


def accept_vouched_for(*, email: str, at: datetime) -> User | None:
    """Every open invitation to an address that the sign-in service calls verified is accepted at once.

    Gives the account, which is made when there is none yet (without a password); None when nobody invited the address.
    """
    address, user = email.strip().lower(), None
    rows = Invitation.objects.filter(email=address, ended_at=None, invited_at__gt=at - INVITATION_LASTS)
    for invitation_id, tenant_id in rows.values_list("pk", "tenant_id"):
        with seeing(tenant_id):
            user = _join(_taken(invitation_id, at=at), at=at)
    return user


def _open_ones() -> Any:
    return Invitation.objects.select_for_update().filter(tenant_id=current_tenant_id(), ended_at=None)


def _taken(invitation_id: int, *, at: datetime) -> Invitation:
    """The invitation, which nobody else can accept meanwhile."""
    found: Invitation | None = _open_ones().filter(pk=invitation_id, invited_at__gt=at - INVITATION_LASTS).first()
    if found is None:
        raise MemberRefused(_("This invitation is open no more."))
    return found


def _join(invitation: Invitation, *, at: datetime) -> User:
    invitation.ended_at = at
    if invitation.is_client:
        user = _account(invitation)
        seat_client(user=user, name=invitation.name, at=at)
    else:
        invitation.accepted_by = member = _hire(invitation)
        note_changed("team_membership", member.pk, [], at=at, verb="insert")
        user = member.user
    invitation.save(update_fields=["ended_at", "accepted_by"])
    return user


def _account(invitation: Invitation) -> User:
    """Whoever has the address; for whom a sign-in service vouched there may be no account yet."""
    found: User | None = User.objects.filter(email=invitation.email).first()
    return found or User.objects.create_user(invitation.email, None, name=invitation.name)


def _hire(invitation: Invitation) -> Membership:
    return invite(
        tenant_id=invitation.tenant_id,
        email=invitation.email,
        name=invitation.name,
        role=Role(invitation.role),
        languages=tuple(invitation.languages),
        skills=tuple(invitation.skills),
        goodwill_cents=invitation.goodwill_cents,
    )
