"""Reading what was written since: in portions, beside the writers and never in their way."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.search.rules import Draft, keys_of, vector
from golddraht.search.rules.kinds import kind_named

PORTION = 200
A_WHILE = 2.0
"""Seconds that one round of the sweeper gives to reading, so that a big import keeps nobody else waiting."""

# The latest first: what has just been written is looked for before what was imported.
TAKE = """
DELETE FROM search_unread WHERE tenant_id = %s AND id = ANY (ARRAY(
    SELECT id FROM search_unread WHERE tenant_id = %s ORDER BY id DESC LIMIT %s FOR UPDATE SKIP LOCKED
)) RETURNING kind, source_id
"""
KEEP = """
INSERT INTO search_document (tenant_id, kind, source_id, at, conversation_id, has_file, words)
SELECT %s, %s, one.source_id, one.at, one.conversation_id, one.has_file, one.words::tsvector
FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[], %s::boolean[], %s::text[])
    AS one (source_id, at, conversation_id, has_file, words)
ON CONFLICT (tenant_id, kind, source_id) DO UPDATE SET
    at = excluded.at, conversation_id = excluded.conversation_id, has_file = excluded.has_file, words = excluded.words
"""
KEEP_NAME = """
INSERT INTO search_name (tenant_id, customer_id, name, keys)
SELECT %s, one.customer_id, one.name, string_to_array(one.keys, E'\\n')
FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS one (customer_id, name, keys)
ON CONFLICT (tenant_id, customer_id) DO UPDATE SET name = excluded.name, keys = excluded.keys
"""


@dataclass(frozen=True)
class Swept:
    is_done: bool


def sweep(*, at: datetime) -> Swept:
    """Read for a while what waits in the tenant being seen; what is left waits for the next round."""
    began = time.monotonic()
    while read_some():
        if time.monotonic() - began > A_WHILE:
            break
    return Swept(is_done=True)


@transaction.atomic
def read_some(*, limit: int = PORTION) -> int:
    """Make up to `limit` waiting rows findable; how many there were. Two may do it at the same time."""
    tenant_id, waiting = current_tenant_id(), defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [tenant_id, tenant_id, limit])
        taken = cursor.fetchall()
    for name, source_id in taken:
        waiting[name].add(source_id)
    for name, ids in waiting.items():
        _read(name, sorted(ids), tenant_id)
    return len(taken)


def _read(name: str, ids: list[int], tenant_id: int) -> None:
    kind = kind_named(name)
    drafts = kind.drafts(ids) if kind else []
    _keep(name, drafts, tenant_id)
    _keep_names([draft for draft in drafts if draft.name], tenant_id)
    _forget(name, set(ids) - {draft.source_id for draft in drafts}, tenant_id)


def _keep(name: str, drafts: list[Draft], tenant_id: int) -> None:
    if not drafts:
        return
    columns: list[list[Any]] = [
        [draft.source_id for draft in drafts],
        [draft.at for draft in drafts],
        [draft.conversation_id for draft in drafts],
        [draft.has_file for draft in drafts],
        [vector(draft, tenant_id) for draft in drafts],
    ]
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [tenant_id, name, *columns])


def _keep_names(drafts: list[Draft], tenant_id: int) -> None:
    if not drafts:
        return
    columns: list[list[Any]] = [
        [draft.source_id for draft in drafts],
        [draft.name[:200] for draft in drafts],
        ["\n".join(keys_of(draft.name[:200], tenant_id)) for draft in drafts],
    ]
    with connection.cursor() as cursor:
        cursor.execute(KEEP_NAME, [tenant_id, *columns])


def _forget(name: str, ids: Iterable[int], tenant_id: int) -> None:
    gone = list(ids)
    if not gone:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_document WHERE tenant_id = %s AND kind = %s AND source_id = ANY (%s)",
            [tenant_id, name, gone],
        )
        if name == "customer":
            cursor.execute("DELETE FROM search_name WHERE tenant_id = %s AND customer_id = ANY (%s)", [tenant_id, gone])
