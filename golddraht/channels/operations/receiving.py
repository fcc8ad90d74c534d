"""One mail that has been read: who wrote it, where it belongs, whether it needs an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import connection
from django.utils.translation import gettext as _

from golddraht.channels.mail.judging import is_known_to_fail
from golddraht.channels.mail.mail import Address, Mail
from golddraht.channels.mail.threading import mentioned_message_ids, normal_subject
from golddraht.channels.models import Mailbox, MailRecord, Reference
from golddraht.channels.operations.addressing import is_own_loop
from golddraht.channels.operations.answering import answered_to
from golddraht.channels.operations.authenticating import hold_automatic_answers
from golddraht.channels.operations.bouncing import message_behind, note_bounce, note_feedback
from golddraht.channels.operations.earlier import EARLIER, Earlier
from golddraht.channels.operations.judging import Judgement, is_web_form, judged
from golddraht.channels.operations.placing import Newcomer, Place, place_of
from golddraht.channels.operations.waking import wake
from golddraht.channels.queries import own_addresses, was_taken_apart, where_it_went
from golddraht.channels.rules import fingerprint, without_tag
from golddraht.conversations import operations as conversing
from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations import Words, receive_message
from golddraht.conversations.operations.receiving import Enclosure
from golddraht.conversations.queries.blocking import block_on
from golddraht.conversations.rules import Channel
from golddraht.customers.models import ContactPoint, Customer
from golddraht.customers.operations import meet, meet_at, note_language, recognised
from golddraht.customers.queries import contact_point_at
from golddraht.customers.rules import Source as ValueSource
from golddraht.ground.addresses import folded_address, is_plausible_address
from golddraht.ground.language import language_of
from golddraht.ground.text import one_line, without_control
from golddraht.plumbing.memory import at_hand
from golddraht.plumbing.rows import added, all_added
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.plumbing.transactions import joined


@dataclass(frozen=True)
class Envelope:
    """What is known of a mail besides its content."""

    mailbox: Mailbox | None = None
    sender: str = ""
    recipients: tuple[str, ...] = ()


@joined
def receive_mail(*, mail: Mail, content: bytes, envelope: Envelope, at: datetime) -> Message:
    """The message that the mail became, in the conversation it belongs to. The same mail twice is one message."""
    own = own_addresses()
    author = author_of(mail, envelope, own)
    sender = folded_address(author.address or "")
    _one_at_a_time(sender)
    if (known := known_message(mail, content, is_ours=without_tag(sender) in own)) is not None:
        return known
    is_doubted = is_known_to_fail(content, server=envelope.mailbox.trusted_server if envelope.mailbox else "")
    if mail.bounce is not None and not is_doubted:
        note_bounce(bounce=mail.bounce, at=at)
    if mail.complaint is not None and not is_doubted:
        note_feedback(complaint=mail.complaint, at=at)
    point = contact_point_at(channel=Channel.EMAIL, address=sender) if sender else None
    newcomer = _newcomer(mail, sender, point, envelope, is_doubted, at)
    place = _bounce_place(mail) or place_of(newcomer)
    is_blocked = place.inquiry is None and block_on(sender) is not None
    if is_blocked:
        # It goes on only with what rests already, and ties nothing together.
        place = Place(place.conversation)
    verdict = judged(
        mail,
        sender=sender,
        customer=newcomer.customer,
        is_own=_is_own(mail, sender, own),
        conversation=place.conversation,
        is_form=is_web_form(mail, author=author, own=own),
    )
    customer = _customer(author, newcomer, point, place, verdict, at)
    words = words_of(mail, author=author, verdict=verdict, envelope=envelope, own=own, language=customer.language)
    # What is written back must find it: the receipt takes its mailbox and its chain of ids from there.
    note = partial(record_mail, mail=mail, sender=sender, mailbox=envelope.mailbox, content=content, place=place)
    is_just_met = point is None and place.conversation is None and customer.known_since >= at
    with at_hand(*[customer] if is_just_met else []):
        message = _put(words, customer, place, verdict, note, at)
    if is_doubted:
        hold_automatic_answers(message_id=message.pk, conversation_id=message.conversation_id, at=at)
    for other in place.tied:
        join(other, message.conversation_id, at)
    if verdict.needs_a_person and not is_blocked:
        why = _("A machine wrote, but somebody may be waiting for an answer")
        wake(conversation_id=message.conversation_id, kind="MACHINE_ASKS", words=why, at=at)
    if place.tied or place.inquiry or verdict.needs_a_person:
        message.refresh_from_db()
    return message


def _one_at_a_time(sender: str) -> None:
    """Mails of one sender are placed one after the other, so that two workers do not open two conversations for a thread."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"sender:{current_tenant_id()}:{sender}"]
        )


