"""Promises and options in the words of whoever reads them: the language that is active, the clocks of the team."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db.models import Case, F, Q, QuerySet, When
from django.utils.translation import get_language, gettext, gettext_lazy

from golddraht.customers.queries import ids_of_person
from golddraht.ground.moments import day_and_time, money, window
from golddraht.plumbing.asking import Asked, Question
from golddraht.promises.models import Option, Promise
from golddraht.promises.queries.finding import in_matter, promise_by_id, zone_of
from golddraht.promises.rules import SOON, Kind, OptionKind, State


@dataclass(frozen=True)
class PromiseCard:
    """A promise as it is shown. `state` is open, soon, danger, late, kept, broken, changed or waived; `why` says what endangers it."""

    id: int
    kind: Kind
    title: str
    when_text: str
    state: str
    state_text: str
    owner_name: str
    reference: str
    starts_at: datetime | None
    due_at: datetime
    why: str = ""
    # False for somebody else's promise that was only found by its number: for our eyes, never for the customer's.
    is_theirs: bool = True


@dataclass(frozen=True)
class OptionCard:
    """One way out as the customer reads it: what, when, for how much, on which condition."""

    id: int
    kind: OptionKind
    title: str
    when_text: str
    cost_text: str
    condition: str
    is_chosen: bool
    is_past: bool


@dataclass(frozen=True)
class ChoiceCard:
    """What the customer's page shows. Options can be taken while `is_open`."""

    promise: PromiseCard
    options: tuple[OptionCard, ...]
    chosen: OptionCard | None
    is_open: bool
    conversation_id: int | None
    customer_name: str
    language: str


_IN_MATTER: Question[Promise] = Question(lambda: _joined(Promise.objects.filter(in_matter(Asked("conversation")))))


def promises_of_conversation(*, conversation_id: int, at: datetime) -> list[PromiseCard]:
    """What was promised in this concern, the next due first, then what was settled, the latest first."""
    return _in_order(_IN_MATTER.all(conversation=conversation_id), at)


def promises_of_customer(*, customer_id: int, at: datetime, limit: int = 50) -> list[PromiseCard]:
    """What was promised to this customer anywhere: what is open, the next due first, then what was settled, the latest first."""
    theirs = Promise.objects.filter(customer_id__in=ids_of_person(customer_id=customer_id))
    is_open = Case(When(state=State.OPEN, then=F("due_at")))
    return cards(theirs.order_by(is_open.asc(nulls_last=True), "-due_at", "pk")[:limit], at=at)


_KNOWN: Question[int] = Question(
    lambda: (
        Promise.objects.filter(Q(customer=Asked("customer")) | Q(reference__among=Asked("numbers")), state=State.OPEN)
        .exclude(kind=Kind.FIRST_ANSWER)
        .values_list("pk", flat=True)
    )
)


def open_promises_known(*, customer_id: int, order_numbers: Sequence[str], at: datetime) -> list[PromiseCard]:
    """What we know of the matter: the customer's open promises, those with one of these numbers first.

    A number that belongs to another customer's promise is marked (`is_theirs` is False): an order number quoted by a
    stranger is no proof that the order is theirs.
    """
    # Mostly there is none: only then is it worth asking for whatever belongs to them.
    known = _KNOWN.all(customer=customer_id, numbers=list(order_numbers))
    found = list(_joined(Promise.objects.filter(pk__in=known))) if known else []
    found.sort(key=lambda promise: (promise.reference not in order_numbers, promise.due_at, promise.pk))
    return [card(promise, at=at, is_theirs=promise.customer_id == customer_id) for promise in found]


def choice_for(*, promise_id: int, at: datetime) -> ChoiceCard:
    """The promise in danger with its options, in the language that is active. Raises NoSuchPromise."""
    promise = promise_by_id(promise_id)
    options = option_cards(promise, at=at)
    chosen = next((option for option in options if option.is_chosen), None)
    conversation = promise.conversation
    return ChoiceCard(
        promise=card(promise, at=at),
        options=options,
        chosen=chosen,
        is_open=chosen is None and bool(options) and promise.state in {State.OPEN, State.BROKEN},
        conversation_id=promise.conversation_id,
        customer_name=promise.customer.name,
        language=(conversation.language if conversation is not None else promise.customer.language) or "de",
    )


def cards(rows: QuerySet[Promise], *, at: datetime) -> list[PromiseCard]:
    return _in_order(_joined(rows), at)


def _in_order(rows: Iterable[Promise], at: datetime) -> list[PromiseCard]:
    return [card(promise, at=at) for promise in sorted(rows, key=_place)]


def _place(promise: Promise) -> tuple[bool, float, int]:
    due = promise.due_at.timestamp()
    return promise.state != State.OPEN, due if promise.state == State.OPEN else -due, promise.pk


