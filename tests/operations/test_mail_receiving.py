"""Mail comes in: kept, recognised, threaded, judged."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from golddraht.channels.models import Delivery, Mailbox, MailRecord, RawMail
from golddraht.channels.operations import keep_raw, read_raw
from golddraht.channels.operations.addressing import loop_key, token_for
from golddraht.channels.rules import Source, Thread, with_token
from golddraht.conversations.models import Conversation, Inquiry, Message, Milestone
from golddraht.conversations.operations import propose_solution, reply
from golddraht.conversations.rules import Status
from golddraht.customers.models import ContactPoint, Customer
from golddraht.ground.numbers import spoken
from golddraht.promises.models import Promise
from tests.cast import MONDAY_MORNING, Company, a_company
from tests.mails import BJOERN, CARE, a_mail, a_mailbox, arrives

LATER = MONDAY_MORNING + timedelta(hours=1)


@pytest.fixture
def mailbox(company: Company) -> Mailbox:
    return a_mailbox()


def test_a_mail_becomes_a_concern_of_its_sender_with_owner_and_next_touch(mailbox: Mailbox) -> None:
    message = arrives(a_mail(), mailbox=mailbox)

    conversation = message.conversation
    assert conversation.customer.name == "Valentina Moser"
    assert conversation.subject == "Waschmaschine pumpt nicht ab"
    assert conversation.owner_id and conversation.next_touch_at
    assert "pumpt nicht ab" in message.text
    assert CARE in message.recipients


def test_the_same_mail_redelivered_is_one_message(mailbox: Mailbox) -> None:
    first = arrives(a_mail(), mailbox=mailbox)

    again = arrives(b"Received: by another way\r\n" + a_mail(), mailbox=mailbox, at=LATER)

    assert again == first
    assert Message.objects.filter(direction="IN").count() == 1
    assert RawMail.objects.filter(message=first).count() == 2


def test_the_same_mail_in_two_mailboxes_is_one_message(mailbox: Mailbox) -> None:
    from golddraht.channels.operations import add_mailbox

    other = add_mailbox(address="info@heizwerk.example", sender_name="Heizwerk")
    first = arrives(a_mail(to=f"{CARE}, info@heizwerk.example"), mailbox=mailbox)

    assert arrives(a_mail(to=f"{CARE}, info@heizwerk.example"), mailbox=other) == first


def test_a_reused_message_id_with_other_words_is_another_message(mailbox: Mailbox) -> None:
    first = arrives(a_mail(), mailbox=mailbox)

    other = arrives(a_mail(text="Mein Herd heizt nicht. Wer hilft?"), mailbox=mailbox)

    assert other != first


def test_reading_a_stored_mail_twice_leaves_one_message(mailbox: Mailbox) -> None:
    raw = keep_raw(mailbox_id=mailbox.pk, source=Source.SMTP, content=a_mail(), at=MONDAY_MORNING)

    first = read_raw(raw_mail_id=raw.pk, at=MONDAY_MORNING)
    again = read_raw(raw_mail_id=raw.pk, at=LATER)

    assert first == again
    assert Message.objects.filter(direction="IN").count() == 1


def test_a_fetched_mail_is_kept_once_by_its_place(mailbox: Mailbox) -> None:
    place = {"mailbox_id": mailbox.pk, "source": Source.IMAP, "folder": "INBOX", "uidvalidity": 7, "uid": 1}

    first = keep_raw(content=a_mail(), at=MONDAY_MORNING, **place)
    again = keep_raw(content=a_mail(), at=LATER, **place)

    assert first.pk == again.pk


def test_an_answer_with_our_token_lands_in_its_conversation_from_any_address(
    company: Company, mailbox: Mailbox
) -> None:
    conversation = arrives(a_mail(), mailbox=mailbox).conversation
    address = with_token(CARE, token_for(Thread.CONVERSATION, conversation.pk))

    answer = arrives(a_mail(from_="vm@privat.example", to=address, subject="Nachtrag", id_="x@privat.example"))

    assert answer.conversation == conversation
    record = MailRecord.objects.get(message=answer)
    assert record.warnings


def test_a_token_of_another_tenant_or_with_a_wrong_seal_opens_nothing(mailbox: Mailbox) -> None:
    conversation = arrives(a_mail(), mailbox=mailbox).conversation
    token = token_for(Thread.CONVERSATION, conversation.pk)
    broken = token[:-1] + ("0" if token[-1] != "0" else "1")

    answer = arrives(a_mail(from_=BJOERN, to=with_token(CARE, broken), id_="y@kunde.example", subject="Nachtrag"))

    assert answer.conversation != conversation


def test_an_answer_to_our_mail_continues_the_concern(company: Company, mailbox: Mailbox) -> None:
    conversation = arrives(a_mail(), mailbox=mailbox).conversation
    ours = reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Bitte das Sieb reinigen.", at=LATER)
    record = MailRecord.objects.get(message=ours)

    answer = arrives(
        a_mail(
            id_="2@kundin.example", references=(record.mail_id,), subject="Re: anderes", text="Das hat nicht geholfen."
        ),
        at=LATER,
    )

    assert answer.conversation == conversation
    assert record.references == ["first@kundin.example"]


def test_a_stranger_who_names_our_mail_opens_a_concern_of_their_own(company: Company, mailbox: Mailbox) -> None:
    conversation = arrives(a_mail(), mailbox=mailbox).conversation
    ours = reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Bitte das Sieb reinigen.", at=LATER)
    mail_id = MailRecord.objects.get(message=ours).mail_id

    stranger = arrives(a_mail(from_=BJOERN, id_="b@kunde.example", references=(mail_id,), text="Gilt das auch mir?"))

    assert stranger.conversation != conversation


def test_somebody_in_copy_takes_part(company: Company, mailbox: Mailbox) -> None:
    conversation = arrives(a_mail(Cc=BJOERN), mailbox=mailbox).conversation

    answer = arrives(
        a_mail(from_=BJOERN, id_="b@kunde.example", references=("first@kundin.example",), text="Bei mir auch nicht.")
    )

    assert answer.conversation == conversation
    assert answer.customer is not None and answer.customer.name == "Björn Petersen"


def test_the_number_in_the_subject_counts_for_the_customer_only(company: Company, mailbox: Mailbox) -> None:
    conversation = arrives(a_mail(), mailbox=mailbox).conversation
    subject = f"Frage zu [#{spoken(conversation.number)}]"

    own = arrives(a_mail(subject=subject, id_="n@kundin.example", text="Wann kommt jemand?"))
    stranger = arrives(a_mail(from_=BJOERN, subject=subject, id_="n@kunde.example", text="Wann kommt jemand?"))

    assert own.conversation == conversation
    assert stranger.conversation != conversation


def test_an_answer_without_ids_is_found_by_subject_and_sender(mailbox: Mailbox) -> None:
    conversation = arrives(a_mail(), mailbox=mailbox).conversation

    answer = arrives(a_mail(subject="AW: Waschmaschine pumpt nicht ab", id_="s@kundin.example", text="Gibt es Neues?"))

    assert answer.conversation == conversation


def test_a_new_question_with_an_everyday_subject_is_a_new_concern(mailbox: Mailbox) -> None:
    first = arrives(a_mail(subject="Frage"), mailbox=mailbox)

    second = arrives(a_mail(subject="Re: Frage", id_="f@kundin.example", text="Liefern Sie nach Tirol?"))

    assert second.conversation != first.conversation


def test_an_answer_of_whoever_was_asked_goes_to_the_inquiry(company: Company, mailbox: Mailbox) -> None:
    conversation = arrives(a_mail(), mailbox=mailbox).conversation
    inquiry = Inquiry.objects.create(
        conversation=conversation,
        asked="Werkstatt Huber",
        address="huber@werkstatt.example",
        subject="Pumpe",
        due_at=LATER,
        asked_at=MONDAY_MORNING,
        asked_by=company.nina,
    )
    address = with_token(CARE, token_for(Thread.INQUIRY, inquiry.pk))

    answer = arrives(a_mail(from_="Huber <huber@werkstatt.example>", to=address, id_="h@werkstatt.example"), at=LATER)

    inquiry.refresh_from_db()
    assert answer.inquiry == inquiry and answer.customer is None
    assert inquiry.answered_at == LATER
    assert not ContactPoint.objects.filter(address="huber@werkstatt.example").exists()


def test_an_absence_note_is_kept_and_wakes_nobody(company: Company, mailbox: Mailbox) -> None:
    conversation = arrives(a_mail(), mailbox=mailbox).conversation
    ours = reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Bitte das Sieb reinigen.", at=LATER)
    mail_id = MailRecord.objects.get(message=ours).mail_id

    note = arrives(
        a_mail(
            subject="Automatische Antwort: Re: Waschmaschine",
            id_="ooo@kundin.example",
            references=(mail_id,),
            text="Ich bin bis Freitag im Urlaub.",
            Auto_Submitted="auto-replied",
        ),
        at=LATER,
    )

    conversation.refresh_from_db()
    assert note.conversation == conversation
    assert note.machine_kind == "out-of-office"
    assert conversation.status == Status.WAITING


def test_thanks_alone_needs_no_answer(mailbox: Mailbox) -> None:
    message = arrives(a_mail(subject="Re: Ihre Hilfe", text="Vielen Dank, hat geklappt!"), mailbox=mailbox)

    assert message.conversation.status == Status.QUIET
    assert message.conversation.quiet_reason == "thanks"


def test_thanks_for_the_solution_are_no_objection_to_it(company: Company, mailbox: Mailbox) -> None:
    conversation = arrives(a_mail(), mailbox=mailbox).conversation
    solution = propose_solution(
        conversation_id=conversation.pk, by=company.nina.pk, text="Das Sieb war verstopft.", at=LATER
    )
    sent = MailRecord.objects.get(message__author=company.nina)
    thanks = a_mail(
        subject=f"Re: {sent.message.subject}", id_="d@kundin.example", text="Vielen Dank!", references=(sent.mail_id,)
    )

    message = arrives(thanks, mailbox=mailbox, at=LATER + timedelta(hours=1))

    solution.refresh_from_db()
    assert message.conversation.status == Status.PROPOSED
    assert message.conversation == conversation and solution.objected_at is None


def test_thanks_of_somebody_with_a_live_concern_is_never_quiet(mailbox: Mailbox) -> None:
    arrives(a_mail(), mailbox=mailbox)

    message = arrives(a_mail(subject="Toller Laden", id_="d@kundin.example", text="Vielen Dank!"))

    assert message.conversation.status == Status.OPEN


def test_a_newsletter_is_quiet(mailbox: Mailbox) -> None:
    message = arrives(
        a_mail(
            from_="Neues <news@lieferant.example>",
            subject="Unser Newsletter im November",
            text="Neue Ofenrohre sind da. Zum Abmelden vom Newsletter hier klicken.",
            List_Unsubscribe="<https://lieferant.example/abmelden>",
        ),
        mailbox=mailbox,
    )

    assert message.conversation.status == Status.QUIET
    assert message.machine_kind == "list"


def test_a_machine_that_passes_on_what_somebody_wants_is_shown_to_a_person_and_not_answered(mailbox: Mailbox) -> None:
    message = arrives(
        a_mail(
            from_="Marktplatz <noreply@marktplatz.example>",
            subject="Neue Nachricht von Karin",
            text="Karin hat Ihnen geschrieben: Wann kommt mein Herd?",
            Auto_Submitted="auto-generated",
        ),
        mailbox=mailbox,
    )

    assert message.conversation.status == Status.OPEN and message.conversation.next_touch_at
    assert message.machine_kind == "notification"
    assert not Delivery.objects.exists()


def test_a_web_form_is_of_the_person_who_filled_it_in(mailbox: Mailbox) -> None:
    message = arrives(
        a_mail(
            from_=f"Kontaktformular <{CARE}>", subject="Kontaktformular", text="Wann kommt mein Herd?", Reply_To=BJOERN
        ),
        mailbox=mailbox,
    )

    assert message.conversation.customer.name == "Björn Petersen"
    assert message.conversation.status == Status.OPEN


def test_an_answer_address_elsewhere_is_warned_of(mailbox: Mailbox) -> None:
    message = arrives(a_mail(Reply_To="geld@betrug.example"), mailbox=mailbox)

    assert "geld@betrug.example" in MailRecord.objects.get(message=message).warnings[0]


def test_our_own_automatic_mail_coming_back_stays_quiet(mailbox: Mailbox) -> None:
    message = arrives(a_mail(X_Golddraht_Loop=loop_key(), Auto_Submitted="auto-replied"), mailbox=mailbox)

    assert message.conversation.status == Status.QUIET
    assert message.machine_kind == "loop"


def test_a_mailbox_that_writes_to_itself_stays_quiet(mailbox: Mailbox) -> None:
    message = arrives(a_mail(from_=CARE, text="Test"), mailbox=mailbox)

    assert message.conversation.status == Status.QUIET


REPORT = """From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

