"""Saying something to a customer: a person's answer, a concern we start, and the few words the system may say itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from golddraht.consent.models import Permission
from golddraht.consent.operations import pass_gate
from golddraht.consent.queries import Wanted
from golddraht.consent.rules import MessageClass
from golddraht.conversations.events import BrakePulled, MessageWritten
from golddraht.conversations.models import Conversation, Inquiry, Message
from golddraht.conversations.operations import letters
from golddraht.conversations.operations.receiving import Enclosure, keep_enclosures, next_number
from golddraht.conversations.operations.touching import checked_next_touch, follow_up_after, take_escalations
from golddraht.conversations.queries import conversation_by_id
from golddraht.conversations.queries.circle import circle_of, kept
from golddraht.conversations.rules import (
    AUTOMATIC_MESSAGES_WITHOUT_A_HUMAN_ONE,
    CLASS_OF,
    FOLLOW_UP_AFTER,
    MAY_WAIT,
    OUTSIDE_THE_BUDGET,
    Automatic,
    Channel,
    Direction,
    Status,
)
from golddraht.customers.models import ContactPoint, Customer
from golddraht.customers.queries import greeted_as_proven, is_unwanted, mail_address_of, refuse_unproven_greeting
from golddraht.ground.addresses import folded_address
from golddraht.ground.text import one_line
from golddraht.plumbing import bus
from golddraht.plumbing.asking import Asked, Change
from golddraht.plumbing.memory import at_hand
from golddraht.plumbing.rows import added
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.plumbing.transactions import joined
from golddraht.team.queries import current_tenant, team_by_id


class NothingToSay(ValueError):
    """An answer without words."""


class NotLive(ValueError):
    """The conversation is merged or spam; write in the one it was merged into, or start a new one."""


class RecipientRefused(ValueError):
    """Nobody was chosen, or somebody who does not take part in the concern."""


class StaleAnswer(ValueError):
    """The customer wrote again while the answer was being written: read that first (`message_id`)."""

    def __init__(self, message_id: int) -> None:
        super().__init__("A newer message has arrived. Read it before you send your answer.")
        self.message_id = message_id


@transaction.atomic
def reply(
    *,
    conversation_id: int,
    author_id: int,
    text: str,
    at: datetime,
    html: str = "",
    channel: Channel = Channel.EMAIL,
    enclosures: tuple[Enclosure, ...] = (),
    next_touch_at: datetime | None = None,
    still_ours: bool = False,
    seen_message_id: int | None = None,
    recipients: Sequence[str] | None = None,
    permission: Permission | None = None,
) -> Message:
    """A person's answer. It is a touch: silence is counted from here again.

    By mail it goes to `recipients`, each of whom takes part in the concern, or to everybody whom `circle_of` keeps.

    `next_touch_at` is what was promised in it, else we follow up as the team promises; with `still_ours` the next word
    stays ours (an interim answer). On the telephone, a visit or by letter the words are noted and nothing is sent.
    Raises NothingToSay, NotLive, NextTouchRefused, RecipientRefused, UnprovenSalutation, and StaleAnswer when something newer than `seen_message_id` arrived.
    """
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    refuse_answer(conversation, text, seen_message_id=seen_message_id)
    to = chosen_recipients(conversation, recipients) if channel == Channel.EMAIL else []
    message = say(
        conversation,
        text=text,
        html=html,
        channel=channel,
        author_id=author_id,
        recipients=to,
        permission=permission,
        at=at,
    )
    keep_enclosures(message, enclosures)
    _touch(conversation, author_id, next_touch_at=next_touch_at, still_ours=still_ours, at=at)
    is_heard = channel != Channel.EMAIL or bool(message.recipients)
    bus.publish(MessageWritten(conversation.pk, message.pk, is_automatic=False, at=at, is_heard=is_heard))
    return message


def refuse_answer(conversation: Conversation, text: str, *, seen_message_id: int | None) -> None:
    """Raises NothingToSay, NotLive, or StaleAnswer when something newer than `seen_message_id` arrived."""
    if not text.strip():
        raise NothingToSay("Write an answer first.")
    if conversation.status in {Status.MERGED, Status.SPAM}:
        raise NotLive("This concern was merged or marked as spam.")
    _refuse_stale(conversation, seen_message_id)


def refuse_greeting(conversation: Conversation, text: str, channel: Channel) -> None:
    """Raises UnprovenSalutation. What was said on the telephone or at a visit is only noted and greets nobody."""
    if channel in {Channel.EMAIL, Channel.LETTER}:
        refuse_unproven_greeting(text, customer_id=conversation.customer_id, language=conversation.language)


def _greeted_as_proven(conversation: Conversation, text: str, html: str) -> tuple[str, str]:
    said = greeted_as_proven(text, customer_id=conversation.customer_id, language=conversation.language)
    return said, html if said == text else ""


def chosen_recipients(conversation: Conversation, recipients: Sequence[str] | None) -> list[str]:
    """Whom an answer goes to: those who were chosen, or everybody whom the circle keeps. Raises RecipientRefused."""
    circle = circle_of(conversation)
    if recipients is None:
        return kept(circle)
    known = {folded_address(one.address): one.address for one in circle}
    wanted = list(dict.fromkeys(folded_address(one) for one in recipients))
    if not wanted:
        raise RecipientRefused("Choose at least one recipient.")
    if strangers := [one for one in wanted if one not in known]:
        raise RecipientRefused(f"{strangers[0]} does not take part in this concern.")
    return [known[one] for one in wanted]


def _refuse_stale(conversation: Conversation, seen_message_id: int | None) -> None:
    if seen_message_id is None:
        return
    newer = Message.objects.filter(
        conversation=conversation, direction=Direction.IN, inquiry=None, machine_kind="", pk__gt=seen_message_id
    )
    if (message_id := newer.order_by("pk").values_list("pk", flat=True).first()) is not None:
        raise StaleAnswer(message_id)


def _touch(
    conversation: Conversation, author_id: int, *, next_touch_at: datetime | None, still_ours: bool, at: datetime
) -> None:
    conversation.touched_at = at
    conversation.automatic_in_a_row = 0
    conversation.machine_like_at = None
    conversation.reminded_at = None
    conversation.solved_at = None
    conversation.owner_id = conversation.owner_id or author_id
    if conversation.owner is None or not conversation.owner.active:
        conversation.owner_id = author_id
    conversation.status = Status.OPEN if still_ours else Status.WAITING
    moment = next_touch_at or follow_up_after(conversation, at)
    conversation.next_touch_at = checked_next_touch(conversation, moment, at=at)
    conversation.save()
    take_escalations(conversation_id=conversation.pk, by=author_id, at=at)


@transaction.atomic
def start_conversation(
    *,
    customer: Customer,
    author_id: int,
    team_id: int,
    subject: str,
    text: str,
    at: datetime,
    channel: Channel = Channel.EMAIL,
    html: str = "",
    enclosures: tuple[Enclosure, ...] = (),
    next_touch_at: datetime | None = None,
    permission: Permission | None = None,
) -> Message:
    """A concern that a colleague starts by writing first; about something of theirs, unless the gate gave its `permission`.

    Raises NothingToSay, NextTouchRefused.
    """
    if not text.strip() or not subject.strip():
        raise NothingToSay("Write a subject and a message first.")
    team = team_by_id(team_id)
    conversation: Conversation = Conversation.objects.create(
        number=next_number(),
        customer=customer,
        subject=one_line(subject, 250),
        language=customer.language or "de",
        owner_id=author_id,
        team=team,
        next_touch_at=at + min(FOLLOW_UP_AFTER, team.longest_silence),
        touched_at=at,
        longest_silence=team.longest_silence,
        latest_at=at,
        created_at=at,
    )
    return reply(
        conversation_id=conversation.pk,
        author_id=author_id,
        text=text,
        html=html,
        channel=channel,
        enclosures=enclosures,
        next_touch_at=next_touch_at,
        permission=permission,
        at=at,
    )


def say(
    conversation: Conversation,
    *,
    text: str,
    at: datetime,
    html: str = "",
    channel: Channel = Channel.EMAIL,
    author_id: int | None = None,
    automatic: str = "",
    subject: str = "",
    inquiry: Inquiry | None = None,
    recipients: list[str] | None = None,
    permission: Permission | None = None,
) -> Message:
    """What is no service needs the permission of the gate; the database refuses it without.

    Nobody is greeted as Frau or Herr without evidence: a person's words are refused (UnprovenSalutation), a machine's greet as is proven.
    """
    if automatic:
        text, html = _greeted_as_proven(conversation, text, html)
    elif inquiry is None:
        refuse_greeting(conversation, text, channel)
    to = recipients
    if to is None:
        point = mail_address_of(customer_id=conversation.customer_id) if channel == Channel.EMAIL else None
        to = [point.shown] if point else []
    message = added(
        Message(
            conversation=conversation,
            inquiry=inquiry,
            direction=Direction.OUT,
            channel=channel,
            author_id=author_id,
            automatic=automatic,
            message_class=permission.message_class if permission else MessageClass.SERVICE,
            permission=permission,
            subject=subject or conversation.subject,
            text=text,
            html=html,
            recipients=to,
            answer_to=[] if automatic or inquiry else to,
            written_at=at,
            received_at=at,
        )
    )
    # Neither a question to others nor a receipt answers the customer: in the lists the last word stays theirs.
    if inquiry is None and not automatic:
        conversation.latest_at = at
        conversation.latest_direction = Direction.OUT
        conversation.latest_channel = channel
        conversation.preview = one_line(text, 200)
        conversation.save(update_fields=["latest_at", "latest_direction", "latest_channel", "preview"])
    return message


@joined
def write_automatic(
    *,
    conversation_id: int,
    kind: Automatic,
    subject: str,
    text: str,
    at: datetime,
    html: str = "",
    conversation: Conversation | None = None,
) -> Message | None:
    """Words from the system itself, which say that they are automatic; None when they may not be said.

    At most two in a row without a human word of ours between them (danger notices come on top), only to somebody
    who can be reached by mail, and never past the tenant's hourly brake. It is no touch: `touched_at` stays.
    `conversation` is the same one where the caller has just read it.
    """
    conversation = conversation or conversation_by_id(conversation_id)
    is_counted = kind not in OUTSIDE_THE_BUDGET
    # What is not said anyway must not pull the brake.
    if is_counted and conversation.automatic_in_a_row >= AUTOMATIC_MESSAGES_WITHOUT_A_HUMAN_ONE:
        return None
    if is_counted and conversation.machine_like_at is not None:
        return None
    point = mail_address_of(customer_id=conversation.customer_id)
    if point is None or (is_counted and is_unwanted(point)):
        return None
    passage = pass_gate(_wanted(conversation, kind, point), at=at)
    if not passage.is_open or not _brake_holds(at=at):
        return None
    if is_counted and not _budget_allows(conversation):
        return None
    if kind is Automatic.RECEIPT:
        text = letters.with_own_page(text, conversation, point_id=point.pk)
    message = say(
        conversation,
        text=text,
        html=html,
        automatic=kind,
        subject=subject,
        recipients=[point.shown],
        permission=passage.permission,
        at=at,
    )
    with at_hand(conversation, message):
        bus.publish(MessageWritten(conversation_id, message.pk, is_automatic=True, at=at))
    return message


def _wanted(conversation: Conversation, kind: Automatic, point: ContactPoint) -> Wanted:
    """What the gate is asked. Everything automatic that is no service says how to object, in the text and in the header."""
    return Wanted(
        customer_id=conversation.customer_id,
        message_class=CLASS_OF[kind],
        address=point.address,
        points_out=True,
        conversation_id=conversation.pk,
        may_wait=kind in MAY_WAIT,
    )


_ONE_MORE = Change(
    lambda: Conversation.objects.filter(pk=Asked("pk"), automatic_in_a_row__lt=AUTOMATIC_MESSAGES_WITHOUT_A_HUMAN_ONE),
    automatic_in_a_row=F("automatic_in_a_row") + 1,
)


def _budget_allows(conversation: Conversation) -> bool:
    """Take one automatic message from the budget; the CHECK on the table is the second witness."""
    if _ONE_MORE.make(pk=conversation.pk) != 1:
        return False
    conversation.automatic_in_a_row += 1
    return True


def _brake_holds(*, at: datetime) -> bool:
    """Count one automatic mail of this hour. The first one over the tenant's limit raises the alarm; none passes it."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    limit = current_tenant().automatic_per_hour
    count = _counted(hour)
    if count == limit + 1:
        bus.publish(BrakePulled(hour, at))
    return bool(count <= limit)


def _counted(hour: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO conversations_automatichour AS counted (tenant_id, hour, count) VALUES (%s, %s, 1)"
            " ON CONFLICT (tenant_id, hour) DO UPDATE SET count = counted.count + 1 RETURNING count",
            [current_tenant_id(), hour],
        )
        return int(cursor.fetchone()[0])
