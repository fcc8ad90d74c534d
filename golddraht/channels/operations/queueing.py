"""What we wrote waits for each recipient, with the ids by which answers find back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.channels.events import DeliveryQueued
from golddraht.channels.mail.threading import normal_subject
from golddraht.channels.mail.writing import new_message_id
from golddraht.channels.models import Delivery, Mailbox, MailRecord, Reference
from golddraht.channels.operations.addressing import token_for
from golddraht.channels.operations.reaching import review
from golddraht.channels.operations.waking import wake
from golddraht.channels.queries import own_addresses
from golddraht.channels.queries.sending import LOOKED_BACK, mailbox_that_answers
from golddraht.channels.rules import DeliveryState, Thread, with_token, without_tag
from golddraht.consent.queries import leaves_at
from golddraht.conversations.models import Message, Milestone
from golddraht.conversations.rules import MAY_WAIT, Automatic, Channel, Direction
from golddraht.customers.models import ContactPoint
from golddraht.ground.addresses import folded_address
from golddraht.ground.text import one_line
from golddraht.plumbing import bus
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.memory import in_hand
from golddraht.plumbing.rows import added, all_added
from golddraht.plumbing.transactions import joined

MAX_REFERENCES = 20
NO_DOMAIN = "golddraht.invalid"
NEEDED = ("channel", "direction", "automatic", "subject", "recipients", "inquiry", "message_class", "permission")
"""Of a message: its words, which may be long, are not wanted here."""


_MESSAGE: Question[Message] = Question(
    lambda: (
        Message.objects.select_related("conversation")
        .only(*NEEDED, "conversation__team", "conversation__customer")
        .filter(pk=Asked("pk"))
    )
)


@joined
def queue_delivery(*, message_id: int, at: datetime) -> list[Delivery]:
    """One waiting delivery per recipient of a message that leaves by mail; run again it adds nothing.

    What cannot be sent is held with its reason, and the owner is told.
    """
    message = in_hand(Message, message_id) or _MESSAGE.one(pk=message_id)
    if message.channel != Channel.EMAIL or message.direction != Direction.OUT:
        return []
    thread = _thread_of(message)
    mailbox = sending_mailbox(message, thread)
    is_new = message.pk not in {row.message_id for row in thread}
    if is_new:
        _record(message, mailbox, chain_of(message, thread))
    recipients = _recipients(message)
    if not recipients and not message.automatic:
        words = _("No e-mail address is known that reaches the customer; the message was not sent.")
        wake(conversation_id=message.conversation_id, kind="NOT_DELIVERED", words=words, at=at)
    queued = {} if is_new else {row.recipient: row for row in Delivery.objects.filter(message=message)}
    reasons = _reasons_to_hold(mailbox, recipients)
    rows = [queued.get(one) or _queue(message, mailbox, one, reasons.get(one, ""), at) for one in recipients]
    if reasons:
        review(message_id=message.pk, at=at)
    return rows


def _recipients(message: Message) -> list[str]:
    """Each once. What we would send ourselves is left out: it would come back as if the customer had answered."""
    wanted = list(dict.fromkeys(one.strip()[:254] for one in message.recipients if one.strip()))
    if message.automatic or message.inquiry_id:
        return wanted
    own = own_addresses()
    return [one for one in wanted if without_tag(one) not in own]


def _thread_of(message: Message) -> list[MailRecord]:
    """The mail side of the concern up to the message, its own included if there is one; the newest first."""
    return _SO_FAR.all(conversation=message.conversation_id, message=message.pk)


_SO_FAR: Question[MailRecord] = Question(
    lambda: (
        MailRecord.objects.filter(message__conversation=Asked("conversation"), message_id__lte=Asked("message"))
        .select_related("message")
        .only("references", "mail_id", "mailbox", "message__direction", "message__inquiry", "message__machine_kind")
        .order_by("-message_id")[:LOOKED_BACK]
    )
)


def sending_mailbox(message: Message, thread: list[MailRecord]) -> Mailbox | None:
    """The mailbox the customer wrote to, else the team's, else the default one; None before one is set up."""
    written_to = (row.mailbox_id for row in thread if row.message.direction == Direction.IN)
    return mailbox_that_answers(written_to, message.conversation.team_id)


def _record(message: Message, mailbox: Mailbox | None, ancestors: list[str]) -> None:
    address = mailbox.address if mailbox else f"care@{NO_DOMAIN}"
    token = thread_token(message)
    record = added(
        MailRecord(
            message=message,
            mailbox=mailbox,
            mail_id=new_message_id(address.rpartition("@")[2], token),
            reply_to=with_token(address, token)[:254],
            references=ancestors,
            from_address=folded_address(address),
            to_addresses=[folded_address(recipient)[:254] for recipient in message.recipients],
            normal_subject=normal_subject(message.subject)[:250],
        )
    )
    all_added([Reference(record=record, mail_id=one) for one in ancestors])


