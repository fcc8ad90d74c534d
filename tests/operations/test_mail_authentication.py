"""What is done, and above all not done, with mails that may not come from whom they say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from golddraht.channels.carriers.dns import judge_senders
from golddraht.channels.mail.verdict import Reason, Result, Verdict
from golddraht.channels.models import Authenticity, Delivery, Mailbox, MailRecord, RawMail
from golddraht.channels.operations import keep_raw, read_raw
from golddraht.channels.operations.addressing import token_for
from golddraht.channels.operations.authenticating import note_verdict, sweep, unjudged
from golddraht.channels.queries.authenticity import doubts_about, senders_judged
from golddraht.channels.rules import DeliveryState, Source, Thread, with_token
from golddraht.conversations.models import Solution
from golddraht.conversations.operations import propose_solution
from golddraht.conversations.rules import Status
from golddraht.customers.models import ContactPoint, Customer
from golddraht.ground.numbers import spoken
from golddraht.plumbing.models import Tenant
from tests.cast import MONDAY_MORNING, Company, a_company
from tests.mails import CARE, VALENTINA, a_mail, a_mailbox, arrives
from tests.names import PUBLIC, World, kundin_world

OURS = "mx.heizwerk.example"
LATER = MONDAY_MORNING + timedelta(hours=1)
FAILED = f"{OURS}; dmarc=fail (p=reject) header.from=kundin.example"
PASSED = f"{OURS}; dmarc=pass header.from=kundin.example"


@pytest.fixture
def mailbox(company: Company) -> Mailbox:
    return a_mailbox(trusted_server=OURS)


def told(words: str, **mail: object) -> bytes:
    """A mail on top of which our server wrote its word."""
    return f"Authentication-Results: {words}\r\n".encode() + a_mail(**mail)  # type: ignore[arg-type]


def looked_at(company: Company, world: World | None = None) -> int:
    return judge_senders(tenant_id=company.tenant.pk, at=LATER, within=(world or World({})).within)


def test_the_verdict_is_stored_with_the_message(company: Company, mailbox: Mailbox) -> None:
    message = arrives(told(PASSED), mailbox=mailbox)

    assert looked_at(company) == 1
    judged = senders_judged([message.pk])[message.pk]
    assert (judged.result, judged.domain, judged.told_by) == ("pass", "kundin.example", OURS)
    assert judged.warnings == ()


def test_looking_twice_finds_nothing_left_to_do(company: Company, mailbox: Mailbox) -> None:
    arrives(told(PASSED), mailbox=mailbox)
    waiting = unjudged(at=LATER)
    looked_at(company)

    assert looked_at(company) == 0
    for mail in waiting:  # A second worker had them in its hands already.
        note_verdict(mail=mail, verdict=Verdict(Result.FAIL, Reason.NOT_PROVEN), at=LATER)
    assert Authenticity.objects.get().result == "pass"


def test_a_mail_whose_words_fit_into_no_row_keeps_nobody_else_waiting(company: Company, mailbox: Mailbox) -> None:
    odd = b"From: =?utf-8?q?x=00y?= <a@b\x00.example>\r\nSubject: Hallo\r\n\r\nMein Ofen ist kalt.\r\n"
    arrives(odd, mailbox=mailbox)
    good = arrives(told(PASSED), mailbox=mailbox)

    assert looked_at(company) == 2
    assert senders_judged([good.pk])[good.pk].result == "pass"
    assert looked_at(company) == 0


def test_arriving_asks_nobody(company: Company, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(seconds: float) -> None:
        raise AssertionError("Nobody may be asked while a mail is read.")

    monkeypatch.setattr("golddraht.channels.carriers.dns.resolving.look_within", refuse)

    assert arrives(a_mail(), mailbox=mailbox)
    assert not Authenticity.objects.exists()


def test_silence_of_the_dns_is_not_known_and_warns_nobody(company: Company, mailbox: Mailbox) -> None:
    message = arrives(a_mail(), mailbox=mailbox)

    looked_at(company, kundin_world(silent=("*",)))

    judged = senders_judged([message.pk])[message.pk]
    assert (judged.result, judged.warnings) == ("unknown", ())


def test_who_spoke_to_our_own_door_is_asked_about(company: Company, mailbox: Mailbox) -> None:
    raw = keep_raw(
        mailbox_id=mailbox.pk,
        source=Source.SMTP,
        content=a_mail(),
        envelope_from="valentina@kundin.example",
        client_address=PUBLIC,
        client_greeting="mail.kundin.example",
        at=MONDAY_MORNING,
    )
    message = read_raw(raw_mail_id=raw.pk, at=MONDAY_MORNING)
    assert message is not None

    looked_at(company, kundin_world())

    assert senders_judged([message.pk])[message.pk].spf == "pass"


def test_imported_history_and_a_demo_are_not_asked_about(company: Company, mailbox: Mailbox) -> None:
    raw = keep_raw(mailbox_id=mailbox.pk, source=Source.IMPORT, content=a_mail(), at=MONDAY_MORNING)
    read_raw(raw_mail_id=raw.pk, at=MONDAY_MORNING)
    assert unjudged(at=LATER) == []

    arrives(a_mail(id_="second@kundin.example", text="Und noch etwas zur Pumpe."), mailbox=mailbox)
    Tenant.objects.update(is_demo=True)
    assert unjudged(at=LATER) == []


def test_mails_of_the_day_before_yesterday_are_left_alone(company: Company, mailbox: Mailbox) -> None:
    arrives(a_mail(), mailbox=mailbox)

    assert unjudged(at=MONDAY_MORNING + timedelta(days=2)) == []


def test_the_sweeper_wakes_whoever_looks_once(company: Company, mailbox: Mailbox) -> None:
    arrives(a_mail(), mailbox=mailbox)
    sweep(at=LATER)
    sweep(at=LATER)

    assert ProcrastinateJob.objects.filter(task_name="channels.judge_senders").count() == 1


def test_a_failed_mail_is_warned_about_in_words(company: Company, mailbox: Mailbox) -> None:
    message = arrives(told(FAILED), mailbox=mailbox)
    looked_at(company)

    [warning] = doubts_about([message.pk])[message.pk]
    assert "kundin.example" in warning and "Von selbst geschieht" in warning


def test_a_look_alike_is_warned_about_though_its_own_domain_proves_it(company: Company, mailbox: Mailbox) -> None:
    passed = f"{OURS}; dmarc=pass header.from=evil.example"
    message = arrives(told(passed, from_='"service@company.de" <x@evil.example>'), mailbox=mailbox)
    looked_at(company)

    [warning] = doubts_about([message.pk])[message.pk]
    assert "service@company.de" in warning and "evil.example" in warning


# Nothing happens by itself


def test_a_forged_sender_alone_leads_into_nobodys_concern(company: Company, mailbox: Mailbox) -> None:
    first = arrives(told(PASSED), mailbox=mailbox)
    number = spoken(first.conversation.number)

    by_subject = arrives(
        told(FAILED, id_="f1@x.example", subject="Re: Waschmaschine pumpt nicht ab", text="Neu 1"), mailbox=mailbox
    )
    by_number = arrives(told(FAILED, id_="f2@x.example", subject=f"Re: [#{number}]", text="Neu 2"), mailbox=mailbox)

    assert first.conversation_id not in {by_subject.conversation_id, by_number.conversation_id}


def test_the_same_from_the_real_sender_finds_its_concern(company: Company, mailbox: Mailbox) -> None:
    first = arrives(told(PASSED), mailbox=mailbox)

    again = arrives(
        told(PASSED, id_="f1@x.example", subject="Re: Waschmaschine pumpt nicht ab", text="Neu"), mailbox=mailbox
    )

    assert again.conversation_id == first.conversation_id


def test_a_reply_token_still_leads_home_with_a_warning(company: Company, mailbox: Mailbox) -> None:
    first = arrives(told(PASSED), mailbox=mailbox)
    token = token_for(Thread.CONVERSATION, first.conversation_id)

    again = arrives(told(FAILED, id_="f1@x.example", to=with_token(CARE, token), text="Anbei."), mailbox=mailbox)
    looked_at(company)

    assert again.conversation_id == first.conversation_id
    assert doubts_about([again.pk])


def test_a_failed_thank_you_confirms_no_solution(company: Company, mailbox: Mailbox) -> None:
    first = arrives(told(PASSED), mailbox=mailbox)
    propose_solution(conversation_id=first.conversation_id, by=company.nina.pk, text="Sieb reinigen.", at=LATER)
    token = token_for(Thread.CONVERSATION, first.conversation_id)

    thanks = "Danke, das Problem ist gelöst!"
    arrives(told(FAILED, id_="f1@x.example", to=with_token(CARE, token), text=thanks), mailbox=mailbox, at=LATER)

    first.conversation.refresh_from_db()
    assert first.conversation.status != Status.SOLVED
    assert not Solution.objects.filter(confirmed_at__isnull=False).exists()


def test_a_failed_mail_teaches_neither_name_nor_address(company: Company, mailbox: Mailbox) -> None:
    arrives(told(PASSED), mailbox=mailbox)
    before = ContactPoint.objects.count()

    arrives(
        told(FAILED, id_="f1@x.example", from_="Egon Falsch <valentina@kundin.example>", text="Neu"), mailbox=mailbox
    )

    assert ContactPoint.objects.count() == before
    assert [one.name for one in Customer.objects.all()] == ["Valentina Moser"]


def test_a_failed_report_silences_no_address(company: Company, mailbox: Mailbox) -> None:
    arrives(told(PASSED), mailbox=mailbox)
    ours = MailRecord.objects.get(message__direction="OUT").mail_id

    arrives(f"Authentication-Results: {FAILED}\r\n".encode() + a_report(ours), mailbox=mailbox, at=LATER)
    assert not Delivery.objects.filter(bounced_at__isnull=False).exists()

    arrives(
        f"Authentication-Results: {PASSED}\r\n".encode() + a_report(ours, id_="b2@x.example"), mailbox=mailbox, at=LATER
    )
    assert Delivery.objects.filter(bounced_at__isnull=False).exists()


def a_report(about: str, id_: str = "b1@x.example") -> bytes:
    """That what we sent under this id came back."""
    lines = [
        "From: MAILER-DAEMON <mailer-daemon@kundin.example>",
        f"To: {CARE}",
        "Subject: Undelivered",
        f"Message-ID: <{id_}>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        f"Unknown user. {id_}",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.kundin.example",
        "",
        "Final-Recipient: rfc822; valentina@kundin.example",
        "Action: failed",
        "Status: 5.1.1",
        "",
        "--b",
        "Content-Type: text/rfc822-headers",
        "",
        f"Message-ID: <{about}>",
        "",
        "--b--",
        "",
    ]
    return "\r\n".join(lines).encode()


def test_a_failed_mail_gets_no_automatic_answer(company: Company, mailbox: Mailbox) -> None:
    good = arrives(told(PASSED), mailbox=mailbox)
    bad = arrives(
        told(FAILED, id_="f1@x.example", subject="Ganz etwas anderes", text="Mein Herd wird nicht warm."),
        mailbox=mailbox,
    )

    states = dict(Delivery.objects.values_list("message__conversation_id", "state"))
    assert states[good.conversation_id] == DeliveryState.WAITING
    assert states[bad.conversation_id] == DeliveryState.HELD


def test_what_has_not_left_yet_is_held_when_a_look_finds_the_mail_failed(company: Company, mailbox: Mailbox) -> None:
    message = arrives(a_mail(from_=VALENTINA), mailbox=mailbox)

    looked_at(company, World({("_dmarc.kundin.example", "TXT"): ["v=DMARC1; p=reject"]}))

    held = Delivery.objects.get(message__conversation_id=message.conversation_id)
    assert held.state == DeliveryState.HELD and "vielleicht nicht" in held.answer


def test_nothing_of_another_tenant_is_looked_at(company: Company, mailbox: Mailbox) -> None:
    arrives(a_mail(), mailbox=mailbox)
    other = a_company("moebelhaus", "Möbelhaus")

    assert judge_senders(tenant_id=other.tenant.pk, at=LATER, within=World({}).within) == 0
    with company.seen():
        assert RawMail.objects.filter(judged_at=None).count() == 1
