"""By what an errand is known: the same form sent twice is one errand."""

from __future__ import annotations

import hashlib
import uuid

from golddraht.pages.doors import Visit


def fresh_token() -> str:
    return uuid.uuid4().hex


def token_of(request: Visit, act: str, ids: list[int]) -> str:
    """From the token that the form brought, what is to be done and to what; a form without one is always a new errand."""
    brought = request.POST.get("token", "") or fresh_token()
    return hashlib.sha256(f"{brought} {act} {sorted(ids)}".encode()).hexdigest()[:40]
