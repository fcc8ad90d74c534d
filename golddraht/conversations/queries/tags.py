"""Tags: how often each is used, what is known of it, and what old names mean today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q

from golddraht.conversations.models import Conversation, Macro, Tag, TagChange
from golddraht.conversations.queries.finding import Seer
from golddraht.conversations.queries.tagged import has_one_of
from golddraht.plumbing.memory import remembered
from golddraht.plumbing.tenancy import current_tenant_id

USES = """
    SELECT one.tag, count(*) FROM conversations_conversation c, unnest(c.tags) AS one(tag)
    WHERE c.tenant_id = %s AND c.status <> 'MERGED' GROUP BY one.tag
"""


class NoSuchTag(LookupError):
    """Nothing carries it and nobody has described it; the same for a change of tags."""


@dataclass(frozen=True)
class TagLine:
    """A tag with its uses at concerns, and how it is described."""

    name: str
    uses: int = 0
    description: str = ""
    hue: int | None = None
    group: str = ""
    is_retired: bool = False


@dataclass(frozen=True)
class Union:
    """What becomes of two tags when they become one. `is_rename` when nothing carries the new name yet."""

    old: str
    new: str
    concerns: int
    both: int
    macros: int
    is_rename: bool


@dataclass(frozen=True)
class Changed:
    """A change that can be undone."""

    id: int
    old: str
    new: str
    by_name: str
    at: datetime
    concerns: int


def tag_lines(*, viewer: Seer) -> list[TagLine]:
    """Every tag that is used or described, by group and name; those out of use last."""
    with connection.cursor() as cursor:
        cursor.execute(USES, [viewer.tenant_id])
        uses = dict(cursor.fetchall())
    known = {row.name: row for row in Tag.objects.filter(tenant_id=viewer.tenant_id)}
    lines = [_line(name, uses.get(name, 0), known.get(name)) for name in {*uses, *known}]
    return sorted(lines, key=lambda one: (one.is_retired, one.group.lower(), one.name.lower()))


def tag_named(*, viewer: Seer, name: str) -> TagLine:
    """Raises NoSuchTag."""
    found = next((one for one in tag_lines(viewer=viewer) if one.name == name), None)
    if found is None:
        raise NoSuchTag(name)
    return found


def described(*, viewer: Seer, names: Iterable[str]) -> list[TagLine]:
    """These tags with their colours, in this order, uncounted."""
    names = list(names)
    known = {row.name: row for row in Tag.objects.filter(tenant_id=viewer.tenant_id, name__in=names)} if names else {}
    return [_line(name, 0, known.get(name)) for name in names]


def offered_tags(*, viewer: Seer) -> list[str]:
    """The described ones that are in use, by name: what is offered where somebody tags."""
    rows = Tag.objects.filter(tenant_id=viewer.tenant_id, retired_at=None)
    return sorted(rows.values_list("name", flat=True), key=str.lower)


def groups_of_tags() -> dict[str, str]:
    """The group of each tag that has one."""
    return dict(Tag.objects.exclude(group="").values_list("name", "group"))


def union_of(*, viewer: Seer, old: str, new: str) -> Union:
    """What would happen; nothing is changed. Raises NoSuchTag."""
    known = {one.name for one in tag_lines(viewer=viewer)}
    if old not in known:
        raise NoSuchTag(old)
    carries = has_one_of([old], tenant_id=viewer.tenant_id) or Q(tags__contains=[old])
    carrying = Conversation.objects.filter(carries, tenant_id=viewer.tenant_id)
    return Union(
        old=old,
        new=new,
        concerns=carrying.count(),
        both=carrying.filter(tags__contains=[new]).count(),
        macros=Macro.objects.filter(tenant_id=viewer.tenant_id, tags__contains=[old]).count(),
        is_rename=new not in known,
    )


def tag_changes(*, viewer: Seer) -> list[Changed]:
    """Those that can be undone, the latest first."""
    rows = TagChange.objects.filter(tenant_id=viewer.tenant_id, undone_at=None).select_related("by")
    return [
        Changed(row.pk, row.old, row.new, row.by.name, row.at, len(row.conversation_ids) + len(row.both_ids))
        for row in rows.order_by("-at", "-pk")[:20]
    ]


@remembered
def _meanings(tenant_id: int) -> dict[str, str]:
    return dict(TagChange.objects.filter(tenant_id=tenant_id, undone_at=None).values_list("old", "new"))


def meant_by(name: str, *, tenant_id: int | None = None) -> str:
    """What the tag is called today: whoever uses an old name means the new one."""
    meanings = _meanings(tenant_id or current_tenant_id())
    for _ in range(len(meanings)):
        name = meanings.get(name, name)
    return name


def names_of(name: str, *, tenant_id: int) -> list[str]:
    """The tag and everything that it was called before."""
    return [name, *(old for old in _meanings(tenant_id) if meant_by(old, tenant_id=tenant_id) == name)]


def _line(name: str, uses: int, row: Tag | None) -> TagLine:
    if row is None:
        return TagLine(name, uses)
    return TagLine(name, uses, row.description, row.hue, row.group, row.retired_at is not None)
