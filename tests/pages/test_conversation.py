"""A concern as a colleague sees it, and what can be done beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation

from golddraht.channels.mail.markup import cleaned
from golddraht.conversations.models import Attachment, Conversation, Goodwill, Inquiry, Message, Note
from golddraht.conversations.operations import receive_message
from golddraht.conversations.operations.receiving import Enclosure
from golddraht.conversations.queries import inbox
from golddraht.conversations.rules import Status
from golddraht.ground.numbers import spoken
from golddraht.pages.conversation.problems import in_words
from golddraht.plumbing import clock
from golddraht.plumbing.models import Trace
from golddraht.promises.models import Promise
from golddraht.promises.operations import endanger, make_promise
from golddraht.promises.rules import Kind, OptionDraft, OptionKind
from tests.cast import Company, a_company, a_conversation, a_message, bjoern, valentina, words

Page = Callable[[Any], str]
HERE = "/t/heizwerk/conversations/1-3/"
HOUR = timedelta(hours=1)


@pytest.fixture
def concern(company: Company, mailbox: None) -> Conversation:
    """Valentina's washing machine, arrived just now."""
    conversation = a_conversation(at=clock.now() - HOUR)
    assert spoken(conversation.number) == "1-3"
    return conversation


def picked(moment: datetime) -> str:
    """A moment as a browser's picker sends it."""
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def test_the_page_shows_who_what_and_the_next_touch(concern: Conversation, nina: Client, page: Page) -> None:
    said = page(nina.get(HERE))

    assert "Meine Waschmaschine pumpt nicht ab" in said
    assert "Valentina Moser" in said
    assert "valentina<wbr>@kundin.example" in said
    assert "data-open" in said
    assert 'name="seen_message_id"' in said


def test_english_speaking_colleagues_read_english(
    company: Company, concern: Conversation, nina: Client, page: Page
) -> None:
    company.nina.user.language = "en"
    company.nina.user.save()

    said = page(nina.get(HERE))

    assert '<html lang="en"' in said
    assert "What we understood" in said


def test_another_company_is_told_there_is_no_such_concern(concern: Conversation, signed_in: Any) -> None:
    stranger = a_company("moebelhaus", "Möbelhaus").nina

    assert signed_in(stranger).get(HERE).status_code == 404
    assert signed_in(stranger).get(HERE.replace("heizwerk", "moebelhaus")).status_code == 404


def test_a_number_that_was_misheard_is_no_page(concern: Conversation, nina: Client) -> None:
    assert nina.get("/t/heizwerk/conversations/1-4/").status_code == 404


def test_looking_at_a_customer_leaves_a_trace(company: Company, concern: Conversation, nina: Client) -> None:
    nina.get(HERE)

    seen = Trace.objects.filter(verb="see", subject="customers_customer", subject_id=concern.customer_id)
    assert seen.filter(actor_id=company.nina.pk).exists()


def test_an_answer_is_sent_and_the_customer_is_waited_for(
    company: Company, concern: Conversation, nina: Client
) -> None:
    response = nina.post(
        HERE + "reply/",
        {"text": "Bitte reinigen Sie das Sieb.", "channel": "EMAIL", "next_touch": "follow_up"},
    )

    assert response.status_code == 302
    assert response["Location"] == HERE
    concern.refresh_from_db()
    assert concern.status == Status.WAITING
    message = Message.objects.get(direction="OUT", automatic="")
    assert message.author_id == company.nina.pk


def test_an_answer_can_carry_files_and_a_chosen_next_touch(concern: Conversation, nina: Client) -> None:
    moment = clock.now().replace(second=0, microsecond=0) + 5 * HOUR

    nina.post(
        HERE + "reply/",
        {
            "text": "Anbei die Anleitung.",
            "channel": "EMAIL",
            "next_touch": "moment",
            "next_touch_at": picked(moment),
            "still_ours": "on",
            "attached": [SimpleUploadedFile("anleitung.txt", b"Sieb"), SimpleUploadedFile("bild.png", b"png")],
        },
    )

    concern.refresh_from_db()
    assert concern.next_touch_at == moment
    assert concern.status == Status.OPEN
    assert {file.name for file in Attachment.objects.all()} == {"anleitung.txt", "bild.png"}


