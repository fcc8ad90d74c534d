"""Today: what is before somebody, what is new to them, and when their day is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from golddraht.conversations.models import Conversation, Reading
from golddraht.conversations.operations import (
    Writing,
    add_note,
    confirm_solution,
    hand_over,
    note_read,
    object_to_solution,
    propose_solution,
    receive_message,
    reply,
    send_answer,
    set_next_touch,
)
from golddraht.conversations.operations.losing import note_lost
from golddraht.conversations.queries.today import day_of, team_loads, unsent_of
from golddraht.plumbing.clock import now
from golddraht.promises.operations import make_promise
from golddraht.promises.rules import Kind
from golddraht.team.models import Membership
from tests.cast import MONDAY_MORNING, Company, a_company, a_conversation, bjoern, valentina, words
from tests.mails import a_mailbox

Page = Callable[[Any], str]
TODAY = "/t/heizwerk/today/"
TUESDAY = MONDAY_MORNING + timedelta(days=1)


def a_concern_of(member: Membership, **said: Any) -> Conversation:
    conversation = a_conversation(**said)
    hand_over(conversation_id=conversation.pk, to_id=member.pk, by=None, at=said.get("at", MONDAY_MORNING))
    conversation.refresh_from_db()
    return conversation


def test_the_day_holds_what_is_mine_and_due_the_earliest_first(company: Company) -> None:
    a_mailbox()
    late, soon, tomorrow = (a_concern_of(company.nina) for _ in range(3))
    a_concern_of(company.tom)
    for one, hours in ((late, 5), (soon, 2), (tomorrow, 30)):
        moment = MONDAY_MORNING + timedelta(hours=hours)
        set_next_touch(conversation_id=one.pk, next_touch_at=moment, by=None, at=MONDAY_MORNING)

    day = day_of(viewer=company.viewer(company.nina), at=MONDAY_MORNING)

    assert [row.id for row in day.touches] == [soon.pk, late.pk]
    assert day.following is not None and day.following.id == tomorrow.pk


def test_what_happened_meanwhile_is_told_and_my_own_acts_are_not(company: Company) -> None:
    a_mailbox()
    mine = [a_concern_of(company.nina, customer=one) for one in (valentina(), bjoern())]
    proposals = [
        propose_solution(conversation_id=one.pk, by=company.nina.pk, text="Gut?", at=MONDAY_MORNING) for one in mine
    ]
    Reading.objects.create(conversation=mine[0], member=company.nina, read_at=MONDAY_MORNING + timedelta(hours=1))
    evening = MONDAY_MORNING + timedelta(hours=10)
    confirm_solution(solution_id=proposals[0].pk, at=evening)
    object_to_solution(solution_id=proposals[1].pk, words="Nein.", at=evening)
    given = a_concern_of(company.tom)
    hand_over(conversation_id=given.pk, to_id=company.nina.pk, by=company.tom.pk, at=evening)
    a_concern_of(company.tom, at=evening)

    day = day_of(viewer=company.viewer(company.nina), at=TUESDAY)

    assert sorted(str(one.happened.happening) for one in day.news) == ["CONFIRMED", "HANDED_OVER", "OBJECTED"]
    assert day.news_since == TUESDAY - timedelta(hours=23)


def test_another_companys_day_is_none_of_ours(company: Company) -> None:
    a_concern_of(company.nina)
    other = a_company("moebelhaus", "Möbelhaus")

    with other.seen():
        assert day_of(viewer=other.viewer(other.ada), at=MONDAY_MORNING).touches == ()
        assert team_loads(viewer=other.viewer(other.ada), at=MONDAY_MORNING) == []


def test_a_team_is_counted_and_nobody_in_it(company: Company) -> None:
    a_mailbox()
    first, second = a_concern_of(company.nina), a_concern_of(company.tom)
    reply(conversation_id=second.pk, author_id=company.tom.pk, text="Gern.", at=MONDAY_MORNING)

    [team] = team_loads(viewer=company.viewer(company.lea), at=first.next_touch_at or MONDAY_MORNING)

    assert (team.name, team.live, team.waiting, team.late) == ("Service", 2, 1, 1)


# The page


def test_the_page_says_what_is_left_and_when_the_day_is_done(company: Company, nina: Client, page: Page) -> None:
    assert "Für heute ist alles getan" in page(nina.get(TODAY))
    at = now()
    mine = a_concern_of(company.nina, at=at)
    Conversation.objects.filter(pk=mine.pk).update(next_touch_at=at + timedelta(seconds=1))
    make_promise(
        customer_id=mine.customer_id, conversation_id=mine.pk, owner_id=company.nina.pk, kind=Kind.CALLBACK,
        what="Rückruf wegen der Pumpe", starts_at=None, due_at=at + timedelta(seconds=2), by=company.nina.pk, at=at,
    )  # fmt: skip

    said = page(nina.get(TODAY))

    assert "2 Sachen für heute" in said and "Rückruf wegen der Pumpe" in said and "Valentina Moser" in said
    assert "Ihr Tag ist fertig, wenn" in said


def test_the_day_refreshes_alone_and_asks_no_more_for_more(company: Company, nina: Client, page: Page) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            part = nina.get(TODAY, headers={"HX-Request": "true"})
        assert "<html" not in page(part)
        return len(asked)

    a_concern_of(company.nina, at=now())
    Conversation.objects.update(next_touch_at=now())
    questions()
    few = questions()
    for _ in range(4):
        a_concern_of(company.nina, at=now())
    Conversation.objects.update(next_touch_at=now())
    assert questions() == few


@pytest.mark.parametrize(("who", "sees"), [("nina", False), ("lea", True)])
def test_only_leads_see_the_teams(
    company: Company, signed_in: Callable[[Membership], Client], page: Page, who: str, sees: bool
) -> None:
    a_conversation(at=now())
    said = page(signed_in(getattr(company, who)).get(TODAY))
    assert ("Was vor den Teams liegt" in said) is sees
    assert "Tom Berger" not in said.partition('id="day"')[2]


def test_colleagues_who_ask_for_me_stand_there_until_i_have_read_it(company: Company, nina: Client, page: Page) -> None:
    concern = a_concern_of(company.tom, at=now())
    note = add_note(conversation_id=concern.pk, by=company.tom.pk, text="@Nina Aigner, weißt du das?", at=now())

    said = page(nina.get(TODAY))
    assert "Nina Aigner, weißt du das?" in said and f"#note-{note.pk}" in said and "is-done" not in said

    note_read(conversation_id=concern.pk, member_id=company.nina.pk, at=now() + timedelta(seconds=1))
    assert "weißt du das" not in page(nina.get(TODAY))


def test_an_answer_that_stopped_stands_there_with_the_reason(company: Company, nina: Client, page: Page) -> None:
    concern, at = a_concern_of(company.nina, at=now()), now()
    send_answer(
        conversation_id=concern.pk,
        author_id=company.nina.pk,
        writing=Writing("Gern."),
        send_at=at + timedelta(minutes=30),
        at=at,
    )
    receive_message(customer=concern.customer, words=words("Hat sich erledigt?"), conversation=concern, at=at)

    [line] = unsent_of(viewer=company.viewer(company.nina), at=at)
    assert (line.number, line.stopped_why) == (concern.number, "CUSTOMER_WROTE")
    assert "der Kunde hat geschrieben" in page(nina.get(TODAY)) or "geschrieben" in page(nina.get(TODAY))
    assert unsent_of(viewer=company.viewer(company.tom), at=at) == []


def test_an_answer_that_never_arrived_stands_there_until_another_one_did(company: Company, nina: Client) -> None:
    a_mailbox("zweit@heizwerk.example")
    concern, at = a_concern_of(company.nina, at=now()), now()
    lost = reply(conversation_id=concern.pk, author_id=company.nina.pk, text="Gern.", at=at)
    note_lost(message_id=lost.pk, at=at)
    viewer = company.viewer(company.nina)
    assert [one.stopped_why for one in unsent_of(viewer=viewer, at=at)] == [""]
    assert unsent_of(viewer=viewer, at=at + timedelta(days=15)) == []

    reply(conversation_id=concern.pk, author_id=company.tom.pk, text="Noch einmal.", at=at)

    assert unsent_of(viewer=viewer, at=at) == []
