"""Which webhooks there are, what they want to hear, and what became of what they were told."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.programs.models import HookAttempt, HookDelivery, Webhook
from golddraht.programs.rules import DeliveryState

REMEMBERED = 10.0
"""Seconds for which a process remembers that nobody listens, so that whatever happens costs nothing then."""
_listening: dict[int, tuple[float, frozenset[str]]] = {}


class NoSuchWebhook(LookupError):
    """There is none here."""


@dataclass(frozen=True)
class WebhookLine:
    """A webhook as the settings list it."""

    id: int
    name: str
    url: str
    news: tuple[str, ...]
    waiting: int
    given_up: int
    failing_since: datetime | None
    next_try_at: datetime | None
    paused_at: datetime | None
    old_secret_until: datetime | None


@dataclass(frozen=True)
class Told:
    """One thing that was or is to be told, with its latest try."""

    id: int
    occurrence_id: int
    news: str
    body: str
    at: datetime
    state: str
    attempts: int
    tried_at: datetime | None
    status: int | None
    milliseconds: int | None
    answer: str
    failure: str


def is_wanted(news: str) -> bool:
    """Whether a webhook of the tenant being seen wants to hear it. A new webhook is heard of within ten seconds."""
    tenant_id = current_tenant_id()
    until, wanted = _listening.get(tenant_id, (0.0, frozenset()))
    if time.monotonic() > until:
        wanted = frozenset(
            each for news in Webhook.objects.filter(closed_at=None).values_list("news", flat=True) for each in news
        )
        _listening[tenant_id] = (time.monotonic() + REMEMBERED, wanted)
    return news in wanted


def forget_who_listens() -> None:
    _listening.pop(current_tenant_id(), None)


def webhooks() -> list[WebhookLine]:
    """Those that are not closed, by name."""
    return [_line(row) for row in _counted().order_by("name", "pk")]


def webhook_line(webhook_id: int) -> WebhookLine:
    """Raises NoSuchWebhook."""
    row = _counted().filter(pk=webhook_id).first()
    if row is None:
        raise NoSuchWebhook(webhook_id)
    return _line(row)


def _counted() -> Any:
    rows = Webhook.objects.filter(closed_at=None)
    waits, gave_up = (Q(deliveries__state=state) for state in (DeliveryState.WAITING, DeliveryState.GIVEN_UP))
    return rows.annotate(waiting=Count("deliveries", filter=waits), given_up=Count("deliveries", filter=gave_up))


def _line(row: Any) -> WebhookLine:
    values = {name: getattr(row, name) for name in WebhookLine.__dataclass_fields__ if name not in {"news"}}
    return WebhookLine(news=tuple(row.news), **values)


def told_to(*, webhook_id: int, before_id: int | None = None, limit: int = 50) -> list[Told]:
    """What it was told, or is to be told, the newest first."""
    rows = HookDelivery.objects.filter(webhook_id=webhook_id).select_related("occurrence").order_by("-pk")
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    found = list(rows[:limit])
    latest = {one.delivery_id: one for one in HookAttempt.objects.filter(delivery__in=found).order_by("at", "pk")}
    return [_told(row, latest.get(row.pk)) for row in found]


def _told(row: HookDelivery, attempt: HookAttempt | None) -> Told:
    return Told(
        id=row.pk,
        occurrence_id=row.occurrence_id,
        news=row.occurrence.news,
        body=row.occurrence.body,
        at=row.occurrence.at,
        state=row.state,
        attempts=row.attempts,
        tried_at=attempt.at if attempt else None,
        status=attempt.status if attempt else None,
        milliseconds=attempt.milliseconds if attempt else None,
        answer=attempt.answer if attempt else "",
        failure=attempt.failure if attempt else "",
    )


def waiting_webhook_ids(*, at: datetime) -> list[int]:
    """Webhooks that have something to be told, are not paused and do not rest."""
    rests = Q(next_try_at__gt=at) | Q(busy_until__gt=at)
    rows = Webhook.objects.filter(closed_at=None, paused_at=None, deliveries__state=DeliveryState.WAITING)
    return sorted(set(rows.exclude(rests).values_list("pk", flat=True)))
