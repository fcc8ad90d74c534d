"""The demo's catcher: who may see it, what it shows, and the story played to its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from golddraht.channels.models import CaughtMail, Delivery
from golddraht.channels.operations import add_mailbox, keep_raw
from golddraht.channels.operations.composing import dispatch_of
from golddraht.channels.queries import doorplate_of
from golddraht.channels.rules import DeliveryState, Source
from golddraht.conversations.models import Conversation
from golddraht.pages.catcher import door, mailbox, views
from golddraht.plumbing.clock import now
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import seeing
from tests.cast import Company, a_company
from tests.mails import drain_mail

pytestmark = pytest.mark.django_db
VALENTINA = {"as_name": "Valentina Moser", "as_address": "valentina.moser@post.example"}


@pytest.fixture
def demo() -> Company:
    company = a_company(slug="heizwerk", name="Heizwerk")
    Tenant.objects.filter(pk=company.tenant.pk).update(is_demo=True)
    with company.seen():
        add_mailbox(address="service@heizwerk.example", sender_name="Heizwerk", is_default=True)
    return company


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The network between the page and the listener, and the worker behind it, without sockets."""

    def deliver(letter: mailbox.Letter) -> None:
        recipient = letter.to[0].address or ""
        plate = doorplate_of(recipient)
        assert plate is not None
        with seeing(plate.tenant_id):
            keep_raw(
                mailbox_id=plate.mailbox_id,
                source=Source.SMTP,
                content=mailbox.write(letter),
                envelope_from=letter.sender.address or "",
                envelope_to=(recipient,),
                at=now(),
            )
        work(plate.tenant_id)

    monkeypatch.setattr(views, "post", deliver)
    return iter([None])


def work(tenant_id: int) -> None:
    """What the worker does: read what came in, hand over what is to leave."""
    drain_mail(tenant_id=tenant_id, at=now())
    with seeing(tenant_id):
        waiting = Delivery.objects.filter(state=DeliveryState.WAITING).select_related(
            "mailbox", "message__conversation"
        )
        for delivery in waiting:
            dispatch = dispatch_of(delivery)
            CaughtMail.objects.create(
                recipient=dispatch.recipient,
                sender=dispatch.sender,
                subject="",
                content=dispatch.content,
                caught_at=now(),
            )
        waiting.update(state=DeliveryState.ACCEPTED)


def test_the_catcher_of_a_company_that_is_no_demo_does_not_exist(client: Client) -> None:
    company = a_company()
    client.force_login(company.nina.user)

    assert client.get("/demo/heizwerk/").status_code == 404
    assert client.get("/t/heizwerk/catcher/").status_code == 404
    assert client.get("/demo/nobody/").status_code == 404


def test_only_a_demo_offers_its_catcher(client: Client) -> None:
    company = a_company()
    client.force_login(company.nina.user)
    inbox = "/t/heizwerk/inbox/"
    assert "/t/heizwerk/catcher/" not in client.get(inbox).content.decode()

    Tenant.objects.filter(pk=company.tenant.pk).update(is_demo=True)

    assert client.get(inbox).content.decode().count('href="/t/heizwerk/catcher/"') == 1


def test_a_member_sees_the_catcher_in_the_workspace_and_others_are_asked_to_sign_in(
    client: Client, demo: Company
) -> None:
    assert client.get("/t/heizwerk/catcher/").status_code == 302
    client.force_login(demo.nina.user)

    assert client.get("/t/heizwerk/catcher/").status_code == 200


def test_a_member_of_another_company_does_not_see_the_catcher_in_the_workspace(client: Client, demo: Company) -> None:
    other = a_company(slug="moebelhaus", name="Möbelhaus")
    client.force_login(other.nina.user)

    assert client.get("/t/heizwerk/catcher/").status_code == 404


