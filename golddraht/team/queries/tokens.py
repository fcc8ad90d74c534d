"""For whom a program speaks, and what it was answered before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import connection

from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import ApiToken, RememberedAnswer
from golddraht.team.queries.viewing import Viewer, viewer_for
from golddraht.team.rules import Scope, scopes_of


class NoSuchToken(LookupError):
    """The token opens nothing: unknown, revoked, or its member has left. All are told the same."""


@dataclass(frozen=True)
class Bearer:
    """A program that has shown its token."""

    token_id: int
    viewer: Viewer
    scopes: frozenset[Scope]
    used_at: datetime | None


def bearer_of(text: str) -> Bearer:
    """Asked before any tenant is seen. Raises NoSuchToken."""
    rows = ApiToken.objects.filter(sha256=sha256(text.encode()).hexdigest(), revoked_at=None)
    token = (
        rows.filter(membership__active=True, membership__user__is_active=True, tenant__closed_at=None)
        .select_related("tenant", "membership")
        .first()
    )
    if token is None:
        raise NoSuchToken
    viewer = viewer_for(user_id=token.membership.user_id, tenant_slug=token.tenant.slug)
    return Bearer(token.pk, viewer, scopes_of(token.scopes, may_write=token.may_write), token.used_at)


def api_tokens() -> list[ApiToken]:
    """Those of the tenant being seen that still open something, the newest first."""
    rows = ApiToken.objects.filter(tenant_id=current_tenant_id(), revoked_at=None).select_related("membership")
    return list(rows.order_by("-created_at"))


def remembered_answer(*, member_id: int, key: str) -> RememberedAnswer | None:
    """What a request of this name was answered; waits while the same one is being answered right now."""
    with connection.cursor() as cursor:
        named = f"answer:{current_tenant_id()}:{member_id}:{key}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 3))", [named])
    found: RememberedAnswer | None = RememberedAnswer.objects.filter(member_id=member_id, key=key).first()
    return found
