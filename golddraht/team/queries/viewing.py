"""Who is signed in, and for which company they speak."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.memory import remembered
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team import rules
from golddraht.team.models import Membership
from golddraht.team.rules import Act, AfterAnswer, Role, WhenCalled


class NotAMember(LookupError):
    """There is no such tenant for this person; whoever may not see it is told the same as if it did not exist."""


@dataclass(frozen=True)
class Viewer:
    """Somebody signed in, speaking for one tenant. Doors take it as `viewer=` and show only what it may see."""

    user_id: int
    membership_id: int
    tenant_id: int
    tenant_slug: str
    tenant_name: str
    name: str
    role: Role
    tenant_colour: str = ""
    language: str = "de"
    goodwill_cents: int = 0
    is_demo: bool = False
    undo_within: timedelta = timedelta(0)
    after_answer: AfterAnswer = AfterAnswer.STAY
    when_called: WhenCalled = WhenCalled.TALKS
    most_clients: int = 0
    """How many companies may be founded from here; a client's own admins found none."""
    second_factor_from: datetime | None = None
    """From when on the company lets nobody in without one; None asks for none."""

    @property
    def initials(self) -> str:
        return initials_of(self.name)

    @property
    def tenant_initials(self) -> str:
        return initials_of(self.tenant_name)

    def may(self, act: Act) -> bool:
        return self.role.may(act) and (act is not Act.FOUND or self.most_clients > 0)


def initials_of(name: str) -> str:
    parts = [part for part in name.replace("-", " ").split() if part[:1].isalpha()]
    return (parts[0][:1] + parts[-1][:1] if len(parts) > 1 else name.strip()[:2]).upper()


_MEMBERSHIPS: Question[Membership] = Question(
    lambda: (
        Membership.objects.filter(
            user_id=Asked("user"), user__is_active=True, active=True, tenant__closed_at__isnull=True
        )
        .select_related("tenant", "user")
        .order_by("tenant__name")
    )
)


def viewers_of(*, user_id: int) -> list[Viewer]:
    """Every tenant this person may speak for, in the order of their names."""
    return [_viewer(membership) for membership in _MEMBERSHIPS.all(user=user_id)]


_MEMBERSHIP: Question[Membership] = Question(
    lambda: Membership.objects.filter(
        user_id=Asked("user"),
        tenant__slug=Asked("slug"),
        user__is_active=True,
        active=True,
        tenant__closed_at__isnull=True,
    ).select_related("tenant", "user")[:1]
)


def viewer_for(*, user_id: int, tenant_slug: str) -> Viewer:
    """The person as a member of that tenant. Raises NotAMember."""
    membership = _MEMBERSHIP.first(user=user_id, slug=tenant_slug)
    if membership is None:
        raise NotAMember(tenant_slug)
    return _viewer(membership)


def _viewer(membership: Membership) -> Viewer:
    return Viewer(
        user_id=membership.user_id,
        membership_id=membership.pk,
        tenant_id=membership.tenant_id,
        tenant_slug=membership.tenant.slug,
        tenant_name=membership.tenant.name,
        name=membership.name,
        role=Role(membership.role),
        tenant_colour=rules.colour_of(membership.tenant.brand_colour, membership.tenant_id),
        language=membership.user.language,
        goodwill_cents=membership.goodwill_cents,
        is_demo=membership.tenant.is_demo,
        undo_within=timedelta(seconds=membership.undo_seconds),
        after_answer=AfterAnswer(membership.after_answer),
        when_called=WhenCalled(membership.when_called),
        most_clients=membership.tenant.most_clients,
        second_factor_from=membership.tenant.second_factor_from,
    )


def all_tenants() -> list[Tenant]:
    """Every tenant of this installation; for sweepers and the command line, which then look at each with `seeing`.

    One that was taken back is none any more, here and for whoever comes by its name.
    """
    return list(Tenant.objects.filter(closed_at=None).order_by("pk"))


def tenant_by_slug(slug: str) -> Tenant | None:
    return Tenant.objects.filter(slug=slug, closed_at=None).first()


def is_slug_free(slug: str) -> bool:
    """Whether no company has this short name, or had it and can still be opened again."""
    return not Tenant.objects.filter(slug=slug).exists()


_TENANT: Question[Tenant] = Question(lambda: Tenant.objects.filter(pk=Asked("pk")))


@remembered
def current_tenant() -> Tenant:
    return _TENANT.one(pk=current_tenant_id())
