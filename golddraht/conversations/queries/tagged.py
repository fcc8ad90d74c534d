"""Which concerns carry a tag, found past the walls: under them every concern would be looked at for a rare one."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, Q, Value

from golddraht.plumbing.memory import remembered


def has_one_of(tags: Sequence[str], *, tenant_id: int) -> Q | None:
    """The condition that narrows a list of all concerns to these; None where walking through the list is quicker."""
    ids = tagged_ids(tenant_id, tuple(tags))
    return None if ids is None else Q(pk__among=Value(ids, output_field=ArrayField(BigIntegerField())))


@remembered
def tagged_ids(tenant_id: int, tags: tuple[str, ...]) -> list[int] | None:
    """All that carry one of them; None when they are so many that a list finds them by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT golddraht_tagged(%s, %s::text[])", [tenant_id, list(tags)])
        found: list[int] | None = cursor.fetchone()[0]
    return found
