"""Which processes of the house have said lately that they live."""

from __future__ import annotations

from datetime import datetime

from golddraht.plumbing.models import Presence


def last_seen() -> dict[str, datetime]:
    """When each role (web, worker, sweeper, deliverer, listener) was alive last; one that never was is missing."""
    return dict(Presence.objects.values_list("role", "seen_at"))
