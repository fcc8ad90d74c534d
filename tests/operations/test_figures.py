"""Days are counted as they were, twice as once, and nobody's work is shown where few stand behind it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

import pytest

from golddraht.conversations.operations import confirm_solution, propose_solution, receive_message, reply
from golddraht.conversations.operations.sorting import set_tags
from golddraht.conversations.queries import figures as solved_figures
from golddraht.improvement.models import CountedDay, DayTally
from golddraht.improvement.operations import count_anew, count_day
from golddraht.improvement.operations.sweeping import sweep
from golddraht.improvement.queries import Cut, Figures, concerns_behind, figures, own_figures
from golddraht.improvement.queries.figures import LISTS, NUMBERS
from golddraht.improvement.rules import Figure, Pace, Span, mark_of, span_of
from golddraht.improvement.rules.counting import Tally
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import seeing
from golddraht.promises.models import Promise
from golddraht.promises.operations.sweeping import sweep as sweep_promises
from golddraht.team.operations import form_team
from tests.cast import MONDAY_MORNING, Company, a_company, a_conversation, bjoern, valentina, words
from tests.mails import a_mailbox

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 16)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _mailbox(company: Company) -> None:
    """Without one no answer arrives."""
    a_mailbox()


def rows() -> list[tuple[object, ...]]:
    names = ["on", "team_id", "channel", "tag", "people", *NUMBERS, *LISTS]
    return sorted(DayTally.objects.values_list(*names), key=str)


def looked_at(company: Company, cut: Cut | None = None, span: Span | None = None) -> Figures:
    return figures(viewer=company.viewer(company.lea), span=span or span_of(Pace.WEEK, on=MONDAY), cut=cut or Cut())


def test_a_day_counted_twice_stands_there_once(company: Company) -> None:
    answered = a_conversation()
    set_tags(conversation_id=answered.pk, tags=["Ofen", "Mahnung"], by=company.nina.pk, at=MONDAY_MORNING)
    reply(conversation_id=answered.pk, author_id=company.nina.pk, text="Gern.", at=MONDAY_MORNING + HOUR)
    a_conversation(customer=bjoern())

    count_day(on=MONDAY, at=MONDAY_MORNING + 2 * HOUR)
    once = rows()
    count_day(on=MONDAY, at=MONDAY_MORNING + 2 * HOUR)

    assert rows() == once and len(once) == 3  # All of them, and two tags.
    whole = DayTally.objects.get(tag="")
    assert (whole.arrived, whole.unanswered, whole.first_kept, whole.open, whole.waiting) == (2, 1, 1, 2, 1)
    assert whole.people == mark_of(company.nina.pk) | mark_of(Promise.objects.get(state="KEPT").owner_id)


def test_a_first_answer_is_timed_by_working_hours_and_by_the_clock(company: Company) -> None:
    late = MONDAY_MORNING + 8 * HOUR  # 18:00 in Berlin: closed.
    conversation = a_conversation(at=late)
    reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Gern.", at=MONDAY_MORNING + DAY)

    count_day(on=MONDAY, at=MONDAY_MORNING + 2 * DAY)

    row = DayTally.objects.get()
    assert row.working.index(1) == 4  # Two hours, from 8 to 10.
    assert row.clock.index(1) == 7  # Sixteen hours.


def test_what_returns_moves_from_the_day_it_was_solved_to_the_day_it_came_back(company: Company) -> None:
    conversation = a_conversation()
    solution = propose_solution(
        conversation_id=conversation.pk, by=company.nina.pk, text="So geht es.", at=MONDAY_MORNING + HOUR
    )
    confirm_solution(solution_id=solution.pk, at=MONDAY_MORNING + 2 * HOUR)
    count_day(on=MONDAY, at=MONDAY_MORNING + 3 * HOUR)
    assert DayTally.objects.get().confirmed == 1

    back = MONDAY_MORNING + 2 * DAY
    receive_message(customer=conversation.customer, words=words("Wieder kalt."), conversation=conversation, at=back)
    for on in (MONDAY, MONDAY + 2 * DAY):
        count_day(on=on, at=back + HOUR)

    found = {row.on: (row.confirmed, row.recurred) for row in DayTally.objects.all()}
    assert found == {MONDAY: (0, 0), MONDAY + 2 * DAY: (0, 1)}
    live = solved_figures(viewer=company.viewer(company.lea), since=MONDAY_MORNING - DAY, until=back + DAY)
    assert (live.confirmed, live.recurred) == (0, 1)


def test_the_sweep_counts_today_again_and_the_past_once(company: Company) -> None:
    a_conversation(at=MONDAY_MORNING - 60 * DAY)
    at = MONDAY_MORNING
    while not sweep(at=at).is_done:
        pass
    counted = dict(CountedDay.objects.values_list("on", "counted_at"))
    assert len(counted) == 61 and max(counted) == MONDAY
    assert sweep(at=at + timedelta(minutes=9)).counted is None
    assert sweep(at=at + timedelta(minutes=10)).counted == MONDAY
    again = []
    while (swept := sweep(at=at + DAY)).counted is not None:
        again.append(swept.counted)
    assert again[0] == MONDAY + DAY and again[-1] == MONDAY + DAY - timedelta(days=35)


def test_a_past_that_has_changed_is_counted_once_more(company: Company) -> None:
    a_conversation(at=MONDAY_MORNING - 60 * DAY)
    while not sweep(at=MONDAY_MORNING).is_done:
        pass
    a_conversation(at=MONDAY_MORNING - 50 * DAY)
    count_anew(since=date.min)
    while not sweep(at=MONDAY_MORNING).is_done:
        pass
    assert CountedDay.objects.count() == 61
    assert sum(DayTally.objects.values_list("arrived", flat=True)) == 2


def test_a_demo_that_is_moving_in_is_counted_when_it_is_whole(company: Company) -> None:
    a_conversation()
    Tenant.objects.filter(pk=company.tenant.pk).update(demo_left=1)
    assert sweep(at=MONDAY_MORNING).is_done and not CountedDay.objects.exists()
    Tenant.objects.filter(pk=company.tenant.pk).update(demo_left=0)
    assert sweep(at=MONDAY_MORNING).counted == MONDAY


def test_the_backlog_of_a_past_day_stays_as_it_was(company: Company) -> None:
    conversation = a_conversation()
    count_day(on=MONDAY, at=MONDAY_MORNING)
    solution = propose_solution(
        conversation_id=conversation.pk, by=company.nina.pk, text="So.", at=MONDAY_MORNING + HOUR
    )
    confirm_solution(solution_id=solution.pk, at=MONDAY_MORNING + 2 * HOUR)
    count_day(on=MONDAY, at=MONDAY_MORNING + DAY)
    count_day(on=MONDAY + DAY, at=MONDAY_MORNING + DAY)

    found = looked_at(company)
    assert [step.tally.open for step in found.steps[:2]] == [1, 0]
    assert DayTally.objects.get(on=MONDAY).confirmed == 1


def test_one_broken_promise_leads_to_its_concern(company: Company) -> None:
    kept, broken = a_conversation(), a_conversation(customer=bjoern())
    reply(conversation_id=kept.pk, author_id=company.nina.pk, text="Gern.", at=MONDAY_MORNING + HOUR)
    sweep_promises(at=MONDAY_MORNING + 2 * DAY)
    Promise.objects.filter(conversation=broken).update(state="BROKEN", settled_at=MONDAY_MORNING + 9 * HOUR)

    found = concerns_behind(
        viewer=company.viewer(company.lea), figure=Figure.IN_TIME, span=span_of(Pace.WEEK, on=MONDAY), cut=Cut()
    )
    assert [row.number for row in found.rows] == [broken.number]


def test_pages_of_concerns_behind_a_figure_hold_each_of_them_once(company: Company) -> None:
    numbers = {a_conversation(customer=bjoern(), at=MONDAY_MORNING + HOUR * hour).number for hour in range(5)}
    found, before = [], ""
    while True:
        page = concerns_behind(
            viewer=company.viewer(company.lea),
            figure=Figure.ARRIVED,
            span=span_of(Pace.WEEK, on=MONDAY),
            cut=Cut(),
            before=before,
            limit=2,
        )
        found += [row.number for row in page.rows]
        if page.next_before is None:
            break
        before = page.next_before
    assert len(found) == 5 and set(found) == numbers


# Whose work is shown


def marks(members: range) -> int:
    found = 0
    for one in members:
        found |= mark_of(one)
    return found


def a_tally(
    company: Company, people: range, team: int | None = None, *, on: date = MONDAY, channel: str = "EMAIL"
) -> None:
    tally = Tally(arrived=9, kept=8, broken=1, people=marks(people))
    DayTally.objects.create(on=on, team_id=team or company.team.pk, channel=channel, tag="", **asdict(tally))


def test_in_a_company_of_four_the_whole_is_shown_and_one_persons_day_is_not(company: Company) -> None:
    a_tally(company, range(1, 5))
    a_tally(company, range(1, 2), on=MONDAY + DAY)
    found = looked_at(company)
    assert found.whole.shows_work
    assert [step.shows_work for step in found.steps[:2]] == [True, False]


def test_a_small_team_is_not_shown_nor_can_it_be_told_by_subtracting(company: Company) -> None:
    small = form_team(name="Werkstatt", lead=company.lea, members=[company.tom], hours=[])
    many(company)
    a_tally(company, range(1, 9))
    a_tally(company, range(20, 22), small.pk)

    found = looked_at(company)
    assert found.whole.shows_work
    assert {part.name: part.shows_work for part in found.by_team} == {"Service": False, "Werkstatt": False}
    assert not looked_at(company, Cut(team_id=company.team.pk)).whole.shows_work
    assert {part.tally.arrived for part in found.by_team} == {9}  # What came in is nobody's work.


def many(company: Company) -> None:
    """So many people that the rule for small companies does not apply."""
    from golddraht.team.operations import invite
    from golddraht.team.rules import Role

    for number in range(4):
        invite(
            tenant_id=company.tenant.pk,
            email=f"c{number}@heizwerk.example",
            name=f"C {number}",
            role=Role.AGENT,
            password="ein langes Kennwort 4711",
        )


def test_each_sees_their_own_figures_and_nobody_elses(company: Company) -> None:
    conversation = a_conversation()
    reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Gern.", at=MONDAY_MORNING + HOUR)
    Promise.objects.filter(conversation=conversation).update(owner=company.nina)
    since, until = MONDAY_MORNING - DAY, MONDAY_MORNING + 7 * DAY

    mine = own_figures(viewer=company.viewer(company.nina), since=since, until=until)
    theirs = own_figures(viewer=company.viewer(company.lea), since=since, until=until)
    assert (mine.tally.kept, theirs.tally.kept) == (1, 0)


def test_another_company_has_figures_of_its_own(company: Company) -> None:
    a_conversation()
    count_day(on=MONDAY, at=MONDAY_MORNING)
    other = a_company("moebelhaus", "Möbelhaus")
    with seeing(other.tenant.pk):
        assert looked_at(other).whole.tally.arrived == 0
        valentina()
        a_conversation()
        count_day(on=MONDAY, at=MONDAY_MORNING)
    assert looked_at(company).whole.tally.arrived == 1
