"""Whether a mail needs an answer: what its headers say of machines, together with what its words say."""

from __future__ import annotations

from dataclasses import dataclass

from golddraht.channels.mail.mail import Mail
from golddraht.conversations.models import Conversation
from golddraht.conversations.queries import live_of_customer
from golddraht.customers.models import Customer
from golddraht.ground.needs_no_answer import SAID_BY_A_PERSON, Contact, needs_answer

# Machines that may pass on what a person wants: a web form, a shop's notice, a list.
PASSING_ON = frozenset({"list", "notification", "challenge"})


@dataclass(frozen=True)
class Judgement:
    """`machine_kind` for automatic mail, which is never answered by a machine of ours; `quiet_reason` when nobody waits
    for an answer; `needs_a_person` for a machine's mail that a person must look at."""

    machine_kind: str = ""
    quiet_reason: str = ""
    needs_a_person: bool = False


def judged(
    mail: Mail, *, sender: str, customer: Customer | None, is_own: bool, conversation: Conversation | None = None
) -> Judgement:
    """The judgement; never quiet for somebody with a live concern, or when files came along with thanks.

    In a known `conversation` the live concern is that one itself, and “Danke!” leaves it as it is.
    """
    if is_own:
        return Judgement(machine_kind="loop", quiet_reason="own_mail")
    kind = mail.automatic_kind or ""
    if kind and kind not in PASSING_ON:
        return Judgement(machine_kind=kind)
    verdict = needs_answer(
        Contact(
            text=mail.reply_text or mail.text or "",
            subject=mail.subject or "",
            sender=sender,
            is_bulk=kind == "list",
            is_automatic=bool(kind),
            has_open_concern=_has_live_concern(customer, conversation),
        )
    )
    says_little = verdict.reason in SAID_BY_A_PERSON
    has_more = says_little and any(not one.inline for one in mail.attachments)
    needs = verdict.needs or has_more or kind == "challenge"
    reason = "" if needs else str(verdict.reason)
    if kind:
        return Judgement(machine_kind=kind, quiet_reason=reason, needs_a_person=needs)
    return Judgement(quiet_reason=reason)


def _has_live_concern(customer: Customer | None, besides: Conversation | None) -> bool:
    if customer is None:
        return False
    return any(besides is None or one.pk != besides.pk for one in live_of_customer(customer_id=customer.pk))
