"""What happens in the house with a customer's latest concern, told calmly, one step after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from golddraht.conversations.queries import Happened, Said, ThreadEntry, conversation_by_id, thread_of
from golddraht.conversations.queries.of_customer import concerns_of_customer
from golddraht.conversations.rules import Automatic, Direction, Happening, Status
from golddraht.customers.queries import customer_at
from golddraht.ground.addresses import folded_address
from golddraht.pages.catcher.door import Guest
from golddraht.pages.catcher.mailbox import Persona
from golddraht.pages.shown import day, moment, status_word, touch_text
from golddraht.promises.queries import PromiseCard, promises_of_conversation
from golddraht.promises.rules import Kind


@dataclass(frozen=True)
class Stage:
    """One step on the way: done at a moment, or still to come."""

    title: str
    text: str
    when: datetime | None
    is_done: bool


@dataclass(frozen=True)
class HouseShown:
    """The customer's latest concern as the house sees it."""

    number: str
    subject: str
    status_text: str
    owner_name: str
    touch_text: str
    stages: tuple[Stage, ...]
    promises: tuple[PromiseCard, ...]
    url: str
    more: int


def house_of(guest: Guest, persona: Persona, *, at: datetime) -> HouseShown | None:
    """None before the customer has ever written."""
    customer = customer_at(channel="EMAIL", address=folded_address(persona.address))
    concerns = concerns_of_customer(viewer=guest, customer_id=customer.pk) if customer else []
    if customer is None or not concerns:
        return None
    conversation = conversation_by_id(concerns[0].id)
    promises = promises_of_conversation(conversation_id=conversation.pk, at=at)
    known = gettext("%(name)s, known since %(day)s, %(count)d concerns so far") % {
        "name": customer.name,
        "day": day(customer.known_since, at),
        "count": len(concerns),
    }
    entries = thread_of(viewer=guest, number=conversation.number)
    return HouseShown(
        number=concerns[0].spoken,
        subject=conversation.subject,
        status_text=status_word(conversation.status),
        owner_name=conversation.owner.name if conversation.owner else "",
        touch_text=touch_text(conversation.status, conversation.next_touch_at, at),
        stages=stages_of(entries, promises, known=known, owner=_owner(conversation), status=conversation.status, at=at),
        promises=tuple(_shown(card) for card in promises),
        url=reverse("conversation", args=[guest.slug, conversation.number]),
        more=len(concerns) - 1,
    )


def _owner(conversation: object) -> str:
    owner = getattr(conversation, "owner", None)
    return owner.name if owner else ""


def _shown(card: PromiseCard) -> PromiseCard:
    return replace(card, state="soon") if card.state == "danger" else card


def stages_of(
    entries: Sequence[ThreadEntry],
    promises: Sequence[PromiseCard],
    *,
    known: str,
    owner: str,
    status: str,
    at: datetime,
) -> tuple[Stage, ...]:
    """From the first word to the customer's “yes, solved”."""
    arrived = _first(entries, direction=Direction.IN)
    begun = arrived or entries[0].at
    if status == Status.QUIET:
        return (_received(begun), _recognised(known, begun), _quiet(begun))
    first = next((card for card in promises if card.kind == Kind.FIRST_ANSWER), None)
    by_when = gettext("An answer by %(when)s") % {"when": moment(first.due_at, at)} if first else ""
    return (
        _received(begun),
        _recognised(known, begun),
        Stage(gettext("One person cares"), owner, begun, bool(owner)),
        Stage(
            gettext("Promised"),
            by_when or gettext("The next touch stands in the calendar."),
            begun if first else None,
            bool(first),
        ),
        _stage(
            gettext("Receipt sent"),
            gettext("It says back what was understood, who cares and until when."),
            _first(entries, direction=Direction.OUT, automatic=Automatic.RECEIPT),
        ),
        _stage(
            gettext("Answered by a person"),
            gettext("Acknowledged first, then solved."),
            _first(entries, direction=Direction.OUT, automatic=""),
        ),
        _stage(
            gettext("Asked: is it solved?"),
            gettext("Nothing is closed by time-out. We ask, without rating and without advertising."),
            _last(entries, Happening.PROPOSED),
        ),
        _stage(
            gettext("Solved, says the customer"),
            gettext("Only this counts as confirmed."),
            _last(entries, Happening.CONFIRMED) if status == Status.SOLVED else None,
        ),
    )


def _received(at: datetime) -> Stage:
    return Stage(gettext("Received"), gettext("Stored as it came, before anything else."), at, True)


def _recognised(known: str, at: datetime) -> Stage:
    return Stage(gettext("Recognised"), known, at, True)


def _quiet(at: datetime) -> Stage:
    words = gettext("Told apart, not answered, and still looked at by the lead every day.")
    return Stage(gettext("Needs no answer"), words, at, True)


def _stage(title: str, text: str, when: datetime | None) -> Stage:
    return Stage(title, text, when, when is not None)


def _first(entries: Sequence[ThreadEntry], *, direction: Direction, automatic: str | None = None) -> datetime | None:
    said = (one for one in entries if isinstance(one, Said) and one.direction == direction and not one.inquiry_id)
    return next((one.at for one in said if automatic is None or one.automatic == automatic), None)


def _last(entries: Sequence[ThreadEntry], happening: Happening) -> datetime | None:
    found = [one.at for one in entries if isinstance(one, Happened) and one.happening == happening]
    return found[-1] if found else None
