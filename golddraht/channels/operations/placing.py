"""Where a mail belongs: reply token, then the chain of ids both ways, then number, then care with the subject.

What ties two mails of one person together does not depend on which of them came first, and whenever a mail ties
conversations of one customer together they become one: any order of arrival ends in the same conversations.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from golddraht.channels.mail.mail import Mail
from golddraht.channels.mail.threading import (
    SAME_SUBJECT_FOR,
    Arrival,
    Concern,
    has_substance,
    mentioned_message_ids,
    normal_subject,
    same_concern,
)
from golddraht.channels.operations.addressing import opened_in_addresses, opened_in_ids
from golddraht.channels.operations.earlier import EARLIER, Earlier, Parties
from golddraht.channels.queries import own_addresses, was_taken_apart, where_it_went
from golddraht.channels.rules import Opened, Thread
from golddraht.conversations.models import Conversation, Inquiry
from golddraht.conversations.rules import LIVE, Status
from golddraht.customers.models import Customer
from golddraht.ground.addresses import folded_address
from golddraht.ground.numbers import number_in


@dataclass(frozen=True)
class Place:
    """Where a mail belongs; nowhere yet when all is empty. `tied` are further conversations that turned out to be the same."""

    conversation: Conversation | None = None
    inquiry: Inquiry | None = None
    tied: tuple[Conversation, ...] = ()
    warning_of_stranger: bool = False


NOWHERE = Place()


@dataclass(frozen=True)
class Newcomer:
    """A mail that looks for its place: who wrote it (folded), as which customer if known, to whom, when."""

    mail: Mail
    sender: str
    customer: Customer | None
    recipients: tuple[str, ...]
    at: datetime
    # Imported: what is solved may be joined, because nobody is working on it.
    is_history: bool = False
    # Known not to come from whom it says: then the sender's address alone leads into nobody's concern.
    is_doubted: bool = False
    earlier: Earlier = EARLIER

    @property
    def mentioned(self) -> tuple[str, ...]:
        return mentioned_message_ids(self.mail)


def place_of(newcomer: Newcomer) -> Place:
    """The conversation or inquiry the mail belongs to."""
    opened = opened_in_addresses(newcomer.recipients)
    if opened is not None and opened.thread is Thread.INQUIRY:
        return _inquiry_place(opened.id)
    own = _opened_in_chain(newcomer)
    if opened is None and own is not None and own.inquiry is not None:
        return own
    tokened = _split_off(_conversation(opened, newcomer), newcomer)
    named = tokened or (own.conversation if own else None)
    tied = _tied(newcomer)
    if named is None:
        named = _best(tied, newcomer.customer) or _numbered(newcomer)
    if named is None:
        return NOWHERE
    others = tuple(one for one in tied if one.pk != named.pk and _is_same_concern(one, named, newcomer))
    is_stranger = tokened is not None and not takes_part(newcomer, tokened)
    return Place(named, tied=others, warning_of_stranger=is_stranger)


def _conversation(opened: Opened | None, newcomer: Newcomer) -> Conversation | None:
    if opened is None or opened.thread is not Thread.CONVERSATION:
        return None
    found = newcomer.earlier.conversation(opened.id)
    return where_it_went(found) if found else None


def _split_off(tokened: Conversation | None, newcomer: Newcomer) -> Conversation | None:
    """Where the very message that is being answered went, when a person has split it off since the token was given."""
    if tokened is None:
        return None
    known = newcomer.earlier.answered(newcomer.mentioned[0]) if newcomer.mentioned else None
    answered = where_it_went(known) if known else tokened
    return answered if was_taken_apart(tokened.pk, answered.pk) else tokened


def _inquiry_place(inquiry_id: int) -> Place:
    inquiry = Inquiry.objects.select_related("conversation").filter(pk=inquiry_id).first()
    if inquiry is None:
        return NOWHERE
    return Place(where_it_went(inquiry.conversation), inquiry)


def _opened_in_chain(newcomer: Newcomer) -> Place | None:
    """What a token within one of our own ids leads to, for somebody who takes part; a stranger may have been forwarded it."""
    opened = opened_in_ids(newcomer.mentioned)
    if opened is None:
        return None
    if opened.thread is Thread.INQUIRY:
        place = _inquiry_place(opened.id)
        return place if place.inquiry and answers_inquiry(newcomer, place.inquiry) else None
    named = _conversation(opened, newcomer)
    # A split may have moved the very message that is being answered; then the chain knows better.
    if named is None or not takes_part(newcomer, named) or _is_recorded(newcomer):
        return None
    return Place(named)


def _is_recorded(newcomer: Newcomer) -> bool:
    return newcomer.earlier.has_ours(newcomer.mentioned)


# Who takes part


def takes_part(newcomer: Newcomer, conversation: Conversation) -> bool:
    """Whether the sender's address belongs to the customer, or has been among senders and recipients of this concern."""
    sender, earlier = newcomer.sender, newcomer.earlier
    if sender in earlier.addresses_of(conversation.customer_id):
        return True
    return sender in _named(earlier.parties(conversation.pk)) - own_addresses()


