"""What is known of earlier mail while many are imported together: looked up once for all of them, and kept up by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from golddraht.channels.mail.mail import Mail
from golddraht.channels.mail.threading import mentioned_message_ids, normal_subject
from golddraht.channels.models import MailRecord, Reference
from golddraht.channels.operations.earlier import Alike, Earlier, Parties
from golddraht.channels.rules import fingerprint
from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.rules import Direction
from golddraht.customers.models import ContactPoint, Customer
from golddraht.ground.addresses import folded_address
from golddraht.plumbing.asking import Asked, Question

Readable = tuple[Mail, bytes]
"""A mail as it was understood, and as it came."""


class Portion(Earlier):
    """Answers as `Earlier` does, and asks the database only where something is there that the mails could be tied to."""

    started: dict[int, Conversation]

    def __init__(self, mails: Sequence[Readable]) -> None:
        self._mails = mails
        self.look_again()

    def look_again(self) -> None:
        """Forget what was noted: all of it has been written, and something else may have changed."""
        own = [mail.message_id for mail, _ in self._mails if mail.message_id]
        ids = [*own, *(one for mail, _ in self._mails for one in mentioned_message_ids(mail))]
        self._named_before, self._naming_before = set(_RECORDED.all(ids=ids)), set(_REFERRED.all(ids=ids))
        self._subjects_before = set(_SUBJECTS.all(subjects=[_subject(mail) for mail, _ in self._mails]))
        self._same_before = dict(_FINGERPRINTS.all(prints=[fingerprint(*one) for one in self._mails]))
        self._customers = {point.address: point.customer for point in _POINTS.all(addresses=_people(self._mails))}
        self._noted: dict[int, tuple[Message, MailRecord]] = {}
        self._named: dict[str, list[int]] = defaultdict(list)
        self._naming: dict[str, list[int]] = defaultdict(list)
        self._alike: dict[str, list[int]] = defaultdict(list)
        self._spoken: dict[int, list[Message]] = defaultdict(list)
        self._addresses: dict[int, set[str]] = {}
        self.started = {}

    # What is being imported

    def note_started(self, conversation: Conversation) -> None:
        self.started[conversation.pk] = conversation

    def note_met(self, customer: Customer, address: str) -> None:
        self._customers[address] = customer
        self._addresses[customer.pk] = {address}

    def note_kept(self, message: Message, record: MailRecord) -> None:
        self._noted[message.pk] = (message, record)
        self._same_before[record.fingerprint] = message.pk
        self._named[record.mail_id].append(message.pk)
        self._alike[record.normal_subject].append(message.pk)
        self._spoken[message.conversation_id].append(message)
        for one in record.references:
            self._naming[one].append(message.pk)

    def said_in(self, conversation: Conversation) -> list[Message]:
        """What was said in a conversation that began here, in order."""
        return sorted(self._spoken[conversation.pk], key=lambda message: (message.received_at, message.pk))

    # What is known

    def same(self, fingerprint: str) -> int | None:
        return self._same_before.get(fingerprint)

    def sent(self, mail_id: str) -> int | None:
        before = super().sent(mail_id) if mail_id in self._named_before else None
        return before or next(self._ours([mail_id]), None)

    def customer_at(self, address: str) -> Customer | None:
        return self._customers.get(address)

    def conversation(self, conversation_id: int) -> Conversation | None:
        return self.started.get(conversation_id) or super().conversation(conversation_id)

    def numbered(self, number: int) -> Conversation | None:
        here = (one for one in self.started.values() if one.number == number)
        return next(here, None) or super().numbered(number)

    def answered(self, mail_id: str) -> Conversation | None:
        before = super().answered(mail_id) if mail_id in self._named_before else None
        ours = next(self._ours([mail_id]), None)
        return before or (self._noted[ours][0].conversation if ours else None)

    def has_ours(self, mail_ids: Sequence[str]) -> bool:
        known = [one for one in mail_ids if one in self._named_before]
        return bool(known and super().has_ours(known)) or any(self._ours(mail_ids))

    def named(self, mail_ids: Sequence[str]) -> list[int]:
        before = super().named([one for one in mail_ids if one in self._named_before])
        return [*before, *_all_of(self._named, mail_ids)]

    def naming(self, mail_ids: Sequence[str]) -> list[int]:
        before = super().naming([one for one in mail_ids if one in self._naming_before])
        return [*before, *_all_of(self._naming, mail_ids)]

    def alike(self, *, sender: str, subject: str, since: datetime, until: datetime) -> list[Alike]:
        is_known = subject in self._subjects_before
        before = super().alike(sender=sender, subject=subject, since=since, until=until) if is_known else []
        noted = [self._noted[one] for one in self._alike.get(subject, ())]
        return before + [
            (message.pk, message.subject, message.written_at)
            for message, record in noted
            if since <= message.written_at <= until
            and not message.machine_kind
            and message.inquiry_id is None
            and (record.from_address == sender or sender in record.to_addresses)
        ]

    def conversations_of(self, message_ids: Sequence[int]) -> list[Conversation]:
        before = super().conversations_of([one for one in message_ids if one not in self._noted])
        noted = (self._noted[one][0] for one in message_ids if one in self._noted)
        here = {one.conversation_id: one.conversation for one in noted if one.inquiry_id is None}
        return sorted({**here, **{one.pk: one for one in before}}.values(), key=lambda one: one.number)

    def addresses_of(self, customer_id: int) -> set[str]:
        return self._addresses.get(customer_id) or super().addresses_of(customer_id)

    def parties(self, conversation_id: int) -> list[Parties]:
        before = [] if conversation_id in self.started else super().parties(conversation_id)
        noted = (self._noted[one.pk][1] for one in self._spoken[conversation_id] if one.inquiry_id is None)
        return [*before, *((one.from_address, one.to_addresses, one.cc_addresses) for one in noted)]

    def _ours(self, mail_ids: Iterable[str]) -> Iterator[int]:
        noted = (self._noted[one][0] for one in _all_of(self._named, mail_ids))
        return (one.pk for one in noted if one.direction == Direction.OUT and one.inquiry_id is None)


def _all_of(noted: dict[str, list[int]], keys: Iterable[str]) -> list[int]:
    return [message_id for key in keys for message_id in noted.get(key, ())]


def _subject(mail: Mail) -> str:
    return normal_subject(mail.subject)[:250]


def _people(mails: Sequence[Readable]) -> list[str]:
    named = (one for mail, _ in mails for one in (mail.from_, mail.sender, *mail.reply_to, *mail.to, *mail.cc))
    paths = (mail.return_path for mail, _ in mails if mail.return_path)
    return list({folded_address(one) for one in (*paths, *(one.address for one in named if one)) if one})


_RECORDED: Question[str] = Question(
    lambda: MailRecord.objects.filter(mail_id__among=Asked("ids")).values_list("mail_id", flat=True)
)
_REFERRED: Question[str] = Question(
    lambda: Reference.objects.filter(mail_id__among=Asked("ids")).values_list("mail_id", flat=True).distinct()
)
_SUBJECTS: Question[str] = Question(
    lambda: (
        MailRecord.objects.filter(normal_subject__among=Asked("subjects"))
        .values_list("normal_subject", flat=True)
        .distinct()
    )
)
_FINGERPRINTS: Question[tuple[str, int]] = Question(
    lambda: MailRecord.objects.filter(fingerprint__among=Asked("prints")).values_list("fingerprint", "message_id")
)
_POINTS: Question[ContactPoint] = Question(
    lambda: ContactPoint.objects.select_related("customer").filter(channel="EMAIL", address__among=Asked("addresses"))
)
