"""The guided story: half a tonne of goods at the kerb, from the first word to the customer's “yes, solved”.

Everything in it is real: mails by SMTP, the operations that serve every customer, the customer's own pages. What has
happened is read from the concern itself, so each step can be pressed twice, and a new order number begins anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from golddraht.channels.mail.reading import read
from golddraht.channels.mail.writing import Letter
from golddraht.channels.queries import caught_for
from golddraht.conversations import operations as care
from golddraht.conversations.queries import Answer, Case, Said, case_of, conversation_by_id, thread_of
from golddraht.conversations.queries.of_customer import concerns_of_customer
from golddraht.conversations.rules import Direction
from golddraht.customers.queries import customer_at, greeting_for
from golddraht.pages.catcher import words
from golddraht.pages.catcher.door import Guest
from golddraht.pages.catcher.mailbox import Persona, answer_to, new_letter
from golddraht.promises import operations as promises
from golddraht.promises.queries import ChoiceCard, PromiseCard, choice_for, promises_of_conversation
from golddraht.promises.rules import Kind, OptionDraft, OptionKind, default_options
from golddraht.team.queries import calendar_of

PLAYS_AT = "heizwerk"
"""The tenant in which the story is told: a tour operator has no lorries."""
VALENTINA = Persona(*words.PERSONA)
CARRIER = Persona(*words.CARRIER)
GOODWILL_CENTS = 3_500
LASTS = timedelta(hours=2)


@dataclass(frozen=True)
class Plot:
    """What has happened so far in the story's concern; None before the first mail has been read."""

    order: str
    conversation: Any = None
    delivery: PromiseCard | None = None
    choice: ChoiceCard | None = None
    agreed: PromiseCard | None = None
    case: Case | None = None
    is_answered: bool = False

    @property
    def is_told(self) -> bool:
        return self.choice is not None and bool(self.choice.options)

    @property
    def has_chosen(self) -> bool:
        return self.choice is not None and self.choice.chosen is not None

    @property
    def when(self) -> str:
        return self.agreed.when_text if self.agreed else self.choice.chosen.title if self.has_chosen else ""  # type: ignore[union-attr]  # has_chosen says so.

    @property
    def was_asked(self) -> bool:
        return self.case is not None and bool(self.case.inquiries)

    @property
    def carrier_answered(self) -> bool:
        return self.case is not None and any(one.answered_at for one in self.case.inquiries)

    @property
    def is_proposed(self) -> bool:
        return self.case is not None and self.case.solution is not None

    @property
    def is_confirmed(self) -> bool:
        solution = self.case.solution if self.case else None
        return solution is not None and solution.answer is Answer.CONFIRMED


def plot_of(guest: Guest, order: str, *, at: datetime) -> Plot:
    """How far the story with this order number has come."""
    customer = customer_at(channel="EMAIL", address=VALENTINA.address)
    concerns = concerns_of_customer(viewer=guest, customer_id=customer.pk) if customer and order else []
    concern = next((one for one in concerns if order in one.subject), None)
    if concern is None:
        return Plot(order)
    cards = [card for card in promises_of_conversation(conversation_id=concern.id, at=at) if card.reference == order]
    delivery = min(cards, key=lambda card: card.id, default=None)
    choice = choice_for(promise_id=delivery.id, at=at) if delivery else None
    made = [card for card in cards if delivery and card.id != delivery.id]
    return Plot(
        order,
        conversation=conversation_by_id(concern.id),
        delivery=delivery,
        choice=choice,
        agreed=made[-1] if made else None,
        case=case_of(viewer=guest, number=concern.number),
        is_answered=_is_answered(guest, concern.number),
    )


def _is_answered(guest: Guest, number: int) -> bool:
    said = (one for one in thread_of(viewer=guest, number=number) if isinstance(one, Said) and not one.inquiry_id)
    return any(one.direction == Direction.OUT and not one.automatic for one in said)


# The steps. Each gives the mail that is to be posted after its transaction, if any.

Act = Callable[[Guest, Plot, datetime], Letter | None]


def write(guest: Guest, plot: Plot, at: datetime) -> Letter | None:
    if plot.conversation is not None:
        return None
    subject, text = words.SUBJECT.format(order=plot.order), words.FIRST_WORDS.format(order=plot.order)
    return new_letter(VALENTINA, subject=subject, text=text, at=at)


