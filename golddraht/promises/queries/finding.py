"""Finding promises, and the conversation in which one can be spoken of."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from golddraht.conversations.models import Conversation
from golddraht.ground.hours import Calendar
from golddraht.plumbing.asking import Asked
from golddraht.promises.models import Promise
from golddraht.promises.rules import BROUGHT_TO_THEM, Kind, OptionDraft, State, default_options
from golddraht.team.models import Team
from golddraht.team.queries import calendar_of, default_team

MATTER = """
    WITH RECURSIVE matter (id) AS (
        SELECT %s::bigint
        UNION SELECT one.id FROM conversations_conversation one JOIN matter ON one.merged_into_id = matter.id
    ) SELECT id FROM matter
"""


class NoSuchPromise(LookupError):
    """There is none, or whoever asks may not see it: the same answer for both."""


def promise_by_id(promise_id: int) -> Promise:
    """The promise with customer, owner, conversation and team. Raises NoSuchPromise."""
    return _found(Promise.objects.filter(pk=promise_id), promise_id)


def locked_promise(promise_id: int) -> Promise:
    """The same, locked until the transaction ends: first its conversation, then itself, as an answer does."""
    conversation_id = Promise.objects.filter(pk=promise_id).values_list("conversation_id", flat=True).first()
    if conversation_id is not None:
        Conversation.objects.select_for_update(no_key=True).get(pk=conversation_id)
    return _found(Promise.objects.filter(pk=promise_id).select_for_update(of=("self",)), promise_id)


def _found(rows: QuerySet[Promise], promise_id: int) -> Promise:
    found = rows.select_related("customer", "owner", "conversation__team").first()
    if found is None:
        raise NoSuchPromise(promise_id)
    return found


def in_matter(conversation_id: int | Asked) -> Q:
    """What was promised in the conversation, or in those that were merged into it, and into those."""
    return Q(conversation_id__in=RawSQL(MATTER, [conversation_id]))  # noqa: S611  # Constant SQL with a parameter.


def conversation_of(promise: Promise) -> Conversation | None:
    """The conversation in which it was promised; a merged one leads on to where it went."""
    conversation: Conversation | None = promise.conversation
    while conversation is not None and conversation.merged_into_id:
        conversation = conversation.merged_into
    return conversation


def conversation_to_speak_in(promise: Promise) -> Conversation | None:
    """The live conversation of the promise. None without a live one."""
    conversation = conversation_of(promise)
    return conversation if conversation is not None and conversation.is_live() else None


def team_of(promise: Promise) -> Team:
    """The team whose hours count for this promise."""
    team: Team = promise.conversation.team if promise.conversation is not None else default_team()
    return team


def calendar_for(promise: Promise) -> Calendar:
    return calendar_of(team_of(promise))


def zone_of(promise: Promise) -> ZoneInfo:
    return ZoneInfo(team_of(promise).zone)


def usual_options(*, promise_id: int, at: datetime) -> list[OptionDraft]:
    """What can be offered by itself instead of this promise: a start for whoever announces a danger."""
    promise = promise_by_id(promise_id)
    return default_options(
        kind=Kind(promise.kind),
        starts_at=promise.starts_at,
        due_at=promise.due_at,
        calendar=calendar_for(promise),
        not_before=at,
    )


def touched_rows(*, starts_at: datetime, ends_at: datetime, tour: str = "", reference: str = "") -> QuerySet[Promise]:
    """The open deliveries and visits that a disturbance of this time touches, by tour or reference where one is named.

    Left out are those whose customers have been told of a danger already.
    """
    rows = Promise.objects.filter(
        Q(starts_at__lt=ends_at) | Q(starts_at=None, due_at__lte=ends_at),
        state=State.OPEN,
        kind__in=sorted(BROUGHT_TO_THEM),
        due_at__gte=starts_at,
        endangered_at=None,
    )
    named = {name: value for name, value in (("tour", tour), ("reference", reference)) if value}
    return rows.filter(**named).select_related("customer", "owner", "conversation__team").order_by("due_at", "pk")
