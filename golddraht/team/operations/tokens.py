"""Access for programs: making a token that is told once, noting its use, taking it back."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.plumbing.audit import note_changed
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import ApiToken, RememberedAnswer
from golddraht.team.rules import Scope, scopes_of

PREFIX = "gd_"
NOTED_EVERY = timedelta(minutes=1)
ANSWERS_ARE_KEPT = timedelta(days=2)


class TokenRefused(ValueError):
    """There can be no such token; the message says why."""


@transaction.atomic
def create_api_token(
    *, name: str, member_id: int, at: datetime, scopes: Iterable[Scope] | None = None, may_write: bool = False
) -> tuple[ApiToken, str]:
    """A token that speaks for the member, and its text, which is told once and never kept. Raises TokenRefused.

    Without `scopes` it opens everything, to read or with `may_write` to write as well.
    """
    if not name.strip():
        raise TokenRefused(_("Say which program it is for."))
    opens = scopes_of((), may_write=may_write) if scopes is None else frozenset(scopes)
    if not opens:
        raise TokenRefused(_("Choose at least one thing that it may do."))
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        tenant_id=current_tenant_id(),
        membership_id=member_id,
        name=name.strip(),
        sha256=digest_of(text),
        scopes=sorted(opens),
        may_write=any(scope.writes for scope in opens),
        created_at=at,
    )
    note_changed("team_apitoken", token.pk, [], at=at, verb="insert")
    return token, text


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def revoke_api_token(*, token_id: int, at: datetime) -> None:
    """The token opens nothing any more."""
    rows = ApiToken.objects.filter(tenant_id=current_tenant_id(), pk=token_id, revoked_at=None)
    if rows.update(revoked_at=at):
        note_changed("team_apitoken", token_id, ["revoked_at"], at=at)


def note_token_used(*, token_id: int, used_before: datetime | None, at: datetime) -> None:
    """At most once a minute, so that reading much writes little."""
    if used_before is None or at - used_before >= NOTED_EVERY:
        ApiToken.objects.filter(pk=token_id).update(used_at=at)


@transaction.atomic
def remember_answer(*, member_id: int, key: str, fingerprint: str, status: int, body: str, at: datetime) -> None:
    """What a named request was answered, for two days."""
    RememberedAnswer.objects.filter(at__lt=at - ANSWERS_ARE_KEPT).delete()
    RememberedAnswer.objects.create(
        member_id=member_id, key=key, fingerprint=fingerprint, status=status, body=body, at=at
    )
