"""The day's run: portion by portion, each in a transaction of its own, killed at any moment without harm, and proven line by line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from golddraht.customers.models import Customer
from golddraht.ground.retention_law import Keeping
from golddraht.plumbing import bus
from golddraht.plumbing.tenancy import seeing
from golddraht.privacy.catalogue.keepers import KEEPERS
from golddraht.privacy.events import KeepingDue, KeepingEnded
from golddraht.privacy.models import Erasure, KeepingLine, KeepingRun
from golddraht.privacy.operations.erasing import carry_out
from golddraht.privacy.operations.files import remove_doomed
from golddraht.privacy.operations.removing import (
    Kept,
    Remover,
    remove_concerns,
    remove_jobs,
    remove_locked,
    remover_of,
    strip_mails,
)
from golddraht.privacy.queries import looking, rest
from golddraht.privacy.queries.looking import Finder, Found, View, finder_of
from golddraht.privacy.queries.periods import keeping_lines
from golddraht.privacy.queries.runs import is_keeping
from golddraht.privacy.rules import Asker, Outcome


@dataclass(frozen=True)
class Step:
    """One kind of thing: how a portion of it is found, and how it goes. `always` goes in a trial, too."""

    what: str
    find: Finder
    remove: Remover | None
    always: bool = False


STEPS = (
    Step("concerns", looking.concerns, remove_concerns),
    Step("mails", looking.mails, strip_mails),
    *(Step(one.key, finder_of(one), remover_of(one.label)) for one in KEEPERS),
    Step("consents", rest.consents, remover_of("consent.ConsentAct")),
    # Once more: what had been asked goes after its answer.
    Step("consents", rest.consents, remover_of("consent.ConsentAct")),
    Step("trail", rest.trail, remover_of("plumbing.Trace")),
    Step("queues", rest.queues, remove_jobs),
    Step("sessions", rest.nothing, remover_of("sessions.Session")),
    Step("requests", rest.requests, remover_of("privacy.Erasure")),
    # Whoever was erased has been told until when it is kept.
    Step("archive", rest.archive, remove_locked, always=True),
    # Last, because somebody of whom something is left is not forgotten. They go by an erasure of their own.
    Step("people", rest.people, None),
)


@dataclass(frozen=True)
class Moved:
    """Whether something is left, and who has to be erased now."""

    is_left: bool
    forgotten: list[int] = field(default_factory=list)


@transaction.atomic
def begin_run(*, at: datetime) -> int:
    """Today's run; gives the one there is if there is one."""
    run, is_new = KeepingRun.objects.get_or_create(
        on=timezone.localdate(at), defaults={"is_trial": not is_keeping(), "began_at": at, "moved_at": at}
    )
    if is_new:
        bus.publish(KeepingDue(run.pk, at))
    return int(run.pk)


def carry_on(*, tenant_id: int, run_id: int, at: datetime) -> bool:
    """The next portion of a run; gives whether something is left. Safe to call at any time, and twice at once."""
    with seeing(tenant_id):
        moved = go_on(run_id=run_id, at=at)
    for customer_id in moved.forgotten:
        _forget(tenant_id, customer_id, at=at)
    with seeing(tenant_id):
        remove_doomed()
    return moved.is_left


@transaction.atomic
def go_on(*, run_id: int, at: datetime) -> Moved:
    run = KeepingRun.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=run_id, ended_at=None).first()
    if run is None:
        return Moved(False)
    step, view = STEPS[run.step], View.of(run.on, keeping_lines(on=run.on))
    found = step.find(view, run.seen_until)
    goes = {one.id for one in found if one.outcome is Outcome.DUE}
    acts = step.always or not run.is_trial
    kept = step.remove(goes, at) if step.remove and acts and goes else Counter()
    _note(run, step, found, kept, is_done=acts)
    if step.what == "sessions":
        _end_sessions(run, view, acts=acts)
    if step.remove is None and not found:
        _count_forgotten(run, view)
    _advance(run, found, at=at)
    return Moved(run.ended_at is None, sorted(goes) if step.remove is None and acts else [])


def _advance(run: KeepingRun, found: list[Found], *, at: datetime) -> None:
    if found:
        run.seen_until = found[-1].id
    else:
        run.step, run.seen_until = run.step + 1, 0
    run.moved_at = at
    if run.step == len(STEPS):
        run.ended_at = at
        bus.publish(KeepingEnded(run.pk, at))
    run.save(update_fields=["step", "seen_until", "moved_at", "ended_at"])


def _note(run: KeepingRun, step: Step, found: list[Found], kept: Kept, *, is_done: bool) -> None:
    counts: Counter[tuple[Keeping, str, Outcome]] = Counter()
    for one in found:
        is_gone = is_done and one.outcome is Outcome.DUE
        if is_gone and step.remove is None:
            # They are counted when they are gone.
            continue
        counts[one.keeping, one.law, Outcome.ERASED if is_gone else one.outcome] += 1
    for (keeping, law), count in kept.items():
        counts[keeping, law, Outcome.LOCKED] += count
    for (keeping, law, outcome), count in counts.items():
        _add(run.pk, step.what, keeping, law, outcome, count)


def _add(run_id: int, what: str, keeping: Keeping, law: str, outcome: Outcome, count: int) -> None:
    line, _ = KeepingLine.objects.get_or_create(
        run_id=run_id, what=what, keeping=keeping.value, law=law, outcome=outcome.value, defaults={"count": 0}
    )
    line.count += count
    line.save(update_fields=["count"])


def _forget(tenant_id: int, customer_id: int, *, at: datetime) -> None:
    """As whoever asks is erased: with its line in the ledger, what the law keeps locked away, and words of others looked through."""
    with seeing(tenant_id):
        erasure_id = _request(customer_id, at=at)
    if erasure_id is not None:
        carry_out(tenant_id=tenant_id, erasure_id=erasure_id, at=at)


@transaction.atomic
def _request(customer_id: int, *, at: datetime) -> int | None:
    """None when they are gone already, or somebody has asked for it meanwhile."""
    known = Erasure.objects.filter(customer_id=customer_id, done_at=None, refused_at=None, withdrawn_at=None)
    if known.exists() or not Customer.objects.filter(pk=customer_id).exists():
        return None
    row = Erasure.objects.create(
        request=uuid4(),
        customer_id=customer_id,
        asker=Asker.RETENTION,
        asked_at=at,
        approved_at=at,
        due_on=timezone.localdate(at),
    )
    return int(row.pk)


def _end_sessions(run: KeepingRun, view: View, *, acts: bool) -> None:
    """Those of the whole installation, with what was noted of their browsers."""
    sessions, browsers = rest.over_sessions(view)
    count = sessions.count() + browsers.count()
    if acts:
        browsers.delete()
        sessions.delete()
    if count:
        outcome = Outcome.ERASED if acts else Outcome.DUE
        _add(run.pk, "sessions", Keeping.SESSION, view.law(Keeping.SESSION), outcome, count)


def _count_forgotten(run: KeepingRun, view: View) -> None:
    """Who was erased since the last run came through, counted by what is proven: the erasures themselves."""
    before = KeepingRun.objects.filter(ended_at__isnull=False).order_by("-on").first()
    since = before.ended_at if before else run.began_at
    count = Erasure.objects.filter(asker=Asker.RETENTION, erased_at__gte=since).count()
    if count:
        _add(run.pk, "people", Keeping.RECORD, view.law(Keeping.RECORD), Outcome.ERASED, count)
