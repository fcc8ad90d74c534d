"""What is locked away, opened for whoever has to show it to an auditor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from golddraht.plumbing.secrets import opened_bytes
from golddraht.privacy.models import Locked

PURPOSE = "privacy.locked"


def locked_ids() -> list[int]:
    """All of it in the company being seen, the oldest first."""
    return list(Locked.objects.order_by("happened_on", "pk").values_list("pk", flat=True))


def opened(ids: list[int]) -> Iterator[dict[str, Any]]:
    """Each with what is in it; a mail and files as base64. Raises UnreadableSecret under another key."""
    for row in Locked.objects.filter(pk__in=ids).order_by("happened_on", "pk").iterator(chunk_size=20):
        told = json.loads(opened_bytes(bytes(row.content), purpose=PURPOSE))
        yield told | {"id": row.pk, "kind": row.kind, "over_on": row.over_on.isoformat()}
