"""Whether what a person of ours said has reached the customer: known only once every delivery has come to an end."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from golddraht.channels.models import Delivery
from golddraht.channels.operations.waking import wake
from golddraht.channels.rules import DOUBTED_FOR, DeliveryState
from golddraht.conversations.models import Message
from golddraht.conversations.operations.losing import note_arrived, note_lost
from golddraht.customers.models import ContactPoint
from golddraht.ground.addresses import folded_address
from golddraht.team.queries import current_tenant

PORTION = 50


@transaction.atomic
def review(*, message_id: int, at: datetime) -> bool:
    """Note whether the message is lost for the customer, or arrived after all. True when that has changed.

    Lost is what was refused, came back or is held on each way to the customer, and what was unknown for a day.
    """
    message = Message.objects.select_related("conversation").get(pk=message_id)
    if message.inquiry_id is not None:
        return False
    rows = _to_the_customer(message)
    if any(row.state == DeliveryState.ACCEPTED and row.bounced_at is None for row in rows):
        return note_arrived(message_id=message_id, at=at)
    return bool(rows) and all(_is_lost(row, at) for row in rows) and note_lost(message_id=message_id, at=at)


def _to_the_customer(message: Message) -> list[Delivery]:
    """The deliveries to the customer's own addresses; where none is theirs, all of them."""
    rows = list(Delivery.objects.filter(message=message))
    points = ContactPoint.objects.filter(customer_id=message.conversation.customer_id, channel="EMAIL")
    theirs = set(points.values_list("address", flat=True))
    return [row for row in rows if folded_address(row.recipient) in theirs] or rows


def _is_lost(row: Delivery, at: datetime) -> bool:
    if row.bounced_at is not None or row.state in {DeliveryState.REFUSED, DeliveryState.HELD}:
        return True
    return row.state == DeliveryState.UNKNOWN and row.changed_at <= at - DOUBTED_FOR


def review_doubtful(*, at: datetime) -> int:
    """What has been held or unknown for a day counts as lost, and its owner knows. Gives how many messages that were."""
    doubtful = Q(state__in=[DeliveryState.HELD, DeliveryState.UNKNOWN], changed_at__lte=at - DOUBTED_FOR)
    rows = Delivery.objects.filter(doubtful, message__lost_at=None, message__inquiry=None, message__automatic="")
    ids = list(rows.order_by("changed_at").values_list("message_id", flat=True)[:PORTION])
    with translation.override(current_tenant().language):
        return sum(_doubt(message_id, at) for message_id in dict.fromkeys(ids))


@transaction.atomic
def _doubt(message_id: int, at: datetime) -> bool:
    if not review(message_id=message_id, at=at):
        return False
    message = Message.objects.get(pk=message_id)
    words = _("For a day nobody could say whether our message arrived; ask the customer on another way.")
    wake(conversation_id=message.conversation_id, kind="NOT_DELIVERED", words=words, at=at)
    return True