def _named(rows: list[Parties]) -> set[str]:
    people: set[str] = set()
    for sender, to, cc in rows:
        people |= {folded_address(one) for one in (sender, *to, *cc) if one}
    return people


def answers_inquiry(newcomer: Newcomer, inquiry: Inquiry) -> bool:
    """Whether the folded address is the one that was asked, of the same house, or took part in the inquiry's thread."""
    asked = folded_address(inquiry.address)
    if newcomer.sender == asked:
        return True
    return newcomer.sender in _named(newcomer.earlier.parties_asked(inquiry.pk)) - own_addresses()


# What ties mails together


def _tied(newcomer: Newcomer) -> list[Conversation]:
    """Conversations that the mail is tied to by ids or subject and whose circle its sender belongs to."""
    rows = _by_ids(newcomer) | _by_subject(newcomer)
    found = newcomer.earlier.conversations_of(sorted(rows))
    went = {one.pk: one for one in map(where_it_went, found)}
    return [one for one in went.values() if _belongs(newcomer, one)]


def _belongs(newcomer: Newcomer, conversation: Conversation) -> bool:
    if newcomer.customer is not None and conversation.customer_id == newcomer.customer.pk:
        return True
    return takes_part(newcomer, conversation) or _is_addressed(newcomer, conversation)


def _is_addressed(newcomer: Newcomer, conversation: Conversation) -> bool:
    """A late ancestor: those who answered it were among its recipients."""
    addressed = {folded_address(one.address) for one in (*newcomer.mail.to, *newcomer.mail.cc) if one.address}
    return not addressed.isdisjoint(newcomer.earlier.addresses_of(conversation.customer_id))


def _by_ids(newcomer: Newcomer) -> set[int]:
    """Messages that are ancestors, descendants, or answers to the same earlier mail."""
    mentioned, mail_id = list(newcomer.mentioned), newcomer.mail.message_id
    wanted = [*mentioned, *([mail_id] if mail_id else [])]
    return {*newcomer.earlier.named(mentioned), *newcomer.earlier.naming(wanted)}


def _by_subject(newcomer: Newcomer) -> set[int]:
    """Messages of the same sender with the same subject, one of the two an answer (the rule holds both ways)."""
    subject = newcomer.mail.subject or ""
    normal = normal_subject(subject)[:250]
    if newcomer.is_doubted or not newcomer.sender or not has_substance(normal):
        return set()
    since, until = newcomer.at - SAME_SUBJECT_FOR, newcomer.at + SAME_SUBJECT_FOR
    found = newcomer.earlier.alike(sender=newcomer.sender, subject=normal, since=since, until=until)
    return {message_id for message_id, there, written_at in found if _same_subject(newcomer, there, written_at)}


def _same_subject(newcomer: Newcomer, subject: str, written_at: datetime) -> bool:
    here = (newcomer.mail.subject or "", newcomer.at)
    there = (subject, written_at)
    circle = frozenset({newcomer.sender})
    return any(
        same_concern(Arrival(newcomer.sender, later[0], later[1]), Concern(circle, earlier[0], earlier[1]))
        for later, earlier in ((here, there), (there, here))
    )


def _numbered(newcomer: Newcomer) -> Conversation | None:
    """The conversation whose number stands in the subject, for somebody who takes part in it."""
    number = None if newcomer.is_doubted else number_in(newcomer.mail.subject or "")
    found = newcomer.earlier.numbered(number) if number else None
    return found if found is not None and takes_part(newcomer, found) else None


# Several conversations


def _best(tied: list[Conversation], customer: Customer | None) -> Conversation | None:
    """The customer's own before others', living before ended, the oldest first."""

    def rank(one: Conversation) -> tuple[bool, bool, int]:
        is_own = customer is not None and one.customer_id == customer.pk
        return (not is_own, one.status not in LIVE, one.number)

    return min((one for one in tied if one.status != Status.SPAM), key=rank, default=None)


def _is_same_concern(one: Conversation, other: Conversation, newcomer: Newcomer) -> bool:
    may_join = LIVE | {Status.QUIET} | ({Status.SOLVED} if newcomer.is_history else set())
    return one.customer_id == other.customer_id and one.status in may_join and other.status in may_join