def test_an_empty_answer_is_refused_in_words(concern: Conversation, nina: Client) -> None:
    response = nina.post(HERE + "reply/", {"text": " ", "channel": "EMAIL"})

    assert response.status_code == 422


def test_the_year_2099_is_refused_and_the_words_stay(concern: Conversation, nina: Client, page: Page) -> None:
    response = nina.post(
        HERE + "reply/",
        {"text": "Wir melden uns.", "channel": "EMAIL", "next_touch": "moment", "next_touch_at": "2099-01-01T10:00"},
    )

    assert response.status_code == 422
    assert "Wir melden uns." in page(response)


def test_a_newer_message_is_shown_first_and_the_text_stays(concern: Conversation, nina: Client, page: Page) -> None:
    first = Message.objects.get(direction="IN")
    receive_message(
        customer=valentina(), words=words("Es brennt jetzt!"), conversation=concern, at=clock.now() - HOUR / 2
    )

    response = nina.post(
        HERE + "reply/", {"text": "Bitte das Sieb reinigen.", "channel": "EMAIL", "seen_message_id": first.pk}
    )

    assert response.status_code == 422
    said = page(response)
    assert "Es brennt jetzt!" in said
    assert "Bitte das Sieb reinigen." in said
    assert not Message.objects.filter(direction="OUT", automatic="").exists()


def test_an_opening_gives_back_what_was_understood(concern: Conversation, nina: Client, page: Page) -> None:
    said = page(nina.get(HERE + "?opening=1"))

    assert "Guten Tag Valentina Moser," in said
    assert "Meine Waschmaschine pumpt nicht ab" in said


def test_handing_over_names_the_colleague_and_keeps_the_note(
    company: Company, concern: Conversation, nina: Client, page: Page
) -> None:
    to = company.tom if concern.owner_id == company.nina.pk else company.nina
    assert to.name in page(nina.get(HERE + "hand-over/"))

    nina.post(HERE + "hand-over/", {"to": to.pk, "note": "Sie ist allein im Haus."})

    concern.refresh_from_db()
    assert concern.owner_id == to.pk
    assert Note.objects.get().text == "Sie ist allein im Haus."


def test_a_dialog_gets_only_its_form(concern: Conversation, nina: Client, page: Page) -> None:
    said = page(nina.get(HERE + "note/", headers={"HX-Request": "true"}))

    assert "<html" not in said
    assert "<form" in said


@pytest.mark.parametrize(
    "act",
    [
        *("hand-over", "next-touch", "note", "ask", "goodwill", "tags", "priority", "promise", "solved", "merge"),
        *("split", "link"),
    ],
)
def test_every_small_page_opens_and_refuses_an_empty_form(act: str, concern: Conversation, nina: Client) -> None:
    assert nina.get(f"{HERE}{act}/").status_code == 200
    assert nina.post(f"{HERE}{act}/", {}).status_code == (302 if act == "tags" else 422)


def test_a_note_is_kept(concern: Conversation, nina: Client, page: Page) -> None:
    nina.post(HERE + "note/", {"text": "Ruft gern abends an."})

    assert "Ruft gern abends an." in page(nina.get(HERE))


def test_a_promise_stands_beside_the_thread_and_can_be_kept(concern: Conversation, nina: Client, page: Page) -> None:
    due_at = clock.now() + 3 * HOUR
    nina.post(HERE + "promise/", {"kind": "CALLBACK", "what": "Rückruf mit dem Techniker", "due_at": picked(due_at)})
    promise = Promise.objects.get(kind="CALLBACK")
    assert "Rückruf mit dem Techniker" in page(nina.get(HERE))

    nina.post(f"{HERE}promises/{promise.pk}/kept/")

    promise.refresh_from_db()
    assert promise.state == "KEPT"


