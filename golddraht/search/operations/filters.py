"""Keeping what one looks for again and again, sharing it, and putting it in one's rail."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from golddraht.conversations.queries import Place
from golddraht.ground.text import one_line, without_control
from golddraht.plumbing import bus
from golddraht.search.events import FilterChanged
from golddraht.search.models import Pin, SavedFilter
from golddraht.search.rules import asked
from golddraht.search.rules.asking import LONGEST
from golddraht.search.rules.filters import LONGEST_NAME, MOST_PINNED, Odd, Sharing
from golddraht.team.models import Team


class FilterRefused(ValueError):
    """It cannot be kept like that; `reason` is one of Odd."""

    def __init__(self, reason: Odd) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def keep_filter(
    *,
    name: str,
    place: Place = Place.ALL,
    words: str = "",
    audience: Sharing = Sharing.NOBODY,
    team_id: int | None = None,
    by: int,
    at: datetime,
    filter_id: int | None = None,
) -> SavedFilter:
    """A new filter, pinned to its owner's rail, or with `filter_id` a changed one of theirs.

    Raises FilterRefused, and SavedFilter.DoesNotExist for one of somebody else.
    """
    kept = SavedFilter(owner_id=by, made_at=at)
    if filter_id is not None:
        kept = SavedFilter.objects.select_for_update().get(pk=filter_id, owner_id=by, removed_at=None)
    kept.name, kept.place = one_line(name, LONGEST_NAME), Place(place)
    kept.words = without_control(words).strip()[:LONGEST]
    kept.audience = Sharing(audience)
    kept.team = Team.objects.filter(pk=team_id or 0).first() if kept.audience == Sharing.TEAM else None
    _refuse_odd(kept, at)
    kept.save()
    if filter_id is None:
        _pin(kept.pk, by)
    bus.publish(FilterChanged(kept.pk, at))
    return kept


def _refuse_odd(kept: SavedFilter, at: datetime) -> None:
    others = SavedFilter.objects.filter(owner_id=kept.owner_id, removed_at=None).exclude(pk=kept.pk)
    wanted = asked(kept.words, today=at.date())
    checks = (
        (Odd.NAME, not kept.name),
        (Odd.TAKEN, others.filter(name=kept.name).exists()),
        (Odd.WORDS, bool(wanted.misunderstood)),
        (Odd.EMPTY, kept.place == Place.ALL and wanted.is_empty),
        (Odd.TEAM, kept.audience == Sharing.TEAM and kept.team is None),
    )
    for reason, applies in checks:
        if applies:
            raise FilterRefused(reason)


@transaction.atomic
def pin_filter(*, filter_id: int, by: int, at: datetime) -> None:
    """Take it over into one's own rail, at the end; once is enough. Raises FilterRefused when there are too many."""
    _pin(filter_id, by)
    bus.publish(FilterChanged(filter_id, at))


def _pin(filter_id: int, by: int) -> None:
    mine = Pin.objects.filter(member_id=by)
    if mine.filter(filter_id=filter_id).exists():
        return
    if mine.count() >= MOST_PINNED:
        raise FilterRefused(Odd.MANY)
    last = mine.aggregate(last=Max("position"))["last"] or 0
    Pin.objects.create(filter_id=filter_id, member_id=by, position=last + 1)


@transaction.atomic
def unpin_filter(*, filter_id: int, by: int, at: datetime) -> None:
    """Out of one's own rail; the filter itself stays."""
    Pin.objects.filter(member_id=by, filter_id=filter_id).delete()
    bus.publish(FilterChanged(filter_id, at))


@transaction.atomic
def order_filters(*, filter_ids: list[int], by: int, at: datetime) -> None:
    """The pinned ones in this order; those that are not named stay behind them."""
    pins = {pin.filter_id: pin for pin in Pin.objects.select_for_update().filter(member_id=by).order_by("position")}
    ordered = [pins.pop(one) for one in dict.fromkeys(filter_ids) if one in pins]
    for position, pin in enumerate([*ordered, *pins.values()], 1):
        pin.position = position
    Pin.objects.bulk_update([*ordered, *pins.values()], ["position"])
    for pin in ordered[:1]:
        bus.publish(FilterChanged(pin.filter_id, at))


@transaction.atomic
def remove_filter(*, filter_id: int, by: int, at: datetime) -> None:
    """Gone from every rail until its owner brings it back. Raises SavedFilter.DoesNotExist for one of somebody else."""
    kept = SavedFilter.objects.select_for_update().get(pk=filter_id, owner_id=by)
    if kept.removed_at is None:
        kept.removed_at, kept.removed_by_id = at, by
        kept.save(update_fields=["removed_at", "removed_by"])
        bus.publish(FilterChanged(filter_id, at))


@transaction.atomic
def bring_back_filter(*, filter_id: int, by: int, at: datetime) -> None:
    """Where it was, in everybody's rail. Raises FilterRefused where its name is taken by now, SavedFilter.DoesNotExist."""
    kept = SavedFilter.objects.select_for_update().get(pk=filter_id, owner_id=by)
    kept.removed_at, kept.removed_by_id = None, None
    _refuse_odd(kept, at)
    kept.save(update_fields=["removed_at", "removed_by"])
    bus.publish(FilterChanged(filter_id, at))


@transaction.atomic
def inherit_filter(*, filter_id: int, by: int, at: datetime) -> None:
    """Its owner has left: whoever works with it may own it from now on. Raises SavedFilter.DoesNotExist while they are here."""
    kept = SavedFilter.objects.select_for_update(of=("self",)).get(pk=filter_id, owner__active=False, removed_at=None)
    kept.owner_id = by
    _refuse_odd(kept, at)
    kept.save(update_fields=["owner"])
    _pin(filter_id, by)
    bus.publish(FilterChanged(filter_id, at))
