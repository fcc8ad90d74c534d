"""What is there already when a how-to tells what a program does then."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from golddraht.access.models import Copy
from golddraht.access.operations.making import make_copy
from golddraht.channels.models import Delivery
from golddraht.channels.rules import DeliveryState
from golddraht.conversations.models import Escalation
from golddraht.conversations.operations import reply
from golddraht.customers.models import Doubt
from golddraht.customers.operations import Proposed, propose
from golddraht.customers.rules.doubts import Kind
from golddraht.imports.models import Import
from golddraht.plumbing import clock
from golddraht.search.operations import keep_filter
from golddraht.search.rules.filters import Sharing
from golddraht.team.models import Membership
from tests.api.programs import a_program, of
from tests.cast import Company, a_conversation, a_message, bjoern, valentina
from tests.importing import SHOP, worked_off
from tests.mails import a_mail, a_mailbox, arrives
from tests.operations.test_imports import erase_from_memory
from tests.sealing import ANNA, WE

FILES = {
    "kunden.csv": SHOP + ";;;;;;;;;;nur das\n",
    "service-secret.asc": str(WE),
    "anna.asc": str(ANNA.extract_certificate()),
}


def refused_mail(company: Company) -> None:
    """A mail that came, and an answer to it that was refused."""
    a_mailbox()
    laid_out = message_from_bytes(a_mail(at=clock.now()), policy=default)
    assert isinstance(laid_out, EmailMessage)
    laid_out.add_alternative("<p>Meine Waschmaschine pumpt <b>nicht</b> ab.</p>", subtype="html")
    concern = arrives(laid_out.as_bytes(), at=clock.now()).conversation
    reply(conversation_id=concern.pk, author_id=company.nina.pk, text="Guten Tag", at=clock.now())
    Delivery.objects.filter(message__author=company.nina).update(
        state=DeliveryState.REFUSED, answer="550 unbekannt", next_attempt_at=None
    )


def concern(company: Company) -> None:
    a_mailbox()
    a_conversation(at=clock.now())


def quoted_objection(company: Company) -> None:
    """They allow calls, and wrote words that read like a no."""
    a_mailbox()
    customer = valentina(at=clock.now() - timedelta(days=1))
    told = {"purpose": "NEWS", "ways": ["CALL"], "proof": "RECORDED", "words": "Ja.", "call_note": "Anruf c9"}
    a_program(company.nina).post(f"/customers/{customer.pk}/consents", told)
    a_message(customer=customer, text="Bitte keine Werbung mehr!", at=clock.now())


def alike(company: Company) -> None:
    """Two that look like one, and a name that cannot be right."""
    one, other = valentina(), bjoern()
    propose(pairs=[Proposed(one.pk, other.pk, 0.8, ("same address",))], found_by="model:1", at=clock.now())
    Doubt.objects.create(customer=one, kind=Kind.NAME, values=[], cost=1, noticed_at=clock.now())


def missed(company: Company) -> None:
    """Two moments that were missed, and a concern that needs no answer."""
    for customer in (valentina(), bjoern()):
        late = a_conversation(customer=customer, at=clock.now())
        Escalation.objects.create(
            conversation=late, lead=company.lea, at=clock.now(), missed_at=clock.now() - timedelta(minutes=5)
        )
    quiet = a_conversation(customer=bjoern(), at=clock.now())
    a_program(company.nina).send("put", f"{of(quiet)}/needs-no-answer")


def orphan(company: Company) -> None:
    """A filter for everybody, whose owner has left."""
    keep_filter(name="Kalte Öfen", words="ofen", by=company.tom.pk, audience=Sharing.EVERYBODY, at=clock.now())
    Membership.objects.filter(pk=company.tom.pk).update(active=False)


def erased(company: Company) -> None:
    """Petra Huber was erased."""
    erase_from_memory(company, ("EMAIL", "petra@huber.example"))


SCENES = {
    "answering.md": refused_mail,
    "consent.md": quoted_objection,
    "customer-record.md": alike,
    "daily-work.md": missed,
    "data-protection.md": concern,
    "encrypted-mail.md": concern,
    "imports.md": erased,
    "problems.md": concern,
    "search.md": orphan,
}


def work(company: Company) -> None:
    """What the worker does meanwhile."""
    for file in Import.objects.all():
        worked_off(file, at=clock.now())
    for copy in Copy.objects.filter(state="WAITING"):
        make_copy(tenant_id=company.tenant.pk, copy_id=copy.pk, clock=clock.now)
