"""What erasing somebody would take, and what the law keeps: looked at before anything happens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from golddraht.conversations.models import Conversation
from golddraht.conversations.rules import LIVE
from golddraht.ground.retention_law import Keeping
from golddraht.privacy.queries.keeping import Duty, consent_duties, duties
from golddraht.privacy.queries.naming import mentions_by_name
from golddraht.privacy.queries.persons import person_of
from golddraht.privacy.queries.reaching import Reach, reach_of
from golddraht.privacy.queries.sharing import shared_concerns
from golddraht.privacy.rules import Sign

COUNTED = {
    "concerns": ("conversations.Conversation",),
    "messages": ("conversations.Message",),
    "files": ("conversations.Attachment", "conversations.DraftFile"),
    "notes": ("conversations.Note", "conversations.Milestone"),
    "promises": ("promises.Promise", "promises.Option"),
    "mails": ("channels.RawMail", "channels.MailRecord", "channels.Delivery"),
    "calls": ("telephone.Call",),
    "record": (
        *("customers.Fact", "customers.ContactPoint", "customers.FormerWay"),
        *("customers.Belonging", "customers.Doubt"),
    ),
    "identity": ("customers.Customer", "customers.Merge", "customers.Resemblance"),
    "journey": ("journey.Event",),
    "search": ("search.Document", "search.Name"),
    "answers": ("improvement.Satisfaction", "improvement.FixLetter"),
}
"""What is told as one thing; everything else is told together."""


@dataclass(frozen=True)
class KeptConcern:
    """A concern of which letters are locked away: how many, why, by which law, and until when."""

    number: int
    subject: str
    sign: Sign
    keeping: Keeping
    law: str
    letters: int
    until: date


@dataclass(frozen=True)
class Preview:
    """Counts of what goes, by kind; what is kept; and what a colleague has to look at."""

    customer_id: int
    customers: int
    goes: dict[str, int]
    kept: tuple[KeptConcern, ...]
    open_concerns: tuple[int, ...]
    shared: tuple[int, ...]
    """Numbers of concerns in which somebody else speaks too: they stay with that person."""
    mentioned: tuple[int, ...]
    """Numbers of concerns of others in which the name stands."""

    @property
    def total(self) -> int:
        return sum(self.goes.values())


def preview_erasure(*, customer_id: int, at: datetime) -> Preview:
    """Looked at as it stands now; nothing is changed. Raises NoSuchCustomer."""
    person = person_of(customer_id)
    shared = shared_concerns(person)
    reach = reach_of(person)
    today = timezone.localdate(at)
    concerns = reach.gone["conversations.Conversation"] - set(shared)
    return Preview(
        customer_id=person.customer_ids[0],
        customers=len(person.customer_ids),
        goes=_counts(reach),
        kept=tuple(_kept(duties(concerns, on=today) + consent_duties(person.customer_ids, on=today))),
        open_concerns=tuple(_numbers(concerns, is_live=True)),
        shared=tuple(_numbers(shared)),
        mentioned=tuple(mentions_by_name(person)),
    )


def _counts(reach: Reach) -> dict[str, int]:
    counted = {name: sum(len(reach.gone[label]) for label in labels) for name, labels in COUNTED.items()}
    told = {label for labels in COUNTED.values() for label in labels}
    counted["others"] = sum(len(ids) for label, ids in reach.gone.items() if label not in told)
    return {name: count for name, count in counted.items() if count}


def _kept(found: list[Duty]) -> Iterable[KeptConcern]:
    subjects = dict(
        Conversation.objects.filter(pk__in={duty.conversation_id for duty in found}).values_list("number", "subject")
    )
    ordered = sorted(found, key=lambda duty: (duty.number, duty.keeping))
    for (number, keeping), group in groupby(ordered, key=lambda duty: (duty.number, duty.keeping)):
        rows = list(group)
        latest = max(rows, key=lambda duty: duty.over_on)
        yield KeptConcern(number, subjects.get(number, ""), latest.sign, keeping, latest.law, len(rows), latest.over_on)


def _numbers(ids: Iterable[int], *, is_live: bool = False) -> list[int]:
    rows = Conversation.objects.filter(pk__in=list(ids))
    if is_live:
        rows = rows.filter(status__in=LIVE)
    return list(rows.order_by("number").values_list("number", flat=True))
