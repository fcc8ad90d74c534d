"""How many concerns were solved, in all three senses (M1), and how many at the first contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from golddraht.conversations.models import Message, Solution
from golddraht.conversations.queries.finding import Seer
from golddraht.conversations.rules import Direction


@dataclass(frozen=True)
class Figures:
    """Solutions by what became of them. Presumed never counts as confirmed, and what recurred counts as neither."""

    confirmed: int
    presumed: int
    recurred: int
    objected: int
    at_first_contact: int

    @property
    def solved(self) -> int:
        return self.confirmed + self.presumed

    @property
    def first_contact_resolution(self) -> float | None:
        """Of everything solved, or solved and come back: the part that one answer solved for good; None without any."""
        total = self.solved + self.recurred
        return self.at_first_contact / total if total else None


def figures(*, viewer: Seer, since: datetime, until: datetime) -> Figures:
    """What was solved (or came back, or was objected to) from `since` on and before `until`."""
    ours = Message.objects.filter(
        conversation_id=OuterRef("conversation_id"),
        direction=Direction.OUT,
        automatic="",
        inquiry=None,
        received_at__lte=OuterRef("proposed_at"),
    )
    answers = ours.order_by().values("conversation_id").annotate(number=Count("pk")).values("number")
    rows = Solution.objects.filter(tenant_id=viewer.tenant_id).annotate(
        answers=Coalesce(Subquery(answers), 0),
    )
    held = Q(recurred_at=None, objected_at=None)
    solved = held & (Q(confirmed_at__isnull=False) | Q(presumed_at__isnull=False))
    counted = rows.filter(over_at__gte=since, over_at__lt=until).aggregate(
        confirmed=Count("pk", filter=held & Q(confirmed_at__isnull=False)),
        presumed=Count("pk", filter=held & Q(presumed_at__isnull=False)),
        recurred=Count("pk", filter=Q(recurred_at__isnull=False)),
        objected=Count("pk", filter=Q(objected_at__isnull=False, recurred_at=None)),
        at_first_contact=Count("pk", filter=solved & Q(answers__lte=1)),
    )
    return Figures(**counted)
