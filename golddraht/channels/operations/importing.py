"""Mail of earlier times, from files: it becomes customers and conversations, and nobody is sent anything.

Run it again after an interruption: mails are stored in portions, one transaction each, and what is there already is left
as it is. Imported threads are solved, except those whose last word is the customer's and recent: they are open, with
owner and next touch, but without a receipt or a promise.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from hashlib import sha256

from django.utils import translation

from golddraht.channels.mail.mail import Address, Mail
from golddraht.channels.mail.reading import read
from golddraht.channels.mail.showing import Unreadable, mails_in
from golddraht.channels.models import Mailbox, RawMail
from golddraht.channels.operations.earlier import EARLIER, Earlier
from golddraht.channels.operations.history import open_history, settle, settle_history, start_history
from golddraht.channels.operations.judging import Judgement, judged
from golddraht.channels.operations.placing import Newcomer, place_of
from golddraht.channels.operations.portions import Portion, Readable
from golddraht.channels.operations.receiving import (
    Envelope,
    author_of,
    join,
    known_id,
    record_mail,
    words_of,
)
from golddraht.channels.operations.seals import keep_seals
from golddraht.channels.queries import every_mailbox, own_addresses, where_it_went
from golddraht.channels.queries.keys import keyring_for
from golddraht.channels.rules import Source, without_tag
from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations.receiving import keep
from golddraht.conversations.queries import backlog
from golddraht.conversations.rules import Channel, Direction
from golddraht.customers.models import Customer
from golddraht.customers.operations import meet, meet_at
from golddraht.customers.rules import Source as ValueSource
from golddraht.ground.addresses import folded_address, is_plausible_address
from golddraht.ground.text import one_line, without_control
from golddraht.ground.text import words as words_in
from golddraht.plumbing import ledger
from golddraht.plumbing.memory import forget, remembering
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.rows import added, changed, gathering, write_gathered
from golddraht.plumbing.tenancy import seeing
from golddraht.plumbing.transactions import at_a_stretch, is_at_a_stretch, step, stepwise
from golddraht.team.queries import default_team, members

OPEN_WITHIN = timedelta(days=14)
PORTION = 0.25
"""Seconds of importing in one transaction."""

MOST_AT_ONCE = 100

Found = tuple[str, int, "bytes | Unreadable"]
"""A mail with the file it lies in and its position there."""

Understood = tuple[tuple[str, int], "Readable | str"]
"""Where a mail lies, with the mail as it was understood, or why there is none."""

log = logging.getLogger(__name__)


@dataclass
class ImportReport:
    """What an import did, or would do in a dry run."""

    seen: int = 0
    imported: int = 0
    known: int = 0
    ours: int = 0
    automatic: int = 0
    conversations: int = 0
    opened: int = 0
    # Between us and somebody who was erased later: they are not brought back.
    left_out: int = 0
    # Path, position in it, and why.
    failed: list[tuple[str, int, str]] = field(default_factory=list)

    def become(self, other: ImportReport) -> None:
        """Take back what was counted since."""
        for name in (one.name for one in fields(self)):
            setattr(self, name, getattr(other, name))


def count_mails(paths: Iterable[str]) -> int:
    """How many mails there are, for a progress bar."""
    return sum(1 for _ in mails_in(paths))


def import_mails(
    *,
    tenant: Tenant,
    paths: Iterable[str],
    at: datetime,
    dry_run: bool = False,
    progress: Callable[[ImportReport], None] = lambda report: None,
    open_within: timedelta = OPEN_WITHIN,
) -> ImportReport:
    """Import every mail in these files, mboxes, Maildirs and folders; `progress` is called after each.

    Call it outside of any transaction. A mail that cannot be read is told in `failed`; the others go on.
    """
    report, mails = ImportReport(), _understood(tenant, mails_in(paths))
    taking = _Taking(tenant, report, at, at - open_within, progress, ledger.memory())
    while portion := taking.some_of(mails):
        if dry_run:
            taking.foresee(portion)
        else:
            taking.take(portion)
    with seeing(tenant.pk):
        report.opened = 0 if dry_run else open_history()
    return report


def _understood(tenant: Tenant, found: Iterable[Found]) -> Iterator[Understood]:
    """Each mail with its place, and as it was understood; in its stead why there is none."""
    for path, index, content in found:
        if isinstance(content, Unreadable):
            yield (path, index), str(content.problem)
            continue
        mail = read(content, language=tenant.language, keyring=keyring_for(content))
        says_something = mail.text or mail.html or mail.attachments or mail.subject
        problem = "; ".join(mail.problems) or "There is no mail in it."
        yield (path, index), ((mail, content) if (mail.from_ or mail.to) and says_something else problem)


def _for_a_moment(mails: Iterator[Understood]) -> Iterator[Understood]:
    """As many as fit into one transaction that nobody has to wait for long."""
    until = time.monotonic() + PORTION
    for count, one in enumerate(mails, start=1):
        yield one
        if count >= MOST_AT_ONCE or time.monotonic() > until:
            return


@dataclass(frozen=True)
class _Taking:
    """What becomes of the mails of one portion, and where it is told."""

    tenant: Tenant
    report: ImportReport
    at: datetime
    written_since: datetime
    progress: Callable[[ImportReport], None]
    erased: ledger.Memory

    def some_of(self, mails: Iterator[Understood]) -> list[Understood]:
        """The next portion, understood with the keys there are; empty when there is no mail left."""
        with self._transaction(read_only=True):
            return list(_for_a_moment(mails))

    def take(self, portion: Sequence[Understood]) -> None:
        """All together; should that fail, once more, each in a step of its own, so that one mail spoils no other."""
        before = replace(self.report, failed=list(self.report.failed))
        try:
            with self._transaction(), at_a_stretch(), gathering():
                earlier = Portion([found for _, found in portion if not isinstance(found, str)])
                self._settle(self._each(portion, earlier), earlier)
        except Exception:
            log.warning("Mails are imported once more, each in a step of its own.", exc_info=True)
            self.report.become(before)
            with self._transaction():
                self._settle(self._each(portion, EARLIER), EARLIER)

    def foresee(self, portion: Sequence[Understood]) -> None:
        """Count what would be done."""
        with self._transaction(read_only=True):
            self._each(portion, None)

    @contextmanager
    def _transaction(self, *, read_only: bool = False) -> Iterator[None]:
        with translation.override(self.tenant.language), seeing(self.tenant.pk, read_only=read_only), remembering():
            yield

    def _each(self, portion: Sequence[Understood], earlier: Earlier | None) -> set[int]:
        """Which conversations something came into."""
        touched: set[int] = set()
        for place, found in portion:
            self.report.seen += 1
            touched |= self._one(place, found, earlier)
            self.progress(self.report)
        return touched

    def _one(self, place: tuple[str, int], found: Readable | str, earlier: Earlier | None) -> set[int]:
        if isinstance(found, str):
            self.report.failed.append((*place, found))
            return set()
        mail, content = found
        try:
            with step():
                if self._is_of_somebody_erased(mail):
                    self.report.left_out += 1
                    return set()
                if earlier is None:
                    return _foresee(mail, content, self.report)
                message = import_mail(mail=mail, content=content, report=self.report, at=self.at, earlier=earlier)
                return {message.conversation_id} if message else set()
        except Exception as failure:
            if is_at_a_stretch():
                raise
            log.exception("A mail could not be imported.", extra={"tenant": self.tenant.pk})
            self.report.failed.append((*place, type(failure).__name__))
            forget()
        return set()

    def _is_of_somebody_erased(self, mail: Mail) -> bool:
        """Whether it was written before somebody was erased, by them or to them; see the ledger of erasures."""
        if not self.erased.by_mark:
            return False
        author = author_of(mail, Envelope(), own_addresses())
        sender = folded_address(author.address or "")
        is_ours = without_tag(sender) in own_addresses()
        other = folded_address(_first_recipient(mail).address or "") if is_ours else sender
        erased_at = self.erased.erased_at(self.tenant.slug, Channel.EMAIL, other)
        return erased_at is not None and (mail.date or erased_at) <= erased_at

    def _settle(self, touched: set[int], earlier: Earlier) -> None:
        """Everything that was touched; where all of it is known here, before it is written."""
        backlog()  # Counted before any of them counts, so that their order does not matter.
        for conversation in earlier.started.values():
            settle(conversation, earlier.said_in(conversation), written_since=self.written_since, at=self.at)
        others = touched - earlier.started.keys()
        if not others:
            return
        write_gathered()
        # A later mail of the portion may have shown that two of them are one.
        for conversation_id in {where_it_went(one).pk for one in Conversation.objects.filter(pk__in=others)}:
            settle_history(conversation_id=conversation_id, written_since=self.written_since, at=self.at)


def _foresee(mail: Mail, content: bytes, report: ImportReport) -> set[int]:
    own = own_addresses()
    sender = folded_address(author_of(mail, Envelope(), own).address or "")
    if known_id(mail, content, is_ours=without_tag(sender) in own) is not None:
        report.known += 1
    else:
        _count(mail, sender, report)
    return set()


def _count(mail: Mail, sender: str, report: ImportReport) -> None:
    report.imported += 1
    report.ours += without_tag(sender) in own_addresses()
    report.automatic += mail.is_automatic


@stepwise
def import_mail(
    *, mail: Mail, content: bytes, report: ImportReport, at: datetime, earlier: Earlier = EARLIER
) -> Message | None:
    """One mail of earlier times, in the conversation it belongs to, which is then to be settled (`settle_history`).

    Publishes nothing, so nothing follows from it. None for a mail that is here already.
    """
    own = own_addresses()
    author = author_of(mail, Envelope(), own)
    sender = folded_address(author.address or "")
    if known_id(mail, content, is_ours=without_tag(sender) in own, earlier=earlier) is not None:
        report.known += 1
        return None
    _count(mail, sender, report)
    written_at = min(mail.date or at, at)
    return _keep(mail, author, sender, content, written_at, report, earlier)


def _keep(
    mail: Mail,
    author: Address,
    sender: str,
    content: bytes,
    written_at: datetime,
    report: ImportReport,
    earlier: Earlier,
) -> Message:
    own = own_addresses()
    is_ours = without_tag(sender) in own
    other = _first_recipient(mail) if is_ours else author
    customer = _customer(other, written_at, earlier)
    mailbox = _mailbox(mail, sender)
    envelope = Envelope(mailbox)
    address = folded_address(other.address or "")
    newcomer = Newcomer(mail, address, customer, mail.recipients, at=written_at, is_history=True, earlier=earlier)
    place = place_of(newcomer)
    verdict = Judgement() if is_ours else judged(mail, sender=sender, customer=None, is_own=False)
    words = words_of(mail, author=author, verdict=verdict, envelope=envelope, own=own, language=customer.language)
    conversation = place.conversation
    if conversation is None:
        conversation = start_history(customer=customer, words=words, written_at=written_at)
        earlier.note_started(conversation)
        report.conversations += 1
    message = keep(conversation, customer, words, at=written_at, inquiry=place.inquiry)
    if is_ours:
        _turn_outward(message, author)
    record = record_mail(message=message, mail=mail, sender=sender, mailbox=mailbox, content=content, place=place)
    keep_seals(message_id=message.pk, mail=mail)
    _keep_source(message, mailbox, content, written_at)
    earlier.note_kept(message, record)
    if place.tied:
        _join(message, place.tied, written_at, earlier)
    return message


def _join(message: Message, others: tuple[Conversation, ...], written_at: datetime, earlier: Earlier) -> None:
    """These have turned out to be one concern, as PostgreSQL and whoever imports on must know."""
    write_gathered()
    for other in others:
        join(other, message.conversation_id, written_at)
    message.refresh_from_db()
    earlier.look_again()


def _turn_outward(message: Message, author: Address) -> None:
    """What we wrote then, under the name it was sent with; who of today's members it was is guessed from that name."""
    name = one_line(author.name or "", 200)
    message.direction, message.machine_kind = Direction.OUT, ""
    message.customer, message.author_id, message.author_name = None, _member_named(name), name
    changed(message, "direction", "machine_kind", "customer", "author", "author_name")


