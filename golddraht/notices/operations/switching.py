"""A member's devices: switched on and off, what they tell and when, and a trial."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.ground.text import one_line
from golddraht.notices.models import Device
from golddraht.notices.operations.noting import put
from golddraht.notices.queries import NoSuchDevice, forget_who_has_devices
from golddraht.notices.rules import CHOICES, BadKey, Kind
from golddraht.notices.rules.sealing import decoded, sealed_for, stranger

MOST = 12
"""Devices of one member; the one that was told longest ago makes room."""
LONGEST_ENDPOINT = 1000


class DeviceRefused(ValueError):
    """It cannot be told anything like that; the message says why."""


@transaction.atomic
def switch_on(
    *,
    member_id: int,
    endpoint: str,
    public_key: str,
    secret: str,
    session: str,
    name: str,
    zone: str,
    kinds: Iterable[str],
    at: datetime,
) -> Device:
    """From now on this browser tells the member. Raises DeviceRefused."""
    known = {
        "member_id": member_id,
        "public_key": public_key,
        "secret": secret,
        "session": session,
        "name": one_line(name, 80),
        "zone": _zone(zone),
        "kinds": _chosen(kinds),
    }
    _check(endpoint, public_key, secret)
    Device.objects.filter(endpoint=endpoint).delete()
    device: Device = Device.objects.create(endpoint=endpoint, added_at=at, **known)
    _make_room(member_id)
    forget_who_has_devices()
    return device


@transaction.atomic
def renew(*, member_id: int, endpoint: str, session: str) -> bool:
    """The member has signed in anew on a device that is known; False when it is not."""
    return bool(Device.objects.filter(member_id=member_id, endpoint=endpoint).update(session=session))


@transaction.atomic
def change(
    *, member_id: int, device_id: int, kinds: Iterable[str], quiet_from: time | None, quiet_until: time | None
) -> None:
    """What it tells, and when it is quiet. Raises NoSuchDevice, DeviceRefused."""
    if (quiet_from is None) != (quiet_until is None):
        raise DeviceRefused(_("Quiet hours need a beginning and an end."))
    device = _locked(member_id, device_id)
    device.kinds, device.quiet_from, device.quiet_until = _chosen(kinds), quiet_from, quiet_until
    # What was put off until the old quiet hours end is looked at anew.
    device.next_try_at = None if device.failing_since is None else device.next_try_at
    device.save(update_fields=["kinds", "quiet_from", "quiet_until", "next_try_at"])


@transaction.atomic
def switch_off(*, member_id: int, device_id: int) -> None:
    """Nothing is told there any more. Raises NoSuchDevice."""
    _locked(member_id, device_id).delete()
    forget_who_has_devices()


@transaction.atomic
def try_out(*, member_id: int, device_id: int, at: datetime) -> None:
    """Tell it that this is a trial, at once and whatever the hour. Raises NoSuchDevice."""
    device = _locked(member_id, device_id)
    device.next_try_at = None
    device.save(update_fields=["next_try_at"])
    put(device_id=device.pk, kind=Kind.TRIAL, conversation_id=None, at=at, due_at=at)


def _locked(member_id: int, device_id: int) -> Device:
    device = Device.objects.select_for_update().filter(pk=device_id, member_id=member_id).first()
    if device is None:
        raise NoSuchDevice(device_id)
    return device


def _make_room(member_id: int) -> None:
    rows = Device.objects.filter(member_id=member_id).order_by("-added_at", "-pk")
    Device.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[MOST:])).delete()


def _chosen(kinds: Iterable[str]) -> list[str]:
    wanted = set(kinds)
    return [kind.value for kind in CHOICES if kind.value in wanted]


def _zone(zone: str) -> str:
    try:
        return ZoneInfo(zone).key
    except (ValueError, OSError, LookupError):
        return str(settings.TIME_ZONE)


def _check(endpoint: str, public_key: str, secret: str) -> None:
    """Nobody seals for a device that cannot open it, and nobody connects where a browser would not."""
    try:
        target = urlsplit(endpoint)
        port = target.port
        sealed_for(b"", device=decoded(public_key), secret=decoded(secret), ephemeral=stranger(), salt=bytes(16))
    except (BadKey, ValueError):
        raise DeviceRefused(_("This browser gave no address for notices.")) from None
    is_long = len(endpoint) > LONGEST_ENDPOINT or len(public_key) > 120
    is_own = target.scheme == "http" and target.hostname in settings.PRIVATE_HOSTS
    if is_long or port == 0 or not target.hostname or target.username or not (target.scheme == "https" or is_own):
        raise DeviceRefused(_("This browser gave no address for notices."))
