"""A narrower look at a place: only some statuses, tags, teams, people or days of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from golddraht.conversations.models import Attachment, Note


@dataclass(frozen=True)
class Narrowing:
    """What is wanted of a place. What is empty or None narrows nothing, except for `ids`, `team_ids` and `owner_ids`:
    there an empty one means that nothing fits."""

    ids: tuple[int, ...] | None = None
    statuses: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    tags_excluded: tuple[str, ...] = ()
    team_ids: tuple[int, ...] | None = None
    owner_ids: tuple[int, ...] | None = None
    since: datetime | None = None
    until: datetime | None = None
    has_file: bool | None = None
    has_note: bool = False


def narrowed(rows: QuerySet[Any], wanted: Narrowing) -> QuerySet[Any]:
    """Only those of the conversations that fit; days are those on which something was said last."""
    rows = rows.filter(_named(wanted), _tagged(wanted), _within(wanted))
    if wanted.has_file is not None:
        files = Attachment.objects.filter(message__conversation_id=OuterRef("pk"))
        rows = rows.filter(Exists(files) if wanted.has_file else ~Exists(files))
    if wanted.has_note:
        rows = rows.filter(Exists(Note.objects.filter(conversation_id=OuterRef("pk"))))
    return rows


def _named(wanted: Narrowing) -> Q:
    named = (("pk__in", wanted.ids), ("team_id__in", wanted.team_ids), ("owner_id__in", wanted.owner_ids))
    found = Q(status__in=wanted.statuses) if wanted.statuses else Q()
    found &= Q(priority__in=wanted.priorities) if wanted.priorities else Q()
    for field, values in named:
        found &= Q(**{field: values}) if values is not None else Q()
    return found


def _tagged(wanted: Narrowing) -> Q:
    found = Q(tags__overlap=list(wanted.tags)) if wanted.tags else Q()
    return found & ~Q(tags__overlap=list(wanted.tags_excluded)) if wanted.tags_excluded else found


def _within(wanted: Narrowing) -> Q:
    found = Q(latest_at__gte=wanted.since) if wanted.since else Q()
    return found & Q(latest_at__lt=wanted.until) if wanted.until else found
