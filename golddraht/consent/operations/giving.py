"""Allowing something, taking it back, and objecting: by the customer themselves, or taken down by a colleague."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from golddraht.consent.events import ConsentGiven, ConsentWithdrawn, ObjectionRaised
from golddraht.consent.models import ConsentAct, ObjectionMark
from golddraht.consent.operations.texts import agreed_text
from golddraht.consent.queries.standing import acts_of, mark_of, standing_of
from golddraht.consent.rules import ASKS_LEAVE, Act, Kind, Proof, Purpose, Way, may_prove
from golddraht.consent.rules.law import kept_until
from golddraht.consent.rules.words import NOES
from golddraht.customers.models import Customer
from golddraht.customers.queries import contact_points_of, ids_of_person, mail_address_of
from golddraht.ground.addresses import folded_address
from golddraht.ground.text import one_line, without_control
from golddraht.plumbing.bus import publish
from golddraht.plumbing.tenancy import current_sight

LONGEST_WORDS = 4000


class ConsentRefused(ValueError):
    """It cannot be taken down. `reason` is WAYS (none was named), PURPOSE (nobody has to be asked for it), PROOF (said like this
    it proves nothing for that way), WORDS (how they said it is missing), BUSINESS (they stand for none), DECLARED (nobody read it anywhere: they said it themselves),
    and for a question by mail ADDRESS, OBJECTED or ASKED."""

    def __init__(self, reason: str, words: str) -> None:
        super().__init__(words)
        self.reason = reason


@dataclass(frozen=True)
class Origin:
    """Where it was said: the network address where a page was used, the message, the colleague's note or the call it came from."""

    network: str | None = None
    message_id: int | None = None
    note_id: int | None = None
    call_note: str = ""

    @property
    def is_heard(self) -> bool:
        return self.message_id is not None or self.note_id is not None


NOWHERE = Origin()
BY_MAIL = frozenset({Way.EMAIL, Way.SMS, Way.PUSH})
"""What the law calls electronic mail."""
BY_A_COLLEAGUE = frozenset({Proof.SIGNED, Proof.RECORDED, Proof.SPOKEN, Proof.MAIL})
"""What somebody else takes down, so the customer's own words, or where they are found, belong to it."""


@transaction.atomic
def give(
    *,
    customer_id: int,
    purpose: Purpose,
    ways: Iterable[Way],
    proof: Proof,
    at: datetime,
    words: str = "",
    address: str = "",
    language: str = "",
    origin: Origin = NOWHERE,
) -> list[ConsentAct]:
    """They allow this purpose on these ways, to the text that is shown today; one row for each way. Raises ConsentRefused.

    `at` is when they said it. `address` is the one it is about; without one, the e-mail address that reaches them.
    """
    named = list(dict.fromkeys(ways))
    said = without_control(words).strip()[:LONGEST_WORDS]
    _refuse(purpose, named, proof, said)
    tongue = language or language_of(customer_id)
    country = standing_of(customer_id=customer_id).country
    rows = [
        added_act(
            customer_id,
            kind=Kind.GIVEN,
            way=way,
            purpose=purpose,
            proof=proof,
            text_id=agreed_text(purpose, way, language=tongue, at=at),
            words=said,
            address=act_address(customer_id, way, address),
            country=country,
            origin=origin,
            at=at,
        )
        for way in named
    ]
    for row in rows:
        publish(ConsentGiven(row.pk, customer_id, at))
    return rows


def _refuse(purpose: Purpose, ways: list[Way], proof: Proof, words: str) -> None:
    if purpose not in ASKS_LEAVE:
        raise ConsentRefused("PURPOSE", "Nobody has to be asked about this.")
    if not ways:
        raise ConsentRefused("WAYS", "Choose at least one way.")
    unproven = [way for way in ways if not may_prove(proof, way)]
    if unproven:
        raise ConsentRefused("PROOF", f"Said like this it proves nothing for {unproven[0]}.")
    if proof in BY_A_COLLEAGUE and not words:
        raise ConsentRefused("WORDS", "Write down what they said, or where it is kept.")


def language_of(customer_id: int) -> str:
    return str(Customer.objects.values_list("language", flat=True).get(pk=customer_id)) or "de"


def act_address(customer_id: int, way: Way, address: str) -> str:
    """A mail consent is about one address; others are about the person unless somebody named the number."""
    if address or way is not Way.EMAIL:
        return folded_address(address)
    point = mail_address_of(customer_id=customer_id)
    return point.address if point else ""


def added_act(
    customer_id: int,
    *,
    kind: Kind,
    at: datetime,
    way: Way | None = None,
    purpose: Purpose | None = None,
    proof: Proof | str = "",
    text_id: int | None = None,
    words: str = "",
    address: str = "",
    country: str = "",
    origin: Origin = NOWHERE,
    asked_id: int | None = None,
    read_id: int | None = None,
) -> ConsentAct:
    """One more act, with the colleague who takes it down and the day until which it must be there."""
    row: ConsentAct = ConsentAct.objects.create(
        customer_id=customer_id,
        kind=kind,
        way=way or "",
        purpose=purpose or "",
        proof=proof,
        text_id=text_id,
        words=words,
        address=address[:254],
        network=origin.network,
        message_id=origin.message_id,
        note_id=origin.note_id,
        call_note=one_line(origin.call_note, 120),
        actor_id=current_sight().actor,
        asked_id=asked_id,
        read_id=read_id,
        keep_until=kept_until(country=country, on=at.date()),
        at=at,
    )
    return row


