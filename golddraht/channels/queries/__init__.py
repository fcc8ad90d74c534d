"""Questions about mailboxes, deliveries and the sources of messages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import DurationField, ExpressionWrapper, F, Q, Value
from django.utils.translation import gettext as _

from golddraht.channels.models import CaughtMail, Delivery, Doorplate, Mailbox, MailRecord, RawMail
from golddraht.channels.queries.sign_ins import Access, accesses
from golddraht.channels.rules import REST_AFTER_FAILURE, UNREAD_FOR, DeliveryState, without_tag
from golddraht.conversations.models import Conversation, Link, Message, Move
from golddraht.conversations.queries.own_links import holds_own_links
from golddraht.conversations.rules import LinkKind
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.memory import remembered
from golddraht.team.rules import Act


class Seer(Protocol):
    """Whoever looks: a signed-in member, speaking for one tenant."""

    @property
    def tenant_id(self) -> int: ...


class Reader(Seer, Protocol):
    """The same, with what they may do."""

    def may(self, act: Act) -> bool: ...


class NoSource(LookupError):
    """The message did not come by mail, or the viewer may not see it: the same answer for both."""


@dataclass(frozen=True)
class MailboxHealth:
    """How a mailbox fares, in words that say what to do."""

    id: int
    address: str
    is_default: bool
    is_healthy: bool
    receiving: str
    sending: str
    fetched_at: datetime | None
    sent_at: datetime | None
    failing_since: datetime | None
    sending_failing_since: datetime | None
    # Of a mailbox that a token opens; empty for the others.
    access: str = ""


@dataclass(frozen=True)
class Caught:
    """A mail that stayed in the house."""

    id: int
    sender: str
    recipient: str
    subject: str
    content: bytes
    caught_at: datetime


@dataclass(frozen=True)
class DeliveryLine:
    """What became of a message on its way to one recipient."""

    id: int
    message_id: int
    recipient: str
    state: DeliveryState
    attempts: int
    next_attempt_at: datetime | None
    answer: str
    changed_at: datetime
    bounced_at: datetime | None
    bounce: str


def doorplate_of(address: str) -> Doorplate | None:
    """Whose mailbox an address is, with or without a reply token in it; asked before any tenant is seen."""
    return Doorplate.objects.filter(address=without_tag(address)).first()


_MAILBOXES: Question[Mailbox] = Question(lambda: Mailbox.objects.order_by("-is_default", "pk"))


@remembered
def every_mailbox() -> list[Mailbox]:
    """The tenant's mailboxes, closed ones too, the default one first."""
    return _MAILBOXES.all()


@remembered
def own_addresses() -> frozenset[str]:
    """The folded addresses of the tenant's mailboxes."""
    return frozenset(without_tag(mailbox.address) for mailbox in every_mailbox())


def mailbox_by_id(mailbox_id: int) -> Mailbox | None:
    """The mailbox, active or not; None when it is gone."""
    return next((mailbox for mailbox in every_mailbox() if mailbox.pk == mailbox_id), None)


def mailboxes() -> list[Mailbox]:
    """The tenant's active mailboxes, the default one first."""
    return [mailbox for mailbox in every_mailbox() if mailbox.active]


def mailbox_health(*, viewer: Seer, at: datetime) -> list[MailboxHealth]:
    """Each mailbox of the viewer's tenant, in words."""
    rows = Mailbox.objects.filter(tenant_id=viewer.tenant_id, active=True).order_by("-is_default", "address")
    found = list(rows)
    tokens = accesses(at=at) if any(mailbox.uses_oauth for mailbox in found) else {}
    return [_health(mailbox, tokens.get(mailbox.pk), at) for mailbox in found]


def _health(mailbox: Mailbox, access: Access | None, at: datetime) -> MailboxHealth:
    return MailboxHealth(
        id=mailbox.pk,
        address=mailbox.address,
        is_default=mailbox.is_default,
        is_healthy=mailbox.failing_since is None
        and mailbox.sending_failing_since is None
        and (access is None or access.is_fine),
        receiving=_words_of_receiving(mailbox, at),
        sending=_words_of_sending(mailbox, at),
        fetched_at=mailbox.fetched_at,
        sent_at=mailbox.sent_at,
        failing_since=mailbox.failing_since,
        sending_failing_since=mailbox.sending_failing_since,
        access=access.words if access else "",
    )


def _words_of_receiving(mailbox: Mailbox, at: datetime) -> str:
    if mailbox.failing_since:
        minutes = _minutes(mailbox.failing_since, at)
        return _("No mail could be fetched for %(minutes)d minutes: %(failure)s") % {
            "minutes": minutes,
            "failure": mailbox.failure,
        }
    if not mailbox.imap_host:
        return _("Mail is handed to us by your mail server.")
    if mailbox.fetched_at is None:
        return _("Not connected yet.")
    return _("Connected. Last look %(minutes)d minutes ago.") % {"minutes": _minutes(mailbox.fetched_at, at)}