def thread_token(message: Message) -> str:
    """The reply token of the thread that the message belongs to."""
    if message.inquiry_id:
        return token_for(Thread.INQUIRY, message.inquiry_id)
    return token_for(Thread.CONVERSATION, message.conversation_id)


def chain_of(message: Message, thread: list[MailRecord]) -> list[str]:
    """The ids a mail program needs to show our words below what they answer (RFC 5322 §3.6.4)."""
    latest = [
        row
        for row in thread
        if row.mail_id and row.message.inquiry_id == message.inquiry_id and not row.message.machine_kind
    ]
    told = (row for row in latest if row.message.direction == Direction.IN)
    answered = next(told, latest[0] if latest else None)
    if answered is None:
        return []
    return list(dict.fromkeys((*answered.references, answered.mail_id)))[-MAX_REFERENCES:]


def _queue(message: Message, mailbox: Mailbox | None, recipient: str, reason: str, at: datetime) -> Delivery:
    due_at = _not_before(message, at)
    delivery = added(
        Delivery(
            message=message,
            mailbox=mailbox,
            recipient=recipient,
            message_class=message.message_class,
            permission_id=message.permission_id,
            state=DeliveryState.HELD if reason else DeliveryState.WAITING,
            answer=reason,
            next_attempt_at=None if reason else due_at,
            changed_at=at,
            created_at=at,
        )
    )
    if not reason:
        bus.publish(DeliveryQueued(delivery.pk, at, due_at=None if due_at == at else due_at))
    elif not message.automatic:
        wake(conversation_id=message.conversation_id, kind="NOT_DELIVERED", words=reason, at=at)
    elif message.automatic != Automatic.RECEIPT:
        Milestone.objects.create(
            conversation_id=message.conversation_id, kind="NOT_DELIVERED", at=at, words=one_line(reason, 400)
        )
    return delivery


def _not_before(message: Message, at: datetime) -> datetime:
    """What needs a permission, and what a machine says that nobody waits for, waits until the person's quiet hours are over."""
    if message.automatic in MAY_WAIT:
        return leaves_at(customer_id=message.conversation.customer_id, at=at)
    not_before: datetime | None = message.permission.not_before if message.permission else None
    return max(at, not_before) if not_before else at


def _reasons_to_hold(mailbox: Mailbox | None, recipients: list[str]) -> dict[str, str]:
    """Why nothing is sent to some of these recipients."""
    if mailbox is None:
        return dict.fromkeys(recipients, _("No mailbox is set up from which this could be sent."))
    folded = {folded_address(one): one for one in recipients}
    words = _("Mail to %(recipient)s came back earlier; correct the address first.")
    return {folded[one]: words % {"recipient": folded[one]} for one in _GONE.all(addresses=list(folded))}


_GONE: Question[str] = Question(
    lambda: ContactPoint.objects.filter(
        channel="EMAIL", address__among=Asked("addresses"), unreachable_since__isnull=False
    ).values_list("address", flat=True)
)


@transaction.atomic
def send_again(*, delivery_id: int, at: datetime) -> bool:
    """A person decided that a refused, held or unknown delivery is to be tried once more. False when it is under way."""
    again = [DeliveryState.REFUSED, DeliveryState.HELD, DeliveryState.UNKNOWN]
    rows = Delivery.objects.filter(pk=delivery_id, state__in=again)
    changed = rows.update(
        state=DeliveryState.WAITING, attempts=0, next_attempt_at=at, changed_at=at, bounced_at=None, bounce=""
    )
    if changed:
        bus.publish(DeliveryQueued(delivery_id, at))
    return bool(changed)


@transaction.atomic
def hold_what_waits(*, why: str, at: datetime) -> int:
    """Nothing that was under way leaves by itself any more; a person looks at each. For a copy whose original may have sent it."""
    under_way = [DeliveryState.WAITING, DeliveryState.SENDING]
    held = Delivery.objects.filter(state__in=under_way).update(
        state=DeliveryState.HELD, answer=why, next_attempt_at=None, changed_at=at
    )
    unknown = Delivery.objects.filter(state=DeliveryState.HANDING_OVER).update(
        state=DeliveryState.UNKNOWN, answer=why, next_attempt_at=None, changed_at=at
    )
    return held + unknown
