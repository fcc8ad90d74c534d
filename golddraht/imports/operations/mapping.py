"""Saying what the columns of a file mean, and keeping that for the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from golddraht.ground.text import one_line
from golddraht.imports.events import ImportMoved
from golddraht.imports.models import Import, Mapping, Row
from golddraht.imports.operations.keeping import ImportRefused
from golddraht.imports.rules.guessing import Why
from golddraht.imports.rules.states import RowState, State
from golddraht.imports.rules.subjects import subject_of
from golddraht.plumbing import bus

BEFORE_IT_RUNS = (State.MAPPING, State.TRIED)


@transaction.atomic
def map_columns(*, import_id: int, targets: Sequence[str], by: int | None, at: datetime, keep_as: str = "") -> Import:
    """What each column means, in their order; what was found out with another mapping is forgotten. Raises ImportRefused.

    With `keep_as` the mapping is kept under that name and offered for the next file of this source.
    """
    file: Import = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
    if file.state not in BEFORE_IT_RUNS:
        raise ImportRefused("STATE")
    subject = subject_of(file)
    told = [one if one in subject.targets else "" for one in map(str, targets)]
    doubled = {one for one in told if one and told.count(one) > 1 and one not in subject.many}
    if len(told) != len(file.columns) or doubled or not any(told):
        raise ImportRefused("TARGETS")
    if told != file.targets:
        file.whys = [
            why if old == new else "chosen" for why, old, new in zip(file.whys, file.targets, told, strict=True)
        ]
        file.targets, file.mapping_name = told, ""
        forget_trial(file)
    if name := one_line(keep_as, 60):
        _keep(file, name, by, at)
    file.moved_at = at
    file.save()
    bus.publish(ImportMoved(file.pk, at))
    return file


def forget_trial(file: Import) -> None:
    """Nothing is known of its rows any more; the caller saves the file."""
    file.trying_since = file.tried_at = None
    file.through = file.new_count = file.changed_count = file.known_count = file.doubtful_count = file.bad_count = 0
    rows = Row.objects.filter(file=file, state=RowState.WAITING).exclude(verdict="", odd=[])
    rows.update(verdict="", odd=[], known_by="", erased_at=None)


def _keep(file: Import, name: str, by: int | None, at: datetime) -> None:
    told = {"columns": file.columns, "targets": file.targets, "by_id": by, "kept_at": at}
    Mapping.objects.update_or_create(source=file.source, about=file.about, name=name, defaults=told)
    file.mapping_name, file.whys = name, [str(Why.SAVED)] * len(file.columns)


@transaction.atomic
def forget_mapping(*, mapping_id: int) -> None:
    Mapping.objects.filter(pk=mapping_id).delete()
