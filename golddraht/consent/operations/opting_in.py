"""Double opt-in: somebody is asked by mail whether it was they who asked, and only their click is the consent."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from golddraht.consent.events import ConsentAsked, ConsentGiven
from golddraht.consent.models import ConsentAct
from golddraht.consent.operations.giving import NOWHERE, ConsentRefused, Origin, added_act, language_of
from golddraht.consent.operations.texts import agreed_text
from golddraht.consent.queries.standing import acts_of, marked, standing_of
from golddraht.consent.rules import ASKS_LEAVE, Act, Kind, Proof, Purpose, Way
from golddraht.consent.rules.words import NOES
from golddraht.customers.queries import ids_of_person, mail_address_of
from golddraht.plumbing.bus import publish

ASKED_AGAIN_AFTER = timedelta(days=30)
"""So long nobody is asked for the same a second time: a question that is not answered is an answer."""
ANSWERED_WITHIN = timedelta(days=30)


@transaction.atomic
def ask_to_confirm(*, customer_id: int, purpose: Purpose, at: datetime, origin: Origin = NOWHERE) -> ConsentAct:
    """Ask them by mail, without a word of advertising, whether they want this by mail.

    Raises ConsentRefused: PURPOSE, ADDRESS (no mail reaches them), OBJECTED (they said no; ask them in person), ASKED (lately).
    """
    if purpose not in ASKS_LEAVE:
        raise ConsentRefused("PURPOSE", "Nobody has to be asked about this.")
    point = mail_address_of(customer_id=customer_id)
    if point is None:
        raise ConsentRefused("ADDRESS", "No e-mail address reaches this customer.")
    _refuse([*acts_of(ids_of_person(customer_id=customer_id)), *marked([point.address])], purpose, at)
    act = added_act(
        customer_id,
        kind=Kind.ASKED,
        way=Way.EMAIL,
        purpose=purpose,
        proof=Proof.FORM,
        text_id=agreed_text(purpose, Way.EMAIL, language=language_of(customer_id), at=at),
        address=point.address,
        country=standing_of(customer_id=customer_id).country,
        origin=origin,
        at=at,
    )
    publish(ConsentAsked(act.pk, customer_id, at))
    return act


def _refuse(acts: list[Act], purpose: Purpose, at: datetime) -> None:
    about = [one for one in acts if one.covers(Way.EMAIL, purpose)]
    if any(one.kind in NOES for one in about):
        raise ConsentRefused("OBJECTED", "They said no. Only they themselves can change that.")
    if any(one.kind is Kind.ASKED and at - one.at < ASKED_AGAIN_AFTER for one in about):
        raise ConsentRefused("ASKED", "They were asked lately.")


@transaction.atomic
def confirm(*, act_id: int, at: datetime, network: str | None = None) -> ConsentAct | None:
    """They confirm what was asked; None where they have said no since, or it is too late. Confirming twice is as good as once."""
    asked = ConsentAct.objects.select_for_update().get(pk=act_id, kind=Kind.ASKED)
    known: ConsentAct | None = ConsentAct.objects.filter(asked=asked).first()
    if known is not None:
        return known
    if at - asked.at > ANSWERED_WITHIN or has_said_no(asked):
        return None
    act = added_act(
        asked.customer_id,
        kind=Kind.CONFIRMED,
        way=Way.EMAIL,
        purpose=Purpose(asked.purpose),
        proof=Proof.CONFIRMED,
        text_id=asked.text_id,
        address=asked.address,
        country=standing_of(customer_id=asked.customer_id).country,
        origin=Origin(network=network),
        asked_id=asked.pk,
        at=at,
    )
    publish(ConsentGiven(act.pk, asked.customer_id, at))
    return act


def has_said_no(asked: ConsentAct) -> bool:
    acts = acts_of(ids_of_person(customer_id=asked.customer_id))
    noes = (one for one in acts if one.kind in NOES and one.at >= asked.at)
    return any(one.covers(Way.EMAIL, Purpose(asked.purpose)) for one in noes)
