"""By which picture customers know the company."""

from __future__ import annotations

from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import Logo

_HERE: Question[Logo] = Question(lambda: Logo.objects.filter(tenant=Asked("tenant"), ended_at=None))


class NoSuchLogo(LookupError):
    """The company shows no such picture."""


def logo_here() -> Logo | None:
    """The one that customers of the company being seen are shown."""
    return _HERE.first(tenant=current_tenant_id())


def logo_before() -> Logo | None:
    """The one that can be put back."""
    return Logo.objects.filter(tenant_id=current_tenant_id()).exclude(ended_at=None).order_by("-ended_at").first()


def logo_with(digest: str) -> Logo:
    """Shown now, or just before: pages that are kept for minutes still name it. Raises NoSuchLogo."""
    found = Logo.objects.filter(tenant_id=current_tenant_id(), digest=digest).first()
    if found is None:
        raise NoSuchLogo(digest)
    return found
