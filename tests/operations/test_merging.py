from __future__ import annotations

from datetime import timedelta

import pytest

from golddraht.conversations.models import Conversation, Goodwill, Link, Message, Note, Solution
from golddraht.conversations.operations import (
    LinkRefused,
    MergeRefused,
    SplitRefused,
    UndoRefused,
    add_note,
    confirm_solution,
    grant_goodwill,
    link,
    mark_spam,
    merge,
    propose_solution,
    receive_message,
    reply,
    split,
    undo_move,
    unlink,
)
from golddraht.conversations.queries import case_of, conversation_by_number
from golddraht.conversations.rules import LinkKind, Status
from tests.cast import MONDAY_MORNING, Company, a_conversation, bjoern, valentina, words
from tests.mails import a_mailbox


@pytest.fixture(autouse=True)
def mailbox(company: Company) -> None:
    """Somewhere to send from."""
    a_mailbox()


AN_HOUR_LATER = MONDAY_MORNING + timedelta(hours=1)


def two() -> tuple[Conversation, Conversation]:
    return a_conversation(text="Sie pumpt nicht ab."), a_conversation(text="Und sie leckt.", at=AN_HOUR_LATER)


def texts(conversation: Conversation) -> list[str]:
    return list(
        Message.objects.filter(conversation=conversation, automatic="").order_by("pk").values_list("text", flat=True)
    )


def test_a_merge_carries_everything_and_keeps_the_earlier_next_touch(company: Company) -> None:
    earlier, later = two()
    add_note(conversation_id=earlier.pk, by=company.nina.pk, text="Gerät von 2019", at=AN_HOUR_LATER)
    grant_goodwill(
        conversation_id=earlier.pk, by=company.nina.pk, cents=900, kind="CREDIT", reason="Ärger", at=AN_HOUR_LATER
    )

    merge(source_id=earlier.pk, target_id=later.pk, by=company.nina.pk, at=AN_HOUR_LATER)

    later.refresh_from_db()
    assert texts(later) == ["Sie pumpt nicht ab.", "Und sie leckt."]
    assert later.next_touch_at == earlier.next_touch_at
    assert Note.objects.get().conversation_id == Goodwill.objects.get().conversation_id == later.pk
    assert conversation_by_number(earlier.number) == later


def test_a_resting_target_becomes_live_when_the_source_was(company: Company) -> None:
    quiet = a_conversation(text="Danke!", quiet_reason="THANKS")
    live = a_conversation()

    merge(source_id=live.pk, target_id=quiet.pk, by=company.nina.pk, at=AN_HOUR_LATER)

    quiet.refresh_from_db()
    assert quiet.status == Status.OPEN and quiet.owner_id is not None and quiet.quiet_reason == ""


def test_merging_and_undoing_is_the_identity(company: Company) -> None:
    one, other = two()
    move = merge(source_id=one.pk, target_id=other.pk, by=company.nina.pk, at=AN_HOUR_LATER)

    for _ in range(2):
        undo_move(move_id=move.pk, by=company.nina.pk, at=AN_HOUR_LATER)

    before = one.status, one.next_touch_at, one.owner_id
    one.refresh_from_db()
    assert (one.status, one.next_touch_at, one.owner_id) == before
    assert (texts(one), texts(other)) == (["Sie pumpt nicht ab."], ["Und sie leckt."])


def test_undoing_a_merge_lets_the_solved_one_rest_again(company: Company) -> None:
    solved, later = two()
    propose_solution(conversation_id=solved.pk, by=company.nina.pk, text="Das Sieb war zu.", at=AN_HOUR_LATER)
    confirm_solution(solution_id=Solution.objects.get().pk, at=AN_HOUR_LATER)
    solved.refresh_from_db()
    move = merge(source_id=later.pk, target_id=solved.pk, by=company.nina.pk, at=AN_HOUR_LATER)

    undo_move(move_id=move.pk, by=company.nina.pk, at=AN_HOUR_LATER + timedelta(minutes=5))

    before, solved = solved, Conversation.objects.get(pk=solved.pk)
    later.refresh_from_db()
    assert (solved.status, solved.solved_at, solved.next_touch_at) == (Status.SOLVED, before.solved_at, None)
    assert later.status == Status.OPEN


def test_a_solved_one_in_which_somebody_wrote_since_the_merge_stays_live_when_it_is_undone(company: Company) -> None:
    solved, later = two()
    propose_solution(conversation_id=solved.pk, by=company.nina.pk, text="Das Sieb war zu.", at=AN_HOUR_LATER)
    confirm_solution(solution_id=Solution.objects.get().pk, at=AN_HOUR_LATER)
    move = merge(source_id=later.pk, target_id=solved.pk, by=company.nina.pk, at=AN_HOUR_LATER)
    since = AN_HOUR_LATER + timedelta(minutes=5)
    receive_message(customer=valentina(), words=words("Sie pumpt doch nicht?"), conversation=solved, at=since)

    undo_move(move_id=move.pk, by=company.nina.pk, at=since + timedelta(minutes=5))

    solved.refresh_from_db()
    assert solved.status == Status.OPEN and solved.next_touch_at is not None


def test_what_arrives_at_the_merged_one_goes_to_where_it_went(company: Company) -> None:
    one, other = two()
    merge(source_id=one.pk, target_id=other.pk, by=None, at=AN_HOUR_LATER)

    message = receive_message(customer=valentina(), words=words("Noch etwas."), conversation=one, at=AN_HOUR_LATER)

    assert message.conversation_id == other.pk


