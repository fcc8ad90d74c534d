"""Mail of earlier times, from files: it becomes customers and conversations, and nobody is sent anything.

Run it again after an interruption: mails are stored in portions, one transaction each, and what is there already is left
as it is. Imported threads are solved, except those whose last word is the customer's and recent: they are open, with
owner and next touch, but without a receipt or a promise.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import translation

from golddraht.channels.mail.mail import Address, Mail
from golddraht.channels.mail.reading import read
from golddraht.channels.mail.showing import Unreadable, mails_in
from golddraht.channels.models import Mailbox, RawMail
from golddraht.channels.operations.history import open_history, settle_history, start_history
from golddraht.channels.operations.judging import Judgement, judged
from golddraht.channels.operations.placing import Newcomer, place_of
from golddraht.channels.operations.receiving import (
    Envelope,
    author_of,
    join,
    known_message,
    record_mail,
    words_of,
)
from golddraht.channels.operations.seals import keep_seals
from golddraht.channels.queries import own_addresses, where_it_went
from golddraht.channels.queries.keys import keyring_for
from golddraht.channels.rules import Source, without_tag
from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations.receiving import keep
from golddraht.conversations.rules import Channel, Direction
from golddraht.customers.models import Customer
from golddraht.customers.operations import meet, recognise
from golddraht.customers.queries import customer_at
from golddraht.customers.rules import Source as ValueSource
from golddraht.ground.addresses import folded_address, is_plausible_address
from golddraht.ground.text import one_line, without_control
from golddraht.ground.text import words as words_in
from golddraht.plumbing.memory import forget, remembering
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import seeing
from golddraht.team.queries import default_team, members

OPEN_WITHIN = timedelta(days=14)
PORTION = 0.25
"""Seconds of importing in one transaction."""

Found = tuple[str, int, "bytes | Unreadable"]
"""A mail with the file it lies in and its position there."""

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
    # Path, position in it, and why.
    failed: list[tuple[str, int, str]] = field(default_factory=list)


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
    report, mails = ImportReport(), iter(mails_in(paths))
    while (found := next(mails, None)) is not None:
        with translation.override(tenant.language), seeing(tenant.pk, read_only=dry_run), remembering():
            touched: set[int] = set()
            for path, index, content in _for_a_moment(found, mails):
                report.seen += 1
                touched |= _import_one(tenant, content, report, place=(path, index), at=at, dry_run=dry_run)
                progress(report)
            # A later mail of the portion may have shown that two of them are one.
            for conversation_id in {where_it_went(one).pk for one in Conversation.objects.filter(pk__in=touched)}:
                settle_history(conversation_id=conversation_id, written_since=at - open_within, at=at)
    with seeing(tenant.pk):
        report.opened = 0 if dry_run else open_history()
    return report


def _for_a_moment(first: Found, others: Iterator[Found]) -> Iterator[Found]:
    """As many as fit into one transaction that nobody has to wait for long."""
    until = time.monotonic() + PORTION
    yield first
    while time.monotonic() < until and (found := next(others, None)) is not None:
        yield found


def _import_one(
    tenant: Tenant,
    content: bytes | Unreadable,
    report: ImportReport,
    *,
    place: tuple[str, int],
    at: datetime,
    dry_run: bool,
) -> set[int]:
    """Which conversation it came into, if any."""
    if isinstance(content, Unreadable):
        report.failed.append((*place, str(content.problem)))
        return set()
    mail = read(content, language=tenant.language, keyring=keyring_for(content))
    if not (mail.from_ or mail.to) or not (mail.text or mail.html or mail.attachments or mail.subject):
        report.failed.append((*place, "; ".join(mail.problems) or "There is no mail in it."))
        return set()
    try:
        if not dry_run:
            message = import_mail(mail=mail, content=content, report=report, at=at)
            return {message.conversation_id} if message else set()
        with transaction.atomic():
            _foresee(mail, content, report)
    except Exception as failure:
        log.exception("A mail could not be imported.", extra={"tenant": tenant.pk})
        report.failed.append((*place, type(failure).__name__))
        forget()
    return set()


def _foresee(mail: Mail, content: bytes, report: ImportReport) -> None:
    own = own_addresses()
    sender = folded_address(author_of(mail, Envelope(), own).address or "")
    if known_message(mail, content, is_ours=without_tag(sender) in own) is not None:
        report.known += 1
        return
    _count(mail, sender, report)


def _count(mail: Mail, sender: str, report: ImportReport) -> None:
    report.imported += 1
    report.ours += without_tag(sender) in own_addresses()
    report.automatic += mail.is_automatic


@transaction.atomic
def import_mail(*, mail: Mail, content: bytes, report: ImportReport, at: datetime) -> Message | None:
    """One mail of earlier times, in the conversation it belongs to, which is then to be settled (`settle_history`).

    Publishes nothing, so nothing follows from it. None for a mail that is here already.
    """
    own = own_addresses()
    author = author_of(mail, Envelope(), own)
    sender = folded_address(author.address or "")
    if known_message(mail, content, is_ours=without_tag(sender) in own) is not None:
        report.known += 1
        return None
    _count(mail, sender, report)
    written_at = min(mail.date or at, at)
    return _keep(mail, author, sender, content, written_at, report)


def _keep(
    mail: Mail, author: Address, sender: str, content: bytes, written_at: datetime, report: ImportReport
) -> Message:
    own = own_addresses()
    is_ours = without_tag(sender) in own
    other = _first_recipient(mail) if is_ours else author
    customer = _customer(other, written_at)
    mailbox = _mailbox(mail, sender)
    envelope = Envelope(mailbox)
    address = folded_address(other.address or "")
    newcomer = Newcomer(mail, address, customer, mail.recipients, at=written_at, is_history=True)
    place = place_of(newcomer)
    verdict = Judgement() if is_ours else judged(mail, sender=sender, customer=None, is_own=False)
    words = words_of(mail, author=author, verdict=verdict, envelope=envelope, own=own, language=customer.language)
    conversation = place.conversation
    if conversation is None:
        conversation = start_history(customer=customer, words=words, written_at=written_at)
        report.conversations += 1
    message = keep(conversation, customer, words, at=written_at, inquiry=place.inquiry)
    if is_ours:
        _turn_outward(message, author)
    record_mail(message=message, mail=mail, sender=sender, mailbox=mailbox, content=content, place=place)
    keep_seals(message_id=message.pk, mail=mail)
    _keep_source(message, mailbox, content, written_at)
    for tied in place.tied:
        join(tied, message.conversation_id, written_at)
    message.refresh_from_db()
    return message


def _turn_outward(message: Message, author: Address) -> None:
    """What we wrote then, under the name it was sent with; who of today's members it was is guessed from that name."""
    name = one_line(author.name or "", 200)
    Message.objects.filter(pk=message.pk).update(
        direction=Direction.OUT, customer=None, author_id=_member_named(name), author_name=name, machine_kind=""
    )


