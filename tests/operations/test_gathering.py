"""What customers tell of themselves becomes part of the record, with the words and the message it was read in."""

from __future__ import annotations

from datetime import timedelta

from procrastinate.contrib.django.models import ProcrastinateJob

from golddraht.channels.events import SenderDoubted
from golddraht.conversations.jobs import gather
from golddraht.conversations.operations import gather_evidence
from golddraht.customers.models import Fact
from golddraht.customers.queries import greeting_for
from golddraht.customers.queries.record import record_of
from golddraht.customers.rules.attributes import Attribute
from golddraht.plumbing.bus import publish
from tests.cast import MONDAY_MORNING, Company, a_message, valentina

TEXT = "Mein Ofen ist kalt. Ich telefoniere lieber.\n\nMit freundlichen Grüßen\nIhre Valentina Moser"


def test_a_mail_tells_of_its_writer(company: Company) -> None:
    message = a_message(text=TEXT)

    gather_evidence(message_id=message.pk)

    customer = valentina()
    (salutation,) = record_of(customer_id=customer.pk)[Attribute.SALUTATION]
    assert salutation.statement.source == "mail:signature" and "valentina moser" in salutation.statement.evidence
    assert greeting_for(customer, language="de") == "Guten Tag Frau Moser,"
    assert Fact.objects.filter(message_id=message.pk).count() == 2


def test_the_job_may_run_twice(company: Company) -> None:
    message = a_message(text=TEXT)

    gather_evidence(message_id=message.pk)
    before = list(Fact.objects.order_by("pk").values())
    assert gather_evidence(message_id=message.pk) == 0

    assert list(Fact.objects.order_by("pk").values()) == before


def test_an_arriving_mail_is_looked_at_soon_where_it_tells_something(company: Company) -> None:
    waiting = ProcrastinateJob.objects.filter(task_name=gather.name)
    a_message(text="Danke!")
    assert not waiting.exists()

    message = a_message(text=TEXT)

    assert [job.args["message_id"] for job in waiting] == [message.pk]


def test_a_machine_and_a_colleague_tell_nothing_of_the_customer(company: Company) -> None:
    machine = a_message(text=TEXT, machine_kind="absence")
    by_hand = a_message(text=TEXT)
    by_hand.author = company.nina
    by_hand.save()

    assert gather_evidence(message_id=machine.pk) == gather_evidence(message_id=by_hand.pk) == 0


def test_what_a_doubted_mail_said_no_longer_holds_and_is_still_there(company: Company) -> None:
    message = a_message(text=TEXT)
    gather_evidence(message_id=message.pk)

    publish(SenderDoubted(message.pk, message.conversation_id, MONDAY_MORNING + timedelta(minutes=1)))

    customer = valentina()
    assert Attribute.SALUTATION not in record_of(customer_id=customer.pk)
    assert customer.salutation == ""
    assert Fact.objects.filter(message_id=message.pk, denies=False).count() == 2
