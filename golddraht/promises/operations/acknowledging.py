"""The receipt: useful at once, said once, and never to a machine."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations.automatic_words import in_own_words
from golddraht.conversations.operations.looping import suspect_machine
from golddraht.conversations.operations.writing import write_automatic
from golddraht.conversations.queries.automatic_words import words_kept
from golddraht.conversations.rules import Automatic, Direction
from golddraht.customers.models import Customer
from golddraht.customers.queries import greeting_for
from golddraht.ground.automatic_words import body_of, paragraphs
from golddraht.ground.moments import day_and_time
from golddraht.ground.numbers import spoken
from golddraht.ground.understanding import names_trouble, order_numbers_in, restated
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.memory import in_hand
from golddraht.plumbing.transactions import stepwise
from golddraht.promises.models import Promise
from golddraht.promises.operations.letters import in_words_of, letter, tidy
from golddraht.promises.queries.besides import known_besides
from golddraht.promises.queries.cards import PromiseCard, open_promises_known, reading_language
from golddraht.promises.rules import Kind, State
from golddraht.team.queries import current_tenant

RECEIPTS_A_DAY = 5
"""So many new concerns of one customer are acknowledged within a day: two machines writing to each other stop here."""

KNOWN_AT_MOST = 3


_FIRST: Question[Message] = Question(
    lambda: Message.objects.select_related(
        "conversation__customer", "conversation__owner", "conversation__team"
    ).filter(pk=Asked("pk"), conversation=Asked("conversation"))
)


@stepwise
def acknowledge(*, conversation_id: int, message_id: int, at: datetime) -> Message | None:
    """Tell the customer what was understood, what is known of it, who cares, until when, and the number.

    None when nothing was said: there is a receipt already, the words are not the first ones of a person in a live
    concern, a machine may have written them, there is no mail address, too many today, or the nuisance budget and the brake do not allow it.
    """
    first = in_hand(Message, message_id) or _FIRST.one(pk=message_id, conversation=conversation_id)
    conversation: Conversation = first.conversation
    if not _may_be_acknowledged(conversation, first, at=at):
        return None
    if suspect_machine(message=first, at=at):
        return None
    return write_automatic(
        conversation_id=conversation.pk,
        kind=Automatic.RECEIPT,
        subject="",
        text=receipt(conversation, first, at=at),
        at=at,
        conversation=conversation,
    )


def receipt(conversation: Conversation, first: Message, *, at: datetime, own: str | None = None) -> str:
    """The receipt for a customer's first words; `own` tries words out that nobody has kept yet."""
    with in_words_of(conversation):
        said = _said(conversation, first, at=at)
        shipped = letter("receipt", conversation=conversation, at=at, **said)
        if own is None and not words_kept(Automatic.RECEIPT, reading_language()):
            return shipped
        is_known = said["known"] or said["besides"]
        known = letter("known", conversation=conversation, at=at, **said).strip() if is_known else ""
        values = {
            "greeting": greeting_for(conversation.customer, language=reading_language()),
            "concern": str(said["in_their_words"] or ""),
            "known": known,
            "owner": conversation.owner.name if conversation.owner else "",
            "until": str(said["answer_by"]),
            "number": spoken(conversation.number),
            "company": current_tenant().name,
        }
        return in_own_words(Automatic.RECEIPT, reading_language(), shipped=shipped, values=values, text=own)


def receipt_of(conversation: Conversation, *, at: datetime, own: str | None = None) -> str:
    """The receipt as its customer would get it now; to try words out."""
    theirs = Message.objects.filter(conversation=conversation, direction=Direction.IN, inquiry=None, machine_kind="")
    first = theirs.order_by("received_at", "pk").first() or Message(text="", subject=conversation.subject)
    return receipt(conversation, first, at=at, own=own)


def shipped_receipt(language: str) -> str:
    """What is shipped, with blanks in the place of what changes; without the closing that nobody can take away."""
    blanks = {name: "{" + name + "}" for name in ("greeting", "number")}
    person, company = SimpleNamespace(name="{owner}"), SimpleNamespace(name="{company}")
    with translation.override(language):
        said = blanks | {"owner": person, "tenant": company, "in_their_words": "{concern}", "answer_by": "{until}"}
        text = tidy(render_to_string("promises/mail/receipt.txt", said))
    parts = paragraphs(body_of(text))
    place = next((index for index, one in enumerate(parts) if "{concern}" in one), 0)
    return "\n\n".join([*parts[: place + 1], "{known}", *parts[place + 1 :]])


def _may_be_acknowledged(conversation: Conversation, first: Message, *, at: datetime) -> bool:
    if first.direction != Direction.IN or first.machine_kind or first.inquiry_id or not conversation.is_live():
        return False
    if in_hand(Customer, conversation.customer_id):
        return True  # Just met, with these very words.
    since = at - timedelta(days=1)
    told = _RECEIPTS.all(conversation=conversation.pk, customer=conversation.customer_id, since=since)
    return conversation.pk not in told and len(told) < RECEIPTS_A_DAY


_RECEIPTS: Question[int] = Question(
    lambda: Message.objects.filter(
        # What was declared on a page of ours is confirmed by a letter of its own.
        Q(conversation=Asked("conversation"), automatic__in=[Automatic.RECEIPT, Automatic.CONFIRMATION])
        | Q(received_at__gt=Asked("since"), automatic=Automatic.RECEIPT),
        conversation__customer=Asked("customer"),
    ).values_list("conversation_id", flat=True)[: RECEIPTS_A_DAY + 1]
)


def _said(conversation: Conversation, first: Message, *, at: datetime) -> dict[str, object]:
    known = _known(conversation, first, at=at)
    return {
        "in_their_words": restated(first.text, first.subject),
        "is_trouble": names_trouble(first.text),
        "known": known,
        "besides": _besides(conversation, first, [one.reference for one in known], at=at),
        "answer_by": _answer_by(conversation, at=at),
    }


def _known(conversation: Conversation, first: Message, *, at: datetime) -> list[PromiseCard]:
    """Only what was promised to this customer: a number somebody quotes does not show them another's delivery."""
    if in_hand(Customer, conversation.customer_id):
        return []
    numbers = order_numbers_in(f"{first.subject}\n{first.text}")
    found = open_promises_known(customer_id=conversation.customer_id, order_numbers=numbers, at=at)
    theirs = [one for one in found if one.is_theirs]
    return ([one for one in theirs if one.reference in numbers] or theirs)[:KNOWN_AT_MOST]


def _besides(conversation: Conversation, first: Message, already: list[str], *, at: datetime) -> list[str]:
    """Where an order of theirs is that they named, as far as no promise says it; also where they write for the first time."""
    numbers = order_numbers_in(f"{first.subject}\n{first.text}")
    return known_besides(customer_id=conversation.customer_id, numbers=numbers, already=already, at=at)


_PROMISED_BY: Question[datetime] = Question(
    lambda: Promise.objects.filter(
        conversation=Asked("conversation"), kind=Kind.FIRST_ANSWER, state=State.OPEN
    ).values_list("due_at", flat=True)
)


def _answer_by(conversation: Conversation, *, at: datetime) -> str:
    due_at = _PROMISED_BY.first(conversation=conversation.pk) or conversation.next_touch_at
    assert due_at is not None  # A live conversation has a next touch.
    return day_and_time(due_at, conversation.team.zone, reading_language(), at)