def test_a_promise_of_another_concern_is_not_kept_from_here(concern: Conversation, nina: Client) -> None:
    other = a_conversation(customer=bjoern(), at=clock.now())
    due_at = clock.now() + 3 * HOUR
    nina.post(
        f"/t/heizwerk/conversations/{spoken(other.number)}/promise/",
        {"kind": "CALLBACK", "what": "Rückruf", "due_at": picked(due_at)},
    )
    promise = Promise.objects.get(kind="CALLBACK")

    nina.post(f"{HERE}promises/{promise.pk}/kept/")

    promise.refresh_from_db()
    assert promise.state == "OPEN"


def test_the_ways_out_of_a_danger_stand_below_its_notice(
    company: Company, concern: Conversation, nina: Client, page: Page
) -> None:
    due_at = clock.now() + 24 * HOUR
    promise = make_promise(
        customer_id=concern.customer_id,
        conversation_id=concern.pk,
        owner_id=company.nina.pk,
        kind=Kind.DELIVERY,
        what="Lieferung in den Keller",
        due_at=due_at,
        by=company.nina.pk,
        at=clock.now(),
    )
    options = [OptionDraft(OptionKind.COLLECT, title="In Graz abholen", due_at=due_at), OptionDraft(OptionKind.CALL_ME)]
    endanger(promise_id=promise.pk, why="Die Tour fällt aus.", options=options, by=company.nina.pk, at=clock.now())

    said = page(nina.get(HERE))

    assert 'class="option-title">In Graz abholen' in said


def test_a_third_party_is_asked_beside_the_thread(concern: Conversation, nina: Client, page: Page) -> None:
    nina.post(
        HERE + "ask/",
        {
            "asked": "Spedition Rauch",
            "address": "dispo@rauch.example",
            "subject": "Tour 17",
            "text": "Wann kommt die Tour?",
            "due_at": picked(clock.now() + 4 * HOUR),
        },
    )

    assert Inquiry.objects.get().asked == "Spedition Rauch"
    assert "Wann kommt die Tour?" in page(nina.get(HERE))


def test_goodwill_has_a_limit_that_is_said(concern: Conversation, nina: Client, page: Page) -> None:
    response = nina.post(HERE + "goodwill/", {"kind": "CREDIT", "cents": "500", "reason": "Ärger"})
    assert response.status_code == 422
    assert "50" in page(response)

    nina.post(HERE + "goodwill/", {"kind": "CREDIT", "cents": "35,00", "reason": "Zweimal umsonst gewartet"})

    assert Goodwill.objects.get().cents == 3500
    assert "35,00" in page(nina.get(HERE))


def test_solved_is_asked_and_can_be_taken_back(concern: Conversation, nina: Client) -> None:
    nina.post(HERE + "solved/", {"text": "Läuft die Maschine wieder?"})
    concern.refresh_from_db()
    assert concern.status == Status.PROPOSED

    nina.post(HERE + "solved/withdraw/")

    concern.refresh_from_db()
    assert concern.status == Status.OPEN


def test_solved_can_be_confirmed_in_person(concern: Conversation, nina: Client, page: Page) -> None:
    nina.post(HERE + "solved/confirmed/")

    concern.refresh_from_db()
    assert concern.status == Status.SOLVED
    assert nina.get(HERE).status_code == 200


def test_what_needs_no_answer_comes_back_with_one_key(concern: Conversation, nina: Client, page: Page) -> None:
    nina.post(HERE + "needs-no-answer/")
    concern.refresh_from_db()
    assert concern.status == Status.QUIET
    assert 'accesskey="a"' in page(nina.get(HERE))

    nina.post(HERE + "needs-an-answer/")

    concern.refresh_from_db()
    assert concern.status == Status.OPEN


def test_spam_is_taken_back(concern: Conversation, nina: Client) -> None:
    nina.post(HERE + "spam/")
    concern.refresh_from_db()
    assert concern.status == Status.SPAM
    assert nina.get(HERE).status_code == 200

    nina.post(HERE + "no-spam/")

    concern.refresh_from_db()
    assert concern.status == Status.OPEN


