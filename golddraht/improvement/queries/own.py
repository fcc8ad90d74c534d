"""What a person may see of their own work. It is asked for when they look, and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from golddraht.conversations.models import Solution
from golddraht.improvement.rules.counting import Tally
from golddraht.promises.models import Promise
from golddraht.promises.rules import Kind, State
from golddraht.team.queries import Viewer


@dataclass(frozen=True)
class OwnFigures:
    """The viewer's own promises and solutions since then."""

    since: datetime
    tally: Tally


def own_figures(*, viewer: Viewer, since: datetime, until: datetime) -> OwnFigures:
    """For the viewer alone: there is no way to ask for anybody else."""
    counts: dict[str, Any] = _promises(viewer, since, until) | _solutions(viewer, since, until)
    return OwnFigures(since, Tally(**counts))


def _promises(viewer: Viewer, since: datetime, until: datetime) -> dict[str, int]:
    rows = Promise.objects.filter(tenant_id=viewer.tenant_id, owner_id=viewer.membership_id)
    is_first, kept, broken = Q(kind=Kind.FIRST_ANSWER), Q(state=State.KEPT), Q(state=State.BROKEN)
    found: dict[str, int] = rows.filter(due_at__gte=since, due_at__lt=until).aggregate(
        kept=Count("pk", filter=kept),
        broken=Count("pk", filter=broken),
        changed=Count("pk", filter=Q(state=State.CHANGED)),
        first_kept=Count("pk", filter=is_first & kept),
        first_broken=Count("pk", filter=is_first & broken),
    )
    return found


def _solutions(viewer: Viewer, since: datetime, until: datetime) -> dict[str, int]:
    rows = Solution.objects.filter(tenant_id=viewer.tenant_id, proposed_by_id=viewer.membership_id)
    held, not_objected = Q(recurred_at=None, objected_at=None), Q(recurred_at=None)
    found: dict[str, int] = rows.filter(over_at__gte=since, over_at__lt=until).aggregate(
        confirmed=Count("pk", filter=held & Q(confirmed_at__isnull=False)),
        presumed=Count("pk", filter=held & Q(confirmed_at=None, presumed_at__isnull=False)),
        recurred=Count("pk", filter=Q(recurred_at__isnull=False)),
        objected=Count("pk", filter=not_objected & Q(objected_at__isnull=False)),
    )
    return found