def _joined(rows: QuerySet[Promise]) -> QuerySet[Promise]:
    return rows.select_related("owner", "customer", "conversation__team")


def card(promise: Promise, *, at: datetime, is_theirs: bool = True) -> PromiseCard:
    state = state_of(promise, at=at)
    return PromiseCard(
        id=promise.pk,
        kind=Kind(promise.kind),
        title=title_of(promise),
        when_text=window(promise.starts_at, promise.due_at, zone_of(promise), reading_language(), at),
        state=state,
        state_text=state_text(state),
        owner_name=promise.owner.name,
        reference=promise.reference,
        starts_at=promise.starts_at,
        due_at=promise.due_at,
        why=promise.danger,
        is_theirs=is_theirs,
    )


def title_of(promise: Promise) -> str:
    """What was promised, with its number where it has one that is not named in it."""
    title: str = promise.what or kind_text(Kind(promise.kind))
    reference = promise.reference
    return f"{title} ({reference})" if reference and reference not in title else title


KIND_TEXTS = {
    Kind.FIRST_ANSWER: gettext_lazy("Answer"),
    Kind.CALLBACK: gettext_lazy("Call back"),
    Kind.DELIVERY: gettext_lazy("Delivery"),
    Kind.VISIT: gettext_lazy("Visit"),
    Kind.OTHER: gettext_lazy("Promise"),
}


def kind_text(kind: Kind) -> str:
    return str(KIND_TEXTS[kind])


def state_of(promise: Promise, *, at: datetime) -> str:
    if promise.state != State.OPEN:
        return str(promise.state).lower()
    if promise.due_at < at:
        return "late"
    if promise.endangered_at is not None:
        return "danger"
    return "soon" if promise.due_at - at <= SOON else "open"


STATE_TEXTS = {
    "open": gettext_lazy("agreed"),
    "soon": gettext_lazy("due soon"),
    "danger": gettext_lazy("in danger"),
    "late": gettext_lazy("overdue"),
    "kept": gettext_lazy("kept"),
    "broken": gettext_lazy("not kept"),
    "changed": gettext_lazy("changed by agreement"),
    "waived": gettext_lazy("no longer needed"),
}


def state_text(state: str) -> str:
    return str(STATE_TEXTS[state])


def option_cards(promise: Promise, *, at: datetime) -> tuple[OptionCard, ...]:
    zone = zone_of(promise)
    return tuple(option_card(option, zone=zone, at=at) for option in Option.objects.filter(promise=promise))


def option_card(option: Option, *, zone: tzinfo, at: datetime) -> OptionCard:
    kind, language = OptionKind(option.kind), reading_language()
    when = window(option.starts_at, option.due_at, zone, language, at) if option.due_at else ""
    return OptionCard(
        id=option.pk,
        kind=kind,
        title=option.title or option_title(kind),
        when_text=_from(kind, option.due_at, when, zone, at),
        cost_text=cost_text(option.cents, language),
        condition=option.condition or option_condition(kind),
        is_chosen=option.chosen_at is not None,
        is_past=option.due_at is not None and option.due_at <= at,
    )


def _from(kind: OptionKind, due_at: datetime | None, when: str, zone: tzinfo, at: datetime) -> str:
    if kind != OptionKind.COLLECT or due_at is None:
        return when
    return gettext("from %(when)s") % {"when": day_and_time(due_at, zone, reading_language(), at)}


OPTION_TITLES = {
    OptionKind.KEEP: gettext_lazy("I will wait, please keep to it"),
    OptionKind.OTHER_DATE: gettext_lazy("Another date"),
    OptionKind.COLLECT: gettext_lazy("I will collect it"),
    OptionKind.SEND_BACK: gettext_lazy("I no longer want it"),
    OptionKind.CALL_ME: gettext_lazy("Please call me"),
}


def option_title(kind: OptionKind) -> str:
    return str(OPTION_TITLES[kind])


def option_condition(kind: OptionKind) -> str:
    conditions = {
        OptionKind.KEEP: gettext("We do what we can and tell you as soon as we know more."),
        OptionKind.OTHER_DATE: "",
        OptionKind.COLLECT: gettext("You find it ready for you under your number."),
        OptionKind.SEND_BACK: gettext("You get your money back; you need not do anything else."),
        OptionKind.CALL_ME: gettext("We call you and find what suits you."),
    }
    return conditions[kind]


def cost_text(cents: int, language: str) -> str:
    if cents < 0:
        return gettext("you get %(amount)s back") % {"amount": money(-cents, language)}
    if cents:
        return gettext("costs %(amount)s") % {"amount": money(cents, language)}
    return gettext("at no cost")


def reading_language() -> str:
    return get_language() or "de"