def test_a_visitor_writes_as_a_customer_and_reads_the_receipt(client: Client, demo: Company, posted: None) -> None:
    words = {"as_name": "Ida Ott", "as_address": "ida@post.example", "subject": "Herd", "text": "Der Herd bleibt kalt."}

    client.post("/demo/heizwerk/send/", words)
    work(demo.tenant.pk)
    page = client.get("/demo/heizwerk/", {"as_name": "Ida Ott", "as_address": "ida@post.example"}).content.decode()

    assert "Der Herd bleibt kalt." in page
    with demo.seen():
        assert Conversation.objects.get().customer.name == "Ida Ott"
        assert CaughtMail.objects.get().recipient == "ida@post.example"
    assert "Ida Ott" in page


def test_an_answer_lands_in_the_same_concern(client: Client, demo: Company, posted: None) -> None:
    client.post("/demo/heizwerk/send/", VALENTINA | {"subject": "Ofen", "text": "Der Ofen zieht nicht."})
    work(demo.tenant.pk)
    with demo.seen():
        receipt = CaughtMail.objects.get()

    client.post("/demo/heizwerk/send/", VALENTINA | {"mail": str(receipt.pk), "text": "Jetzt raucht es auch."})

    with demo.seen():
        assert Conversation.objects.count() == 1


def test_an_empty_mail_is_not_sent_and_the_page_says_so(client: Client, demo: Company) -> None:
    response = client.post("/demo/heizwerk/send/", VALENTINA | {"subject": "", "text": ""})

    assert response.status_code == 422


def test_an_answer_to_a_mail_that_is_none_finds_nothing(client: Client, demo: Company) -> None:
    for named in ("x", "999999"):
        answer = client.post("/demo/heizwerk/send/", VALENTINA | {"mail": named, "text": "Danke"})
        assert answer.status_code == 404


def test_visitors_who_write_too_much_are_asked_to_wait(
    client: Client, demo: Company, posted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "MOST_FROM_ONE", 1)
    tried = [client.post("/demo/heizwerk/send/", VALENTINA | {"subject": "", "text": ""}) for _ in range(4)]
    # A minute may end in between, never two.
    assert 429 in {answer.status_code for answer in tried}


def test_the_story_is_played_to_its_end_and_every_step_twice_is_as_good_as_once(
    client: Client, demo: Company, posted: None
) -> None:
    for step in ("write", "endanger", "choose", "ask", "carrier", "answer", "solved", "confirm"):
        for _ in range(2):
            response = client.post("/demo/heizwerk/story/", {"step": step})
            assert response.status_code == 302
            work(demo.tenant.pk)

    with demo.seen():
        conversation = Conversation.objects.get()
        assert conversation.status == "SOLVED"
    page = client.get("/demo/heizwerk/", VALENTINA).content.decode()
    assert 'value="100"' in page


def test_a_story_told_again_is_a_concern_of_its_own(client: Client, demo: Company, posted: None) -> None:
    client.post("/demo/heizwerk/story/", {"step": "write"})
    client.post("/demo/heizwerk/story/", {"step": "again"})
    client.post("/demo/heizwerk/story/", {"step": "write"})

    with demo.seen():
        assert Conversation.objects.count() == 2


def test_what_has_not_changed_is_not_sent_again(client: Client, demo: Company) -> None:
    page: Any = client.get("/demo/heizwerk/", VALENTINA)

    unchanged = client.get("/demo/heizwerk/", VALENTINA | {"part": "phone", "state": page.context["phone_state"]})
    changed = client.get("/demo/heizwerk/", VALENTINA | {"part": "phone", "state": "other"})

    assert unchanged.status_code == 204
    assert changed.status_code == 200


def test_only_links_of_this_house_can_be_clicked() -> None:
    shown = mailbox.linked("Wählen: http://localhost:8000/k/wahl/abc/ oder https://fremd.example/<b>")

    assert 'href="/k/wahl/abc/"' in shown
    assert "fremd.example/&lt;b&gt;" in shown
    assert 'href="https://fremd' not in shown