def test_merging_shows_the_other_concern_first_and_can_be_undone(
    concern: Conversation, nina: Client, page: Page
) -> None:
    other = a_conversation(subject="Noch einmal die Waschmaschine", at=clock.now())
    number = spoken(other.number)

    preview = nina.post(HERE + "merge/", {"number": number})
    assert "Noch einmal die Waschmaschine" in page(preview)
    concern.refresh_from_db()
    assert concern.status == Status.OPEN

    nina.post(HERE + "merge/", {"number": number, "sure": "yes"})
    concern.refresh_from_db()
    assert concern.status == Status.MERGED
    assert nina.get(HERE)["Location"] == f"/t/heizwerk/conversations/{number}/"

    undo = page(nina.get(f"/t/heizwerk/conversations/{number}/")).split("/moves/")[1].split("/")[0]
    nina.post(f"/t/heizwerk/conversations/{number}/moves/{undo}/undo/")
    concern.refresh_from_db()
    assert concern.status == Status.OPEN


def test_splitting_makes_a_second_concern(concern: Conversation, nina: Client, page: Page) -> None:
    more = receive_message(
        customer=valentina(), words=words("Und die Rechnung stimmt nicht."), conversation=concern, at=clock.now()
    )
    assert "Und die Rechnung stimmt nicht." in page(nina.get(HERE + "split/"))

    response = nina.post(HERE + "split/", {"subject": "Rechnung", "messages": [more.pk]})

    assert response.status_code == 302
    more.refresh_from_db()
    assert more.conversation_id != concern.pk
    assert more.conversation.subject == "Rechnung"


def test_linking_shows_both_ways(concern: Conversation, nina: Client, page: Page) -> None:
    other = a_conversation(customer=bjoern(), subject="Gleiche Tour", at=clock.now())

    nina.post(HERE + "link/", {"number": spoken(other.number)})

    assert "Gleiche Tour" in page(nina.get(HERE))


def test_tags_and_priority_are_seen(concern: Conversation, nina: Client, page: Page) -> None:
    nina.post(HERE + "tags/", {"tags": "waschmaschine, pumpe"})
    nina.post(HERE + "priority/", {"priority": "URGENT"})

    said = page(nina.get(HERE))
    assert "pumpe" in said
    concern.refresh_from_db()
    assert concern.priority == "URGENT"


def test_looking_changes_nothing_and_reading_is_noted_by_post(
    company: Company, concern: Conversation, nina: Client
) -> None:
    def is_unread() -> bool:
        rows = inbox(viewer=company.viewer(company.nina), place="all", at=clock.now()).rows
        return rows[0].is_unread

    nina.get(HERE)
    assert is_unread()

    assert nina.post(HERE + "read/").status_code == 204

    assert not is_unread()


def with_a_mail(**more: Any) -> Message:
    return a_message(at=clock.now(), **more)


def test_attachments_are_downloads_and_never_run(company: Company, nina: Client, signed_in: Any) -> None:
    file = Enclosure("böse.html", "text/html", b"<script>alert(1)</script>", "0" * 64)
    with_a_mail(enclosures=(file,))
    url = f"/t/heizwerk/attachments/{Attachment.objects.get().pk}/"

    response = nina.get(url)

    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/octet-stream"
    stranger = a_company("moebelhaus", "Möbelhaus").nina
    assert signed_in(stranger).get(url.replace("heizwerk", "moebelhaus")).status_code == 404


