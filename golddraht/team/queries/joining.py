"""Who signs in, and who is asked to: what the command line and the doors of invitations look up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import ClientSeat, Invitation, Membership, User
from golddraht.team.rules import INVITATION_LASTS, PASSWORD_LINK_LASTS, Role

CHOOSING = "golddraht.choose_password"


class PasswordRefused(ValueError):
    """The link opens nothing any more, or the password is too weak; the message says which."""


class NoInvitation(LookupError):
    """There is no such invitation, or it has ended."""


@dataclass(frozen=True)
class Account:
    """Somebody who signs in."""

    id: int
    email: str
    name: str


@dataclass(frozen=True)
class Post:
    """Somebody's place in a company, as whoever runs the installation sees it."""

    membership_id: int
    tenant_id: int
    tenant_slug: str
    tenant_name: str
    email: str
    name: str
    role: Role
    is_active: bool


@dataclass(frozen=True)
class Asked:
    """Somebody who was invited and has not come yet."""

    id: int
    email: str
    name: str
    role: Role
    is_client: bool
    invited_at: datetime
    lasts_until: datetime


def account_of(*, email: str) -> Account | None:
    """Who signs in with this address."""
    user = User.objects.filter(email=email.strip().lower()).first()
    return Account(user.pk, user.email, user.name) if user else None


def works_somewhere(*, email: str) -> bool:
    """Whether somebody with this address works for any company of the installation, or may look at one."""
    theirs = {"user__email": email.strip().lower(), "user__is_active": True, "tenant__closed_at": None}
    works = Membership.objects.filter(active=True, **theirs).exists()
    return works or ClientSeat.objects.filter(ended_at=None, **theirs).exists()


def posts(*, tenant_id: int | None = None, email: str = "") -> list[Post]:
    """Who works, or worked, for whom, in the order of companies and names."""
    rows = Membership.objects.select_related("user", "tenant").order_by("tenant__slug", "name", "pk")
    if tenant_id is not None:
        rows = rows.filter(tenant_id=tenant_id)
    if email:
        rows = rows.filter(user__email=email.strip().lower())
    return [_post(row) for row in rows]


def _post(row: Membership) -> Post:
    return Post(
        membership_id=row.pk,
        tenant_id=row.tenant_id,
        tenant_slug=row.tenant.slug,
        tenant_name=row.tenant.name,
        email=row.user.email,
        name=row.name,
        role=Role(row.role),
        is_active=row.active and row.user.is_active,
    )


def invitations(*, at: datetime) -> list[Asked]:
    """Who was asked to join the tenant being seen and can still come, the newest first."""
    rows = Invitation.objects.filter(tenant_id=current_tenant_id(), ended_at=None, invited_at__gt=at - INVITATION_LASTS)
    return [_asked(row) for row in rows.order_by("-invited_at", "-pk")]


def invitation(invitation_id: int, *, at: datetime) -> Asked:
    """One of them. Raises NoInvitation."""
    found = next((each for each in invitations(at=at) if each.id == invitation_id), None)
    if found is None:
        raise NoInvitation(invitation_id)
    return found


def _asked(row: Invitation) -> Asked:
    return Asked(
        id=row.pk,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        is_client=row.is_client,
        invited_at=row.invited_at,
        lasts_until=row.invited_at + INVITATION_LASTS,
    )


def password_token(user: User) -> str:
    """The token with which somebody whose password was closed chooses a new one; `operations.close_password` makes it."""
    return signing.dumps([user.pk, _stamp(user)], salt=CHOOSING)


def owner_of_link(token: str) -> Account:
    """Whose password the token lets choose, once and for PASSWORD_LINK_LASTS. Raises PasswordRefused."""
    try:
        user_id, stamp = signing.loads(token, salt=CHOOSING, max_age=PASSWORD_LINK_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        raise PasswordRefused(_("This link is no longer valid.")) from None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or user.has_usable_password() or not constant_time_compare(stamp, _stamp(user)):
        raise PasswordRefused(_("This link is no longer valid."))
    return Account(user.pk, user.email, user.name)


def _stamp(user: User) -> str:
    """Changes with every password and with every closing of one, which draws a new unusable one by chance."""
    return salted_hmac(CHOOSING, user.password, algorithm="sha256").hexdigest()
