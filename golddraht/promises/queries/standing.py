"""How well we have kept our word with somebody so far, in all their concerns."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Case, Count, Q, Value, When, Window

from golddraht.customers.queries import ids_of_person
from golddraht.promises.models import Promise
from golddraht.promises.queries.cards import PromiseCard, card
from golddraht.promises.rules import State

LATEST = 3


@dataclass(frozen=True)
class WordKept:
    """How many promises to a person were kept and how many broken, and the latest of them."""

    kept: int = 0
    broken: int = 0
    latest: tuple[PromiseCard, ...] = ()


def word_kept(*, customer_id: int, at: datetime, besides: Collection[int] = ()) -> WordKept:
    """With that person, whichever of their records a promise belongs to; what was changed or waived counts as neither.

    The promises `besides` are counted, but are not among the latest: they are shown elsewhere.
    """
    # Counted over all that fit before the latest are taken: one question for both.
    rows = list(
        Promise.objects.filter(customer_id__in=ids_of_person(customer_id=customer_id), state__in=["KEPT", "BROKEN"])
        .select_related("owner", "customer", "conversation__team")
        .annotate(
            in_all_kept=Window(Count("pk", filter=Q(state=State.KEPT))),
            in_all_broken=Window(Count("pk", filter=Q(state=State.BROKEN))),
            is_besides=Case(
                When(pk__in=list(besides), then=Value(True)), default=Value(False), output_field=BooleanField()
            ),
        )
        .order_by("is_besides", "-settled_at", "-pk")[:LATEST]
    )
    if not rows:
        return WordKept()
    latest = tuple(card(row, at=at) for row in rows if not row.is_besides)
    return WordKept(rows[0].in_all_kept, rows[0].in_all_broken, latest)