def _words_of_sending(mailbox: Mailbox, at: datetime) -> str:
    if mailbox.sending_failing_since:
        minutes = _minutes(mailbox.sending_failing_since, at)
        return _("Nothing could be sent for %(minutes)d minutes: %(failure)s") % {
            "minutes": minutes,
            "failure": mailbox.sending_failure,
        }
    if not mailbox.smtp_host:
        return _("Mail stays in the house: the catcher keeps it.")
    if mailbox.sent_at is None:
        return _("Nothing sent yet.")
    return _("Sending works. Last mail %(minutes)d minutes ago.") % {"minutes": _minutes(mailbox.sent_at, at)}


def _minutes(since: datetime, at: datetime) -> int:
    return max(int((at - since).total_seconds() // 60), 0)


_DELIVERIES: Question[Delivery] = Question(
    lambda: Delivery.objects.filter(message__pk__among=Asked("messages")).order_by("pk")
)
_WARNED: Question[tuple[int, list[str]]] = Question(
    lambda: (
        MailRecord.objects.filter(message__pk__among=Asked("messages"))
        .exclude(warnings=[])
        .values_list("message_id", "warnings")
    )
)


def deliveries_of(message_ids: Iterable[int]) -> dict[int, list[DeliveryLine]]:
    """What became of each message, per recipient; messages that were never to leave are missing."""
    found: dict[int, list[DeliveryLine]] = {}
    for row in _DELIVERIES.all(messages=list(message_ids)):
        found.setdefault(row.message_id, []).append(_line(row))
    return found


def _line(row: Delivery) -> DeliveryLine:
    return DeliveryLine(
        id=row.pk,
        message_id=row.message_id,
        recipient=row.recipient,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at,
        answer=row.answer,
        changed_at=row.changed_at,
        bounced_at=row.bounced_at,
        bounce=row.bounce,
    )


def warnings_of(message_ids: Iterable[int]) -> dict[int, list[str]]:
    """What to mind about the mails behind these messages, in words; messages without a warning are missing."""
    return {message_id: list(warnings) for message_id, warnings in _WARNED.all(messages=list(message_ids))}


def source_of(*, viewer: Reader, message_id: int) -> bytes:
    """The mail behind a message exactly as it came; one with a link that is the customer's alone only for admins. Raises NoSource."""
    if not viewer.may(Act.CONFIGURE) and _holds_own_links(message_id):
        raise NoSource(message_id)
    rows = RawMail.objects.filter(tenant_id=viewer.tenant_id, message_id=message_id).order_by("pk")
    content = rows.values_list("content", flat=True).first()
    if content is None:
        raise NoSource(message_id)
    return bytes(content)


def _holds_own_links(message_id: int) -> bool:
    words = Message.objects.filter(pk=message_id).values_list("text", "html", "quoted_text").first()
    return words is not None and holds_own_links(*words)


def caught_for(*, viewer: Seer, recipient: str = "", limit: int = 100) -> list[Caught]:
    """The mails that stayed in the house, newest first; for one recipient, or for everybody."""
    rows = CaughtMail.objects.filter(tenant_id=viewer.tenant_id)
    if recipient:
        rows = rows.filter(recipient=without_tag(recipient))
    return [_caught(row) for row in rows.order_by("-caught_at", "-pk")[:limit]]


def _caught(row: CaughtMail) -> Caught:
    return Caught(row.pk, row.sender, row.recipient, row.subject, bytes(row.content), row.caught_at)


def raw_unread_since(*, at: datetime) -> int:
    """How many mails have lain unread for longer than a minute."""
    return int(RawMail.objects.filter(read_at=None, received_at__lte=at - UNREAD_FOR).count())


def unread_ids(*, limit: int = 200, before: datetime | None = None) -> list[int]:
    """Mails that nobody has read yet, the oldest first; with `before` only those that came earlier."""
    rows = RawMail.objects.filter(read_at=None).order_by("received_at", "pk")
    if before is not None:
        rows = rows.filter(received_at__lt=before)
    return list(rows.values_list("pk", flat=True)[:limit])


MOST_READABLE = 50
_READABLE: Question[int] = Question(
    lambda: (
        RawMail.objects.filter(
            read_at=None,
            received_at__lte=Asked("at")
            - ExpressionWrapper(F("attempts") * Value(REST_AFTER_FAILURE), output_field=DurationField()),
        )
        .order_by("received_at", "pk")
        .values_list("pk", flat=True)[:MOST_READABLE]
    )
)


def readable_ids(*, at: datetime) -> list[int]:
    """Some unread mails, the oldest first, but for those that failed a moment ago: they rest longer after each try."""
    return _READABLE.all(at=at)


def due_delivery_ids(*, at: datetime, limit: int = 200) -> list[int]:
    """Deliveries whose next attempt was due at that moment, the longest waiting first."""
    rows = Delivery.objects.filter(state=DeliveryState.WAITING, next_attempt_at__lte=at).order_by("next_attempt_at")
    return list(rows.values_list("pk", flat=True)[:limit])


_CONVERSATION: Question[Conversation] = Question(
    lambda: Conversation.objects.select_related("customer").filter(pk=Asked("pk"))
)


def conversation_at(conversation_id: int) -> Conversation | None:
    """The conversation as it is now, with its customer; None when there is none."""
    return _CONVERSATION.first(pk=conversation_id)


def where_it_went(conversation: Conversation) -> Conversation:
    """The conversation that lives on: itself, or what it was merged into."""
    while conversation.merged_into_id:
        conversation = _CONVERSATION.one(pk=conversation.merged_into_id)
    return conversation


_SPLIT: Question[int] = Question(
    lambda: Link.objects.filter(
        Q(earlier=Asked("one"), later=Asked("other")) | Q(earlier=Asked("other"), later=Asked("one")),
        kind=LinkKind.SPLIT,
    ).values_list("pk", flat=True)[:1]
)
_MOVED_BACK: Question[int] = Question(
    lambda: Move.objects.filter(
        Q(source=Asked("one"), target=Asked("other")) | Q(source=Asked("other"), target=Asked("one")),
        undone_at__isnull=False,
    ).values_list("pk", flat=True)[:1]
)


def was_taken_apart(one_id: int, other_id: int) -> bool:
    """Whether a person split these two conversations, or undid their merging."""
    if one_id == other_id:
        return False
    pair = {"one": one_id, "other": other_id}
    return _SPLIT.has_any(**pair) or _MOVED_BACK.has_any(**pair)


@dataclass(frozen=True)
class Undelivered:
    """A message that has not reached a recipient, and where it belongs."""

    id: int
    recipient: str
    state: DeliveryState
    attempts: int
    next_attempt_at: datetime | None
    answer: str
    changed_at: datetime
    conversation_number: int
    subject: str
    is_automatic: bool


def undelivered(*, viewer: Seer, limit: int = 100) -> list[Undelivered]:
    """What waits after a failed try, or was refused, held, or left unknown; the newest change first."""
    troubled = Q(state__in=[DeliveryState.REFUSED, DeliveryState.HELD, DeliveryState.UNKNOWN])
    troubled |= Q(state=DeliveryState.WAITING, attempts__gt=0)
    rows = Delivery.objects.filter(troubled, tenant_id=viewer.tenant_id).select_related("message__conversation")
    return [_undelivered(row) for row in rows.order_by("-changed_at", "-pk")[:limit]]


def _undelivered(row: Delivery) -> Undelivered:
    return Undelivered(
        id=row.pk,
        recipient=row.recipient,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at,
        answer=row.answer,
        changed_at=row.changed_at,
        conversation_number=row.message.conversation.number,
        subject=row.message.subject,
        is_automatic=bool(row.message.automatic),
    )


def waiting_to_leave(*, viewer: Seer) -> int:
    """How many deliveries wait for their first or next try."""
    return int(Delivery.objects.filter(tenant_id=viewer.tenant_id, state=DeliveryState.WAITING).count())


class NoSuchMailbox(LookupError):
    """There is none, or the viewer may not see it."""


def mailbox_for(*, viewer: Seer, mailbox_id: int) -> Mailbox:
    """A mailbox of the viewer's tenant, active or closed. Raises NoSuchMailbox."""
    found = Mailbox.objects.filter(tenant_id=viewer.tenant_id, pk=mailbox_id).first()
    if found is None:
        raise NoSuchMailbox(mailbox_id)
    mailbox: Mailbox = found
    return mailbox


def closed_mailboxes(*, viewer: Seer) -> list[Mailbox]:
    return list(Mailbox.objects.filter(tenant_id=viewer.tenant_id, active=False).order_by("address"))


def caught_by_id(*, viewer: Seer, caught_id: int) -> Caught:
    """One mail that stayed in the house. Raises NoSource."""
    row = CaughtMail.objects.filter(tenant_id=viewer.tenant_id, pk=caught_id).first()
    if row is None:
        raise NoSource(caught_id)
    return _caught(row)


def sent_in_by(*, viewer: Seer, sender: str, limit: int = 30) -> list[tuple[datetime, bytes]]:
    """The mails that came in from this address, as they came, with their moments; the newest first."""
    rows = RawMail.objects.filter(tenant_id=viewer.tenant_id, envelope_from__iexact=sender)
    newest = rows.order_by("-received_at", "-pk").values_list("received_at", "content")[:limit]
    return [(received_at, bytes(content)) for received_at, content in newest]


def latest_writers(*, viewer: Seer, limit: int = 5) -> list[tuple[str, str]]:
    """Name and address of the customers who wrote by mail last and wait or hope for an answer, in the order of their names."""
    rows = MailRecord.objects.filter(
        tenant_id=viewer.tenant_id, message__direction="IN", message__inquiry=None, message__machine_kind=""
    ).exclude(Q(message__conversation__status__in=["QUIET", "SPAM"]) | Q(from_name=""))
    newest = rows.order_by("-message__received_at", "-pk").values_list("from_name", "from_address")[: limit * 5]
    return sorted(list(dict.fromkeys(newest))[:limit])
