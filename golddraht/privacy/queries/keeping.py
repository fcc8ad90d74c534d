"""What the law wants kept of somebody who is to be erased: their business letters and vouchers, each with its day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max
from django.utils import timezone

from golddraht.consent.models import ConsentAct
from golddraht.conversations.models import Conversation, Goodwill, Message
from golddraht.ground.retention_law import Keeping, Period, period
from golddraht.privacy.rules import Concern, Sign, keeping_of, sign_of
from golddraht.promises.models import Promise
from golddraht.promises.rules import Kind
from golddraht.team.queries import current_tenant


@dataclass(frozen=True)
class Duty:
    """One thing that the law keeps: a message or a goodwill of a concern, until the day before `over_on`."""

    kind: str
    id: int
    conversation_id: int
    number: int
    sign: Sign
    keeping: Keeping
    law: str
    happened_on: date
    over_on: date


def duties(conversation_ids: set[int], *, released: frozenset[int] = frozenset(), on: date) -> list[Duty]:
    """What of these concerns has to be kept longer than today. `released` are numbers of concerns that are no business letters."""
    found: list[Duty] = []
    concerns = Conversation.objects.filter(pk__in=conversation_ids).exclude(number__in=released)
    numbers: dict[int, int] = dict(concerns.values_list("pk", "number"))
    signs = {id_: sign for id_, sign in signs_of(set(numbers)).items() if sign is not None}
    country = current_tenant().country
    for keeping, kind, rows in (
        (Keeping.LETTER, "message", _letters(signs)),
        (Keeping.VOUCHER, "goodwill", _vouchers(signs)),
    ):
        for id_, conversation_id, happened_on in rows:
            law = period(keeping, country=country, on=happened_on)
            if law is not None and law.over_on(happened_on) > on:
                found.append(_duty(kind, id_, conversation_id, numbers, signs, keeping, law, happened_on))
    return found


NO_CONCERN = 0
"""The number of what belongs to no concern."""


def consent_duties(customer_ids: tuple[int, ...], *, on: date) -> list[Duty]:
    """Proofs of consents that the law wants kept longer than today, counted from giving and from each use."""
    acts = ConsentAct.objects.filter(customer_id__in=customer_ids, kind__in=["GIVEN", "CONFIRMED"]).order_by("pk")
    found = []
    for act in acts.annotate(last=Max("uses__keep_until")):
        until = max(act.keep_until, act.last or act.keep_until)
        law = period(Keeping.CONSENT, country=current_tenant().country, on=timezone.localdate(act.at))
        if until >= on and law is not None:
            given_on, over_on = timezone.localdate(act.at), until + timedelta(days=1)
            found.append(
                Duty("consent", act.pk, 0, NO_CONCERN, Sign.CONSENT, Keeping.CONSENT, law.source, given_on, over_on)
            )
    return found


def _duty(
    kind: str,
    id_: int,
    conversation_id: int,
    numbers: dict[int, int],
    signs: dict[int, Sign],
    keeping: Keeping,
    law: Period,
    happened_on: date,
) -> Duty:
    over_on = law.over_on(happened_on)
    number, sign = numbers[conversation_id], signs[conversation_id]
    return Duty(kind, id_, conversation_id, number, sign, keeping, law.source, happened_on, over_on)


def _letters(signs: dict[int, Sign]) -> Iterator[tuple[int, int, date]]:
    rows = Message.objects.filter(
        conversation_id__in=[id_ for id_, sign in signs.items() if keeping_of(sign) is Keeping.LETTER]
    )
    for id_, conversation_id, at in rows.order_by("pk").values_list("pk", "conversation_id", "received_at"):
        yield id_, conversation_id, timezone.localdate(at)


def _vouchers(signs: dict[int, Sign]) -> Iterator[tuple[int, int, date]]:
    rows = Goodwill.objects.filter(conversation_id__in=[id_ for id_, sign in signs.items() if sign is Sign.GOODWILL])
    for id_, conversation_id, at in rows.order_by("pk").values_list("pk", "conversation_id", "at"):
        yield id_, conversation_id, timezone.localdate(at)


def signs_of(ids: set[int]) -> dict[int, Sign | None]:
    """For each of these concerns what tells a deal in it."""
    promises = Promise.objects.filter(conversation_id__in=ids)
    promised = set(promises.filter(kind__in=[Kind.DELIVERY, Kind.VISIT]).values_list("conversation_id", flat=True))
    promised |= set(promises.exclude(reference="").values_list("conversation_id", flat=True))
    goodwill = set(Goodwill.objects.filter(conversation_id__in=ids).values_list("conversation_id", flat=True))
    words = _words(ids)
    return {id_: sign_of(Concern("\n".join(words[id_]), id_ in goodwill, id_ in promised)) for id_ in ids}


def _words(ids: set[int]) -> dict[int, list[str]]:
    """What a concern is called and what was written in it by people."""
    words: dict[int, list[str]] = defaultdict(list)
    for id_, subject in Conversation.objects.filter(pk__in=ids).values_list("pk", "subject"):
        words[id_].append(subject)
    for id_, text in Message.objects.filter(conversation_id__in=ids, automatic="", machine_kind="").values_list(
        "conversation_id", "text"
    ):
        words[id_].append(text)
    return words
