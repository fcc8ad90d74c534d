"""Noting that a polite question left the house, so that nobody is asked it again and again."""

from __future__ import annotations

from datetime import datetime

from golddraht.customers.models import Asking, Doubt
from golddraht.customers.queries.one_person import ids_of_person
from golddraht.customers.rules.questions import carries
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.transactions import joined

_ASKABLE: Question[Doubt] = Question(
    lambda: Doubt.objects.filter(customer__pk__among=Asked("ids"), settled_as__in=["", "ask"]).order_by("pk")
)


@joined
def note_asked(*, customer_id: int, text: str, message_id: int, by: int | None, at: datetime) -> int:
    """Note which doubts about the person a message of ours asks about; how many. The same message twice is noted once."""
    if "?" not in text:
        return 0
    doubts = _ASKABLE.all(ids=list(ids_of_person(customer_id=customer_id)))
    asked = [one for one in doubts if carries(text, kind=one.kind, attribute=one.attribute)]
    rows = [Asking(doubt_id=one.pk, message_id=message_id, actor_id=by, asked_at=at) for one in asked]
    if rows:
        Asking.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@joined
def forget_asked(*, message_id: int) -> None:
    """The message never arrived: nobody was asked anything in it."""
    Asking.objects.filter(message_id=message_id).delete()
