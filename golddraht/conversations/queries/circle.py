"""Who takes part in a concern by mail, and who of them an answer goes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.rules import Channel, Direction
from golddraht.customers.models import ContactPoint
from golddraht.customers.queries import ids_of_person
from golddraht.ground.addresses import folded_address, leads_to_nobody
from golddraht.plumbing.asking import Asked, Question

Person = frozenset[int]
"""Every customer that is one person with the one whose concern it is."""


@dataclass(frozen=True)
class Recipient:
    """Somebody an answer may go to. `is_kept` unless a colleague left them out, they are strangers, or mail to them came back."""

    address: str
    is_kept: bool
    is_customer: bool = False
    is_reachable: bool = True
    name: str = ""


def circle_of(conversation: Conversation) -> list[Recipient]:
    """Whoever wrote last comes first, at the address where they want answers. Empty when nobody can be written to.

    Somebody new who only had our reply address is offered, not kept: it may have been forwarded to them.
    """
    person = frozenset(ids_of_person(customer_id=conversation.customer_id))
    found = _gathered(conversation, person)
    points = {point.address: point for point in _points(person, found)}
    known = [_known(one, points.get(key), person) for key, one in found.items()]
    theirs = [point for point in points.values() if point.customer_id in person]
    return _with_a_way(known, sorted(theirs, key=lambda point: point.last_used_at, reverse=True), found)


def kept(circle: Iterable[Recipient]) -> list[str]:
    return [one.address for one in circle if one.is_kept]


def to_the_customer(circle: Iterable[Recipient]) -> list[str]:
    """The customer's own addresses among those kept; without one, whoever comes first."""
    chosen = [one for one in circle if one.is_kept]
    return [one.address for one in chosen if one.is_customer] or [one.address for one in chosen[:1]]


def _gathered(conversation: Conversation, person: Person) -> dict[str, Recipient]:
    """Everybody who wrote, was written to or stood in copy, by folded address; the latest writer first."""
    found: dict[str, Recipient] = {}
    writers: list[str] = []
    for message in _mails(conversation):
        if message.direction == Direction.OUT:
            _note_ours(found, message)
        elif message.answer_to:
            _note_theirs(found, message, person)
            writers.insert(0, folded_address(message.answer_to[0]))
    order = dict.fromkeys((*writers, *found))
    return {key: found[key] for key in order if key in found}


_MAILS: Question[Message] = Question(
    lambda: (
        Message.objects.filter(
            conversation_id=Asked("conversation"), inquiry=None, channel=Channel.EMAIL, machine_kind="", automatic=""
        )
        .only("direction", "answer_to", "customer_id", "author_name")
        .order_by("received_at", "pk")
    )
)


def _mails(conversation: Conversation) -> Iterable[Message]:
    return _MAILS.all(conversation=conversation.pk)


def _note_theirs(found: dict[str, Recipient], message: Message, person: Person) -> None:
    writer = folded_address(message.answer_to[0])
    is_trusted = message.customer_id in person or writer in found
    for address in message.answer_to:
        key = folded_address(address)
        was = found.get(key)
        name = message.author_name if key == writer and "@" not in message.author_name else ""
        is_kept = is_trusted or (was is not None and was.is_kept)
        found[key] = Recipient(address, is_kept, name=name or (was.name if was else ""))


def _note_ours(found: dict[str, Recipient], message: Message) -> None:
    """Whom a colleague left out last time stays left out, until somebody brings them in again."""
    written_to = {folded_address(one): one for one in message.answer_to}
    if not written_to:
        return
    for key in [key for key in found if key not in written_to]:
        found[key] = replace(found[key], is_kept=False)
    for key, address in written_to.items():
        found[key] = replace(found.get(key, Recipient(address, True)), is_kept=True)


_POINTS: Question[ContactPoint] = Question(
    lambda: ContactPoint.objects.filter(
        Q(customer__pk__among=Asked("person")) | Q(address__among=Asked("addresses")), channel=Channel.EMAIL
    ).select_related("customer")
)


def _points(person: Person, found: Iterable[str]) -> Iterable[ContactPoint]:
    return _POINTS.all(person=list(person), addresses=list(found))


def _known(one: Recipient, point: ContactPoint | None, person: Person) -> Recipient:
    if point is None:
        return one
    is_reachable = point.unreachable_since is None
    return replace(
        one,
        is_kept=one.is_kept and is_reachable,
        is_customer=point.customer_id in person,
        is_reachable=is_reachable,
        name=point.customer.name or one.name,
    )


def _with_a_way(known: list[Recipient], theirs: list[ContactPoint], found: Iterable[str]) -> list[Recipient]:
    """The customer's other addresses are offered too, and one of them is kept where nothing else reaches them."""
    others = [point for point in theirs if point.address not in found and not leads_to_nobody(point.address)]
    is_cut_off = any(one.is_customer and not one.is_reachable for one in known)
    is_reached = any(one.is_kept and (one.is_customer or not is_cut_off) for one in known)
    for point in others:
        is_way = point.unreachable_since is None
        known.append(Recipient(point.shown, is_way and not is_reached, True, is_way, point.customer.name))
        is_reached = is_reached or is_way
    return known
