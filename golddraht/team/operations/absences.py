"""Who will be away, and who cares meanwhile."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import Absence, Membership


class AbsenceRefused(ValueError):
    """The absence cannot stand as given; the message says why."""


@transaction.atomic
def plan_absence(*, member_id: int, deputy_id: int | None, starts_at: datetime, ends_at: datetime) -> Absence:
    """Somebody will be away, and the deputy cares meanwhile. Raises AbsenceRefused."""
    if ends_at <= starts_at:
        raise AbsenceRefused(_("An absence ends after it starts."))
    if deputy_id == member_id:
        raise AbsenceRefused(_("Choose somebody else as deputy."))
    wanted = {one for one in (member_id, deputy_id) if one is not None}
    if Membership.objects.filter(tenant_id=current_tenant_id(), active=True, pk__in=wanted).count() != len(wanted):
        raise AbsenceRefused(_("Choose people who work here."))
    absence: Absence = Absence.objects.create(
        member_id=member_id, deputy_id=deputy_id, starts_at=starts_at, ends_at=ends_at
    )
    return absence


@transaction.atomic
def remove_absence(*, absence_id: int) -> None:
    """The person will be there after all."""
    Absence.objects.filter(pk=absence_id).delete()
