"""Mail of earlier times comes along, and not a single mail goes out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from golddraht.channels.models import Delivery, Mailbox, RawMail
from golddraht.channels.operations.importing import ImportReport, import_mails
from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.rules import LIVE, Status
from golddraht.promises.models import Promise
from tests.cast import MONDAY_MORNING, Company
from tests.mails import BJOERN, CARE, VALENTINA, a_mail, a_mailbox, arrives

LONG_AGO = MONDAY_MORNING - timedelta(days=200)
YESTERDAY = MONDAY_MORNING - timedelta(days=1)


@pytest.fixture
def mailbox(company: Company) -> Mailbox:
    return a_mailbox()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A thread of last spring, a question of yesterday, an absence note, and a file that is no mail."""
    ours = {"from_": f"Nina Aigner <{CARE}>", "to": VALENTINA, "subject": "Re: Waschmaschine pumpt nicht ab"}
    mails = {
        "2-answer.eml": a_mail(
            id_="ours@heizwerk.example",
            references=("first@kundin.example",),
            text="Bitte das Sieb reinigen.",
            at=LONG_AGO + timedelta(hours=2),
            **ours,
        ),
        "1-first.eml": a_mail(at=LONG_AGO),
        "3-thanks.eml": a_mail(
            id_="third@kundin.example",
            references=("ours@heizwerk.example",),
            text="Und wo sitzt das Sieb?",
            at=LONG_AGO + timedelta(hours=3),
        ),
        "4-recent.eml": a_mail(
            from_=BJOERN,
            id_="b@kunde.example",
            subject="Herd heizt nicht",
            text="Der Herd ist kalt. Was tun?",
            at=YESTERDAY,
        ),
        "5-absence.eml": a_mail(
            from_=BJOERN,
            id_="ooo@kunde.example",
            subject="Automatische Antwort: Angebot",
            text="Ich bin im Urlaub.",
            at=LONG_AGO,
            Auto_Submitted="auto-replied",
        ),
        "6-broken.eml": b"",
    }
    for name, content in mails.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def imported(company: Company, folder: Path, **settings: object) -> ImportReport:
    return import_mails(tenant=company.tenant, paths=[str(folder)], at=MONDAY_MORNING, **settings)  # type: ignore[arg-type]  # Forwarded.


def test_threads_become_conversations_and_nothing_is_sent(company: Company, mailbox: Mailbox, folder: Path) -> None:
    report = imported(company, folder)

    thread = Message.objects.get(text__startswith="Guten Tag").conversation
    assert (report.imported, report.ours, report.automatic) == (5, 1, 1)
    assert [message.direction for message in thread.messages.order_by("received_at")] == ["IN", "OUT", "IN"]
    assert thread.status == Status.SOLVED and thread.created_at == LONG_AGO
    assert not Delivery.objects.exists() and not Promise.objects.exists()
    assert not Message.objects.exclude(automatic="").exists()


def test_our_own_mail_of_then_shows_who_wrote_it(company: Company, mailbox: Mailbox, folder: Path) -> None:
    imported(company, folder)

    ours = Message.objects.get(direction="OUT")
    assert ours.author == company.nina and ours.author_name == "Nina Aigner"


def test_a_recent_question_is_open_with_owner_and_next_touch_but_without_receipt(
    company: Company, mailbox: Mailbox, folder: Path
) -> None:
    report = imported(company, folder)

    conversation = Message.objects.get(text__startswith="Der Herd").conversation
    assert conversation.status == Status.OPEN and conversation.owner_id and conversation.next_touch_at
    assert conversation.messages.count() == 1
    assert report.opened == 1


def test_an_absence_note_of_then_is_at_rest_and_off_the_daily_list(
    company: Company, mailbox: Mailbox, folder: Path
) -> None:
    imported(company, folder)

    conversation = Message.objects.get(machine_kind="out-of-office").conversation
    assert conversation.status == Status.QUIET and conversation.quiet_reviewed_at


def test_importing_again_changes_nothing(company: Company, mailbox: Mailbox, folder: Path) -> None:
    imported(company, folder)
    before = (Message.objects.count(), Conversation.objects.count(), RawMail.objects.count())

    again = imported(company, folder)

    assert (again.imported, again.known) == (0, 5)
    assert (Message.objects.count(), Conversation.objects.count(), RawMail.objects.count()) == before


def test_a_dry_run_counts_and_stores_nothing(company: Company, mailbox: Mailbox, folder: Path) -> None:
    seen: list[int] = []

    report = imported(company, folder, dry_run=True, progress=lambda so_far: seen.append(so_far.seen))

    assert report.imported == 5 and seen[-1] == report.seen
    assert not Message.objects.exists()


def test_an_answer_after_the_import_finds_its_thread(company: Company, mailbox: Mailbox, folder: Path) -> None:
    imported(company, folder)
    opened = Conversation.objects.get(subject="Herd heizt nicht")

    answer = arrives(
        a_mail(from_=BJOERN, id_="b2@kunde.example", references=("b@kunde.example",), text="Ist jemand da?"),
        mailbox=mailbox,
    )

    assert answer.conversation == opened


def test_what_people_work_on_is_left_to_them(company: Company, mailbox: Mailbox, folder: Path) -> None:
    live = arrives(
        a_mail(id_="new@kundin.example", references=("third@kundin.example",), text="Es tropft wieder. Was nun?"),
        mailbox=mailbox,
    ).conversation

    imported(company, folder)

    live.refresh_from_db()
    assert live.status in LIVE
    assert Message.objects.get(direction="IN", text__startswith="Guten Tag").conversation == live
