from __future__ import annotations

from datetime import timedelta

import pytest

from golddraht.conversations.models import Conversation
from golddraht.conversations.operations import (
    add_note,
    confirm_in_person,
    confirm_solution,
    escalate_overdue,
    hand_over,
    mark_quiet,
    mark_spam,
    object_to_solution,
    propose_solution,
    reply,
)
from golddraht.conversations.queries import (
    NoSuchConversation,
    Place,
    case_of,
    counts,
    figures,
    inbox,
    thread_of,
)
from golddraht.plumbing.tenancy import seeing
from tests.cast import MONDAY_MORNING, Company, a_company, a_conversation, bjoern
from tests.mails import a_mailbox


@pytest.fixture(autouse=True)
def mailbox(company: Company) -> None:
    """Somewhere to send from."""
    a_mailbox()


LATER = MONDAY_MORNING + timedelta(hours=1)


def numbers(company: Company, place: str, **more: object) -> list[int]:
    viewer = company.viewer(company.nina)
    return [row.number for row in inbox(viewer=viewer, place=place, at=LATER, **more).rows]  # type: ignore[arg-type]  # Forwarded.


def test_every_place_shows_what_belongs_there_and_counts_it(company: Company) -> None:
    mine, theirs, waiting, solved, quiet, spam = [
        a_conversation(customer=bjoern(), at=MONDAY_MORNING + timedelta(minutes=step)) for step in range(6)
    ]
    for conversation, member in [(mine, company.nina), (theirs, company.tom), (waiting, company.tom)]:
        hand_over(conversation_id=conversation.pk, to_id=member.pk, by=None, at=LATER)
    reply(conversation_id=waiting.pk, author_id=company.tom.pk, text="Welches Modell?", at=LATER)
    confirm_in_person(conversation_id=solved.pk, by=company.tom.pk, at=LATER)
    mark_quiet(conversation_ids=[quiet.pk], by=company.tom.pk, reason="INVOICE", at=LATER)
    mark_spam(conversation_ids=[spam.pk], by=company.tom.pk, at=LATER)

    expected = {
        "mine": [mine.number],
        "team": [waiting.number, theirs.number, mine.number],
        "promised_today": [mine.number, theirs.number],
        "waiting": [waiting.number],
        "in_danger": [],
        "solved": [solved.number],
        "quiet": [quiet.number],
        "spam": [spam.number],
    }
    assert {place: numbers(company, place) for place in expected} == expected
    counted = counts(viewer=company.viewer(company.nina), at=LATER)
    assert {place: counted[Place(place)] for place in expected} == {
        place: len(found) for place, found in expected.items()
    }
    assert counted[Place.ALL] == 3


def test_what_is_overdue_or_escalated_is_in_danger(company: Company) -> None:
    conversation = a_conversation()
    at = MONDAY_MORNING + timedelta(hours=5)
    viewer = company.viewer(company.lea)
    assert [row.id for row in inbox(viewer=viewer, place="in_danger", at=at).rows] == [conversation.pk]

    escalate_overdue(at=at)

    [row] = inbox(viewer=viewer, place="in_danger", at=at).rows
    assert row.is_escalated


def test_paging_shows_every_row_once_even_at_the_same_moment(company: Company) -> None:
    made = {a_conversation(customer=bjoern()).number for _ in range(5)}

    seen: list[int] = []
    before: str | None = None
    for _ in range(3):
        page = inbox(viewer=company.viewer(company.nina), place="team", at=LATER, limit=2, before=before)
        seen += [row.number for row in page.rows]
        before = page.next_before

    assert sorted(seen) == sorted(made) and before is None


def test_a_cursor_that_cannot_be_read_is_the_beginning(company: Company) -> None:
    conversation = a_conversation()

    assert [numbers(company, "all", before=before) for before in ("x", "2026_1", "_", "")] == [
        [conversation.number]
    ] * 4


def test_an_unknown_place_is_refused(company: Company) -> None:
    with pytest.raises(ValueError, match="nowhere"):
        inbox(viewer=company.viewer(company.nina), place="nowhere", at=LATER)


def test_a_list_takes_the_same_few_queries_for_any_number_of_rows(
    company: Company, django_assert_max_num_queries: object
) -> None:
    for _ in range(4):
        a_conversation(customer=bjoern())
    viewer = company.viewer(company.nina)

    with django_assert_max_num_queries(4):  # type: ignore[operator]  # A fixture of pytest-django.
        inbox(viewer=viewer, place="promised_today", at=LATER)


def test_the_thread_tells_words_notes_and_milestones_in_order(company: Company) -> None:
    conversation = a_conversation(text="Sie pumpt nicht ab.")
    add_note(conversation_id=conversation.pk, by=company.nina.pk, text="Sieb?", at=LATER)
    hand_over(conversation_id=conversation.pk, to_id=company.lea.pk, by=company.nina.pk, at=LATER + timedelta(hours=1))

    entries = thread_of(viewer=company.viewer(company.nina), number=conversation.number)

    told = [entry for entry in entries if not (entry.kind == "message" and entry.automatic)]
    assert [entry.kind for entry in told if entry.kind != "milestone"] == ["message", "note"]
    assert told[-1].kind == "milestone" and told[-1].words == "Lea Conrad"
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)


def test_another_tenants_concern_does_not_exist(company: Company) -> None:
    conversation = a_conversation()
    other = a_company("moebelhaus", "Möbelhaus")

    with seeing(other.tenant.pk):
        viewer = other.viewer(other.nina)
        with pytest.raises(NoSuchConversation):
            thread_of(viewer=viewer, number=conversation.number)
        with pytest.raises(NoSuchConversation):
            case_of(viewer=viewer, number=conversation.number)
        assert inbox(viewer=viewer, place="all", at=LATER).rows == ()


def test_confirmed_presumed_and_recurred_are_three_figures(company: Company) -> None:
    def proposed() -> tuple[Conversation, int]:
        conversation = a_conversation(customer=bjoern())
        made = propose_solution(conversation_id=conversation.pk, by=company.nina.pk, text="So geht es.", at=LATER)
        return conversation, made.pk

    (_, confirmed), (_, recurred), _silent = proposed(), proposed(), proposed()
    for solution_id in (confirmed, recurred):
        confirm_solution(solution_id=solution_id, at=LATER)
    object_to_solution(solution_id=recurred, words="Wieder kaputt.", at=LATER + timedelta(days=2))
    for days in (3, 7):
        escalate_overdue(at=LATER + timedelta(days=days))

    told = figures(viewer=company.viewer(company.lea), since=MONDAY_MORNING, until=MONDAY_MORNING + timedelta(days=30))

    assert (told.confirmed, told.presumed, told.recurred, told.at_first_contact) == (1, 1, 1, 2)
    assert told.first_contact_resolution == pytest.approx(2 / 3)