def test_the_system_never_merges_two_customers(company: Company) -> None:
    with pytest.raises(MergeRefused):
        merge(source_id=a_conversation().pk, target_id=a_conversation(customer=bjoern()).pk, by=None, at=AN_HOUR_LATER)


def test_spam_and_itself_are_not_merged(company: Company) -> None:
    one, other = two()
    mark_spam(conversation_ids=[other.pk], by=company.nina.pk, at=AN_HOUR_LATER)

    for target_id in (one.pk, other.pk):
        with pytest.raises(MergeRefused):
            merge(source_id=one.pk, target_id=target_id, by=company.nina.pk, at=AN_HOUR_LATER)


def test_an_open_question_whether_it_is_solved_does_not_survive_a_merge(company: Company) -> None:
    one, other = two()
    solution = propose_solution(conversation_id=other.pk, by=company.nina.pk, text="Fertig.", at=AN_HOUR_LATER)

    merge(source_id=one.pk, target_id=other.pk, by=company.nina.pk, at=AN_HOUR_LATER)

    assert Solution.objects.get(pk=solution.pk).withdrawn_at is not None
    other.refresh_from_db()
    assert other.status == Status.OPEN


def test_a_split_makes_a_linked_concern_with_the_same_owner_and_next_touch(company: Company) -> None:
    source = a_conversation()
    second = receive_message(
        customer=valentina(), words=words("Etwas ganz anderes."), conversation=source, at=AN_HOUR_LATER
    )

    move = split(conversation_id=source.pk, message_ids=[second.pk], by=company.nina.pk, at=AN_HOUR_LATER)

    source.refresh_from_db()
    assert texts(move.target) == ["Etwas ganz anderes."]
    assert (move.target.owner_id, move.target.next_touch_at) == (source.owner_id, source.next_touch_at)
    linked = case_of(viewer=company.viewer(company.nina), number=source.number).linked
    assert [concern.number for concern in linked] == [move.target.number]


def test_an_undone_split_brings_everything_back(company: Company) -> None:
    source = a_conversation(text="Eins.")
    second = receive_message(customer=valentina(), words=words("Zwei."), conversation=source, at=AN_HOUR_LATER)
    move = split(conversation_id=source.pk, message_ids=[second.pk], by=company.nina.pk, at=AN_HOUR_LATER)
    reply(conversation_id=move.target_id, author_id=company.nina.pk, text="Drei.", at=AN_HOUR_LATER)

    undo_move(move_id=move.pk, by=company.nina.pk, at=AN_HOUR_LATER)

    assert texts(source) == ["Eins.", "Zwei.", "Drei."]
    assert Conversation.objects.get(pk=move.target_id).status == Status.MERGED
    assert not Link.objects.exists()


def test_the_last_message_and_foreign_ones_are_not_split_off(company: Company) -> None:
    source, other = two()
    own = list(Message.objects.filter(conversation=source).values_list("pk", flat=True))
    foreign = list(Message.objects.filter(conversation=other).values_list("pk", flat=True))

    for message_ids in (own, foreign, []):
        with pytest.raises(SplitRefused):
            split(conversation_id=source.pk, message_ids=message_ids, by=company.nina.pk, at=AN_HOUR_LATER)


def test_the_later_of_two_merges_is_undone_first(company: Company) -> None:
    one, other = two()
    third = a_conversation(at=AN_HOUR_LATER)
    first = merge(source_id=one.pk, target_id=other.pk, by=company.nina.pk, at=AN_HOUR_LATER)
    second = merge(source_id=other.pk, target_id=third.pk, by=company.nina.pk, at=AN_HOUR_LATER)

    with pytest.raises(UndoRefused):
        undo_move(move_id=first.pk, by=company.nina.pk, at=AN_HOUR_LATER)
    undo_move(move_id=second.pk, by=company.nina.pk, at=AN_HOUR_LATER)
    undo_move(move_id=first.pk, by=company.nina.pk, at=AN_HOUR_LATER)

    assert texts(one) == ["Sie pumpt nicht ab."]


def test_an_undone_merge_of_long_ago_gets_an_honest_new_time(company: Company) -> None:
    one, other = two()
    move = merge(source_id=one.pk, target_id=other.pk, by=company.nina.pk, at=AN_HOUR_LATER)
    days_later = MONDAY_MORNING + timedelta(days=3)

    undo_move(move_id=move.pk, by=company.nina.pk, at=days_later)

    one.refresh_from_db()
    assert one.next_touch_at is not None and one.next_touch_at > days_later


def test_links_come_and_go(company: Company) -> None:
    one, other = two()
    made = link(earlier_id=one.pk, later_id=other.pk, kind=LinkKind.RELATED, by=company.nina.pk, at=AN_HOUR_LATER)
    again = link(earlier_id=one.pk, later_id=other.pk, kind=LinkKind.RELATED, by=company.nina.pk, at=AN_HOUR_LATER)
    assert made == again

    unlink(link_id=made.pk, by=company.nina.pk, at=AN_HOUR_LATER)

    assert not Link.objects.exists()
    with pytest.raises(LinkRefused):
        link(earlier_id=one.pk, later_id=one.pk, kind=LinkKind.RELATED, by=None, at=AN_HOUR_LATER)
