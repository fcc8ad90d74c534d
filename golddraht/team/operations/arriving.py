"""The rules by which arrivals find their team: kept in an order, the first that fits decides."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from golddraht.team.models import ArrivalRule, Team
from golddraht.team.rules import Priority

STEP = 10


class RuleRefused(ValueError):
    """The rule cannot stand like that; the message says why."""


@transaction.atomic
def keep_arrival_rule(
    *,
    rule_id: int | None = None,
    words: str,
    recipient: str,
    team_id: int,
    skill: str = "",
    priority: Priority = Priority.NORMAL,
    place: int | None = None,
) -> ArrivalRule:
    """A new rule behind the others, or `rule_id` changed in its place; with `place` at that one, counted from 1.

    Raises RuleRefused.
    """
    named = ", ".join(dict.fromkeys(part.strip() for part in words.split(",") if part.strip()))
    if not named and not recipient.strip():
        raise RuleRefused(_("Give words or an address: a rule that names nothing never decides."))
    if not Team.objects.filter(pk=team_id).exists():
        raise RuleRefused(_("Choose a team."))
    values = {
        "words": named,
        "recipient": recipient.strip(),
        "team_id": team_id,
        "skill": skill.strip(),
        "priority": Priority(priority),
    }
    if rule_id is None:
        latest = ArrivalRule.objects.aggregate(latest=Max("position"))["latest"] or 0
        rule_id = ArrivalRule.objects.create(position=latest + STEP, **values).pk
    else:
        ArrivalRule.objects.filter(pk=rule_id).update(**values)
    if place is not None:
        _put(rule_id, place=place)
    kept: ArrivalRule = ArrivalRule.objects.get(pk=rule_id)
    return kept


def _put(rule_id: int, *, place: int) -> None:
    """At that place, counted from 1, or the nearest there is."""
    rows = list(ArrivalRule.objects.select_for_update().order_by("position", "pk"))
    here = next(index for index, row in enumerate(rows) if row.pk == rule_id)
    rows.insert(max(place - 1, 0), rows.pop(here))
    _number(rows)


def _number(rows: list[ArrivalRule]) -> None:
    for index, row in enumerate(rows, start=1):
        row.position = index * STEP
    ArrivalRule.objects.bulk_update(rows, ["position"])


@transaction.atomic
def move_arrival_rule(*, rule_id: int, by: int) -> None:
    """One place forward (-1) or back (1)."""
    rows = list(ArrivalRule.objects.select_for_update().order_by("position", "pk"))
    here = next((index for index, row in enumerate(rows) if row.pk == rule_id), None)
    if here is None:
        return
    there = min(max(here + by, 0), len(rows) - 1)
    rows.insert(there, rows.pop(here))
    _number(rows)


@transaction.atomic
def remove_arrival_rule(*, rule_id: int) -> None:
    ArrivalRule.objects.filter(pk=rule_id).delete()