def endanger(guest: Guest, plot: Plot, at: datetime) -> Letter | None:
    """What was agreed is written down, and that it will not hold is said at once, with ways out."""
    if plot.conversation is None or plot.is_told:
        return None
    calendar = calendar_of(plot.conversation.team)
    starts_at = _on_the_quarter(calendar.next_opening(at))
    due_at = starts_at + LASTS
    promise_id = plot.delivery.id if plot.delivery else _agreed_delivery(plot, starts_at, due_at, at)
    options = [
        _with_two_people(draft)
        for draft in default_options(
            kind=Kind.DELIVERY, starts_at=starts_at, due_at=due_at, calendar=calendar, not_before=at
        )
    ]
    promises.endanger(promise_id=promise_id, why=words.WHY, options=options, by=plot.conversation.owner_id, at=at)
    return None


def _on_the_quarter(moment: datetime) -> datetime:
    """The next full quarter of an hour: nobody promises 10:07."""
    return moment.replace(second=0, microsecond=0) + timedelta(minutes=-moment.minute % 15)


def _agreed_delivery(plot: Plot, starts_at: datetime, due_at: datetime, at: datetime) -> int:
    made = promises.make_promise(
        customer_id=plot.conversation.customer_id,
        conversation_id=plot.conversation.pk,
        owner_id=plot.conversation.owner_id,
        kind=Kind.DELIVERY,
        what=words.GOODS,
        starts_at=starts_at,
        due_at=due_at,
        reference=plot.order,
        by=plot.conversation.owner_id,
        at=at,
    )
    return int(made.pk)


def _with_two_people(draft: OptionDraft) -> OptionDraft:
    if draft.kind is not OptionKind.OTHER_DATE:
        return draft
    return OptionDraft(draft.kind, condition=words.TWO_PEOPLE, starts_at=draft.starts_at, due_at=draft.due_at)


def choose(guest: Guest, plot: Plot, at: datetime) -> Letter | None:
    if plot.choice is None or plot.has_chosen or not plot.choice.options:
        return None
    first = next(option for option in plot.choice.options if option.kind is OptionKind.OTHER_DATE)
    promises.choose_option(promise_id=plot.choice.promise.id, option_id=first.id, at=at)
    return None


def ask_carrier(guest: Guest, plot: Plot, at: datetime) -> Letter | None:
    if not plot.has_chosen or plot.was_asked:
        return None
    calendar = calendar_of(plot.conversation.team)
    care.ask_third_party(
        conversation_id=plot.conversation.pk,
        asked=CARRIER.name,
        address=CARRIER.address,
        subject=words.SUBJECT.format(order=plot.order),
        text=words.QUESTION.format(order=plot.order, when=plot.when),
        due_at=calendar.after(calendar.next_opening(at), LASTS),
        by=plot.conversation.owner_id,
        at=at,
    )
    return None


def carrier_answers(guest: Guest, plot: Plot, at: datetime) -> Letter | None:
    if not plot.was_asked or plot.carrier_answered:
        return None
    caught = (read(one.content) for one in caught_for(viewer=guest, recipient=CARRIER.address, limit=20))
    question = next((mail for mail in caught if plot.order in (mail.subject or "")), None)
    if question is None:
        return None
    return answer_to(question, CARRIER, text=words.CARRIER_ANSWER.format(when=plot.when), at=at)


def answer(guest: Guest, plot: Plot, at: datetime) -> Letter | None:
    if not plot.carrier_answered or plot.is_answered:
        return None
    conversation = plot.conversation
    care.grant_goodwill(
        conversation_id=conversation.pk,
        by=conversation.owner_id,
        cents=GOODWILL_CENTS,
        kind="CREDIT",
        reason=words.GOODWILL_REASON,
        at=at,
    )
    text = words.ANSWER.format(when=plot.when, greeting=_greeting(conversation))
    care.reply(conversation_id=conversation.pk, author_id=conversation.owner_id, text=text, at=at)
    return None


def _greeting(conversation: Any) -> str:
    return greeting_for(conversation.customer, language=conversation.language)


def ask_if_solved(guest: Guest, plot: Plot, at: datetime) -> Letter | None:
    if not plot.is_answered or plot.is_proposed:
        return None
    owner_id = plot.conversation.owner_id
    if plot.agreed is not None and plot.agreed.state in {"open", "soon"}:
        promises.keep_promise(promise_id=plot.agreed.id, by=owner_id, at=at)
    text = words.DELIVERED.format(greeting=_greeting(plot.conversation))
    care.propose_solution(conversation_id=plot.conversation.pk, by=owner_id, text=text, at=at)
    return None


def confirm(guest: Guest, plot: Plot, at: datetime) -> Letter | None:
    if plot.case is not None and plot.case.solution is not None and not plot.is_confirmed:
        care.confirm_solution(solution_id=plot.case.solution.id, at=at)
    return None
