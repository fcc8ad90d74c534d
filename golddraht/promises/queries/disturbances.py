"""What became of a disturbance: who was told, and what they chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from golddraht.promises.models import Disturbance, Option, Promise
from golddraht.promises.queries.cards import option_card, title_of
from golddraht.promises.queries.finding import NoSuchPromise, zone_of


@dataclass(frozen=True)
class TouchedLine:
    """One promise that a disturbance touched. `chosen_text` is empty until the customer has chosen."""

    promise_id: int
    what: str
    customer_name: str
    owner_name: str
    is_told: bool
    chosen_text: str


def disturbance_by_id(disturbance_id: int) -> Disturbance:
    """Raises NoSuchPromise."""
    found: Disturbance | None = Disturbance.objects.filter(pk=disturbance_id).first()
    if found is None:
        raise NoSuchPromise(disturbance_id)
    return found


def outcome_of(disturbance_id: int, *, at: datetime) -> list[TouchedLine]:
    """Every promise it touched, those without an answer first."""
    rows = Promise.objects.filter(disturbance_id=disturbance_id).select_related(
        "customer", "owner", "conversation__team"
    )
    promises = list(rows.order_by("due_at", "pk"))
    taken = {
        option.promise_id: option
        for option in Option.objects.filter(promise_id__in=[row.pk for row in promises], chosen_at__isnull=False)
    }
    lines = [_line(promise, taken.get(promise.pk), at=at) for promise in promises]
    return sorted(lines, key=lambda line: bool(line.chosen_text))


def _line(promise: Promise, option: Option | None, *, at: datetime) -> TouchedLine:
    return TouchedLine(
        promise_id=promise.pk,
        what=title_of(promise),
        customer_name=promise.customer.name,
        owner_name=promise.owner.name,
        is_told=promise.announced_at is not None,
        chosen_text=_chosen_text(promise, option, at=at) if option else "",
    )


def _chosen_text(promise: Promise, option: Option, *, at: datetime) -> str:
    card = option_card(option, zone=zone_of(promise), at=at)
    return f"{card.title}, {card.when_text}" if card.when_text else card.title