def _member_named(name: str) -> int:
    said = set(words_in(name))
    named = (member.pk for member in members() if set(words_in(member.name)) <= said)
    return next(named, default_team().lead_id)


def _keep_source(message: Message, mailbox: Mailbox | None, content: bytes, written_at: datetime) -> None:
    RawMail.objects.create(
        mailbox=mailbox,
        source=Source.IMPORT,
        sha256=sha256(content).hexdigest(),
        content=content,
        received_at=written_at,
        read_at=written_at,
        message=message,
    )


def _first_recipient(mail: Mail) -> Address:
    own = own_addresses()
    others = (one for one in (*mail.to, *mail.cc) if one.address and without_tag(one.address) not in own)
    return next(others, mail.from_ or Address(None, None))


def _customer(person: Address, written_at: datetime) -> Customer:
    address, name = folded_address(person.address or ""), without_control(person.name or "")
    if not is_plausible_address(address):
        return meet(name=name, source=ValueSource.IMPORT, at=written_at)
    known = customer_at(channel=Channel.EMAIL, address=address)
    return known or recognise(
        channel=Channel.EMAIL,
        address=address,
        shown=person.address or address,
        name=name,
        source=ValueSource.IMPORT,
        at=written_at,
    )


def _mailbox(mail: Mail, sender: str) -> Mailbox | None:
    """The mailbox of ours that the mail went from or to."""
    by_address = {without_tag(row.address): row for row in Mailbox.objects.order_by("pk")}
    named = (without_tag(one) for one in (sender, *mail.recipients))
    return next((by_address[one] for one in named if one in by_address), None)
