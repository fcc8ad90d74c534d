"""Telling one device that something waits: what is still new, whether now is the time, and what became of it."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import translation

from golddraht.conversations.models import Reading
from golddraht.notices.events import NoticeWaits
from golddraht.notices.models import Device, Notice
from golddraht.notices.operations.wording import wording
from golddraht.notices.queries import forget_who_has_devices, vapid, waiting_device_ids
from golddraht.notices.rules import GIVEN_UP_AFTER, GONE, Kind, Quiet, is_success, may_tell_at, pause_after
from golddraht.notices.rules.sealing import decoded, encoded, sealed_for, stranger
from golddraht.plumbing import bus
from golddraht.team.queries import absences, current_tenant
from golddraht.team.queries.signing_in import is_signed_in

LEASE = timedelta(seconds=60)
NEWS_LASTS = timedelta(days=1)
WAITS_AT_THE_SERVICE = timedelta(hours=4)
"""How long a push service keeps it for a device that is off (TTL)."""


@dataclass(frozen=True)
class Letter:
    """What is to be sent now, to where, and which notices it tells."""

    device_id: int
    notice_ids: tuple[int, ...]
    url: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Outcome:
    """The push service's status, or None where there was no answer."""

    status: int | None


@transaction.atomic
def begin(*, device_id: int, at: datetime) -> Letter | None:
    """What the device is to be told now; None when nothing is new, it rests, is quiet, or nobody is there any more."""
    device = Device.objects.select_for_update().select_related("member__user").filter(pk=device_id).first()
    if device is None or _is_taken(device, at) or not _is_anybody_there(device):
        return None
    waiting = _waiting(device, at)
    if not any(notice.told_at is None for notice in waiting) or _is_put_off(device, waiting, at):
        return None
    device.busy_until = at + LEASE
    device.save(update_fields=["busy_until"])
    return _letter(device, waiting, at)


def _is_taken(device: Device, at: datetime) -> bool:
    return any(until is not None and until > at for until in (device.busy_until, device.next_try_at))


def _is_anybody_there(device: Device) -> bool:
    member = device.member
    if member.active and is_signed_in(device.session.reveal(), user_id=member.user_id):
        return True
    device.delete()
    forget_who_has_devices()
    return False


def _waiting(device: Device, at: datetime) -> list[Notice]:
    """What has not been read since; whoever is away hears nothing."""
    rows = Notice.objects.filter(device=device)
    if device.member_id in absences(at=at):
        rows.exclude(kind=Kind.TRIAL).delete()
    read = Reading.objects.filter(
        tenant_id=OuterRef("tenant_id"),
        conversation_id=OuterRef("conversation_id"),
        member_id=device.member_id,
        read_at__gte=OuterRef("at"),
    )
    rows.filter(Exists(read)).delete()
    return list(rows.select_related("conversation").order_by("at", "pk"))


def _is_put_off(device: Device, waiting: list[Notice], at: datetime) -> bool:
    """Until the quiet hours end; only a trial is told in them."""
    if any(notice.kind == Kind.TRIAL for notice in waiting):
        return False
    due_at = may_tell_at(_quiet(device), at)
    if due_at <= at:
        return False
    device.next_try_at = due_at
    device.save(update_fields=["next_try_at"])
    bus.publish(NoticeWaits(device.pk, due_at, at))
    return True


def _quiet(device: Device) -> Quiet | None:
    if device.quiet_from is None or device.quiet_until is None:
        return None
    return Quiet(device.quiet_from, device.quiet_until, device.zone)


def _letter(device: Device, waiting: list[Notice], at: datetime) -> Letter:
    said = json.dumps(_said(device, waiting), ensure_ascii=False).encode()
    body = sealed_for(
        said,
        device=decoded(device.public_key),
        secret=decoded(device.secret.reveal()),
        ephemeral=stranger(),
        salt=os.urandom(16),
    )
    headers = {
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(int(WAITS_AT_THE_SERVICE.total_seconds())),
        "Urgency": "normal",
        # A newer notice takes the place of one that still waits at the service (RFC 8030 §5.4).
        "Topic": encoded(blake2b(f"{device.tenant_id}".encode(), digest_size=12, key=b"topic").digest()),
        "Authorization": vapid().word(endpoint=device.endpoint, subject=_subject(), at=at),
    }
    return Letter(device.pk, tuple(notice.pk for notice in waiting), device.endpoint, headers, body)


def _subject() -> str:
    """Where the operator of a push service would turn to (RFC 8292 §2.1)."""
    return settings.BASE_URL if settings.BASE_URL.startswith("https://") else "mailto:golddraht@localhost"


def _said(device: Device, waiting: list[Notice]) -> dict[str, object]:
    """Counts and the place to look: no name, no subject, no word of anybody."""
    language = device.member.user.language
    with translation.override(language):
        title, body = wording(Counter(Kind(notice.kind) for notice in waiting))
    slug = current_tenant().slug
    return {"title": title, "body": body, "url": _place(slug, waiting), "tag": f"golddraht-{slug}", "lang": language}


def _place(slug: str, waiting: list[Notice]) -> str:
    """The one concern it is about, else the day's work."""
    concerns = {notice.conversation.number for notice in waiting if notice.conversation is not None}
    if len(concerns) == 1 and all(notice.conversation is not None for notice in waiting):
        return reverse("conversation", args=[slug, concerns.pop()])
    return reverse("today", args=[slug])


@transaction.atomic
def note_outcome(letter: Letter, outcome: Outcome, *, at: datetime) -> None:
    """Write down what came of it. A device that is gone is forgotten, one that fails rests, longer each time."""
    device = Device.objects.select_for_update().filter(pk=letter.device_id).first()
    if device is None:
        return
    if is_success(outcome.status):
        _told(device, letter, at=at)
    elif outcome.status in GONE or at - (device.failing_since or at) >= GIVEN_UP_AFTER:
        device.delete()
        forget_who_has_devices()
    else:
        _let_rest(device, at=at)


def _told(device: Device, letter: Letter, *, at: datetime) -> None:
    told = Notice.objects.filter(pk__in=letter.notice_ids)
    told.filter(kind=Kind.TRIAL).delete()
    told.update(told_at=at)
    device.told_at, device.busy_until = at, None
    device.failures, device.failing_since, device.next_try_at = 0, None, None
    device.save(update_fields=["told_at", "busy_until", "failures", "failing_since", "next_try_at"])


def _let_rest(device: Device, *, at: datetime) -> None:
    device.failures += 1
    device.failing_since = device.failing_since or at
    device.busy_until, device.next_try_at = None, at + pause_after(device.failures)
    device.save(update_fields=["busy_until", "failures", "failing_since", "next_try_at"])
    bus.publish(NoticeWaits(device.pk, device.next_try_at, at))


@transaction.atomic
def sweep(*, at: datetime) -> None:
    """Find what a dead worker left behind, and forget what is no news any more. Safe to run at any time."""
    Notice.objects.filter(at__lt=at - NEWS_LASTS).delete()
    for device_id in waiting_device_ids(at=at):
        bus.publish(NoticeWaits(device_id, at, at))