# Who wrote


FORM_SENDERS = (
    "noreply",
    "donotreply",
    "wordpress",
    "webform",
    "kontaktformular",
    "contactform",
    "formular",
    "website",
)


def author_of(mail: Mail, envelope: Envelope, own: frozenset[str]) -> Address:
    """Who wrote: From; behind a web form, which writes from our own or a no-reply address, the person in Reply-To."""
    from_ = mail.from_ or mail.sender or Address(None, envelope.sender or mail.return_path)
    person = next((one for one in mail.reply_to if one.address and is_plausible_address(one.address)), None)
    if person is None or without_tag(person.address or "") in own:
        return from_
    return person if _is_form(from_, own) else from_


def _is_form(from_: Address, own: frozenset[str]) -> bool:
    local = folded_address(from_.address or "").partition("@")[0].replace("-", "").replace("_", "").replace(".", "")
    return without_tag(from_.address or "@") in own or local.startswith(FORM_SENDERS)


def _is_own(mail: Mail, sender: str, own: frozenset[str]) -> bool:
    """Our own mail that came back: by its mark, or a mailbox that writes to itself."""
    if is_own_loop(mail):
        return True
    written_to = {without_tag(one.address) for one in (*mail.to, *mail.cc) if one.address}
    return without_tag(sender) in own and written_to == {without_tag(sender)}


def known_message(mail: Mail, content: bytes, *, is_ours: bool) -> Message | None:
    """The message if this very mail has arrived before, or is one that we sent ourselves."""
    message_id = known_id(mail, content, is_ours=is_ours)
    return Message.objects.select_related("conversation").get(pk=message_id) if message_id else None


def known_id(mail: Mail, content: bytes, *, is_ours: bool, earlier: Earlier = EARLIER) -> int | None:
    """The same, where only which one is wanted."""
    message_id = earlier.same(fingerprint(mail, content))
    return earlier.sent(mail.message_id) if message_id is None and mail.message_id and is_ours else message_id


def _newcomer(
    mail: Mail, sender: str, point: ContactPoint | None, envelope: Envelope, is_doubted: bool, at: datetime
) -> Newcomer:
    customer = point.customer if point else None
    recipients = tuple(dict.fromkeys((*envelope.recipients, *mail.recipients)))
    return Newcomer(mail, sender, customer, recipients, at=min(mail.date or at, at), is_doubted=is_doubted)


def _bounce_place(mail: Mail) -> Place | None:
    report = mail.bounce or mail.complaint
    about = message_behind(report) if report else None
    return Place(where_it_went(about.conversation), about.inquiry) if about else None


def _customer(
    author: Address, newcomer: Newcomer, point: ContactPoint | None, place: Place, verdict: Judgement, at: datetime
) -> Customer:
    """The person behind the mail. A machine that writes within a concern is nobody new."""
    if place.conversation is not None and (verdict.machine_kind or place.inquiry):
        customer: Customer = place.conversation.customer
        return customer
    # Whoever may not be who they say teaches us no name.
    name = "" if newcomer.is_doubted else without_control(author.name or "")
    if not is_plausible_address(newcomer.sender):
        return newcomer.customer or meet(name=name, source=ValueSource.MAIL_HEADER, at=at)
    if point is not None:
        return recognised(point, name=name, source=ValueSource.MAIL_HEADER, at=at)
    return meet_at(
        channel=Channel.EMAIL,
        address=newcomer.sender,
        shown=author.address or newcomer.sender,
        name=name,
        source=ValueSource.MAIL_HEADER,
        at=at,
        language="" if verdict.machine_kind or place.inquiry else language_of(own_words(newcomer.mail)[0]) or "",
    )


# Into the conversation


def _put(
    words: Words, customer: Customer, place: Place, verdict: Judgement, note: Callable[..., object], at: datetime
) -> Message:
    is_theirs = not verdict.machine_kind and not place.inquiry
    if is_theirs and words.language and words.language != customer.language:
        note_language(customer_id=customer.pk, language=words.language, source=ValueSource.OWN_WORDS, at=at)
    answered = None if verdict.machine_kind else place.inquiry
    message = receive_message(
        customer=customer,
        words=words,
        conversation=place.conversation,
        inquiry=answered,
        on_kept=lambda kept: note(message=kept),
        at=at,
    )
    if place.inquiry is not None and answered is None:
        # An absence note of whoever was asked belongs to their thread, but is no answer.
        Message.objects.filter(pk=message.pk).update(inquiry=place.inquiry, customer=None)
    return message


