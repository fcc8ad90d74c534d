"""Whether a mail needs an answer: what its headers say of machines, together with what its words say."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from golddraht.channels.mail.answering import is_honest
from golddraht.channels.mail.mail import Address, Mail
from golddraht.conversations.models import Conversation
from golddraht.conversations.queries import live_ids_of_customer
from golddraht.customers.models import Customer
from golddraht.ground.addresses import folded_address
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
    mail: Mail,
    *,
    sender: str,
    customer: Customer | None,
    is_own: bool,
    conversation: Conversation | None = None,
    is_form: bool = False,
) -> Judgement:
    """The judgement; never quiet for somebody with a live concern, or when files came along with thanks.

    With `is_form` a machine only passed on what a person filled in, and it is judged as theirs.
    In a known `conversation` the live concern is that one itself, and “Danke!” leaves it as it is.
    """
    if is_own:
        return Judgement(machine_kind="loop", quiet_reason="own_mail")
    kind = "" if is_form and mail.automatic_kind in {"notification", "list"} else mail.automatic_kind or ""
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


FORM_WORDS = re.compile(
    r"kontaktformular|kontaktanfrage|contact form|web ?form|formular(?:daten|eingang)?\b|anfrage über (?:die|ihre|unsere) (?:web|home)|nachricht (?:von|über) (?:der|ihrer|unserer) (?:web|home)"
    r"|form submission|neue anfrage von|(?:^|\n)\s*(?:e-?mail(?:-?adresse)?|ihre e-?mail)\s*[:=]",
    re.IGNORECASE,
)


def is_web_form(mail: Mail, *, author: Address, own: Collection[str]) -> bool:
    """Whether a machine passed on what `author`, who stands in Reply-To, filled in on a web page.

    From our own domain any such mail is one. From elsewhere it must say so and name the person, who is not of the same
    house: newsletters and parcel notices have a Reply-To, too. What is headed as sent to many must be all of that.
    """
    wrote, person = folded_address((mail.from_ and mail.from_.address) or ""), folded_address(author.address or "")
    if not wrote or not person or wrote == person:
        return False
    said = f"{mail.subject or ''}\n{mail.text or ''}"[:20_000]
    names_them, says_so = person in said.lower(), FORM_WORDS.search(said) is not None
    is_ours = wrote.rpartition("@")[2] in {one.rpartition("@")[2] for one in own}
    is_evident = names_them and says_so
    if mail.automatic_kind == "list":
        return is_evident and is_ours
    return is_ours or (is_evident and not is_honest(person, wrote))


def _has_live_concern(customer: Customer | None, besides: Conversation | None) -> bool:
    if customer is None:
        return False
    return any(besides is None or one != besides.pk for one in live_ids_of_customer(customer_id=customer.pk))
