"""What is looked at besides: proofs of consents, people of whom nothing is left, the trail, queues, sessions, requests, the archive."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from golddraht.commerce.models import Appointment, Delivery, Order, Return
from golddraht.consent.models import ConsentAct, Permission
from golddraht.conversations.models import Conversation
from golddraht.customers.models import ContactPoint, Customer
from golddraht.ground.retention_law import Keeping
from golddraht.journey.models import Event
from golddraht.plumbing.models import Trace
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.privacy.models import Erasure, Locked
from golddraht.privacy.queries.looking import AT_ONCE, MANY, Found, View
from golddraht.privacy.queries.periods import midnight
from golddraht.privacy.rules import Outcome
from golddraht.promises.models import Promise
from golddraht.promises.rules import State
from golddraht.telephone.models import Call

BOUGHT: tuple[Any, ...] = (Order, Delivery, Appointment, Return)
ENDS = ("WITHDRAWN", "OBJECTED")


def consents(view: View, after: int) -> list[Found]:
    """Consents that do not hold any more and whose proof is over. One that holds stays as long as its customer."""
    given = ConsentAct.objects.filter(pk__gt=after, kind__in=["GIVEN", "CONFIRMED", "ASKED"], keep_until__lt=view.on)
    ended = ConsentAct.objects.filter(customer_id=OuterRef("customer_id"), pk__gt=OuterRef("pk"), kind__in=ENDS)
    ended = ended.filter(Q(way="") | Q(way=OuterRef("way")), Q(purpose="") | Q(purpose=OuterRef("purpose")))
    confirmed = ConsentAct.objects.filter(asked_id=OuterRef("pk"))
    in_use = Permission.objects.filter(act_id=OuterRef("pk"))
    rows = given.filter(Exists(ended) | Q(kind="ASKED")).exclude(Exists(confirmed)).exclude(Exists(in_use))
    portion = rows.order_by("pk").values_list("pk", "customer_id")[:MANY]
    return [_plain(view, id_, Keeping.CONSENT, customer) for id_, customer in portion]


def _plain(view: View, id_: int, keeping: Keeping, customer: int | None = None) -> Found:
    outcome = Outcome.HELD if customer in view.held else Outcome.ASKED if customer in view.asked else Outcome.DUE
    return Found(id_, keeping, view.law(keeping), outcome)


def people(view: View, after: int) -> list[Found]:
    """Customers without any concern who have not been in touch for their time; the head of each person."""
    before = view.before(Keeping.RECORD)
    theirs = Q(customer_id=OuterRef("pk")) | Q(customer__head_id=OuterRef("pk"))
    rows = Customer.objects.filter(pk__gt=after, head=None, known_since__lt=before).order_by("pk")
    rows = rows.exclude(Exists(Conversation.objects.filter(theirs)))
    rows = rows.exclude(Exists(ContactPoint.objects.filter(theirs, last_used_at__gte=before)))
    portion = dict(rows.values_list("pk", "known_since")[:AT_ONCE])
    touched, bought, promised = _touched(portion), _of_heads(BOUGHT, portion), _promised(portion)
    found = []
    for id_, since in portion.items():
        ended = timezone.localdate(max(since, touched.get(id_, since)))
        outcome = view.outcome(Keeping.RECORD, ended, customer=id_, is_promised=id_ in promised)
        if outcome is Outcome.DUE and id_ in bought:
            found.append(Found(id_, Keeping.VOUCHER, view.law(Keeping.VOUCHER), Outcome.INSIDE))
        else:
            found.append(Found(id_, Keeping.RECORD, view.law(Keeping.RECORD), outcome))
    return found


MOMENTS: tuple[tuple[Any, str], ...] = (
    (ContactPoint, "last_used_at"),
    (Event, "at"),
    (Call, "rang_at"),
    (ConsentAct, "at"),
    (Permission, "at"),
)
"""When somebody was last in touch, whichever side began."""


def _touched(heads: Iterable[int]) -> dict[int, datetime]:
    latest: dict[int, datetime] = {}
    for model, name in MOMENTS:
        rows = _theirs(model, heads).values("customer_id", "customer__head_id").annotate(last=Max(name))
        for row in rows:
            head = row["customer__head_id"] or row["customer_id"]
            if row["last"] is not None:
                latest[head] = max(row["last"], latest.get(head, row["last"]))
    return latest


def _theirs(model: Any, heads: Iterable[int]) -> QuerySet[Any]:
    ids = list(heads)
    rows: QuerySet[Any] = model.objects.filter(Q(customer_id__in=ids) | Q(customer__head_id__in=ids))
    return rows


def _of_heads(models: Iterable[Any], heads: Iterable[int]) -> set[int]:
    pairs = (pair for model in models for pair in _theirs(model, heads).values_list("customer_id", "customer__head_id"))
    return {head or customer for customer, head in pairs}


def _promised(heads: Iterable[int]) -> set[int]:
    rows = _theirs(Promise, heads).filter(state=State.OPEN).values_list("customer_id", "customer__head_id")
    return {head or customer for customer, head in rows}


def trail(view: View, after: int) -> list[Found]:
    line = view.lines[Keeping.TRAIL]
    rows = Trace.objects.filter(pk__gt=after, at__lt=view.before(Keeping.TRAIL)).order_by("pk")
    over = [id_ for id_, at in rows.values_list("pk", "at")[:MANY] if line.over_on(timezone.localdate(at)) <= view.on]
    return [_plain(view, id_, Keeping.TRAIL) for id_ in over]


JOBS = """
SELECT job.id FROM procrastinate_jobs job
WHERE job.id > %s AND job.args ->> 'tenant_id' = %s::text AND job.status IN ('succeeded', 'failed', 'cancelled', 'aborted')
  AND NOT EXISTS (SELECT FROM procrastinate_events e WHERE e.job_id = job.id AND e.at >= %s)
