"""How often a token may knock, and telling it how often it still may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from ninja.throttling import BaseThrottle

from golddraht.plumbing import clock

A_MINUTE = 60
PER_MINUTE = 600


@dataclass(frozen=True)
class Allowance:
    """What is left of this minute, and how many seconds it still has."""

    limit: int
    left: int
    seconds: int

    def headers(self) -> dict[str, str]:
        """After the IETF's RateLimit header fields (draft-ietf-httpapi-ratelimit-headers)."""
        return {
            "RateLimit-Policy": f'"token";q={self.limit};w={A_MINUTE}',
            "RateLimit": f'"token";r={self.left};t={self.seconds}',
        }


class PerToken(BaseThrottle):
    """So many requests in a minute; a fixed window is simple, and good enough against a loop gone wild."""

    def allow_request(self, request: HttpRequest) -> bool:
        bearer: Any = request.auth  # type: ignore[attr-defined]  # Set by the token's check.
        minute, second = divmod(int(clock.now().timestamp()), A_MINUTE)
        key = f"api:{bearer.token_id}:{minute}"
        cache.add(key, 0, timeout=2 * A_MINUTE)
        used = cache.incr(key)
        request.allowance = Allowance(PER_MINUTE, max(PER_MINUTE - used, 0), A_MINUTE - second)  # type: ignore[attr-defined]  # Told by the middleware.
        return used <= PER_MINUTE

    def wait(self) -> float:
        return float(A_MINUTE - int(clock.now().timestamp()) % A_MINUTE)


def telling_allowance(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: every answer to a token says what is left of its minute."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        allowance: Allowance | None = getattr(request, "allowance", None)
        for name, value in (allowance.headers() if allowance else {}).items():
            response[name] = value
        return response

    return middleware
