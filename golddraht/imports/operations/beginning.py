"""Beginning what a job then does: trying a file out, taking it over, undoing it.

With `at_hand` no job is asked for: whoever calls works it off themselves (`work_on`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from golddraht.imports.events import ImportBegun, ImportMoved
from golddraht.imports.models import Import, Row
from golddraht.imports.operations.keeping import ImportRefused
from golddraht.imports.operations.mapping import forget_trial
from golddraht.imports.rules.states import State
from golddraht.imports.rules.subjects import subject_of
from golddraht.plumbing import bus


@transaction.atomic
def try_out(*, import_id: int, at: datetime, at_hand: bool = False) -> Import:
    """Go through the whole file and say what would happen, without doing it. Raises ImportRefused."""
    file = _locked(import_id, (State.MAPPING, State.TRIED))
    _check_meanings(file)
    forget_trial(file)
    file.trying_since = at
    return _begun(file, at, at_hand)


@transaction.atomic
def take_over(*, import_id: int, at: datetime, at_hand: bool = False) -> Import:
    """Take over every row that can be. Raises ImportRefused."""
    file = _locked(import_id, (State.MAPPING, State.TRIED))
    _check_meanings(file)
    forget_trial(file)
    file.begun_at = at
    return _begun(file, at, at_hand)


@transaction.atomic
def undo(*, import_id: int, at: datetime, at_hand: bool = False) -> Import:
    """Give back what was before it; what is still to be taken over is left. Asked twice it is the same. Raises ImportRefused."""
    file = _locked(import_id, (State.RUNNING, State.DONE, State.UNDOING, State.UNDONE))
    if file.undoing_since is not None:
        return file
    file.undoing_since, file.ended_at, file.through = at, file.ended_at or at, 0
    return _begun(file, at, at_hand)


@transaction.atomic
def throw_away(*, import_id: int) -> None:
    """Forget a file of which nothing was taken over, or all was undone. Raises ImportRefused."""
    file = _locked(import_id, (State.UNREADABLE, State.MAPPING, State.TRIED, State.UNDONE))
    Row.objects.filter(file=file).delete()
    file.file.delete(save=False)
    file.delete()


def _check_meanings(file: Import) -> None:
    if not any(file.targets):
        raise ImportRefused("TARGETS")
    if subject_of(file).must not in ("", *file.targets):
        raise ImportRefused("MUST")


def _locked(import_id: int, states: Collection[State]) -> Import:
    file: Import = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
    if file.state not in states:
        raise ImportRefused("STATE")
    return file


def _begun(file: Import, at: datetime, at_hand: bool) -> Import:
    file.moved_at = at
    file.save()
    bus.publish(ImportMoved(file.pk, at))
    if not at_hand:
        bus.publish(ImportBegun(file.pk, at))
    return file
