"""The composer: what is kept while somebody writes, what leaves when, and what can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from golddraht.conversations.models import Attachment, Conversation, Draft, DraftFile, Message
from golddraht.conversations.operations import Enclosure, let_leave, receive_message
from golddraht.conversations.queries import Place, inbox
from golddraht.ground.numbers import spoken
from golddraht.plumbing import clock
from golddraht.team.models import Membership
from tests.cast import Company, a_conversation, bjoern, valentina, words

Page = Callable[[Any], str]
HERE = "/t/heizwerk/conversations/1-3/"
BY_ITSELF = {"Accept": "application/json"}
WRITTEN = {"text": "Bitte das Sieb reinigen.", "channel": "EMAIL", "next_touch": "follow_up"}


@pytest.fixture
def concern(company: Company, mailbox: None) -> Conversation:
    return a_conversation(at=clock.now() - timedelta(minutes=5))


@pytest.fixture
def patient(company: Company, nina: Client) -> Company:
    """Nina can take back what she sends for fifteen seconds, as everybody can who has not said otherwise."""
    Membership.objects.filter(pk=company.nina.pk).update(undo_seconds=15)
    return company


def ours() -> list[Message]:
    return list(Message.objects.filter(direction="OUT", automatic=""))


def test_what_is_written_is_there_on_every_device(
    company: Company, concern: Conversation, nina: Client, signed_in: Any, page: Page
) -> None:
    moment = timezone.localtime(clock.now() + timedelta(hours=5)).replace(second=0, microsecond=0)
    kept = nina.post(
        HERE + "draft/",
        WRITTEN | {"next_touch": "moment", "next_touch_at": f"{moment:%Y-%m-%dT%H:%M}", "still_ours": "on"},
        headers=BY_ITSELF,
    )

    assert kept.json()["known_at"] == Draft.objects.get().changed_at.isoformat()
    elsewhere = page(signed_in(company.nina).get(HERE))
    assert "Bitte das Sieb reinigen.</textarea>" in elsewhere
    assert f'value="{moment:%Y-%m-%dT%H:%M}"' in elsewhere
    assert "Bitte das Sieb" not in page(signed_in(company.tom).get(HERE))


def test_a_draft_is_marked_in_the_list_and_found_again(
    company: Company, concern: Conversation, nina: Client, page: Page
) -> None:
    nina.post(HERE + "draft/", WRITTEN, headers=BY_ITSELF)

    assert "Entwurf" in page(nina.get("/t/heizwerk/inbox/?place=all"))
    [row] = inbox(viewer=company.viewer(company.nina), place=Place.DRAFTS, at=clock.now()).rows
    assert (row.number, row.draft) == (concern.number, "WRITING")
    assert inbox(viewer=company.viewer(company.tom), place=Place.DRAFTS, at=clock.now()).rows == ()


def test_words_from_another_device_are_not_written_over(concern: Conversation, nina: Client) -> None:
    first = nina.post(HERE + "draft/", WRITTEN, headers=BY_ITSELF).json()
    nina.post(HERE + "draft/", WRITTEN | {"text": "Neuer.", "known_at": first["known_at"]}, headers=BY_ITSELF)

    late = nina.post(HERE + "draft/", WRITTEN | {"text": "Alt.", "known_at": first["known_at"]}, headers=BY_ITSELF)

    assert late.status_code == 409 and Draft.objects.get().text == "Neuer."


def test_without_a_script_a_button_keeps_and_another_throws_away(
    concern: Conversation, nina: Client, page: Page
) -> None:
    assert nina.post(HERE + "draft/", WRITTEN)["Location"] == HERE
    assert "Entwurf behalten" in page(nina.get(HERE))

    nina.post(HERE + "draft/discard/")

    assert not Draft.objects.exists()


def test_files_lie_in_the_draft_and_go_along(concern: Conversation, nina: Client, page: Page) -> None:
    picture = SimpleUploadedFile("sieb.png", b"\x89PNG", content_type="image/png")
    paper = SimpleUploadedFile("plan.html", b"<script>", content_type="text/html")
    shown = page(nina.post(HERE + "draft/files/", WRITTEN | {"attached": [picture, paper]}))
    assert "sieb.png" in shown and "plan.html" in shown

    by_name = {file.name: file.pk for file in DraftFile.objects.all()}
    looked_at = nina.get(f"/t/heizwerk/draft-files/{by_name['sieb.png']}/")
    inert = nina.get(f"/t/heizwerk/draft-files/{by_name['plan.html']}/")
    assert looked_at["Content-Type"] == "image/png"
    assert inert["Content-Disposition"].startswith("attachment") and "sandbox" in inert["Content-Security-Policy"]
    nina.post(HERE + f"draft/files/{by_name['plan.html']}/remove/")
    nina.post(HERE + "reply/", WRITTEN)

    assert [file.name for file in Attachment.objects.filter(message=ours()[0])] == ["sieb.png"]


def test_somebody_elses_draft_file_does_not_exist(
    concern: Conversation, nina: Client, company: Company, signed_in: Any
) -> None:
    nina.post(HERE + "draft/files/", {"attached": SimpleUploadedFile("a.png", b"1", content_type="image/png")})
    file = DraftFile.objects.get()

    assert signed_in(company.tom).get(f"/t/heizwerk/draft-files/{file.pk}/").status_code == 404


def test_too_much_is_refused_in_words(concern: Conversation, nina: Client, page: Page, monkeypatch: Any) -> None:
    monkeypatch.setattr("golddraht.pages.conversation.composing.LARGEST_UPLOAD", 10)
    file = SimpleUploadedFile("a.txt", b"12345678901", content_type="text/plain")

    assert "zu groß" in page(nina.post(HERE + "draft/files/", WRITTEN | {"attached": file}))
    assert not DraftFile.objects.exists()


def test_what_was_sent_stands_there_and_can_be_taken_back(
    patient: Company, concern: Conversation, nina: Client, page: Page
) -> None:
    nina.post(HERE + "reply/", WRITTEN)
    draft = Draft.objects.get()
    shown = page(nina.get(HERE))
    assert "Zurücknehmen" in shown and "message-leaving" in shown and ours() == []

    nina.post(HERE + f"leaving/{draft.pk}/take-back/")

    draft.refresh_from_db()
    assert draft.leaves_at is None
    again = page(nina.get(HERE))
    assert "Bitte das Sieb reinigen.</textarea>" in again and "message-leaving" not in again


def test_taken_back_too_late_is_said(patient: Company, concern: Conversation, nina: Client, page: Page) -> None:
    nina.post(HERE + "reply/", WRITTEN)
    draft = Draft.objects.get()
    let_leave(draft_id=draft.pk, at=clock.now() + timedelta(seconds=20))

    told = nina.post(HERE + f"leaving/{draft.pk}/take-back/", follow=True)

    assert "bereits" in page(told) and len(ours()) == 1


def test_it_can_leave_at_once(patient: Company, concern: Conversation, nina: Client) -> None:
    nina.post(HERE + "reply/", WRITTEN)

    nina.post(HERE + f"leaving/{Draft.objects.get().pk}/now/")

    assert len(ours()) == 1


def test_what_was_just_sent_is_offered_on_the_next_page(
    patient: Company, concern: Conversation, nina: Client, page: Page
) -> None:
    nina.post(HERE + "reply/", WRITTEN)
    offer = f"leaving/{Draft.objects.get().pk}/take-back/"

    assert offer in page(nina.get("/t/heizwerk/inbox/"))
    assert offer in page(nina.get("/t/heizwerk/undoable/"))
    assert offer not in page(nina.get("/t/heizwerk/undoable/?besides=1-3"))


def test_an_answer_waits_for_its_moment_but_no_longer_than_promised(
    patient: Company, concern: Conversation, nina: Client, page: Page
) -> None:
    concern.refresh_from_db()
    assert concern.next_touch_at is not None
    too_late = timezone.localtime(concern.next_touch_at + timedelta(hours=1))
    refused = nina.post(HERE + "reply/", WRITTEN | {"later": "chosen", "send_at": f"{too_late:%Y-%m-%dT%H:%M}"})
    assert refused.status_code == 422 and "Bitte das Sieb" in page(refused)
    assert nina.post(HERE + "reply/", WRITTEN | {"later": "chosen"}).status_code == 422

    moment = clock.now() + timedelta(minutes=20)
    nina.post(HERE + "reply/", WRITTEN | {"later": moment.isoformat()})

    draft = Draft.objects.get()
    assert (draft.leaves_at, draft.is_timed) == (moment, True)
    assert "geht" in page(nina.get(HERE))


def test_the_customer_who_writes_first_holds_it_back(
    patient: Company, concern: Conversation, nina: Client, page: Page
) -> None:
    nina.post(HERE + "reply/", WRITTEN)
    receive_message(customer=valentina(), words=words("Es geht wieder!"), conversation=concern, at=clock.now())

    shown = page(nina.get(HERE))

    assert "Ihre Antwort wurde nicht gesendet" in shown and "Bitte das Sieb reinigen.</textarea>" in shown
    assert "nicht gesendet" in page(nina.get("/t/heizwerk/inbox/?place=all"))
    nina.post(HERE + "reply/", WRITTEN)
    assert Draft.objects.get().stopped_why == ""


@pytest.mark.parametrize(("chosen", "where"), [("STAY", HERE), ("BACK", "/t/heizwerk/inbox/?place=all")])
def test_after_an_answer_one_goes_where_one_likes(
    chosen: str, where: str, company: Company, concern: Conversation, nina: Client
) -> None:
    response = nina.post(HERE + "reply/?place=all", WRITTEN | {"after_answer": chosen})

    assert response["Location"].startswith(where)
    assert Membership.objects.get(pk=company.nina.pk).after_answer == chosen


def test_after_an_answer_the_next_of_the_list_opens(company: Company, concern: Conversation, nina: Client) -> None:
    older = a_conversation(customer=bjoern(), at=clock.now() - timedelta(hours=2))

    response = nina.post(HERE + "reply/?place=all", WRITTEN | {"after_answer": "NEXT"})

    assert response["Location"] == f"/t/heizwerk/conversations/{spoken(older.number)}/?place=all"


def test_everybody_says_how_they_like_to_write(company: Company, nina: Client, page: Page) -> None:
    assert "Wie Sie schreiben" in page(nina.get("/t/heizwerk/settings/writing/"))

    nina.post("/t/heizwerk/settings/writing/", {"undo_seconds": "30", "after_answer": "NEXT"})

    member = Membership.objects.get(pk=company.nina.pk)
    assert (member.undo_seconds, member.after_answer) == (30, "NEXT")
    assert nina.post("/t/heizwerk/settings/writing/", {"undo_seconds": "7", "after_answer": "NEXT"}).status_code == 422


def test_who_else_is_here_is_shown_to_colleagues_alone(
    company: Company, concern: Conversation, nina: Client, signed_in: Any, page: Page
) -> None:
    tom = signed_in(company.tom)
    assert tom.post(HERE + "attendance/", {"state": "typing"}).status_code == 204

    assert "Tom Berger schreibt eine Antwort" in page(nina.get(HERE))
    tom.post(HERE + "attendance/", {"state": "reading"})
    assert "Tom Berger liest mit" in page(nina.get(HERE + "attendance/"))
    tom.post(HERE + "attendance/", {"state": "gone"})
    assert "Tom Berger" not in page(nina.get(HERE + "attendance/"))


def test_a_draft_that_is_older_than_the_last_message_says_so(concern: Conversation, nina: Client, page: Page) -> None:
    seen = Message.objects.filter(direction="IN").latest("pk").pk
    nina.post(HERE + "draft/", WRITTEN | {"seen_message_id": seen}, headers=BY_ITSELF)
    assert "seit Sie das schrieben" not in page(nina.get(HERE))

    receive_message(customer=valentina(), words=words("Und noch etwas."), conversation=concern, at=clock.now())

    assert "seit Sie das schrieben" in page(nina.get(HERE))


def test_formatting_is_shown_before_and_after(
    patient: Company, concern: Conversation, nina: Client, page: Page
) -> None:
    written = WRITTEN | {"text": "Bitte **das Sieb** <b>reinigen</b>."}
    assert "<b>das Sieb</b> &lt;b&gt;reinigen&lt;/b&gt;" in page(nina.post(HERE + "draft/preview/", written))

    nina.post(HERE + "reply/", written)
    assert "<b>das Sieb</b>" in page(nina.get(HERE))
    nina.post(HERE + f"leaving/{Draft.objects.get().pk}/now/")

    shown = page(nina.get(HERE))
    assert "<b>das Sieb</b> &lt;b&gt;reinigen" in shown and "messages/" + str(ours()[0].pk) + "/html" not in shown


def test_a_note_that_names_somebody_is_told_to_them(
    company: Company, concern: Conversation, nina: Client, signed_in: Any, page: Page
) -> None:
    assert "Tom Berger" in page(nina.get(HERE + "note/"))
    nina.post(HERE + "note/", {"text": "@Tom Berger, kennst du das?"})

    tom = signed_in(company.tom)
    assert "Für mich" in page(tom.get("/t/heizwerk/inbox/")) and "nennt Sie" in page(
        tom.get("/t/heizwerk/inbox/?place=all")
    )
    assert HERE + "read/" in page(tom.get(HERE))
    tom.post(HERE + "read/")
    assert "nennt Sie" not in page(tom.get("/t/heizwerk/inbox/?place=all"))


def test_messages_are_marked_where_they_stand(concern: Conversation, nina: Client, page: Page) -> None:
    newer = receive_message(customer=valentina(), words=words("Und der Ofen?"), conversation=concern, at=clock.now())

    assert 'name="messages" value="' + str(newer.pk) in page(nina.get(HERE + "?marking=1"))
    refused = nina.post(HERE + "split/", {"messages": [newer.pk], "subject": ""})
    assert refused.status_code == 422 and f'value="{newer.pk}" form="split" checked' in page(refused)
    nina.post(HERE + "split/", {"messages": [newer.pk], "subject": "Ofen"})

    assert Conversation.objects.get(subject="Ofen").messages.count() == 1


def test_a_merge_shows_both_threads_as_one_before(concern: Conversation, nina: Client, page: Page) -> None:
    other = a_conversation(at=clock.now(), subject="Ofen", text="Der Ofen raucht.")
    number = spoken(other.number)
    assert f'value="{number}"' in page(nina.get(HERE + "merge/"))

    shown = page(nina.post(HERE + "merge/", {"known": number}))

    assert "So werden sie zusammen aussehen" in shown
    assert shown.index("Meine Waschmaschine pumpt nicht ab", shown.index("So werden")) < shown.index("Der Ofen raucht.")
    assert nina.post(HERE + "merge/", {}).status_code == 422
    nina.post(HERE + "merge/", {"known": number, "sure": "yes"})
    assert Conversation.objects.get(pk=concern.pk).merged_into_id == other.pk


def test_pictures_and_pages_that_came_are_seen_in_the_thread(company: Company, nina: Client, page: Page) -> None:
    files = [
        ("bild.png", "image/png", b"PNG"),
        ("rechnung.pdf", "application/pdf", b"%PDF-1.4"),
        ("falsch.pdf", "application/pdf", b"<script>"),
        ("seite.html", "text/html", b"<p>"),
    ]
    enclosed = tuple(Enclosure(name, kind, content, sha256="0" * 64) for name, kind, content in files)
    a_conversation(at=clock.now(), enclosures=enclosed)
    ids = dict(Attachment.objects.values_list("name", "pk"))

    shown = page(nina.get(HERE))

    assert f'<img src="/t/heizwerk/attachments/{ids["bild.png"]}/"' in shown
    assert f"attachments/{ids['rechnung.pdf']}/pages/" in shown
    assert f'<img src="/t/heizwerk/attachments/{ids["seite.html"]}/"' not in shown
    seen = nina.get(f"/t/heizwerk/attachments/{ids['rechnung.pdf']}/pages/")
    assert seen["Content-Type"] == "application/pdf" and seen["Content-Disposition"].startswith("inline")
    assert "default-src 'none'" in seen["Content-Security-Policy"] and seen["X-Frame-Options"] == "SAMEORIGIN"
    for name in ("falsch.pdf", "seite.html"):
        inert = nina.get(f"/t/heizwerk/attachments/{ids[name]}/pages/")
        assert inert["Content-Type"] == "application/octet-stream" and "sandbox" in inert["Content-Security-Policy"]
