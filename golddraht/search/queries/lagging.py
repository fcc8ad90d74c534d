"""Whether the index is behind what was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from golddraht.search.models import Unread

LAGS_AFTER = timedelta(seconds=60)


@dataclass(frozen=True)
class Lag:
    """How many rows wait to be made findable, and since when the oldest does."""

    waiting: int
    since: datetime | None

    def is_lagging(self, at: datetime) -> bool:
        return self.since is not None and at - self.since > LAGS_AFTER


def lag(*, viewer: object) -> Lag:
    """In the viewer's tenant; the rows are few unless much was imported."""
    tenant_id: int = viewer.tenant_id  # type: ignore[attr-defined]  # Whoever looks has one.
    found = Unread.objects.filter(tenant_id=tenant_id).aggregate(waiting=Count("pk"), since=Min("since"))
    return Lag(found["waiting"], found["since"])
