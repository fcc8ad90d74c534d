"""Putting a customer's words where they belong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import connection

from golddraht.conversations.events import (
    BlockedArrived,
    ConcernReopened,
    HandedOver,
    MessageReceived,
    ThirdPartyAnswered,
)
from golddraht.conversations.models import (
    Attachment,
    BlockedSender,
    Conversation,
    Inquiry,
    Link,
    Message,
    Milestone,
    Solution,
)
from golddraht.conversations.operations.milestones import mark
from golddraht.conversations.operations.outlook import Outlook
from golddraht.conversations.operations.reopening import make_live
from golddraht.conversations.operations.touching import NextTouchRefused
from golddraht.conversations.queries.blocking import block_on
from golddraht.conversations.queries.finding import Backlog, backlog, latest_owner_of
from golddraht.conversations.rules import LIVE, Channel, Direction, Happening, LinkKind, Status, is_recurrence
from golddraht.customers.models import Customer
from golddraht.ground.text import one_line
from golddraht.plumbing import bus
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.files import new_name
from golddraht.plumbing.memory import at_hand, in_hand
from golddraht.plumbing.rows import added, all_added, changed
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.plumbing.transactions import stepwise
from golddraht.team.models import Membership
from golddraht.team.queries import Assignment, absences, assignment_for, current_tenant, members, team_by_id
from golddraht.team.rules import Arrival, Priority, latest_next_touch


@dataclass(frozen=True)
class Enclosure:
    """A file that came with the words."""

    name: str
    content_type: str
    content: bytes
    sha256: str
    inline: bool = False
    content_id: str = ""


@dataclass(frozen=True)
class Words:
    """What somebody said to us, on whichever channel, already understood as far as it can be."""

    channel: Channel
    text: str
    subject: str = ""
    html: str = ""
    quoted_text: str = ""
    signature: str = ""
    language: str = ""
    author_name: str = ""
    recipients: tuple[str, ...] = ()
    # Whom an answer goes to: the writer first, then whoever else was written to.
    answer_to: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    problems: tuple[str, ...] = ()
    # A machine wrote this (out of office, bounce): kept, shown, never answered.
    machine_kind: str = ""
    # The folded address it came from, where what blocked senders write shall rest.
    sender: str = ""
    # Why no answer is needed, such as NEWSLETTER or THANKS; empty when one is.
    quiet_reason: str = ""
    # When it was written, if known; never later than its arrival.
    written_at: datetime | None = None
    # What a colleague told the customer on the phone or at the desk: when they hear from us.
    promised_at: datetime | None = None


@stepwise
def receive_message(
    *,
    customer: Customer,
    words: Words,
    at: datetime,
    conversation: Conversation | None = None,
    inquiry: Inquiry | None = None,
    owner_id: int | None = None,
    team_id: int | None = None,
    on_kept: Callable[[Message], object] | None = None,
) -> Message:
    """Keep a customer's (or an asked third party's) words in the conversation they belong to, or in a new one.

    `on_kept` notes what a channel knows of the message, before anything follows from it.

    A reply to a solved concern reopens it within the watch period and starts a linked new one later. What needs no
    answer never closes or hides a live concern. A live conversation always has an owner and a next touch afterwards.
    What a blocked sender writes rests apart from everything else, and nothing follows from it.
    """
    earlier = None
    block = block_on(words.sender) if inquiry is None else None
    if conversation is not None:
        conversation = _locked(conversation.pk)
        if (block is not None and conversation.block_id is None) or (
            block is None and inquiry is None and _is_over_for_good(conversation, words, at)
        ):
            earlier, conversation = conversation, None
    is_new = conversation is None
    if conversation is None:
        conversation = _open(customer, words, at=at, owner_id=owner_id, team_id=team_id, block=block)
    if earlier is not None:
        kind = LinkKind.FOLLOWS if block is None else LinkKind.RELATED
        added(Link(earlier=earlier, later=conversation, kind=kind, at=at))
    message = keep(conversation, customer, words, at=at, inquiry=inquiry)
    if on_kept is not None:
        on_kept(message)
    if inquiry is not None:
        _note_third_party(conversation, inquiry, message, at=at)
        return message
    if block is not None:
        _rest(conversation, words, is_new=is_new, at=at)
        return message
    if not is_new:
        was_quiet = conversation.status == Status.QUIET or conversation.block_id is not None
        go_on(conversation, words, at=at)
        # Put aside until now, so nothing has been promised or acknowledged: this is its arrival.
        is_new = was_quiet and conversation.is_live() and not has_been_answered(conversation.pk)
    with at_hand(conversation, message):
        bus.publish(
            MessageReceived(
                conversation_id=conversation.pk,
                message_id=message.pk,
                customer_id=conversation.customer_id,
                is_new_conversation=is_new,
                is_machine=bool(words.machine_kind),
                needs_answer=not (words.machine_kind or words.quiet_reason),
                at=at,
            )
        )
    return message


_LOCKED: Question[Conversation] = Question(
    lambda: (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("customer", "owner", "team")
        .filter(pk=Asked("pk"))
    )
)


def _locked(conversation_id: int) -> Conversation:
    """The conversation for this transaction alone; when it was merged, the one that it went into."""
    conversation = _LOCKED.one(pk=conversation_id)
    while conversation.merged_into_id is not None:
        conversation = _LOCKED.one(pk=conversation.merged_into_id)
    return conversation


def _is_over_for_good(conversation: Conversation, words: Words, at: datetime) -> bool:
    if conversation.status != Status.SOLVED or conversation.solved_at is None or words.machine_kind:
        return False
    watch_period = current_tenant().watch_period
    return not is_recurrence(solved_at=conversation.solved_at, written_at=at, watch_period=watch_period)


def _open(
    customer: Customer,
    words: Words,
    *,
    at: datetime,
    owner_id: int | None,
    team_id: int | None,
    block: BlockedSender | None = None,
) -> Conversation:
    todo = backlog()
    assignment = _assignment_of(customer, words, todo, at=at)
    status = Status.QUIET if words.machine_kind or words.quiet_reason else Status.OPEN
    status = Status.SPAM if block is not None else status
    conversation = added(
        Conversation(
            number=next_number(),
            customer=customer,
            subject=one_line(words.subject, 250) or one_line(words.text, 80),
            status=status,
            priority=assignment.priority,
            language=words.language or customer.language or "de",
            owner=_member(owner_id or assignment.owner_id),
            owner_reason="" if owner_id else assignment.reason,
            team=team_by_id(team_id or assignment.team_id),
            next_touch_at=_first_touch(words, assignment, at=at) if block is None else None,
            touched_at=at,
            longest_silence=assignment.longest_silence,
            latest_direction=Direction.IN,
            latest_channel=words.channel,
            latest_at=at,
            preview=one_line(words.text, 200),
            created_at=at,
            quiet_reason="" if block is not None else (words.quiet_reason or words.machine_kind)[:40],
            block=block,
        )
    )
    if conversation.owner_id is not None and status is Status.OPEN:
        todo.grow(owner_id=conversation.owner_id, team_id=conversation.team_id, priority=assignment.priority)
    return conversation


def _rest(conversation: Conversation, words: Words, *, is_new: bool, at: datetime) -> None:
    """Of a blocked sender: it stands in its list, and nobody is told."""
    if not is_new:
        _show_latest(conversation, words, at=at)
        changed(conversation, *LATEST)
    bus.publish(BlockedArrived(conversation.pk, at))


def _member(member_id: int) -> Membership:
    """The active member of that id; somebody else's is left for PostgreSQL to refuse."""
    known = (member for member in members() if member.pk == member_id)
    return next(known, None) or Membership.objects.get(pk=member_id)


