"""A delivery report came: which of our mails it is about, and what follows from it (RFC 3464)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.channels.events import DeliveryChanged
from golddraht.channels.mail.mail import Bounce, Failure
from golddraht.channels.models import Delivery, MailRecord
from golddraht.channels.operations.reaching import review
from golddraht.channels.operations.waking import wake
from golddraht.channels.rules import is_gone
from golddraht.conversations.models import Message
from golddraht.conversations.rules import Direction
from golddraht.customers.operations import note_unreachable
from golddraht.ground.addresses import folded_address
from golddraht.ground.text import one_line
from golddraht.plumbing import bus


def message_behind(bounce: Bounce) -> Message | None:
    """The message of ours that a report is about. Its id is ours and cannot be guessed, so nobody can forge a bounce."""
    if not bounce.original_message_id:
        return None
    rows = MailRecord.objects.filter(mail_id=bounce.original_message_id, message__direction=Direction.OUT)
    record = rows.select_related("message__conversation", "message__inquiry").order_by("pk").first()
    return record.message if record else None


@transaction.atomic
def note_bounce(*, bounce: Bounce, at: datetime) -> None:
    """Note on each delivery that it came back. For good: the owner is told and the address marked unreachable."""
    message = message_behind(bounce)
    if message is None:
        return
    for failure in bounce.recipients:
        delivery = _delivery(message, failure)
        if delivery is not None and failure.action in {"failed", "delayed", None}:
            _note(delivery, failure, at)


def _delivery(message: Message, failure: Failure) -> Delivery | None:
    rows = list(Delivery.objects.select_for_update().filter(message=message))
    wanted = folded_address(failure.address or "")
    named = [row for row in rows if folded_address(row.recipient) == wanted]
    # Some servers report the address a mail was forwarded to, which we never wrote to.
    return next(iter(named), rows[0] if len(rows) == 1 else None)


def _note(delivery: Delivery, failure: Failure, at: datetime) -> None:
    is_final = failure.action != "delayed" and (failure.action == "failed" or (failure.status or "5").startswith("5"))
    if delivery.bounced_at is not None:
        return
    delivery.bounce = one_line(" ".join(filter(None, (failure.status, failure.reason))), 400)
    delivery.bounced_at = at if is_final else None
    delivery.save(update_fields=["bounce", "bounced_at"])
    bus.publish(DeliveryChanged(delivery.pk, delivery.message.conversation_id, at))
    if is_final:
        is_same = folded_address(failure.address or delivery.recipient) == folded_address(delivery.recipient)
        note_failed(delivery=delivery, is_gone=is_same and is_gone(failure.status), reason=delivery.bounce, at=at)


def note_failed(*, delivery: Delivery, is_gone: bool, reason: str, at: datetime) -> None:
    """Our words did not arrive and will not: the conversation wakes, and an address that is no good is not tried again."""
    if is_gone:
        note_unreachable(channel="EMAIL", address=folded_address(delivery.recipient), at=at)
    words = _("Our message to %(recipient)s did not arrive: %(reason)s") % {
        "recipient": delivery.recipient,
        "reason": reason,
    }
    wake(conversation_id=delivery.message.conversation_id, kind="NOT_DELIVERED", words=words, at=at)
    review(message_id=delivery.message_id, at=at)