<valentina@kundin.example>: user unknown

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; valentina@kundin.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} user unknown

--b
Content-Type: text/rfc822-headers

Message-ID: <{mail_id}>
Subject: Re: Waschmaschine

--b--
"""


def a_bounce(mail_id: str, *, status: str = "5.1.1", action: str = "failed") -> bytes:
    return REPORT.format(to=CARE, mail_id=mail_id, status=status, action=action).replace("\n", "\r\n").encode()


def test_a_hard_bounce_wakes_the_owner_and_marks_the_address(company: Company, mailbox: Mailbox) -> None:
    conversation = arrives(a_mail(), mailbox=mailbox).conversation
    ours = reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Bitte das Sieb reinigen.", at=LATER)
    back = LATER + timedelta(minutes=5)

    message = arrives(a_bounce(MailRecord.objects.get(message=ours).mail_id), mailbox=mailbox, at=back)

    conversation.refresh_from_db()
    delivery = Delivery.objects.get(message=ours)
    assert message.conversation == conversation and message.machine_kind == "bounce"
    assert delivery.bounced_at == back and "5.1.1" in delivery.bounce
    assert conversation.status == Status.OPEN
    assert Milestone.objects.filter(conversation=conversation, kind="NOT_DELIVERED").count() == 1
    assert ContactPoint.objects.get(address="valentina@kundin.example").unreachable_since == back
    assert Customer.objects.count() == 1


def test_a_delay_is_only_noted(company: Company, mailbox: Mailbox) -> None:
    conversation = arrives(a_mail(), mailbox=mailbox).conversation
    ours = reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Bitte das Sieb reinigen.", at=LATER)

    arrives(a_bounce(MailRecord.objects.get(message=ours).mail_id, status="4.4.1", action="delayed"), at=LATER)

    conversation.refresh_from_db()
    delivery = Delivery.objects.get(message=ours)
    assert delivery.bounced_at is None and delivery.bounce
    assert conversation.status == Status.WAITING


def test_a_forged_bounce_does_nothing(company: Company, mailbox: Mailbox) -> None:
    conversation = arrives(a_mail(), mailbox=mailbox).conversation
    reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Bitte das Sieb reinigen.", at=LATER)

    arrives(a_bounce("invented@heizwerk.example"), mailbox=mailbox, at=LATER)

    assert ContactPoint.objects.get(address="valentina@kundin.example").unreachable_since is None


def test_what_cannot_be_read_becomes_a_message_with_its_source(mailbox: Mailbox) -> None:
    message = arrives(b"\x00\xff\xfe", mailbox=mailbox)

    assert message.conversation.status == Status.OPEN
    assert message.attachments.count() == 1
    assert message.problems


def test_a_mail_that_fails_three_times_becomes_visible(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = keep_raw(mailbox_id=mailbox.pk, source=Source.SMTP, content=a_mail(), at=MONDAY_MORNING)
    with connection.cursor() as cursor:  # A table that refuses is as real as a failure gets.
        cursor.execute("CREATE TEMPORARY TABLE channels_mailrecord (id bigint)")

    tries = [read_raw(raw_mail_id=raw.pk, at=MONDAY_MORNING) for _ in range(2)]
    raw.refresh_from_db()
    assert tries == [None, None] and raw.attempts == 2 and raw.read_at is None
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE pg_temp.channels_mailrecord")
    assert read_raw(raw_mail_id=raw.pk, at=LATER) is not None


def test_two_workers_that_read_one_thread_at_once_open_one_conversation(committed: None) -> None:
    company = a_company()
    with company.seen():
        mailbox = a_mailbox()
        again = a_mail(id_="2@kundin.example", references=("first@kundin.example",), text="Ist jemand da?")
        raws = [
            keep_raw(mailbox_id=mailbox.pk, source=Source.SMTP, content=content, at=MONDAY_MORNING).pk
            for content in (a_mail(), again, a_mail())
        ]

    workers = [threading.Thread(target=_read_elsewhere, args=[company, raw]) for raw in raws]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)

    with company.seen():
        assert Conversation.objects.exclude(status=Status.MERGED).count() == 1
        assert Message.objects.filter(direction="IN").count() == 2
        assert not RawMail.objects.filter(read_at=None).exists()


def _read_elsewhere(company: Company, raw_mail_id: int) -> None:
    try:
        with company.seen():
            read_raw(raw_mail_id=raw_mail_id, at=MONDAY_MORNING)
    finally:
        connection.close()


def a_form(**headers: str) -> bytes:
    said = {"from_": "Heizwerk Website <wordpress@heizwerk.example>", "Reply_To": BJOERN} | headers
    text = "Name: Björn Petersen\nE-Mail: bjoern@kunde.example\n\nMein Ofen bleibt kalt. Wer kommt?\n"
    return a_mail(subject="Kontaktformular", text=text, id_="form@heizwerk.example", **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-generated"},
        {"Return_Path": "<>"},
        {"Precedence": "bulk"},
        {"Auto_Submitted": "auto-generated", "from_": "noreply@formulardienst.example"},
    ],
)
def test_a_web_form_with_the_headers_of_a_machine_gets_promise_and_receipt(
    mailbox: Mailbox, headers: dict[str, str]
) -> None:
    message = arrives(a_form(**headers), mailbox=mailbox)

    concern = message.conversation
    assert concern.customer.name == "Björn Petersen" and concern.status == Status.OPEN and not message.machine_kind
    assert Promise.objects.filter(conversation=concern, state="OPEN").count() == 1
    assert Message.objects.get(automatic="RECEIPT").recipients == ["bjoern@kunde.example"]
    assert message.answer_to == ["bjoern@kunde.example"]


@pytest.mark.parametrize(
    "headers",
    [
        {"from_": "noreply@paket.example", "Reply_To": "hilfe@paket.example", "Auto_Submitted": "auto-generated"},
        {
            "from_": "noreply@post.example",
            "Reply_To": "bjoern@kunde.example",
            "List_Unsubscribe": "<https://a.example>",
        },
        {"Auto_Submitted": "auto-replied"},
    ],
)
def test_a_notice_of_a_machine_with_an_answer_address_gets_none(mailbox: Mailbox, headers: dict[str, str]) -> None:
    arrives(a_form(**headers), mailbox=mailbox)

    assert not Message.objects.filter(automatic="RECEIPT").exists()
    assert not Promise.objects.exists()