ORDER BY job.id LIMIT %s
"""


def queues(view: View, after: int) -> list[Found]:
    """Work that is done or was given up."""
    with connection.cursor() as cursor:
        cursor.execute(JOBS, [after, current_tenant_id(), last_day(view, Keeping.COPY), MANY])
        return [_plain(view, row[0], Keeping.COPY) for row in cursor.fetchall()]


def last_day(view: View, keeping: Keeping) -> datetime:
    """What ended before this moment is over; for what is asked in one go. Not for classes that count from the end of a year."""
    line = view.lines[keeping]
    day = view.on
    while line.over_on(day) > view.on:
        day -= timedelta(days=1)
    return midnight(day + timedelta(days=1))


def nothing(view: View, after: int) -> list[Found]:
    return []


def over_sessions(view: View) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Sessions of the whole installation that ran out, and what was noted of the browsers of such."""
    before = last_day(view, Keeping.SESSION)
    living = Session.objects.filter(expire_date__gte=before).values("session_key")
    browsers = apps.get_model("usersessions.UserSession").objects.filter(last_seen_at__lt=before)
    return Session.objects.filter(expire_date__lt=before), browsers.exclude(session_key__in=living)


def requests(view: View, after: int) -> list[Found]:
    """Closed requests; one of which something is still locked away is kept with it."""
    line, found = view.lines[Keeping.CLAIMS], []
    rows = Erasure.objects.filter(pk__gt=after).exclude(done_at=None, refused_at=None, withdrawn_at=None).order_by("pk")
    locked = Exists(Locked.objects.filter(erasure_id=OuterRef("pk")))
    closed = rows.filter(asked_at__lt=view.before(Keeping.CLAIMS)).annotate(keeps=locked)
    for row in closed[:MANY]:
        if line.over_on(_closed_on(row)) > view.on or row.keeps:
            found.append(Found(row.pk, Keeping.CLAIMS, view.law(Keeping.CLAIMS), Outcome.INSIDE))
        else:
            found.append(_plain(view, row.pk, Keeping.CLAIMS))
    return found


def _closed_on(row: Erasure) -> date:
    closed = row.done_at or row.refused_at or row.withdrawn_at
    assert closed is not None
    return timezone.localdate(closed)


def archive(view: View, after: int) -> list[Found]:
    """What was locked away carries its own last day."""
    rows = Locked.objects.filter(pk__gt=after, over_on__lte=view.on).order_by("pk")
    return [
        Found(id_, Keeping(keeping), law, Outcome.DUE)
        for id_, keeping, law in rows.values_list("pk", "keeping", "law")[:AT_ONCE]
    ]