def _member_named(name: str) -> int:
    said = set(words_in(name))
    named = (member.pk for member in members() if set(words_in(member.name)) <= said)
    return next(named, default_team().lead_id)


def _keep_source(message: Message, mailbox: Mailbox | None, content: bytes, written_at: datetime) -> None:
    added(
        RawMail(
            mailbox=mailbox,
            source=Source.IMPORT,
            sha256=sha256(content).hexdigest(),
            content=content,
            received_at=written_at,
            read_at=written_at,
            message=message,
        )
    )


def _first_recipient(mail: Mail) -> Address:
    own = own_addresses()
    others = (one for one in (*mail.to, *mail.cc) if one.address and without_tag(one.address) not in own)
    return next(others, mail.from_ or Address(None, None))


def _customer(person: Address, written_at: datetime, earlier: Earlier) -> Customer:
    address, name = folded_address(person.address or ""), without_control(person.name or "")
    if not is_plausible_address(address):
        return meet(name=name, source=ValueSource.IMPORT, at=written_at)
    if (known := earlier.customer_at(address)) is not None:
        return known
    shown, source = person.address or address, ValueSource.IMPORT
    met = meet_at(channel=Channel.EMAIL, address=address, shown=shown, name=name, source=source, at=written_at)
    earlier.note_met(met, address)
    return met


def _mailbox(mail: Mail, sender: str) -> Mailbox | None:
    """The mailbox of ours that the mail went from or to."""
    by_address = {without_tag(row.address): row for row in sorted(every_mailbox(), key=lambda row: row.pk)}
    named = (without_tag(one) for one in (sender, *mail.recipients))
    return next((by_address[one] for one in named if one in by_address), None)
