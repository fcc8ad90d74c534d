"""Keeping what could not be taken down, so that nothing is lost before somebody has decided."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from golddraht.commerce.models import BadRow
from golddraht.commerce.operations.remembering import Answered, OfErased, state_unless_erased
from golddraht.commerce.operations.stating import Stated
from golddraht.commerce.rules import Thing
from golddraht.ground.text import one_line


@dataclass(frozen=True)
class Origin:
    """Where rows come from."""

    thing: Thing
    source: str
    file_name: str = ""
    by: int | None = None
    import_id: int | None = None


def keep_row(
    answered: Answered, origin: Origin, *, cells: Mapping[str, Any], at: datetime, line: int = 0
) -> BadRow | None:
    """A refused row is kept once, however often it comes; None for what somebody has decided to leave outside."""
    one, of_erased = answered.stated, answered.of_erased
    if of_erased is not None and of_erased.is_left:
        return None
    told = {
        "thing": origin.thing,
        "source": one_line(origin.source, 60),
        "cells": json.loads(json.dumps(dict(cells), cls=DjangoJSONEncoder)),
        "settled_at": None,
    }
    why = {"reason": one.reason, "field": one_line(one.field, 40)} | _erased(of_erased)
    came = {"file_name": one_line(origin.file_name, 200), "line": line, "kept_at": at, "by_id": origin.by}
    row, is_new = BadRow.objects.get_or_create(**told, defaults=why | came | {"import_id": origin.import_id})
    if not is_new and row.import_id != origin.import_id:
        # Whoever said it last answers for it: it does not go with an earlier file.
        row.import_id = origin.import_id
        row.save(update_fields=["import_id"])
    kept: BadRow = row
    return kept


def _erased(found: OfErased | None) -> dict[str, Any]:
    return {"erased_at": found.erased_at, "marks": list(found.marks), "place": found.place} if found else {}


@transaction.atomic
def state_told(
    *, thing: Thing, source: str, rows: Sequence[Mapping[str, Any]], at: datetime, by: int | None = None
) -> list[Stated]:
    """Take down what a program tells, row by row. One about somebody erased is refused and kept (`kept_id`). Raises LedgerRefused."""
    origin = Origin(thing, source, by=by)
    answers = state_unless_erased(thing=thing, source=source, rows=rows, at=at)
    return [_told(answer, origin, row, at) for answer, row in zip(answers, rows, strict=True)]


def _told(answer: Answered, origin: Origin, row: Mapping[str, Any], at: datetime) -> Stated:
    if answer.of_erased is None:
        return answer.stated
    kept = keep_row(answer, origin, cells=row, at=at)
    return replace(answer.stated, kept_id=kept.pk if kept else None)
