"""Founding a company from the pages of the one that will serve it, and taking it back while nothing has happened in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from golddraht.ground.holidays import COUNTRIES, ZONES, UnknownRegion, public_holidays
from golddraht.plumbing.audit import note_changed
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import current_tenant_id, seeing
from golddraht.team.models import Founding, Invitation, Membership
from golddraht.team.operations.founding import TenantRefused, chosen_colour, found_tenant
from golddraht.team.operations.invitations import open_invitation
from golddraht.team.operations.members import invite
from golddraht.team.operations.teams import form_team
from golddraht.team.rules import Role, is_slug, slug_from


class FoundingRefused(ValueError):
    """No company can be founded, taken back or opened again like that; the message says why."""


@dataclass(frozen=True)
class ClientWish:
    """What whoever founds a company says of it. Without a short name it is made of the name; without an address nobody is invited."""

    name: str
    hours: list[tuple[int, time, time]]
    slug: str = ""
    language: str = "de"
    country: str = "DE"
    state: str = ""
    brand_colour: str = ""
    team: str = "Service"
    admin_name: str = ""
    admin_email: str = ""

    @property
    def short_name(self) -> str:
        return self.slug or slug_from(self.name)


@dataclass(frozen=True)
class Founded:
    """A new company, and the invitation of its first admin besides whoever founded it."""

    founding: Founding
    tenant: Tenant
    invitation: Invitation | None


@transaction.atomic
def found_client(*, wish: ClientWish, by: int, at: datetime) -> Founded:
    """A company beside the one being seen. `by` is its first admin and leads its first team, from the first moment on.

    Each row is written within the company that it belongs to, one after the other. Raises FoundingRefused.
    """
    provider = Tenant.objects.select_for_update(no_key=True).get(pk=current_tenant_id())
    refuse_founding(wish=wish, provider=provider)
    founder = Membership.objects.select_related("user").get(tenant_id=provider.pk, pk=by, active=True)
    tenant = _founded(wish, provider, at)
    founding: Founding = Founding.objects.create(client=tenant, by=founder, at=at)
    lead = _first_admin(tenant, founder)
    with seeing(tenant.pk, actor=lead.pk):
        note_changed("plumbing_tenant", tenant.pk, [], at=at, verb="insert")
        note_changed("team_membership", lead.pk, [], at=at, verb="insert")
        _first_team(wish, lead)
        asked = _ask_admin(wish, at) if wish.admin_email else None
    return Founded(founding, tenant, asked)


def refuse_founding(*, wish: ClientWish, provider: Tenant) -> None:
    """Raises FoundingRefused for a company that cannot be, or one too many; asked before it is shown and before it is done."""
    _refuse_one_too_many(provider)
    if not wish.name.strip():
        raise FoundingRefused(_("Give the company a name; customers read it."))
    if not is_slug(wish.short_name):
        raise FoundingRefused(_("A short name has small letters, digits and hyphens, such as heizwerk-graz."))
    if Tenant.objects.filter(slug=wish.short_name).exists():
        raise FoundingRefused(_taken())
    _refuse_place_and_look(wish)


def _refuse_one_too_many(provider: Tenant) -> None:
    if Founding.objects.filter(taken_back_at=None).count() >= provider.most_clients:
        raise FoundingRefused(
            _("%(name)s may found no more companies. Whoever runs this installation can allow more.")
            % {"name": provider.name}
        )


def _refuse_place_and_look(wish: ClientWish) -> None:
    if wish.country not in COUNTRIES:
        raise FoundingRefused(_("Choose Germany, Austria or Switzerland."))
    if not wish.team.strip():
        raise FoundingRefused(_("Give the team a name."))
    if not wish.hours:
        raise FoundingRefused(_("A team that is never open cannot promise anything. Enter hours for at least one day."))
    try:
        public_holidays(wish.country, wish.state)
        chosen_colour(wish.brand_colour)
    except UnknownRegion:
        raise FoundingRefused(_("No public holidays are known for this state. Choose one of the list.")) from None
    except TenantRefused as refusal:
        raise FoundingRefused(str(refusal)) from None


def _taken() -> str:
    return _("There is a company of this short name already. Choose another one.")


def _founded(wish: ClientWish, provider: Tenant, at: datetime) -> Tenant:
    """It asks for a second factor when the one that serves it does, and founds no further ones."""
    try:
        with transaction.atomic():
            return found_tenant(
                slug=wish.short_name,
                name=wish.name.strip(),
                language=wish.language,
                country=wish.country,
                brand_colour=chosen_colour(wish.brand_colour),
                is_demo=provider.is_demo,
                second_factor_from=provider.second_factor_from,
                most_clients=0,
                at=at,
            )
    except IntegrityError:
        raise FoundingRefused(_taken()) from None


def _first_admin(tenant: Tenant, founder: Membership) -> Membership:
    return invite(
        tenant_id=tenant.pk,
        email=founder.user.email,
        name=founder.name,
        role=Role.ADMIN,
        languages=tuple(founder.languages),
        skills=tuple(founder.skills),
    )


def _first_team(wish: ClientWish, lead: Membership) -> None:
    form_team(
        name=wish.team.strip(),
        lead=lead,
        members=[lead],
        hours=wish.hours,
        is_default=True,
        zone=ZONES[wish.country],
        country=wish.country,
        state=wish.state,
    )


def _ask_admin(wish: ClientWish, at: datetime) -> Invitation:
    return open_invitation(
        email=wish.admin_email,
        name=wish.admin_name or wish.admin_email,
        role=Role.ADMIN,
        languages=(wish.language,),
        skills=(),
        goodwill_cents=0,
        at=at,
    )


@transaction.atomic
def take_client_back(*, founding_id: int, at: datetime) -> Founding:
    """Shut every door of a company that was founded from the one being seen; `open_client_again` opens them.

    Whether it is still empty is asked by whoever knows what could be in it. Its open invitations end for good. Raises FoundingRefused.
    """
    founding = _founding(founding_id, is_open=True)
    Tenant.objects.filter(pk=founding.client_id).update(closed_at=at)
    with seeing(founding.client_id):
        Invitation.objects.filter(tenant_id=founding.client_id, ended_at=None).update(ended_at=at)
        note_changed("plumbing_tenant", founding.client_id, ["closed_at"], at=at)
    founding.taken_back_at = at
    founding.save(update_fields=["taken_back_at"])
    return founding


@transaction.atomic
def open_client_again(*, founding_id: int, at: datetime) -> Founding:
    """The company as it was when it was taken back, but for the invitations. Raises FoundingRefused."""
    founding = _founding(founding_id, is_open=False)
    provider = Tenant.objects.get(pk=current_tenant_id())
    _refuse_one_too_many(provider)
    Tenant.objects.filter(pk=founding.client_id).update(closed_at=None)
    with seeing(founding.client_id):
        note_changed("plumbing_tenant", founding.client_id, ["closed_at"], at=at)
    founding.taken_back_at = None
    founding.save(update_fields=["taken_back_at"])
    return founding


def _founding(founding_id: int, *, is_open: bool) -> Founding:
    """Two who do this at once wait for each other."""
    Tenant.objects.select_for_update(no_key=True).get(pk=current_tenant_id())
    found: Founding | None = Founding.objects.select_related("client").filter(pk=founding_id).first()
    if found is None or (found.taken_back_at is None) is not is_open:
        raise FoundingRefused(_("This was done meanwhile. Look at the list again."))
    return found