def words_of(
    mail: Mail, *, author: Address, verdict: Judgement, envelope: Envelope, own: frozenset[str], language: str = ""
) -> Words:
    """What the mail says, in the form in which conversations take it. Nothing the sender wrote is left out."""
    text, quoted, signature = own_words(mail)
    addressed = (*([envelope.mailbox.address] if envelope.mailbox else []), *envelope.recipients, *mail.recipients)
    return Words(
        channel=Channel.EMAIL,
        text=without_control(text),
        subject=one_line(mail.subject or "", 998),
        html=without_control(mail.html or ""),
        quoted_text=without_control(quoted),
        signature=without_control(signature),
        language=language_of(text) or language or _declared(mail),
        author_name=one_line(author.name or author.address or "", 200),
        recipients=tuple(dict.fromkeys(one_line(one, 254) for one in addressed))[:100],
        sender=folded_address(author.address or "")[:254],
        answer_to=() if verdict.machine_kind else answered_to(mail, author=author, own=own),
        enclosures=enclosures_of(mail),
        problems=tuple(without_control(problem) for problem in mail.problems),
        machine_kind=verdict.machine_kind,
        quiet_reason=verdict.quiet_reason,
        written_at=mail.date,
    )


def own_words(mail: Mail) -> tuple[str, str, str]:
    """What the writer says, what they quote, and how they sign; all of it as said where nothing else is left."""
    if (mail.reply_text or "").strip():
        return mail.reply_text or "", mail.quoted_text or "", mail.signature or ""
    return mail.text or "", "", ""


def _declared(mail: Mail) -> str:
    code = (mail.language or "")[:2].lower()
    return code if code in {"de", "en"} else ""


def enclosures_of(mail: Mail) -> tuple[Enclosure, ...]:
    """The files that came along."""
    return tuple(
        Enclosure(
            name=without_control(one.shown_name),
            content_type=one.content_type,
            content=one.content,
            sha256=one.sha256,
            inline=one.inline,
            content_id=without_control(one.content_id or ""),
        )
        for one in mail.attachments
    )


def record_mail(
    *, message: Message, mail: Mail, sender: str, mailbox: Mailbox | None, content: bytes, place: Place
) -> MailRecord:
    """The mail side of a message, with one row for each earlier mail it names."""
    mentioned = [without_control(one) for one in mentioned_message_ids(mail)]
    record = added(
        MailRecord(
            message=message,
            mailbox=mailbox,
            mail_id=without_control(mail.message_id or "")[:998],
            references=list(reversed(mentioned)),
            from_address=sender[:254],
            from_name=one_line((mail.from_ and mail.from_.name) or "", 254),
            to_addresses=_folded(mail.to),
            cc_addresses=_folded(mail.cc),
            reply_to=next(iter(_folded(mail.reply_to)), ""),
            normal_subject=normal_subject(mail.subject)[:250],
            fingerprint=fingerprint(mail, content),
            warnings=warnings_about(mail, place=place),
        )
    )
    all_added([Reference(record=record, mail_id=one) for one in mentioned])
    return record


def _folded(addresses: tuple[Address, ...]) -> list[str]:
    return [folded_address(one.address)[:254] for one in addresses[:200] if one.address]


def warnings_about(mail: Mail, *, place: Place) -> list[str]:
    """What a reader should mind: an answer that would go elsewhere, an unknown address with a known token."""
    found = []
    if place.warning_of_stranger:
        found.append(_("This address was not part of the concern before."))
    home = _domain(mail.from_)
    away = [one.address for one in mail.reply_to if one.address and home and _domain(one) != home]
    if away and without_tag(away[0]) not in own_addresses():
        found.append(
            _("Answers to this mail were asked to go to %(address)s, which is elsewhere.") % {"address": away[0]}
        )
    return found


def _domain(address: Address | None) -> str:
    return folded_address((address and address.address) or "").rpartition("@")[2]


def join(other: Conversation, conversation_id: int, at: datetime) -> None:
    """Two conversations of one customer turned out to be one concern. What a person took apart stays apart."""
    target = where_it_went(Conversation.objects.get(pk=conversation_id))
    source = where_it_went(other)
    if source.pk != target.pk and not was_taken_apart(source.pk, target.pk):
        older, younger = sorted((source, target), key=lambda one: one.number)
        conversing.merge(source_id=younger.pk, target_id=older.pk, by=None, at=at)
