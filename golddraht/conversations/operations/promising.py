"""What a promise needs from a conversation: a place to speak of it, and a next touch that is not later than it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from golddraht.conversations.events import ConversationChanged
from golddraht.conversations.models import Conversation, Escalation, Link
from golddraht.conversations.operations.receiving import next_number
from golddraht.conversations.operations.reopening import withdraw_open_proposal
from golddraht.conversations.rules import LIVE, Direction, LinkKind, Status
from golddraht.customers.models import Customer
from golddraht.ground.text import one_line
from golddraht.plumbing import bus
from golddraht.team.models import Membership
from golddraht.team.queries import default_team, lead_on_duty


@transaction.atomic
def open_for_promise(
    *,
    customer: Customer,
    owner: Membership,
    subject: str,
    next_touch_at: datetime,
    at: datetime,
    earlier: Conversation | None = None,
) -> Conversation:
    """A conversation in which we speak first of something promised, owned by who promised it or by the lead on duty.

    `next_touch_at` is bounded by the team's longest silence. `earlier` is the concern it was promised in.
    """
    team = earlier.team if earlier is not None else default_team()
    conversation: Conversation = Conversation.objects.create(
        number=next_number(),
        customer=customer,
        subject=one_line(subject, 250),
        status=Status.WAITING,
        language=(earlier.language if earlier is not None else customer.language) or "de",
        owner_id=owner.pk if owner.active else lead_on_duty(team=team, at=at),
        team=team,
        next_touch_at=min(max(next_touch_at, at), at + team.longest_silence),
        touched_at=at,
        longest_silence=team.longest_silence,
        latest_direction=Direction.OUT,
        latest_at=at,
        preview=one_line(subject, 200),
        created_at=at,
    )
    if earlier is not None:
        Link.objects.create(earlier=earlier, later=conversation, kind=LinkKind.RELATED, at=at)
    bus.publish(ConversationChanged(conversation.pk, at))
    return conversation


@transaction.atomic
def pull_next_touch(*, conversation_id: int, latest_at: datetime, at: datetime, is_ours: bool = False) -> None:
    """Let a live conversation's next touch be no later than `latest_at`, or now if that has passed.

    It never moves it away, so a touch that is overdue stays overdue. With `is_ours` the next word is ours, and what was
    proposed as solved is taken back; without it a customer who is being asked whether it is solved is left their time.
    """
    rows = Conversation.objects.filter(pk=conversation_id, status__in=sorted(LIVE))
    woken = _give_back(rows, conversation_id, at=at) if is_ours else False
    moment = max(latest_at, at)
    near = rows.filter(next_touch_at__gt=moment).exclude(status=Status.PROPOSED)
    if near.update(next_touch_at=moment, reminded_at=None) or woken:
        bus.publish(ConversationChanged(conversation_id, at))


def _give_back(rows: QuerySet[Conversation], conversation_id: int, *, at: datetime) -> bool:
    if not rows.exclude(status=Status.OPEN).update(status=Status.OPEN):
        return False
    withdraw_open_proposal(conversation_id, by=None, at=at)
    return True


def was_escalated_since(*, conversation_id: int, since: datetime) -> bool:
    """Whether the lead knows already that something is overdue here."""
    return bool(Escalation.objects.filter(conversation_id=conversation_id, at__gte=since).exists())
