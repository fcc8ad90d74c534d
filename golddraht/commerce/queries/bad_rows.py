"""Rows of files that could not be understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from golddraht.commerce.models import BadRow
from golddraht.commerce.rules import Thing
from golddraht.team.queries import Viewer


@dataclass(frozen=True)
class ToMend:
    """A row with what stood in it, and why it was not understood (`reason`, at `field`)."""

    id: int
    thing: Thing
    source: str
    file_name: str
    line: int
    cells: dict[str, Any]
    reason: str
    field: str
    kept_at: datetime
    erased_at: datetime | None = None


def rows_to_mend(*, viewer: Viewer, limit: int = 100, after_id: int = 0) -> list[ToMend]:
    """The oldest first, behind `after_id`."""
    rows = BadRow.objects.filter(tenant_id=viewer.tenant_id, settled_at=None, pk__gt=after_id).order_by("pk")[:limit]
    names = [name for name in ToMend.__dataclass_fields__ if name not in ("thing", "id")]
    return [ToMend(id=row.pk, thing=Thing(row.thing), **{name: getattr(row, name) for name in names}) for row in rows]
