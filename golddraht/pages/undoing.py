"""What was done and can be taken back: the toast that tells it carries the form that does."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

SIGN = "undo:"


def done(request: HttpRequest, words: str, /, *, undo_url: str, **values: Any) -> None:
    """Tell that it is done, beside a button that posts `values` to `undo_url`: an address with a form of its own, which asks for its rights.

    The values pass through the browser: ids, days and settings, nothing that a customer said.
    """
    told = {"url": undo_url, "values": {name: str(value) for name, value in values.items()}}
    messages.success(request, words, extra_tags=SIGN + json.dumps(told))


def undo_of(message: Any) -> dict[str, Any] | None:
    """Where and with what it is taken back; None for a message about something that is not."""
    tags = str(message.extra_tags or "")
    return dict(json.loads(tags.removeprefix(SIGN))) if tags.startswith(SIGN) else None
