"""Which companies were founded from the pages of the one being seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from golddraht.team import rules
from golddraht.team.models import Founding
from golddraht.team.queries.viewing import Viewer


class NoSuchCompany(LookupError):
    """No such company was founded from here."""


@dataclass(frozen=True)
class FoundedCompany:
    """A company that was founded from here: by whom, and whether it was taken back."""

    founding_id: int
    tenant_id: int
    slug: str
    name: str
    colour: str
    by_name: str
    founded_at: datetime
    taken_back_at: datetime | None


def founded_companies(*, viewer: Viewer) -> list[FoundedCompany]:
    """All of them, the newest first; those that were taken back as well."""
    rows = Founding.objects.filter(tenant_id=viewer.tenant_id).select_related("client", "by")
    return [_company(row) for row in rows.order_by("-at", "-pk")]


def founded_company(founding_id: int, *, viewer: Viewer) -> FoundedCompany:
    """One of them. Raises NoSuchCompany."""
    found = next((one for one in founded_companies(viewer=viewer) if one.founding_id == founding_id), None)
    if found is None:
        raise NoSuchCompany(founding_id)
    return found


def founded_company_named(slug: str, *, viewer: Viewer) -> FoundedCompany:
    """The one with this short name. Raises NoSuchCompany."""
    found = next((one for one in founded_companies(viewer=viewer) if one.slug == slug), None)
    if found is None:
        raise NoSuchCompany(slug)
    return found


def _company(row: Founding) -> FoundedCompany:
    return FoundedCompany(
        founding_id=row.pk,
        tenant_id=row.client_id,
        slug=row.client.slug,
        name=row.client.name,
        colour=rules.colour_of(row.client.brand_colour, row.client_id),
        by_name=row.by.name,
        founded_at=row.at,
        taken_back_at=row.taken_back_at,
    )
