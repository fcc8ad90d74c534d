"""The door for programs: a token says for whom they speak, and so which tenant is seen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import Schema
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from golddraht.api.problems import Problem
from golddraht.plumbing import clock
from golddraht.plumbing.audit import note_seen
from golddraht.plumbing.tenancy import seeing
from golddraht.team.operations import note_token_used, remember_answer
from golddraht.team.queries import Bearer, NoSuchToken, Viewer, bearer_of, remembered_answer

LONGEST_KEY = 200
A_MINUTE = 60
PER_MINUTE = 600

Written = tuple[int, Schema]


class Token(HttpBearer):
    """Bearer tokens (RFC 6750) from the settings."""

    def authenticate(self, request: HttpRequest, token: str) -> Bearer | None:
        try:
            bearer = bearer_of(token.strip())
        except NoSuchToken:
            return None
        note_token_used(token_id=bearer.token_id, used_before=bearer.used_at, at=clock.now())
        return bearer


class PerToken(BaseThrottle):
    """So many requests in a minute; a fixed window is simple, and good enough against a loop gone wild."""

    def allow_request(self, request: HttpRequest) -> bool:
        key = f"api:{_bearer(request).token_id}:{int(clock.now().timestamp()) // A_MINUTE}"
        cache.add(key, 0, timeout=2 * A_MINUTE)
        return cache.incr(key) <= PER_MINUTE

    def wait(self) -> float:
        return float(A_MINUTE)


class Visitor:
    """A program inside: for whom it speaks, and what it has looked at."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.at = clock.now()
        self.seen: list[tuple[str, int]] = []


@contextmanager
def reading(request: HttpRequest) -> Iterator[Visitor]:
    """Inside the token's tenant, unable to write; what was looked at is noted afterwards."""
    visitor = Visitor(_bearer(request).viewer)
    with _inside(visitor.viewer, read_only=True):
        yield visitor
    if visitor.seen:
        with _inside(visitor.viewer):
            note_seen(visitor.seen, at=visitor.at)


def writing(request: HttpRequest, act: Callable[[Visitor], Written]) -> HttpResponse:
    """Do it once: a request that names itself with Idempotency-Key gets the same answer again and does nothing twice.

    Raises Problem: 403 for a token that only reads, 422 for a key that was used for another request.
    """
    bearer = _bearer(request)
    if not bearer.may_write:
        raise Problem(403, "This token only reads.", "Make one that may also write in the settings.")
    key = _key_of(request)
    visitor = Visitor(bearer.viewer)
    with _inside(visitor.viewer):
        return _once(request, visitor, key, act) if key else _answer(*act(visitor))


def _once(request: HttpRequest, visitor: Visitor, key: str, act: Callable[[Visitor], Written]) -> HttpResponse:
    fingerprint = _fingerprint(request)
    before = remembered_answer(member_id=visitor.viewer.membership_id, key=key)
    if before is not None and before.fingerprint != fingerprint:
        raise Problem(422, "This Idempotency-Key was used for another request.")
    if before is not None:
        again = HttpResponse(before.body, status=before.status, content_type="application/json")
        again["Idempotency-Replayed"] = "true"
        return again
    response = _answer(*act(visitor))
    remember_answer(
        member_id=visitor.viewer.membership_id,
        key=key,
        fingerprint=fingerprint,
        status=response.status_code,
        body=response.content.decode(),
        at=visitor.at,
    )
    return response


def _answer(status: int, shape: Schema) -> HttpResponse:
    return HttpResponse(shape.model_dump_json(), status=status, content_type="application/json")


def _key_of(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise Problem(400, "The Idempotency-Key is too long.", f"At most {LONGEST_KEY} characters.")
    return key


def _fingerprint(request: HttpRequest) -> str:
    return hashlib.sha256(f"{request.method} {request.path}\n".encode() + request.body).hexdigest()


@contextmanager
def _inside(viewer: Viewer, *, read_only: bool = False) -> Iterator[None]:
    with (
        translation.override(viewer.language),
        seeing(viewer.tenant_id, actor=viewer.membership_id, read_only=read_only),
    ):
        yield


def _bearer(request: HttpRequest) -> Bearer:
    bearer: Any = request.auth  # type: ignore[attr-defined]  # Set by the token's check.
    assert isinstance(bearer, Bearer)
    return bearer
