"""Noting what happened for the webhooks that want to hear it; nothing is sent here."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import transaction

from golddraht.plumbing import bus
from golddraht.programs.events import NewsWaits
from golddraht.programs.models import HookDelivery, Occurrence, Webhook
from golddraht.programs.queries import NoSuchWebhook
from golddraht.programs.rules import DeliveryState, News


@transaction.atomic
def note_news(*, news: News, subject: dict[str, Any], at: datetime) -> None:
    """A row for each webhook that listens; ids and numbers only, whoever wants more asks the interface."""
    listening = Webhook.objects.filter(closed_at=None, news__contains=[news.value])
    wanted = list(listening.values_list("pk", flat=True))
    if wanted:
        _put(_occurrence(news, subject, at=at), wanted, at=at)


@transaction.atomic
def ping(*, webhook_id: int, at: datetime) -> None:
    """Try it out. Raises NoSuchWebhook."""
    if not Webhook.objects.filter(pk=webhook_id, closed_at=None).exists():
        raise NoSuchWebhook(webhook_id)
    _put(_occurrence(News.PING, {}, at=at), [webhook_id], at=at)


def _occurrence(news: News, subject: dict[str, Any], *, at: datetime) -> Occurrence:
    occurrence: Occurrence = Occurrence.objects.create(news=news, body="", at=at)
    told = {"type": news.value, "timestamp": at.isoformat(), "sequence": occurrence.pk, "data": subject}
    occurrence.body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    occurrence.save(update_fields=["body"])
    return occurrence


def _put(occurrence: Occurrence, webhook_ids: list[int], *, at: datetime) -> None:
    HookDelivery.objects.bulk_create(HookDelivery(webhook_id=pk, occurrence=occurrence) for pk in webhook_ids)
    for pk in webhook_ids:
        bus.publish(NewsWaits(pk, None, at))


@transaction.atomic
def replay(*, webhook_id: int, delivery_id: int, at: datetime) -> bool:
    """Tell it once more, with the same id; False when there is no such delivery, or it waits already."""
    return _again(HookDelivery.objects.filter(pk=delivery_id), webhook_id, at=at) > 0


@transaction.atomic
def replay_given_up(*, webhook_id: int, at: datetime) -> int:
    """Tell everything once more that was given up; gives how much that is."""
    return _again(HookDelivery.objects.filter(state=DeliveryState.GIVEN_UP), webhook_id, at=at)


def _again(rows: Any, webhook_id: int, *, at: datetime) -> int:
    settled = rows.filter(webhook_id=webhook_id, webhook__closed_at=None).exclude(state=DeliveryState.WAITING)
    changed = int(settled.update(state=DeliveryState.WAITING, attempts=0, settled_at=None))
    if changed:
        bus.publish(NewsWaits(webhook_id, None, at))
    return changed
