"""The door for programs: a token says for whom they speak, and so which tenant is seen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import Schema
from ninja.security import HttpBearer

from golddraht.api.problems import Problem
from golddraht.plumbing import clock
from golddraht.plumbing.audit import note_seen
from golddraht.plumbing.tenancy import seeing
from golddraht.team.operations import note_token_used, remember_answer
from golddraht.team.queries import Bearer, NoSuchToken, Viewer, bearer_of, remembered_answer
from golddraht.team.rules import Act, Area, scope_of

LONGEST_KEY = 200
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

Written = tuple[int, Schema]


class Token(HttpBearer):
    """Bearer tokens (RFC 6750) from the settings, with the scope that the area needs; without an area any token will do."""

    def __init__(self, area: Area | None = None) -> None:
        super().__init__()
        self.area = area

    def authenticate(self, request: HttpRequest, token: str) -> Bearer | None:
        try:
            bearer = bearer_of(token.strip())
        except NoSuchToken:
            return None
        note_token_used(token_id=bearer.token_id, used_before=bearer.used_at, at=clock.now())
        if self.area is not None:
            must_have(bearer, self.area, is_reading=request.method in SAFE)
        return bearer


def must_have(bearer: Bearer, area: Area, *, is_reading: bool) -> None:
    """Raises Problem where the token lacks the scope."""
    wanted = scope_of(area, is_reading=is_reading)
    if wanted not in bearer.scopes:
        raise Problem(
            403,
            "scope-missing",
            f"This token lacks the scope {wanted}.",
            "Make one that has it in the settings.",
            WWW_Authenticate=f'Bearer realm="Golddraht", error="insufficient_scope", scope="{wanted}"',
        )


class Visitor:
    """A program inside: for whom it speaks, and what it has looked at."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.at = clock.now()
        self.seen: list[tuple[str, int]] = []

    @property
    def me(self) -> int:
        """The membership in whose name everything is done."""
        return self.viewer.membership_id

    def must(self, act: Act) -> None:
        """Raises Problem where the member's role does not allow it."""
        if not self.viewer.may(act):
            raise Problem(
                403, "role-too-low", "The member of this token may not do this.", f"It needs the right {act}."
            )

    def sees_customer(self, customer_id: int) -> None:
        """Looking at a customer is noted."""
        self.seen.append(("customers_customer", customer_id))


@contextmanager
def reading(request: HttpRequest) -> Iterator[Visitor]:
    """Inside the token's tenant, unable to write; what was looked at is noted afterwards."""
    visitor = Visitor(bearer_in(request).viewer)
    with _inside(visitor.viewer, read_only=True):
        yield visitor
    if visitor.seen:
        with _inside(visitor.viewer):
            note_seen(dict.fromkeys(visitor.seen), at=visitor.at)


def writing(request: HttpRequest, act: Callable[[Visitor], Written]) -> HttpResponse:
    """Do it once: a request that names itself with Idempotency-Key gets the same answer again and does nothing twice.

    Raises Problem: 422 for a key that was used for another request.
    """
    key = _key_of(request)
    visitor = Visitor(bearer_in(request).viewer)
    with _inside(visitor.viewer):
        response = _once(request, visitor, key, act) if key else _answer(*act(visitor))
        note_seen(dict.fromkeys(visitor.seen), at=visitor.at)
    return response


def _once(request: HttpRequest, visitor: Visitor, key: str, act: Callable[[Visitor], Written]) -> HttpResponse:
    fingerprint = _fingerprint(request)
    before = remembered_answer(member_id=visitor.me, key=key)
    if before is not None and before.fingerprint != fingerprint:
        raise Problem(422, "key-used", "This Idempotency-Key was used for another request.")
    if before is not None:
        again = HttpResponse(before.body, status=before.status, content_type="application/json")
        again["Idempotency-Replayed"] = "true"
        return again
    response = _answer(*act(visitor))
    remember_answer(
        member_id=visitor.me,
        key=key,
        fingerprint=fingerprint,
        status=response.status_code,
        body=response.content.decode(),
        at=visitor.at,
    )
    return response


def _answer(status: int, shape: Schema) -> HttpResponse:
    return HttpResponse(shape.model_dump_json(), status=status, content_type="application/json")


def tag_of(shape: Schema) -> str:
    """A strong entity tag (RFC 9110 §8.8.3) of what is answered."""
    return f'"{hashlib.sha256(shape.model_dump_json().encode()).hexdigest()[:32]}"'


def answered(request: HttpRequest, shape: Schema) -> HttpResponse:
    """What was read, with its tag; 304 for whoever has it already."""
    tag = tag_of(shape)
    known = request.headers.get("If-None-Match", "")
    response = HttpResponse(status=304) if tag in known else _answer(200, shape)
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


def refuse_if_changed(request: HttpRequest, shape: Callable[[], Schema]) -> None:
    """Whoever sends If-Match writes only over what they have read. Raises Problem (412)."""
    wanted = request.headers.get("If-Match", "").strip()
    if wanted and wanted != "*" and tag_of(shape()) not in wanted:
        raise Problem(412, "changed-meanwhile", "It has changed since you read it.", "Read it again, then decide.")


def _key_of(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise Problem(400, "key-unusable", "The Idempotency-Key cannot be used.", f"At most {LONGEST_KEY} characters.")
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


def bearer_in(request: HttpRequest) -> Bearer:
    """Whose token opened the door."""
    bearer: Any = request.auth  # type: ignore[attr-defined]  # Set by the token's check.
    assert isinstance(bearer, Bearer)
    return bearer
