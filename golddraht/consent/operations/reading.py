"""What a colleague says of words that were read as an objection: they are one, or they were misread. Either can be said anew."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.consent.events import ObjectionRaised, ObjectionRead
from golddraht.consent.models import ConsentAct, ObjectionMark
from golddraht.consent.operations.giving import LONGEST_WORDS, ConsentRefused, added_act, remember_of_person
from golddraht.consent.queries.standing import acts_of, mark_of, standing_of
from golddraht.consent.rules import Kind, Purpose, Way
from golddraht.customers.queries import contact_points_of, ids_of_person
from golddraht.ground.text import without_control
from golddraht.plumbing.bus import publish

HEARD = (Kind.OBJECTED, Kind.DOUBTED)


@transaction.atomic
def call_misread(*, act_id: int, words: str, at: datetime) -> ConsentAct | None:
    """These words of theirs are no objection, for this reason: what was allowed before is allowed again. None when it was said already.

    Raises ConsentRefused: DECLARED (they said it to us themselves, nobody read it anywhere) and WORDS (the reason is missing).
    """
    heard = _heard(act_id)
    reason = without_control(words).strip()[:LONGEST_WORDS]
    if not reason:
        raise ConsentRefused("WORDS", "Say why these words are no objection.")
    reading = _read(heard, Kind.MISREAD, reason, at)
    if reading is not None:
        _forget_marks(heard)
    return reading


@transaction.atomic
def uphold(*, act_id: int, at: datetime, words: str = "") -> ConsentAct | None:
    """They are an objection, from the moment they were said. None when that was said already. Raises ConsentRefused."""
    heard = _heard(act_id)
    reading = _read(heard, Kind.UPHELD, without_control(words).strip()[:LONGEST_WORDS], at)
    if reading is not None:
        remember_of_person(customer_id=heard.customer_id, purpose=_purpose(heard), way=_way(heard), at=heard.at)
        publish(ObjectionRaised(reading.pk, heard.customer_id, at))
    return reading


@transaction.atomic
def unsay(*, act_id: int, at: datetime) -> ConsentAct | None:
    """What a colleague said of it is taken back: it stands as it was heard. None where nobody said anything."""
    heard = _heard(act_id)
    reading = _read(heard, Kind.UNSAID, "", at)
    if reading is None:
        return None
    if heard.kind == Kind.OBJECTED:
        remember_of_person(customer_id=heard.customer_id, purpose=_purpose(heard), way=_way(heard), at=heard.at)
    else:
        _forget_marks(heard)
    return reading


def _heard(act_id: int) -> ConsentAct:
    act: ConsentAct = ConsentAct.objects.select_for_update(no_key=True).get(pk=act_id)
    if act.kind not in HEARD or not act.is_heard:
        raise ConsentRefused("DECLARED", "They said so themselves. Only they can change that.")
    return act


def _read(heard: ConsentAct, kind: Kind, words: str, at: datetime) -> ConsentAct | None:
    latest = ConsentAct.objects.filter(read=heard).order_by("-at", "-pk").first()
    if kind is (Kind(latest.kind) if latest else Kind.UNSAID):
        return None
    country = standing_of(customer_id=heard.customer_id).country
    told = {"way": _way(heard), "purpose": _purpose(heard), "words": words, "country": country}
    row = added_act(heard.customer_id, kind=kind, read_id=heard.pk, at=at, **told)  # type: ignore[arg-type]  # As named above.
    said = heard.message_id or 0, heard.note_id or 0
    publish(ObjectionRead(row.pk, heard.customer_id, *said, reading=kind, at=at))
    return row


def _way(act: ConsentAct) -> Way | None:
    return Way(act.way) if act.way else None


def _purpose(act: ConsentAct) -> Purpose | None:
    return Purpose(act.purpose) if act.purpose else None


def _forget_marks(heard: ConsentAct) -> None:
    """What was remembered because of these words alone; whatever else they objected to is remembered on."""
    addresses = [point.address for point in contact_points_of(customer_id=heard.customer_id)]
    marks = [mark_of(one) for one in addresses if one]
    ObjectionMark.objects.filter(mark__in=marks, way=heard.way, purpose=heard.purpose, at=heard.at).delete()
    for one in acts_of(ids_of_person(customer_id=heard.customer_id)):
        if one.kind is Kind.OBJECTED:
            remember_of_person(customer_id=heard.customer_id, purpose=one.purpose, way=one.way, at=one.at)
