"""A note that may tell of an objection is asked about where it stands, and on the page of whom it is about."""

from __future__ import annotations

from django.test import Client

from golddraht.consent.models import ConsentAct
from golddraht.conversations.operations import add_note
from golddraht.ground.numbers import spoken
from golddraht.plumbing import clock
from tests.cast import Company, a_conversation


def test_the_concern_asks_what_a_note_meant_and_a_colleague_says(company: Company, nina: Client) -> None:
    concern = a_conversation(at=clock.now())
    add_note(conversation_id=concern.pk, by=company.nina.pk, text="keine Werbung mehr!", at=clock.now())
    here, asked = f"/t/heizwerk/conversations/{spoken(concern.number)}/", "Erzählt diese Notiz von einem Widerspruch"

    assert asked in nina.get(here).content.decode()
    assert asked in nina.get(f"/t/heizwerk/customers/{concern.customer_id}/").content.decode()

    act = ConsentAct.objects.get(kind="DOUBTED")
    answer = nina.post(f"/t/heizwerk/heard/{act.pk}/", {"as": "none"})
    assert answer.status_code == 302
    assert asked not in nina.get(here).content.decode()