def test_a_mail_in_its_own_layout_is_shut_in(company: Company, nina: Client, page: Page) -> None:
    picture = Enclosure("logo.png", "image/png", b"\x89PNG", "1" * 64, inline=True, content_id="logo@x")
    message = with_a_mail(html='<p>Hallo <img src="cid:logo@x"></p>', enclosures=(picture,))

    response = nina.get(f"/t/heizwerk/messages/{message.pk}/html/")

    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "data:image/png;base64," in page(response)
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_pictures_from_elsewhere_are_fetched_only_when_somebody_asks(
    company: Company, nina: Client, page: Page
) -> None:
    html, _ = cleaned('<p>Hallo <img src="https://zaehler.example/p.png"><img src="http://offen.example/q.png"></p>')
    message = with_a_mail(html=html or "")
    url = f"/t/heizwerk/messages/{message.pk}/html/"

    shut, asked = nina.get(url), nina.get(f"{url}?pictures=all")

    assert ' src="https:' not in page(shut) and "https:" not in shut["Content-Security-Policy"]
    assert ' src="https://zaehler.example/p.png" referrerpolicy="no-referrer"' in page(asked)
    assert ' src="http:' not in page(asked), "what travels in the clear is not fetched at all"
    assert "img-src 'self' data: https:" in asked["Content-Security-Policy"]
    assert asked["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert asked["Referrer-Policy"] == "no-referrer"
    assert f"{url}?pictures=all" in page(nina.get(f"/t/heizwerk/conversations/{spoken(message.conversation.number)}/"))


def test_a_message_without_a_mail_has_no_source(concern: Conversation, nina: Client) -> None:
    message = Message.objects.get(direction="IN")

    assert nina.get(f"/t/heizwerk/messages/{message.pk}/source/").status_code == 404


def test_a_call_about_a_known_concern_stands_in_its_thread(nina: Client, concern: Conversation) -> None:
    posted = {"channel": "PHONE", "text": "Sie tropft immer noch, bitte rufen Sie mich an."}

    answer = nina.post(HERE + "heard/", posted)

    assert answer.status_code == 302
    said = Message.objects.filter(conversation=concern, channel="PHONE").get()
    assert said.text == posted["text"]


def a_shared_concern() -> Conversation:
    """Valentina wrote with her son in copy."""
    said = {"answer_to": ("valentina@kundin.example", "sohn@familie.example")}
    return a_conversation(at=clock.now() - HOUR, **said)


def test_above_the_answer_stands_to_whom_it_goes(concern: Conversation, nina: Client, page: Page) -> None:
    said = page(nina.get(HERE))

    assert "Valentina Moser &lt;valentina@kundin.example&gt;" in said
    assert 'type="checkbox" name="recipients"' not in said


def test_everybody_who_takes_part_can_be_left_out(company: Company, nina: Client, page: Page) -> None:
    a_shared_concern()
    said = page(nina.get(HERE))

    nina.post(
        HERE + "reply/",
        {
            "text": "Gern.",
            "channel": "EMAIL",
            "recipients_shown": "on",
            "recipients": "valentina@kundin.example",
        },
    )

    assert said.count('name="recipients"') == 2 and "sohn@familie.example" in said and "checked" in said
    assert Message.objects.get(direction="OUT", automatic="").recipients == ["valentina@kundin.example"]


def test_an_answer_to_nobody_is_not_sent_and_stays_on_the_page(company: Company, nina: Client, page: Page) -> None:
    a_shared_concern()

    response = nina.post(HERE + "reply/", {"text": "Gern.", "channel": "EMAIL", "recipients_shown": "on"})

    assert response.status_code == 422 and "Gern." in page(response)
    assert not Message.objects.filter(direction="OUT", automatic="").exists()


def test_a_call_is_noted_without_any_recipient(company: Company, nina: Client) -> None:
    a_shared_concern()

    response = nina.post(HERE + "reply/", {"text": "Angerufen.", "channel": "PHONE", "recipients_shown": "on"})

    assert response.status_code == 302


def test_merging_the_concerns_of_two_people_warns_of_what_the_other_will_read(
    concern: Conversation, nina: Client, page: Page
) -> None:
    other = a_conversation(customer=bjoern(), at=clock.now())

    said = page(nina.post(HERE + "merge/", {"number": spoken(other.number)}))

    assert "Valentina Moser" in said and "Björn Petersen" in said
    assert "notice-late" in said


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("The mail has more than 500 parts; the rest was left unread.", "500"),
        ("The text is not valid utf-8; it was read as cp1252.", "cp1252"),
        ("Something nobody knows yet.", "Something nobody knows yet."),
    ],
)
def test_what_could_not_be_read_is_said_in_the_readers_language(problem: str, said: str) -> None:
    with translation.override("de"):
        words = in_words(problem)

    assert said in words
    assert (words == problem) == problem.startswith("Something")
