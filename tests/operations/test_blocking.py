"""Blocked senders: everything they write is kept, nothing follows from it, and it can be freed."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest

from golddraht.channels.models import Delivery, RawMail
from golddraht.conversations.models import BlockedSender, Conversation, Link, Message
from golddraht.conversations.operations.blocking import BlockRefused, block_sender, lift_block
from golddraht.conversations.operations.sorting import unmark_spam
from golddraht.conversations.queries import Place, counts, inbox
from golddraht.conversations.queries.blocking import blocks
from golddraht.ground.numbers import spoken
from golddraht.promises.models import Promise
from golddraht.promises.operations import StillPromised, block, make_promise
from golddraht.promises.rules import Kind
from tests.cast import MONDAY_MORNING, Company
from tests.mails import CARE, a_mailbox, arrives

AT = MONDAY_MORNING + timedelta(hours=1)
JUNK = "angebot@reklame.example"


@pytest.fixture(autouse=True)
def mailbox(company: Company) -> None:
    a_mailbox()


def a_mail(sender: str = JUNK, subject: str = "Gutschein", text: str = "Bitte rufen Sie mich zurück!") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, CARE, subject
    mail["Message-ID"] = f"<{abs(hash((sender, subject, text)))}@reklame.example>"
    mail.set_content(text)
    return bytes(mail)


def arriving(sender: str = JUNK, subject: str = "Gutschein", text: str = "Bitte rufen Sie mich zurück!") -> Message:
    return arrives(a_mail(sender, subject, text), at=AT)


def blocked(company: Company, sender: str = JUNK, **more: object) -> BlockedSender:
    return block_sender(sender=sender, why="Werbung", by=company.nina.pk, at=AT, **more)  # type: ignore[arg-type]  # Forwarded.


def in_place(company: Company, place: Place) -> list[str]:
    viewer = company.viewer(company.nina)
    rows = [row.subject for row in inbox(viewer=viewer, place=place, at=AT).rows]
    if place is not Place.ALL:
        assert counts(viewer=viewer, at=AT)[place] == len(rows)
    return rows


@pytest.mark.parametrize("sender", [JUNK, "Angebot@Reklame.example", "reklame.example", "@reklame.example"])
def test_what_arrives_from_a_blocked_sender_is_kept_and_rests(company: Company, sender: str) -> None:
    blocked(company, sender)

    message = arriving()

    assert RawMail.objects.count() == 1 and message.text.startswith("Bitte rufen")
    assert in_place(company, Place.BLOCKED) == ["Gutschein"]
    assert in_place(company, Place.ALL) == in_place(company, Place.SPAM) == in_place(company, Place.QUIET) == []
    assert not Promise.objects.exists() and not Delivery.objects.exists()
    assert message.conversation.next_touch_at is None


def test_a_domain_means_those_below_it_and_no_other(company: Company) -> None:
    blocked(company, "reklame.example")

    arriving("a@post.reklame.example", "unter")
    arriving("a@keine-reklame.example", "anders")

    assert in_place(company, Place.BLOCKED) == ["unter"]
    assert in_place(company, Place.ALL) == ["anders"]


def test_it_never_goes_on_with_a_concern_that_lives(company: Company) -> None:
    concern = arriving().conversation
    before = Conversation.objects.get(pk=concern.pk)
    blocked(company)

    again = arriving(subject=f"Re: Gutschein [#{spoken(concern.number)}]", text="Haben Sie das gesehen?")

    assert again.conversation_id != concern.pk
    assert Conversation.objects.get(pk=concern.pk).latest_at == before.latest_at
    assert Link.objects.get().earlier_id == concern.pk


def test_freed_it_arrives_now_with_promise_and_receipt(company: Company) -> None:
    blocked(company)
    conversation = arriving().conversation
    later = AT + timedelta(days=2)

    assert unmark_spam(conversation_ids=[conversation.pk], by=company.nina.pk, at=later) == 1

    conversation.refresh_from_db()
    assert conversation.status == "OPEN" and conversation.block_id is None and conversation.owner_id
    assert conversation.next_touch_at > later
    assert Promise.objects.get().kind == Kind.FIRST_ANSWER
    assert Message.objects.filter(automatic="RECEIPT").count() == 1


def test_who_is_blocked_no_longer_is_heard_again(company: Company) -> None:
    block_ = blocked(company)
    first = arriving()
    lift_block(block_id=block_.pk, by=company.lea.pk, at=AT)
    lift_block(block_id=block_.pk, by=company.tom.pk, at=AT)

    arriving(
        subject=f"Re: Gutschein [#{spoken(first.conversation.number)}]", text="Ist mein Paket da? Bitte antworten."
    )

    assert in_place(company, Place.BLOCKED) == []
    assert len(in_place(company, Place.ALL)) == 1
    assert Promise.objects.filter(kind=Kind.FIRST_ANSWER).count() == 1
    [line] = blocks(viewer=company.viewer(company.lea), lifted=True)
    assert (line.lifted_by, line.why) == ("Lea Conrad", "Werbung")


def test_blocking_from_a_concern_lets_it_rest(company: Company) -> None:
    conversation = arriving().conversation

    block(sender=JUNK, by=company.nina.pk, at=AT, conversation_id=conversation.pk)

    assert in_place(company, Place.BLOCKED) == ["Gutschein"]
    [line] = blocks(viewer=company.viewer(company.lea))
    assert (line.pattern, line.by_name, line.concerns) == (JUNK, "Nina Aigner", 1)


def test_nobody_is_blocked_in_ignorance_of_a_promise(company: Company) -> None:
    conversation = arriving().conversation
    make_promise(
        customer_id=conversation.customer_id,
        conversation_id=conversation.pk,
        owner_id=company.nina.pk,
        kind=Kind.CALLBACK,
        what="Rückruf",
        starts_at=None,
        due_at=AT + timedelta(hours=3),
        tour="",
        by=company.nina.pk,
        at=AT,
    )

    for sender in (JUNK, "reklame.example"):
        with pytest.raises(StillPromised) as refusal:
            block(sender=sender, by=company.nina.pk, at=AT, conversation_id=conversation.pk)
        assert refusal.value.promises == 1
    assert not BlockedSender.objects.exists()

    block(sender=JUNK, knowing=True, by=company.nina.pk, at=AT, conversation_id=conversation.pk)
    assert Promise.objects.get(kind=Kind.CALLBACK).state == "OPEN"


def test_blocked_twice_is_blocked_once(company: Company) -> None:
    assert blocked(company).pk == blocked(company).pk


@pytest.mark.parametrize(
    "sender", ["", "reklame", "@", "a b@c.example", "@-x.example", "x@", "@" + "a" * 260 + ".example"]
)
def test_what_is_no_sender_is_refused(company: Company, sender: str) -> None:
    with pytest.raises(BlockRefused):
        blocked(company, sender)
