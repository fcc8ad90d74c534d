"""An answer that was sent can be taken back until it leaves, leaves once, and stops when the customer writes first."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.db import connection, transaction

from golddraht.channels.models import Delivery
from golddraht.channels.operations.composing import dispatch_of
from golddraht.conversations.models import Attachment, Conversation, Draft, DraftFile, Message, Milestone
from golddraht.conversations.operations import (
    AlreadyLeft,
    DraftMovedOn,
    Enclosure,
    NextTouchRefused,
    NothingToSay,
    RecipientRefused,
    SendTimeRefused,
    StaleAnswer,
    Writing,
    discard_draft,
    keep_draft,
    leave_now,
    let_leave,
    mark_spam,
    merge,
    receive_message,
    send_answer,
    stop_what_waits,
    take_back,
    take_file_out,
)
from golddraht.conversations.operations.sending import sweep
from golddraht.conversations.rules import Channel, Direction, Stopped
from golddraht.plumbing import pausing
from golddraht.promises.models import Promise
from golddraht.promises.rules import State
from tests.cast import MONDAY_MORNING, Company, a_conversation, valentina, words
from tests.mails import a_mailbox

pytestmark = pytest.mark.django_db
AT = MONDAY_MORNING
UNDO = timedelta(seconds=15)
LATER = AT + timedelta(hours=1)


@pytest.fixture
def concern(company: Company) -> Conversation:
    a_mailbox()
    return a_conversation()


def a_file(name: str = "plan.pdf", content: bytes = b"%PDF") -> Enclosure:
    return Enclosure(name, "application/pdf", content, sha256=hashlib.sha256(content).hexdigest())


def sent(concern: Conversation, company: Company, text: str = "Wir kommen.", **more: object) -> int:
    answer = send_answer(
        conversation_id=concern.pk,
        author_id=company.nina.pk,
        writing=Writing(text=text),
        at=AT,
        **({"undo_within": UNDO} | more),  # type: ignore[arg-type]  # Forwarded as given.
    )
    assert answer.draft_id is not None and answer.message_id is None
    return answer.draft_id


def answers() -> list[Message]:
    return list(Message.objects.filter(direction=Direction.OUT, automatic=""))


def test_an_answer_waits_its_seconds_and_leaves_once(concern: Conversation, company: Company) -> None:
    draft_id = sent(concern, company)

    assert let_leave(draft_id=draft_id, at=AT + UNDO - timedelta(seconds=1)) is None
    assert answers() == [] and not Delivery.objects.exclude(message__automatic="RECEIPT").exists()
    assert let_leave(draft_id=draft_id, at=AT + UNDO) is not None
    assert let_leave(draft_id=draft_id, at=AT + 2 * UNDO) is None
    [message] = answers()
    assert (message.text, message.written_at) == ("Wir kommen.", AT + UNDO)
    assert Delivery.objects.filter(message=message).count() == 1
    assert not Draft.objects.exists()


def test_the_first_answer_is_kept_when_it_leaves_and_not_before(concern: Conversation, company: Company) -> None:
    promise = Promise.objects.get(conversation=concern)
    draft_id = sent(concern, company)
    promise.refresh_from_db()
    assert promise.state == State.OPEN

    message_id = let_leave(draft_id=draft_id, at=AT + UNDO)

    promise.refresh_from_db()
    assert (promise.state, promise.settled_at) == (State.KEPT, AT + UNDO)
    assert promise.answered_with_id == message_id


def test_taken_back_it_is_a_draft_with_everything_in_it(concern: Conversation, company: Company) -> None:
    writing = Writing("Am Dienstag.", recipients=("valentina@kundin.example",), next_touch_at=LATER, still_ours=True)
    answer = send_answer(
        conversation_id=concern.pk,
        author_id=company.nina.pk,
        writing=writing,
        enclosures=(a_file(),),
        undo_within=UNDO,
        at=AT,
    )
    assert answer.draft_id is not None

    draft = take_back(conversation_id=concern.pk, draft_id=answer.draft_id, at=AT + timedelta(seconds=5))
    again = take_back(conversation_id=concern.pk, draft_id=answer.draft_id, at=AT + timedelta(seconds=6))

    assert draft.pk == again.pk and draft.leaves_at is None
    assert (draft.text, draft.recipients, draft.next_touch_at, draft.still_ours) == (
        "Am Dienstag.",
        ["valentina@kundin.example"],
        LATER,
        True,
    )
    assert draft.files.count() == 1
    assert let_leave(draft_id=draft.pk, at=LATER) is None and answers() == []
    assert Promise.objects.get(conversation=concern).state == State.OPEN


def test_what_has_left_cannot_be_taken_back(concern: Conversation, company: Company) -> None:
    draft_id = sent(concern, company)
    let_leave(draft_id=draft_id, at=AT + UNDO)

    with pytest.raises(AlreadyLeft):
        take_back(conversation_id=concern.pk, draft_id=draft_id, at=AT + UNDO)


def test_taken_back_beside_a_newer_draft_both_are_kept(concern: Conversation, company: Company) -> None:
    draft_id = sent(concern, company, text="Erstens.")
    keep_draft(
        conversation_id=concern.pk,
        member_id=company.nina.pk,
        writing=Writing("Zweitens."),
        enclosures=(a_file(),),
        at=AT,
    )

    draft = take_back(conversation_id=concern.pk, draft_id=draft_id, at=AT)

    assert Draft.objects.count() == 1
    assert draft.text == "Erstens.\n\nZweitens." and draft.files.count() == 1


def test_files_go_along(concern: Conversation, company: Company) -> None:
    answer = send_answer(
        conversation_id=concern.pk,
        author_id=company.nina.pk,
        writing=Writing("Der Plan."),
        enclosures=(a_file(),),
        undo_within=UNDO,
        at=AT,
    )
    assert answer.draft_id is not None
    message_id = let_leave(draft_id=answer.draft_id, at=AT + UNDO)

    attachment = Attachment.objects.get(message_id=message_id)
    with attachment.file.open("rb") as file:
        assert (attachment.name, attachment.size, file.read()) == ("plan.pdf", 4, b"%PDF")
    assert not DraftFile.objects.exists()


def test_it_stops_when_the_customer_writes_first(concern: Conversation, company: Company) -> None:
    draft_id = sent(concern, company, send_at=LATER)

    receive_message(
        customer=valentina(), words=words("Schon erledigt!"), conversation=concern, at=AT + timedelta(minutes=5)
    )

    draft = Draft.objects.get(pk=draft_id)
    assert (draft.leaves_at, draft.stopped_why) == (None, Stopped.CUSTOMER_WROTE)
    assert let_leave(draft_id=draft_id, at=LATER) is None and answers() == []
    told = Milestone.objects.get(conversation=concern, kind="ANSWER_STOPPED")
    assert (told.by_id, told.words) == (company.nina.pk, Stopped.CUSTOMER_WROTE)


def test_a_machine_does_not_stop_it(concern: Conversation, company: Company) -> None:
    draft_id = sent(concern, company, send_at=LATER)

    receive_message(customer=valentina(), words=words("Abwesend", machine_kind="absence"), conversation=concern, at=AT)

    assert let_leave(draft_id=draft_id, at=LATER) is not None


def test_what_arrived_unseen_stops_it_at_the_door(concern: Conversation, company: Company) -> None:
    """A mail that committed while the worker was reaching for the answer: the guard of the answer itself holds it."""
    seen = Message.objects.filter(conversation=concern, direction=Direction.IN).latest("pk").pk
    answer = send_answer(
        conversation_id=concern.pk,
        author_id=company.nina.pk,
        writing=Writing("Ja.", seen_message_id=seen),
        undo_within=UNDO,
        at=AT,
    )
    Message.objects.create(
        conversation=concern, direction="IN", channel="EMAIL", text="Halt!", written_at=AT, received_at=AT
    )
    assert answer.draft_id is not None

    assert let_leave(draft_id=answer.draft_id, at=AT + UNDO) is None
    assert Draft.objects.get().stopped_why == Stopped.CUSTOMER_WROTE


def test_a_late_second_is_not_spent_on_undoing(concern: Conversation, company: Company) -> None:
    Conversation.objects.filter(pk=concern.pk).update(next_touch_at=AT + timedelta(seconds=10))

    answer = send_answer(
        conversation_id=concern.pk, author_id=company.nina.pk, writing=Writing("Ja."), undo_within=UNDO, at=AT
    )

    assert answer.message_id is not None and answer.leaves_at == AT


def test_what_is_only_noted_waits_for_nothing(concern: Conversation, company: Company) -> None:
    answer = send_answer(
        conversation_id=concern.pk,
        author_id=company.nina.pk,
        writing=Writing("Angerufen.", channel=Channel.PHONE),
        undo_within=UNDO,
        at=AT,
    )

    assert answer.message_id is not None


def test_nobody_waits_longer_than_they_were_told(concern: Conversation, company: Company) -> None:
    assert concern.next_touch_at is not None
    with pytest.raises(SendTimeRefused) as refused:
        sent(concern, company, send_at=concern.next_touch_at + timedelta(minutes=1))
    assert refused.value.latest_at == concern.next_touch_at
    with pytest.raises(SendTimeRefused):
        sent(concern, company, send_at=AT)
    assert not Draft.objects.exists()


def test_what_would_be_refused_is_refused_at_once(concern: Conversation, company: Company) -> None:
    newest = Message.objects.filter(conversation=concern, direction=Direction.IN).latest("pk").pk
    for writing, refusal in [
        (Writing(" "), NothingToSay),
        (Writing("Ja.", seen_message_id=newest - 1), StaleAnswer),
        (Writing("Ja.", recipients=("fremd@anderswo.example",)), RecipientRefused),
        (Writing("Ja.", next_touch_at=AT + UNDO), NextTouchRefused),
    ]:
        with pytest.raises(refusal):
            send_answer(conversation_id=concern.pk, author_id=company.nina.pk, writing=writing, undo_within=UNDO, at=AT)
    assert not Draft.objects.exists()


def test_spam_and_merging_stop_it(concern: Conversation, company: Company) -> None:
    other = a_conversation(subject="Ofen")
    sent(other, company, send_at=LATER)
    keep_draft(conversation_id=concern.pk, member_id=company.nina.pk, writing=Writing("Hier."), at=AT)
    merge(source_id=other.pk, target_id=concern.pk, by=company.nina.pk, at=AT)
    [draft] = Draft.objects.all()
    assert draft.conversation_id == concern.pk and set(draft.text.split("\n\n")) == {"Wir kommen.", "Hier."}

    draft_id = sent(concern, company, send_at=LATER)
    mark_spam(conversation_ids=[concern.pk], by=company.nina.pk, at=AT)
    assert let_leave(draft_id=draft_id, at=LATER) is None
    assert Draft.objects.get(pk=draft_id).stopped_why == Stopped.RESTS


def test_a_pause_keeps_it_and_a_restored_copy_stops_it(concern: Conversation, company: Company) -> None:
    draft_id = sent(concern, company)
    pausing.pause(reason="restored", at=AT)
    assert let_leave(draft_id=draft_id, at=LATER) is None and Draft.objects.get().leaves_at is not None

    assert stop_what_waits(at=AT) == 1
    pausing.resume(at=AT)

    assert let_leave(draft_id=draft_id, at=LATER) is None
    assert Draft.objects.get().stopped_why == Stopped.RESTORED


def test_it_can_leave_sooner(concern: Conversation, company: Company) -> None:
    draft_id = sent(concern, company, send_at=LATER)

    assert leave_now(conversation_id=concern.pk, draft_id=draft_id, at=AT + timedelta(minutes=1)) is not None
    assert len(answers()) == 1


def test_a_forgotten_one_is_found(concern: Conversation, company: Company) -> None:
    draft_id = sent(concern, company)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'conversations.let_answer_leave'")

    sweep(at=AT + UNDO + timedelta(seconds=20))
    sweep(at=AT + UNDO + timedelta(seconds=25))

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'draft_id' FROM procrastinate_jobs WHERE task_name = 'conversations.let_answer_leave'"
        )
        assert cursor.fetchall() == [(str(draft_id),)]


def test_a_killed_worker_loses_nothing(concern: Conversation, company: Company) -> None:
    """Whatever breaks before the commit, the answer is still there to leave."""
    draft_id = sent(concern, company)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        let_leave(draft_id=draft_id, at=AT + UNDO)
        raise ZeroDivisionError

    assert answers() == []
    assert let_leave(draft_id=draft_id, at=AT + UNDO) is not None and len(answers()) == 1


def test_a_draft_is_kept_changed_and_discarded(concern: Conversation, company: Company) -> None:
    nina = {"conversation_id": concern.pk, "member_id": company.nina.pk}
    assert keep_draft(writing=Writing("  "), at=AT, **nina) is None
    first = keep_draft(writing=Writing("Guten"), at=AT, **nina)
    assert first is not None
    second = keep_draft(writing=Writing("Guten Tag"), at=LATER, known_at=first.changed_at, **nina)
    assert second is not None and (second.pk, second.text) == (first.pk, "Guten Tag")
    keep_draft(conversation_id=concern.pk, member_id=company.tom.pk, writing=Writing("Von Tom"), at=AT)

    with pytest.raises(DraftMovedOn):
        keep_draft(writing=Writing("Alt"), at=LATER, known_at=first.changed_at, **nina)
    discard_draft(at=LATER, **nina)

    assert [draft.text for draft in Draft.objects.all()] == ["Von Tom"]
    with pytest.raises(DraftMovedOn):
        keep_draft(writing=Writing("Zombie"), at=LATER, known_at=second.changed_at, **nina)


def test_a_file_alone_is_worth_keeping_until_it_is_taken_out(concern: Conversation, company: Company) -> None:
    nina = {"conversation_id": concern.pk, "member_id": company.nina.pk}
    draft = keep_draft(writing=Writing(), enclosures=(a_file(),), at=AT, **nina)
    assert draft is not None
    assert keep_draft(writing=Writing(), at=AT, **nina) is not None
    file = draft.files.get()
    storage, stored = file.file.storage, file.file.name

    take_file_out(file_id=file.pk, at=AT, **nina)
    take_file_out(file_id=file.pk, at=AT, **nina)

    assert not storage.exists(stored)
    assert keep_draft(writing=Writing(), at=AT, **nina) is None and not Draft.objects.exists()


def test_formatted_words_leave_as_both_and_pictures_stand_between_them(concern: Conversation, company: Company) -> None:
    nina = {"conversation_id": concern.pk, "member_id": company.nina.pk}
    picture = Enclosure("sieb.png", "image/png", b"PNG", sha256="0" * 64)
    draft = keep_draft(writing=Writing("Guten Tag"), enclosures=(picture, a_file()), at=AT, **nina)
    assert draft is not None
    content_id = draft.files.get(name="sieb.png").content_id
    text = f"Guten Tag,\n\nbitte **das Sieb** reinigen:\n\n![Sieb](cid:{content_id})"

    answer = send_answer(conversation_id=concern.pk, author_id=company.nina.pk, writing=Writing(text), at=AT)

    message = Message.objects.get(pk=answer.message_id)
    assert message.text == "Guten Tag,\n\nbitte *das Sieb* reinigen:\n\n[Sieb]"
    assert "<b>das Sieb</b>" in message.html and f'src="cid:{content_id}"' in message.html
    shown = {one.name: (one.inline, one.content_id) for one in message.attachments.all()}
    assert shown == {"sieb.png": (True, content_id), "plan.pdf": (False, "")}
    mail = message_from_bytes(dispatch_of(Delivery.objects.get(message=message)).content)
    kinds = [part.get_content_type() for part in mail.walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
    ]


def test_plain_words_stay_plain_and_those_of_programs_are_left_alone(concern: Conversation, company: Company) -> None:
    plain = send_answer(conversation_id=concern.pk, author_id=company.nina.pk, writing=Writing("5*3*2"), at=AT)
    program = send_answer(
        conversation_id=concern.pk, author_id=company.nina.pk, writing=Writing("**x**"), is_apart=True, at=AT
    )

    assert Message.objects.get(pk=plain.message_id).html == ""
    told = Message.objects.get(pk=program.message_id)
    assert (told.text, told.html) == ("**x**", "")
