"""Which devices there are, and who would be told."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as day_time
from functools import cache

from django.db.models import Q

from golddraht.notices.models import Device, Notice
from golddraht.notices.rules import Kind, Vapid
from golddraht.plumbing.secrets import derived_key
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.queries import Viewer

SETTLES = timedelta(seconds=10)
"""So long a notice waits for others, and for whoever reads at once anyway."""
REMEMBERED = 10.0
"""Seconds for which a process remembers who has devices, so that whatever happens costs nothing where nobody has."""
_owners: dict[int, tuple[float, frozenset[int]]] = {}


class NoSuchDevice(LookupError):
    """There is none, or it is somebody else's."""


@dataclass(frozen=True)
class DeviceLine:
    """A device as its owner sees it."""

    id: int
    name: str
    endpoint: str
    kinds: tuple[Kind, ...]
    quiet_from: day_time | None
    quiet_until: day_time | None
    zone: str
    added_at: datetime
    told_at: datetime | None
    failing_since: datetime | None


@cache
def vapid() -> Vapid:
    """Who this installation is to push services. Made from its master key, so it is nowhere kept and always the same."""
    return Vapid.from_bytes(derived_key("web-push") + derived_key("web-push, second half"))


def has_devices(member_id: int) -> bool:
    """Whether the member of the tenant being seen may have one. A new one is heard of within ten seconds."""
    tenant_id = current_tenant_id()
    until, owners = _owners.get(tenant_id, (0.0, frozenset()))
    if time.monotonic() > until:
        owners = frozenset(Device.objects.values_list("member_id", flat=True))
        _owners[tenant_id] = (time.monotonic() + REMEMBERED, owners)
    return member_id in owners


def forget_who_has_devices() -> None:
    _owners.pop(current_tenant_id(), None)


def devices_of(*, viewer: Viewer) -> list[DeviceLine]:
    """Those of the viewer themselves, the newest first."""
    rows = Device.objects.filter(tenant_id=viewer.tenant_id, member_id=viewer.membership_id)
    return [_line(row) for row in rows.order_by("-added_at", "-pk")]


def _line(row: Device) -> DeviceLine:
    values = {name: getattr(row, name) for name in DeviceLine.__dataclass_fields__ if name != "kinds"}
    return DeviceLine(kinds=tuple(Kind(kind) for kind in row.kinds), **values)


def waiting_device_ids(*, at: datetime) -> list[int]:
    """Devices that have something to be told and do not rest."""
    rests = Q(device__next_try_at__gt=at) | Q(device__busy_until__gt=at)
    rows = Notice.objects.filter(told_at=None, at__lte=at - SETTLES).exclude(rests)
    return sorted(set(rows.values_list("device_id", flat=True)))