def _first_touch(words: Words, assignment: Assignment, *, at: datetime) -> datetime:
    """What was said to the customer already, else the honest time of an answer. Raises NextTouchRefused."""
    latest = latest_next_touch(last_human_touch_at=at, longest_silence=assignment.longest_silence)
    if words.promised_at is None:
        return min(assignment.answer_at, latest)
    if not at < words.promised_at <= latest:
        raise NextTouchRefused(latest)
    return words.promised_at


def _assignment_of(
    customer: Customer, words: Words, todo: Backlog, *, at: datetime, known: Priority | None = None
) -> Assignment:
    return assignment_for(
        arrival=Arrival(recipients=words.recipients, subject=words.subject, text=words.text),
        language=words.language,
        previous_owner_id=None if in_hand(Customer, customer.pk) else latest_owner_of(customer_id=customer.pk),
        load=todo.load,
        ahead=todo.ahead_of,
        known=known,
        at=at,
    )


def next_number() -> int:
    """The tenant's next conversation number. The row lock makes it gapless as long as nothing rolls back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE plumbing_tenant SET last_number = last_number + 1 WHERE id = %s RETURNING last_number",
            [current_tenant_id()],
        )
        return int(cursor.fetchone()[0])


def keep(
    conversation: Conversation, customer: Customer, words: Words, *, at: datetime, inquiry: Inquiry | None
) -> Message:
    message = added(
        Message(
            conversation=conversation,
            inquiry=inquiry,
            direction=Direction.IN,
            channel=words.channel,
            customer=None if inquiry else customer,
            author_name=one_line(words.author_name or customer.name, 200),
            machine_kind=words.machine_kind,
            subject=one_line(words.subject, 998),
            text=words.text,
            html=words.html,
            quoted_text=words.quoted_text,
            signature=words.signature,
            problems=list(words.problems),
            recipients=[recipient[:254] for recipient in words.recipients],
            answer_to=list(words.answer_to),
            written_at=min(words.written_at or at, at),
            received_at=at,
        )
    )
    keep_enclosures(message, words.enclosures)
    return message


def keep_enclosures(message: Message, enclosures: tuple[Enclosure, ...]) -> None:
    """Store the files of a message under names that nobody can guess."""
    all_added([_stored(message, enclosure) for enclosure in enclosures])


def _stored(message: Message, enclosure: Enclosure) -> Attachment:
    attachment = Attachment(
        message=message,
        name=enclosure.name[:200],
        content_type=enclosure.content_type[:200],
        size=len(enclosure.content),
        sha256=enclosure.sha256,
        inline=enclosure.inline,
        content_id=enclosure.content_id[:250],
    )
    attachment.file.save(new_name(), ContentFile(enclosure.content), save=False)
    return attachment


def _note_third_party(conversation: Conversation, inquiry: Inquiry, message: Message, *, at: datetime) -> None:
    Inquiry.objects.filter(pk=inquiry.pk, answered_at=None).update(answered_at=at)
    if conversation.status in LIVE:
        _turn_to_us(conversation, at=at)
    elif conversation.status in {Status.SOLVED, Status.QUIET}:
        # Whoever asked wanted to know; perhaps it changes what the customer was told.
        make_live(conversation, at=at)
        mark(conversation.pk, Happening.INQUIRY_ANSWERED, at=at, words=inquiry.asked)
    bus.publish(ThirdPartyAnswered(conversation.pk, inquiry.pk, message.pk, at))


def _turn_to_us(conversation: Conversation, *, at: datetime) -> None:
    """What we waited for is here: the next word to the customer is ours, and no later than any other answer."""
    soon = Outlook(at).next_touch_of(conversation)
    moments = [moment for moment in (conversation.next_touch_at, soon) if moment is not None]
    conversation.status = Status.OPEN
    conversation.next_touch_at = min(moments)
    conversation.reminded_at = None
    conversation.save(update_fields=["status", "next_touch_at", "reminded_at"])


def has_been_answered(conversation_id: int) -> bool:
    """Whether a person of ours has said something to the customer in it."""
    return _ANSWERED.has_any(conversation=conversation_id)


_ANSWERED: Question[int] = Question(
    lambda: Message.objects.filter(
        conversation=Asked("conversation"), direction=Direction.OUT, automatic="", inquiry=None, lost_at=None
    ).values_list("pk", flat=True)[:1]
)

LATEST = ("latest_at", "latest_direction", "latest_channel", "preview")
AWAKE = ("owner", "touched_at", "next_touch_at", "reminded_at", "status", "solved_at", "block")


def go_on(conversation: Conversation, words: Words, *, at: datetime) -> None:
    """A further message in a known conversation: wake it when a person needs an answer, and show it in the lists."""
    _show_latest(conversation, words, at=at)
    if not words.machine_kind and _needs_waking(conversation, words):
        wake_up(conversation, words, at=at)
    else:
        changed(conversation, *LATEST)


def _show_latest(conversation: Conversation, words: Words, *, at: datetime) -> None:
    conversation.latest_at = at
    conversation.latest_direction = Direction.IN
    conversation.latest_channel = words.channel
    conversation.preview = one_line(words.text, 200)


def _needs_waking(conversation: Conversation, words: Words) -> bool:
    # Whoever is blocked no longer is heard, also where they were not.
    if conversation.status == Status.SPAM and conversation.block_id is None:
        return False
    # “Danke!” to a solved concern leaves it solved; to a live one it changes nothing either.
    return not words.quiet_reason


def wake_up(conversation: Conversation, words: Words, *, at: datetime) -> None:
    """The next word is ours again: an honest time for it, and an owner who is there. What `go_on` has set is kept with it."""
    was, before = Status(conversation.status), conversation.owner_id
    is_left, is_ours = was not in LIVE or not _owner_is_there(conversation, at=at), was is Status.OPEN
    if is_left or not is_ours or conversation.next_touch_at is None:
        known = Priority(conversation.priority)
        assignment = _assignment_of(conversation.customer, words, backlog(), known=known, at=at)
    if is_left:
        conversation.owner_id = assignment.owner_id
    if not is_ours or conversation.next_touch_at is None:
        conversation.touched_at = max(conversation.touched_at, at)
        latest = conversation.touched_at + conversation.longest_silence
        conversation.next_touch_at = min([assignment.answer_at, latest, *_still_announced(conversation, at=at)])
        conversation.reminded_at = None
    conversation.status = Status.OPEN
    conversation.solved_at = None
    conversation.block = None
    changed(conversation, *LATEST, *AWAKE)
    if conversation.owner_id != before:
        _note_new_owner(conversation, before, at=at)
    if was in {Status.SOLVED, Status.PROPOSED}:
        _note_return(conversation, was, words, at=at)


def _still_announced(conversation: Conversation, *, at: datetime) -> list[datetime]:
    """The time that the customer was told, while it lies ahead: writing to us before it does not put it off."""
    moment = conversation.next_touch_at
    return [moment] if moment is not None and moment > at else []


def _owner_is_there(conversation: Conversation, *, at: datetime) -> bool:
    """Whether they work here and are not away: nothing waits for a sick colleague."""
    owner = conversation.owner
    return owner is not None and owner.active and owner.pk not in absences(at=at)


def _note_new_owner(conversation: Conversation, before: int | None, *, at: datetime) -> None:
    assert conversation.owner is not None
    Milestone.objects.create(conversation=conversation, kind="HANDED_OVER", at=at, words=conversation.owner.name)
    team_id = conversation.team_id
    bus.publish(HandedOver(conversation.pk, before, team_id, conversation.owner.pk, team_id, at))


def _note_return(conversation: Conversation, was: Status, words: Words, *, at: datetime) -> None:
    recurred = was is Status.SOLVED
    latest = Solution.objects.filter(conversation=conversation).order_by("-proposed_at", "-pk").first()
    if latest is not None and recurred:
        Solution.objects.filter(pk=latest.pk, recurred_at=None).update(recurred_at=at)
    elif latest is not None:
        rows = Solution.objects.filter(
            pk=latest.pk, confirmed_at=None, objected_at=None, presumed_at=None, withdrawn_at=None
        )
        rows.update(objected_at=at, objection=words.text[:4000])
    Milestone.objects.create(conversation=conversation, kind="RECURRED" if recurred else "OBJECTED", at=at)
    bus.publish(ConcernReopened(conversation.pk, recurred=recurred, at=at))
