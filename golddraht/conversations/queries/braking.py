"""Whether automatic mail is held back at the moment."""

from __future__ import annotations

from datetime import datetime

from golddraht.conversations.models import AutomaticHour
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import current_tenant_id


def is_brake_pulled(*, at: datetime) -> bool:
    """Whether the tenant's automatic mails of this hour are used up."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    limit = Tenant.objects.values_list("automatic_per_hour", flat=True).get(pk=current_tenant_id())
    return bool(AutomaticHour.objects.filter(hour=hour, count__gte=limit).exists())
