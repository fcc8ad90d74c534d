"""A delivery report or a complaint came: which of our mails it is about, and what follows from it (RFC 3464, RFC 5965)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.channels.events import DeliveryChanged, DeliveryQueued
from golddraht.channels.mail.failures import Meaning, is_worth_another_try, meaning
from golddraht.channels.mail.mail import Bounce, Complaint, Failure
from golddraht.channels.models import Delivery, MailRecord
from golddraht.channels.operations.addressing import opened_tokens
from golddraht.channels.operations.reaching import review
from golddraht.channels.operations.waking import wake
from golddraht.channels.queries import where_it_went
from golddraht.channels.rules import PAUSES_AFTER_RETURN, DeliveryState, Thread
from golddraht.consent.operations import object_to
from golddraht.consent.rules import Way
from golddraht.conversations.events import ConversationChanged
from golddraht.conversations.models import Message, Milestone
from golddraht.conversations.rules import Direction
from golddraht.customers.operations import note_complaint, note_unreachable
from golddraht.customers.queries import customer_at
from golddraht.customers.rules import Witness
from golddraht.ground.addresses import folded_address
from golddraht.ground.text import one_line
from golddraht.plumbing import bus

Report = Bounce | Complaint


def message_behind(report: Report) -> Message | None:
    """The message of ours that a report is about; our ids and tokens cannot be guessed, so nobody can forge a report.

    First the token of the very delivery, then the Message-ID, then a reply token with the recipient that is named.
    """
    delivery = _delivery_behind(report)
    message: Message | None = delivery.message if delivery is not None else None
    return message or _message_by_id(report) or _latest_to(report)


def _delivery_behind(report: Report) -> Delivery | None:
    ids = [one.id for one in opened_tokens(report.tokens) if one.thread is Thread.DELIVERY]
    rows = Delivery.objects.filter(pk__in=ids).select_related("message__conversation", "message__inquiry")
    found: Delivery | None = rows.order_by("-pk").first() if ids else None
    return found


def _message_by_id(report: Report) -> Message | None:
    if not report.original_message_id:
        return None
    rows = MailRecord.objects.filter(mail_id=report.original_message_id, message__direction=Direction.OUT)
    record = rows.select_related("message__conversation", "message__inquiry").order_by("pk").first()
    return record.message if record else None


def _latest_to(report: Report) -> Message | None:
    """What we last wrote to somebody named, in a conversation whose reply token came back."""
    opened = [one for one in opened_tokens(report.tokens) if one.thread is not Thread.DELIVERY]
    named = {folded_address(one) for one in _named(report)}
    for one in opened:
        place = (
            {"message__inquiry_id": one.id} if one.thread is Thread.INQUIRY else {"message__conversation_id": one.id}
        )
        rows = Delivery.objects.filter(**place).select_related("message__conversation", "message__inquiry")
        latest: list[Delivery] = [row for row in rows.order_by("-pk")[:50] if folded_address(row.recipient) in named]
        if latest:
            message: Message = latest[0].message
            return message
    return None


def _named(report: Report) -> Iterable[str]:
    if isinstance(report, Complaint):
        return report.recipients
    return [failure.address for failure in report.recipients if failure.address]


@transaction.atomic
def note_bounce(*, bounce: Bounce, at: datetime) -> None:
    """Note on each delivery that it came back. For good: the owner is told and the address marked unreachable."""
    message = message_behind(bounce)
    if message is None:
        return
    exact = _delivery_behind(bounce)
    for failure in bounce.recipients:
        delivery = _delivery(message, failure, exact)
        if delivery is not None and failure.action in {"failed", "delayed", None}:
            _note(delivery, failure, at)


def _delivery(message: Message, failure: Failure, exact: Delivery | None) -> Delivery | None:
    rows = list(Delivery.objects.select_for_update().filter(message=message))
    wanted = folded_address(failure.address or "")
    named = [row for row in rows if folded_address(row.recipient) == wanted]
    # Some servers report the address a mail was forwarded to, which we never wrote to.
    meant = [row for row in rows if exact is not None and row.pk == exact.pk]
    return next(iter((*named, *meant)), rows[0] if len(rows) == 1 else None)


def _note(delivery: Delivery, failure: Failure, at: datetime) -> None:
    is_final = failure.action != "delayed" and (failure.action == "failed" or (failure.status or "5").startswith("5"))
    if delivery.bounced_at is not None:
        return
    delivery.bounce = one_line(" ".join(filter(None, (failure.status, failure.reason))), 400)
    meant = meaning(failure.status, failure.reason)
    if (
        is_final
        and is_worth_another_try(failure.status, failure.reason)
        and delivery.returned < len(PAUSES_AFTER_RETURN)
    ):
        _send_later(delivery, at)
        return
    delivery.bounced_at = at if is_final else None
    delivery.save(update_fields=["bounce", "bounced_at"])
    bus.publish(DeliveryChanged(delivery.pk, delivery.message.conversation_id, at))
    if is_final:
        is_same = folded_address(failure.address or delivery.recipient) == folded_address(delivery.recipient)
        is_gone = is_same and meant is Meaning.GONE
        note_failed(delivery=delivery, is_gone=is_gone, reason=delivery.bounce, source=Witness.REPORT, at=at)


def _send_later(delivery: Delivery, at: datetime) -> None:
    """Once more after a good while. A second report about the same attempt finds it waiting already."""
    if delivery.state not in {DeliveryState.ACCEPTED, DeliveryState.UNKNOWN}:
        return
    delivery.state = DeliveryState.WAITING
    delivery.next_attempt_at = at + PAUSES_AFTER_RETURN[delivery.returned]
    delivery.returned += 1
    delivery.changed_at = at
    delivery.answer = one_line(_("Came back for now: %(reason)s") % {"reason": delivery.bounce}, 1_000)
    delivery.save(update_fields=["state", "next_attempt_at", "returned", "changed_at", "answer", "bounce"])
    bus.publish(DeliveryQueued(delivery.pk, at, due_at=delivery.next_attempt_at))
    bus.publish(DeliveryChanged(delivery.pk, delivery.message.conversation_id, at))


def note_failed(*, delivery: Delivery, is_gone: bool, reason: str, source: str, at: datetime) -> None:
    """Our words did not arrive and will not: the conversation wakes, and an address that is no good is not tried again."""
    if is_gone:
        address = folded_address(delivery.recipient)
        note_unreachable(channel="EMAIL", address=address, source=source, evidence=reason, at=at)
    words = _("Our message to %(recipient)s did not arrive: %(reason)s") % {
        "recipient": delivery.recipient,
        "reason": reason,
    }
    wake(conversation_id=delivery.message.conversation_id, kind="NOT_DELIVERED", words=words, at=at)
    review(message_id=delivery.message_id, at=at)


# Complaints


@transaction.atomic
def note_feedback(*, complaint: Complaint, at: datetime) -> None:
    """Somebody marked a mail of ours as unwanted: noted where they are reached, in the concern, and as an objection to advertising by mail."""
    message = message_behind(complaint)
    if message is None or complaint.kind == "not-spam":
        return
    words = " ".join(filter(None, (complaint.kind, complaint.reporter)))
    for address in _complaining(message, complaint):
        if note_complaint(channel="EMAIL", address=address, evidence=words, at=at):
            _object(address, words, at)
            _mark(message, _("%(address)s told their provider that our mail is unwanted") % {"address": address}, at)


def _object(address: str, words: str, at: datetime) -> None:
    """Whoever calls our mail unwanted gets no advertising by mail any more, and cannot be asked for more."""
    customer = customer_at(channel="EMAIL", address=address)
    if customer is not None:
        object_to(customer_id=customer.pk, way=Way.EMAIL, words=words, at=at)


def _complaining(message: Message, complaint: Complaint) -> list[str]:
    """Whoever complained, among those we wrote to; the only one, where the provider keeps the name to itself."""
    exact = _delivery_behind(complaint)
    written_to = list(Delivery.objects.filter(message=message).values_list("recipient", flat=True))
    folded = dict.fromkeys(folded_address(one) for one in written_to)
    named = [one for one in map(folded_address, complaint.recipients) if one in folded]
    if exact is not None and not named:
        return [folded_address(exact.recipient)]
    return named or (list(folded) if len(folded) == 1 else [])


def _mark(message: Message, words: str, at: datetime) -> None:
    conversation = where_it_went(message.conversation)
    Milestone.objects.create(conversation=conversation, kind="COMPLAINED", at=at, words=one_line(words, 400))
    bus.publish(ConversationChanged(conversation.pk, at))
