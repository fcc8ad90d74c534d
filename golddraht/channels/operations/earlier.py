"""What is known of earlier mail when a new one looks for its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from django.db.models import Q

from golddraht.channels.models import MailRecord, Reference
from golddraht.channels.queries import conversation_at
from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations.recounting import thread
from golddraht.conversations.queries import conversation_by_number
from golddraht.customers.models import Customer
from golddraht.customers.queries import customer_at, mail_addresses_of
from golddraht.plumbing.asking import Asked, Question

MOST = 200
Parties = tuple[str, list[str], list[str]]
"""Of one mail: from whom, to whom, and who got a copy."""

Alike = tuple[int, str, datetime]
"""A message, its subject, and when it was written."""


class Earlier:
    """Asked of the database when it is wanted. `Portion` knows besides what is being imported with the mail."""

    started: Mapping[int, Conversation] = MappingProxyType({})
    """Conversations that began with what is being imported, and are not written yet."""

    def note_started(self, conversation: Conversation) -> None:
        """A conversation begins; here as below PostgreSQL knows it already."""

    def note_met(self, customer: Customer, address: str) -> None:
        """Somebody new has written, or was written to."""

    def note_kept(self, message: Message, record: MailRecord) -> None:
        """A mail has found its place."""

    def said_in(self, conversation: Conversation) -> list[Message]:
        """What was said in one of those that began here, in order."""
        return thread(conversation)

    def look_again(self) -> None:
        """Something else has changed what is known."""

    def same(self, fingerprint: str) -> int | None:
        """The message that this very mail became when it arrived before."""
        return _SAME.first(fingerprint=fingerprint)

    def sent(self, mail_id: str) -> int | None:
        """The message of ours that left under this id."""
        return _SENT.first(mail_id=mail_id)

    def customer_at(self, address: str) -> Customer | None:
        """Whose e-mail address this is, folded for comparison."""
        return customer_at(channel="EMAIL", address=address)

    def conversation(self, conversation_id: int) -> Conversation | None:
        return conversation_at(conversation_id)

    def numbered(self, number: int) -> Conversation | None:
        return conversation_by_number(number)

    def answered(self, mail_id: str) -> Conversation | None:
        """The conversation of the mail of ours with this id, when it went to a customer."""
        record = _ANSWERED.first(mail_id=mail_id)
        return record.message.conversation if record else None

    def has_ours(self, mail_ids: Sequence[str]) -> bool:
        """Whether one of these is a mail of ours to a customer."""
        return _OURS.has_any(mail_ids=list(mail_ids))

    def named(self, mail_ids: Sequence[str]) -> list[int]:
        """The messages with these ids."""
        return _NAMED.all(mail_ids=list(mail_ids)) if mail_ids else []

    def naming(self, mail_ids: Sequence[str]) -> list[int]:
        """The messages that refer to one of these ids."""
        return _NAMING.all(mail_ids=list(mail_ids)) if mail_ids else []

    def alike(self, *, sender: str, subject: str, since: datetime, until: datetime) -> list[Alike]:
        """What people wrote to us or we to them with the same subject, the sender among those who wrote or were written to."""
        return _ALIKE.all(sender=sender, subject=subject, since=since, until=until)

    def conversations_of(self, message_ids: Sequence[int]) -> list[Conversation]:
        """Where these messages belong, the oldest concern first; questions to third parties are left out."""
        return _OF_MESSAGES.all(messages=list(message_ids)) if message_ids else []

    def addresses_of(self, customer_id: int) -> set[str]:
        return mail_addresses_of(customer_id=customer_id)

    def parties(self, conversation_id: int) -> list[Parties]:
        """Who took part in each mail between the customer and us."""
        return _IN_CONCERN.all(conversation=conversation_id)

    def parties_asked(self, inquiry_id: int) -> list[Parties]:
        """Who took part in each mail of a question to a third party."""
        return _IN_INQUIRY.all(inquiry=inquiry_id)


EARLIER = Earlier()

_SAME: Question[int] = Question(
    lambda: MailRecord.objects.filter(fingerprint=Asked("fingerprint")).values_list("message_id", flat=True)[:1]
)
_SENT: Question[int] = Question(
    lambda: (
        MailRecord.objects.filter(mail_id=Asked("mail_id"), message__direction="OUT")
        .order_by("pk")
        .values_list("message_id", flat=True)[:1]
    )
)
_ANSWERED: Question[MailRecord] = Question(
    lambda: MailRecord.objects.filter(
        mail_id=Asked("mail_id"), message__direction="OUT", message__inquiry=None
    ).select_related("message__conversation__customer")[:1]
)
_OURS: Question[int] = Question(
    lambda: MailRecord.objects.filter(
        mail_id__among=Asked("mail_ids"), message__direction="OUT", message__inquiry=None
    ).values_list("pk", flat=True)[:1]
)
_NAMED: Question[int] = Question(
    lambda: MailRecord.objects.filter(mail_id__among=Asked("mail_ids")).values_list("message_id", flat=True)[:MOST]
)
_NAMING: Question[int] = Question(
    lambda: Reference.objects.filter(mail_id__among=Asked("mail_ids")).values_list("record__message_id", flat=True)[
        :MOST
    ]
)
_ALIKE: Question[Alike] = Question(
    lambda: (
        MailRecord.objects.filter(
            message__written_at__gte=Asked("since"),
            message__written_at__lte=Asked("until"),
            normal_subject=Asked("subject"),
            message__inquiry=None,
            message__machine_kind="",
        )
        .filter(Q(from_address=Asked("sender")) | Q(to_addresses__contains=[Asked("sender")]))
        .values_list("message_id", "message__subject", "message__written_at")[:MOST]
    )
)
_OF_MESSAGES: Question[Conversation] = Question(
    lambda: (
        Conversation.objects.filter(
            pk__in=Message.objects.filter(pk__among=Asked("messages"), inquiry=None).values("conversation_id")
        )
        .select_related("customer")
        .order_by("number")
    )
)
_IN_CONCERN: Question[Parties] = Question(
    lambda: MailRecord.objects.filter(message__conversation=Asked("conversation"), message__inquiry=None).values_list(
        "from_address", "to_addresses", "cc_addresses"
    )
)
_IN_INQUIRY: Question[Parties] = Question(
    lambda: MailRecord.objects.filter(message__inquiry=Asked("inquiry")).values_list(
        "from_address", "to_addresses", "cc_addresses"
    )
)
