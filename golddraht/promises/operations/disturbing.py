"""One event that touches many promises: everybody affected hears of it at once, and once."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby, islice

from django.db import transaction

from golddraht.ground.hours import Calendar
from golddraht.ground.text import one_line
from golddraht.promises.models import Disturbance, Promise
from golddraht.promises.operations.endangering import REFUSALS, DangerRefused, announce, lay_out, mark_endangered
from golddraht.promises.queries.finding import team_of, touched_rows
from golddraht.promises.rules import Kind, OptionDraft, default_options, refusal_of_options
from golddraht.team.queries import calendar_of

AT_ONCE = 50
"""So many customers are told in one transaction, in two or three seconds: a longer one would hold up arriving mail.

The first ones are told while the lead waits, the sweeper goes on with the rest within a minute.
"""

log = logging.getLogger(__name__)


@transaction.atomic
def announce_disturbance(
    *,
    words: str,
    starts_at: datetime,
    ends_at: datetime,
    by: int,
    at: datetime,
    reference: str = "",
    tour: str = "",
    options: Sequence[OptionDraft] | None = None,
) -> Disturbance:
    """Put every open delivery and visit it touches in danger, and tell each customer in one message with ways out.

    By tour or reference where one is named, else all in that time. Without `options` each is offered the same hours on
    the next two working days, collecting, sending back and a call. Raises DangerRefused.
    """
    _check(words, options, starts_at=starts_at, ends_at=ends_at, at=at)
    rows = touched_rows(starts_at=max(starts_at, at), ends_at=ends_at, tour=tour, reference=reference)
    disturbance: Disturbance = Disturbance.objects.create(
        words=one_line(words, 300),
        reference=one_line(tour or reference, 80),
        starts_at=starts_at,
        ends_at=ends_at,
        at=at,
        by_id=by,
    )
    touched = list(rows.select_for_update(of=("self",)))
    _mark_all(touched, disturbance, options, at=at)
    announce_to_each(touched, at=at)
    return disturbance


def _check(
    words: str, options: Sequence[OptionDraft] | None, *, starts_at: datetime, ends_at: datetime, at: datetime
) -> None:
    if not words.strip():
        raise DangerRefused("WORDS", "Say in a few words what has happened.")
    if ends_at <= starts_at or ends_at <= at:
        raise DangerRefused("PAST", "A disturbance ends after it starts, and not in the past.")
    if options is not None and (reason := refusal_of_options(options, at=at)):
        raise DangerRefused(reason, REFUSALS[reason])


def _mark_all(
    touched: Iterable[Promise], disturbance: Disturbance, options: Sequence[OptionDraft] | None, *, at: datetime
) -> None:
    calendars: dict[int, Calendar] = {}
    for promise in touched:
        promise.disturbance = disturbance
        promise.save(update_fields=["disturbance"])
        mark_endangered(promise, why=disturbance.words, at=at)
        lay_out(promise, options if options is not None else _ways_out(promise, disturbance, calendars, at=at))


def _ways_out(
    promise: Promise, disturbance: Disturbance, calendars: dict[int, Calendar], *, at: datetime
) -> list[OptionDraft]:
    team = team_of(promise)
    if team.pk not in calendars:
        calendars[team.pk] = calendar_of(team)
    return default_options(
        kind=Kind(promise.kind),
        starts_at=promise.starts_at,
        due_at=promise.due_at,
        calendar=calendars[team.pk],
        not_before=max(disturbance.ends_at, at),
    )


def announce_to_each(promises: Iterable[Promise], *, at: datetime) -> int:
    """One message to each of the first customers; how many were told. One that fails is left to the sweeper."""
    told = 0
    ordered = sorted(promises, key=lambda promise: (promise.customer_id, promise.due_at, promise.pk))
    groups = (list(theirs) for _, theirs in groupby(ordered, key=lambda promise: promise.customer_id))
    for group in islice(groups, AT_ONCE):
        try:
            with transaction.atomic():
                told += announce(group, at=at)
        except Exception:
            log.exception("The danger to promise %s could not be announced.", group[0].pk)
    return told
