"""While the installation is paused it sends and fetches nothing and writes nothing by itself; people can work in it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.plumbing.asking import Question
from golddraht.plumbing.models import Pause

_STANDING: Question[int] = Question(lambda: Pause.objects.filter(ended_at=None).values_list("pk", flat=True)[:1])


def is_paused() -> bool:
    return _STANDING.has_any()


def current_pause() -> Pause | None:
    """Since when and why, or None."""
    return Pause.objects.filter(ended_at=None).order_by("since").first()


@transaction.atomic
def pause(*, reason: str, at: datetime) -> None:
    """Begin a pause; one that stands already goes on."""
    if not is_paused():
        Pause.objects.create(since=at, reason=reason)


@transaction.atomic
def resume(*, at: datetime) -> bool:
    """End the pause. False when there was none."""
    return Pause.objects.filter(ended_at=None).update(ended_at=at) > 0
