"""Adding, changing, pausing and closing webhooks; their secrets."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.plumbing import bus
from golddraht.programs.events import NewsWaits
from golddraht.programs.models import Webhook
from golddraht.programs.queries import NoSuchWebhook, forget_who_listens
from golddraht.programs.rules import OLD_SECRET_LASTS, PREFIX_OF_SECRETS, TOLD
from golddraht.team.operations import clear_alarm

ALARM = "webhook"
LONGEST_URL = 500


class WebhookRefused(ValueError):
    """It cannot be set up like that; the message says why."""


@transaction.atomic
def add_webhook(*, name: str, url: str, news: Iterable[str], by: int | None, at: datetime) -> tuple[Webhook, str]:
    """A webhook and its secret, which is told now and never again. Raises WebhookRefused."""
    told = new_secret()
    webhook: Webhook = Webhook.objects.create(
        name=_named(name), url=_checked(url), news=_chosen(news), secret=told, created_at=at, created_by_id=by
    )
    forget_who_listens()
    return webhook, told


@transaction.atomic
def change_webhook(*, webhook_id: int, name: str, url: str, news: Iterable[str]) -> None:
    """Raises WebhookRefused, NoSuchWebhook."""
    webhook = locked_webhook(webhook_id)
    webhook.name, webhook.url, webhook.news = _named(name), _checked(url), _chosen(news)
    webhook.save(update_fields=["name", "url", "news"])
    forget_who_listens()


@transaction.atomic
def rotate_secret(*, webhook_id: int, at: datetime) -> str:
    """A new secret, told once; the old one signs as well for a day. Raises NoSuchWebhook."""
    webhook, told = locked_webhook(webhook_id), new_secret()
    webhook.old_secret_until = at + OLD_SECRET_LASTS
    # Sealed for one column only, so it is opened and sealed again for the other.
    webhook.old_secret = webhook.secret.reveal()
    webhook.secret = told
    webhook.save(update_fields=["secret", "old_secret", "old_secret_until"])
    return told


@transaction.atomic
def pause_webhook(*, webhook_id: int, at: datetime) -> None:
    """Nothing is told until it is resumed; what happens meanwhile waits. Raises NoSuchWebhook."""
    webhook = locked_webhook(webhook_id)
    webhook.paused_at = webhook.paused_at or at
    webhook.save(update_fields=["paused_at"])


@transaction.atomic
def resume_webhook(*, webhook_id: int, at: datetime) -> None:
    """What waits is told now, in its order. Raises NoSuchWebhook."""
    webhook = locked_webhook(webhook_id)
    webhook.paused_at = webhook.failing_since = webhook.next_try_at = None
    webhook.failures = 0
    webhook.save(update_fields=["paused_at", "failing_since", "next_try_at", "failures"])
    clear_alarm(kind=ALARM, subject=webhook.url[:254], at=at)
    bus.publish(NewsWaits(webhook.pk, None, at))


@transaction.atomic
def close_webhook(*, webhook_id: int, at: datetime) -> None:
    """It hears nothing any more, and its secrets are gone. Raises NoSuchWebhook."""
    webhook = locked_webhook(webhook_id)
    webhook.closed_at, webhook.secret, webhook.old_secret = at, "", ""
    webhook.save(update_fields=["closed_at", "secret", "old_secret"])
    clear_alarm(kind=ALARM, subject=webhook.url[:254], at=at)
    forget_who_listens()


def locked_webhook(webhook_id: int) -> Webhook:
    """Until the transaction ends. Raises NoSuchWebhook."""
    found: Webhook | None = Webhook.objects.select_for_update().filter(pk=webhook_id, closed_at=None).first()
    if found is None:
        raise NoSuchWebhook(webhook_id)
    return found


def new_secret() -> str:
    return PREFIX_OF_SECRETS + base64.b64encode(secrets.token_bytes(32)).decode()


def _named(name: str) -> str:
    if not name.strip():
        raise WebhookRefused(_("Say which program it is for."))
    return name.strip()[:80]


def _chosen(news: Iterable[str]) -> list[str]:
    known = [one.value for one in TOLD if one.value in set(news)]
    if not known:
        raise WebhookRefused(_("Choose at least one thing that it is told."))
    return known


def _checked(url: str) -> str:
    try:
        target = urlsplit(url.strip())
        port = target.port
    except ValueError:
        raise WebhookRefused(_("This is no address.")) from None
    if not target.hostname or port == 0 or len(url) > LONGEST_URL or not url.isascii() or not url.strip().isprintable():
        raise WebhookRefused(_("This is no address."))
    if target.username or target.password or target.fragment:
        raise WebhookRefused(_("The address may hold neither a name with a password nor a part behind #."))
    if target.scheme != "https" and not (target.scheme == "http" and target.hostname in settings.PRIVATE_HOSTS):
        raise WebhookRefused(_("The address must begin with https://."))
    return url.strip()
