"""Who cares: taking and handing over, always explicit."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.conversations.events import HandedOver
from golddraht.conversations.models import Conversation, Message, Milestone, Note
from golddraht.conversations.operations import letters
from golddraht.conversations.operations.hearing import hear_in_note
from golddraht.conversations.operations.writing import write_automatic
from golddraht.conversations.rules import Automatic, Direction
from golddraht.plumbing import bus
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import Membership


class CannotCare(ValueError):
    """The person is not an active member of this tenant."""


@transaction.atomic
def hand_over(
    *,
    conversation_id: int,
    to_id: int,
    by: int | None,
    at: datetime,
    note: str = "",
    team_id: int | None = None,
    tells: bool | None = None,
) -> None:
    """Another member cares from now on and gets the whole context, with a note for them. Raises CannotCare.

    The next touch stays as promised: a hand-over never buys time. When a colleague hands over (or `tells`), the customer
    who knows a name is told the new one.
    """
    member = Membership.objects.filter(pk=to_id, tenant_id=current_tenant_id(), active=True).first()
    if member is None:
        raise CannotCare("Choose a colleague who works here and is active.")
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    before, team_before = conversation.owner_id, conversation.team_id
    if before == to_id and team_id in {None, conversation.team_id}:
        return
    conversation.owner = member
    conversation.team_id = team_id or conversation.team_id
    conversation.owner_reason = ""
    conversation.save(update_fields=["owner", "team", "owner_reason"])
    Milestone.objects.create(conversation=conversation, kind="HANDED_OVER", by_id=by, at=at, words=member.name)
    if note and by is not None:
        hear_in_note(note=Note.objects.create(conversation=conversation, author_id=by, text=note, at=at), at=at)
    bus.publish(HandedOver(conversation_id, before, team_before, to_id, conversation.team_id, at))
    if tells or (tells is None and by is not None):
        _tell_the_customer(conversation, at=at)


def _tell_the_customer(conversation: Conversation, *, at: datetime) -> None:
    """Whoever was told a name is told the new one, if the nuisance budget allows; the next letter says it otherwise."""
    told = Message.objects.filter(conversation=conversation, direction=Direction.OUT, inquiry=None).exists()
    if told and conversation.is_live():
        text = letters.handover(conversation, at=at)
        write_automatic(conversation_id=conversation.pk, kind=Automatic.HANDOVER, subject="", text=text, at=at)


@transaction.atomic
def take(*, conversation_id: int, by: int, at: datetime) -> None:
    """Care for it myself from now on."""
    hand_over(conversation_id=conversation_id, to_id=by, by=by, at=at)