@transaction.atomic
def withdraw(
    *,
    customer_id: int,
    purpose: Purpose | None = None,
    way: Way | None = None,
    at: datetime,
    words: str = "",
    origin: Origin = NOWHERE,
) -> ConsentAct | None:
    """They take back what they allowed: for a purpose, a way, or everything. None when there was nothing (left) to take back."""
    acts = acts_of(ids_of_person(customer_id=customer_id))
    if not _stands(acts, purpose, way, at):
        return None
    row = _no(customer_id, Kind.WITHDRAWN, purpose, way, words, origin, at)
    publish(ConsentWithdrawn(row.pk, customer_id, at))
    return row


def _stands(acts: list[Act], purpose: Purpose | None, way: Way | None, at: datetime) -> bool:
    """Whether something was allowed, or asked, and nobody has said no to it since."""
    said = [one for one in acts if one.kind not in NOES and one.kind is not Kind.LISTED_NOT and one.at <= at]
    noes = [one for one in acts if one.kind in NOES and one.at <= at]
    within = [one for one in said if _meets(one.purpose, purpose) and _meets(one.way, way)]
    return any(not any(_overrules(no, one, purpose, way) for no in noes) for one in within)


def _meets(said: str | None, asked: str | None) -> bool:
    """A sale names no purpose: it is about all of them."""
    return said is None or asked is None or said == asked


def _overrules(no: Act, one: Act, purpose: Purpose | None, way: Way | None) -> bool:
    about, on = one.purpose or purpose, one.way or way
    is_about_it = about is not None and on is not None and no.covers(on, about)
    return no.at >= one.at and (is_about_it or (no.way is None and no.purpose is None))


@transaction.atomic
def object_to(
    *,
    customer_id: int,
    purpose: Purpose | None = None,
    way: Way | None = None,
    at: datetime,
    words: str = "",
    origin: Origin = NOWHERE,
) -> ConsentAct | None:
    """They want no advertising: none at all, or not for this purpose or on this way. It holds from now on.

    None when they had said so already; what was only read in a message does not count as that, because it can have been misread.
    Their addresses are remembered as keyed hashes, so that it outlives everything.
    """
    if _is_said(customer_id, purpose, way, at, is_heard=origin.is_heard) or _is_read(origin):
        return None
    row = _no(customer_id, Kind.OBJECTED, purpose, way, words, origin, at)
    remember_of_person(customer_id=customer_id, purpose=purpose, way=way, at=at, is_heard=row.is_heard)
    publish(ObjectionRaised(row.pk, customer_id, at))
    return row


@transaction.atomic
def hold_back(
    *,
    customer_id: int,
    purpose: Purpose | None = None,
    way: Way | None = None,
    at: datetime,
    words: str,
    origin: Origin,
) -> ConsentAct | None:
    """They may have objected: nothing of the kind leaves until a colleague has said what was meant. None when it was known anyway."""
    if _is_said(customer_id, purpose, way, at, is_heard=True) or _is_read(origin):
        return None
    return _no(customer_id, Kind.DOUBTED, purpose, way, words, origin, at)


def _is_said(customer_id: int, purpose: Purpose | None, way: Way | None, at: datetime, *, is_heard: bool) -> bool:
    """Whether the same or more was objected to, and nothing was allowed since."""
    acts = [one for one in acts_of(ids_of_person(customer_id=customer_id)) if one.at <= at]
    same = [
        one.at
        for one in acts
        if one.kind is Kind.OBJECTED and one.covers_all(way, purpose) and (is_heard or not one.is_heard)
    ]
    return bool(same) and not any(one.kind not in NOES and one.at > max(same) for one in acts)


def _is_read(origin: Origin) -> bool:
    """Whether this message or note was understood as an objection before, or as one perhaps."""
    rows = ConsentAct.objects.filter(kind__in=[Kind.OBJECTED, Kind.DOUBTED])
    rows = rows.filter(message_id=origin.message_id, note_id=origin.note_id)
    return origin.is_heard and bool(rows.exists())


def remember_of_person(
    *, customer_id: int, purpose: Purpose | None, way: Way | None, at: datetime, is_heard: bool = False
) -> None:
    addresses = [point.address for point in contact_points_of(customer_id=customer_id)]
    remember_objection(addresses=addresses, purpose=purpose, way=way, at=at, is_heard=is_heard)


def remember_objection(
    *,
    addresses: Iterable[str],
    at: datetime,
    purpose: Purpose | None = None,
    way: Way | None = None,
    is_heard: bool = False,
) -> None:
    """An objection of whoever is at these (folded) addresses, known to us or not; safe to say twice.

    One that was only heard leaves what was remembered before as it was, because it can turn out to be misread.
    """
    rows = [ObjectionMark(mark=mark_of(one), at=at, way=way or "", purpose=purpose or "") for one in addresses if one]
    if is_heard:
        ObjectionMark.objects.bulk_create(rows, ignore_conflicts=True)
        return
    ObjectionMark.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["tenant", "mark", "way", "purpose"], update_fields=["at"]
    )


def _no(
    customer_id: int,
    kind: Kind,
    purpose: Purpose | None,
    way: Way | None,
    words: str,
    origin: Origin,
    at: datetime,
) -> ConsentAct:
    country = standing_of(customer_id=customer_id).country
    said = without_control(words).strip()[:LONGEST_WORDS]
    return added_act(
        customer_id, kind=kind, purpose=purpose, way=way, words=said, country=country, origin=origin, at=at
    )
