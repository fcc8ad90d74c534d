"""One list over all companies that somebody serves: whose rows are in it, and in which order."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from golddraht.conversations.models import Conversation
from golddraht.conversations.operations import hand_over, mark_quiet, reply
from golddraht.conversations.queries import Place, across, counts, listing
from golddraht.conversations.queries.across import PLACES, Order, counts_across, inbox_across
from golddraht.plumbing.tenancy import current_sight
from golddraht.team.models import Membership
from golddraht.team.queries import Viewer, viewers_of
from tests.cast import MONDAY_MORNING, Company, a_company, a_conversation, also_serves, bjoern
from tests.mails import a_mailbox

AT = MONDAY_MORNING + timedelta(hours=1)


@pytest.fixture
def theirs(company: Company) -> Company:
    """Nina serves this one, too."""
    theirs = a_company("moebelhaus", "Möbelhaus")
    also_serves(company.nina, theirs)
    return theirs


def of_nina(company: Company) -> list[Viewer]:
    return viewers_of(user_id=company.nina.user_id)


def concerns(company: Company, *minutes: int) -> list[Conversation]:
    """Concerns that Nina cares for, arrived so many minutes after the beginning of the day."""
    nina = Membership.objects.get(tenant=company.tenant, user__email="nina@heizwerk.example")
    with company.seen():
        made = [a_conversation(customer=bjoern(), at=MONDAY_MORNING + timedelta(minutes=one)) for one in minutes]
        for one in made:
            hand_over(conversation_id=one.pk, to_id=nina.pk, by=None, at=AT)
    return made


def all_pages(viewers: list[Viewer], place: Place, order: Order, *, limit: int) -> list[tuple[int, int]]:
    """Whose concern and which, page after page."""
    found: list[tuple[int, int]] = []
    after: str | None = ""
    while after is not None:
        page = inbox_across(viewers=viewers, place=place, order=order, at=AT, limit=limit, after=after)
        found += [(one.tenant_id, one.row.id) for one in page.rows]
        after = page.next_after
    return found


def test_concerns_of_all_companies_stand_in_one_order(company: Company, theirs: Company) -> None:
    ours = concerns(company, 0, 20, 40)
    other = concerns(theirs, 10, 30)
    for order, falling in ((Order.NEWEST, True), (Order.LONGEST_QUIET, False)):
        page = inbox_across(viewers=of_nina(company), place=Place.MINE, order=order, at=AT)
        moments = [one.row.latest_at for one in page.rows]
        assert moments == sorted(moments, reverse=falling)
        assert len(moments) == len(ours) + len(other)
    page = inbox_across(viewers=of_nina(company), place=Place.MINE, order=Order.NEXT_TOUCH, at=AT)
    touches = [one.row.next_touch_at for one in page.rows]
    assert all(one <= next_ for one, next_ in pairwise(touches))  # type: ignore[operator]  # What lives has one.


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_lose_nothing_and_show_nothing_twice(company: Company, theirs: Company, order: Order, limit: int) -> None:
    """Also where moments are the same in several companies, and where one of them is used up first."""
    concerns(company, 5, 5, 5, 9, 1)
    concerns(theirs, 5, 5, 30)
    viewers = of_nina(company)
    whole = all_pages(viewers, Place.ALL, order, limit=100)
    assert len(whole) == len(set(whole)) == 8
    assert all_pages(viewers, Place.ALL, order, limit=limit) == whole


def test_what_cannot_be_read_is_the_beginning(company: Company, theirs: Company) -> None:
    concerns(company, 1)
    for after in ("", "x", "2026-11-16T09:00:00_1_1", "_1_1", "2026-11-16T09:00:00+00:00_1_99999999999999999999"):
        page = inbox_across(viewers=of_nina(company), place=Place.MINE, order=Order.NEWEST, at=AT, after=after)
        assert len(page.rows) == 1


def test_every_place_counts_what_it_shows_and_shows_only_what_lives(company: Company, theirs: Company) -> None:
    a_mailbox()
    waiting, quiet, _ = concerns(company, 0, 1, 2)
    reply(conversation_id=waiting.pk, author_id=company.nina.pk, text="Welches Modell?", at=AT)
    mark_quiet(conversation_ids=[quiet.pk], by=company.nina.pk, reason="INVOICE", at=AT)
    concerns(theirs, 3)
    viewers = of_nina(company)
    counted = counts_across(viewers=viewers, at=AT)
    for place in PLACES:
        shown = all_pages(viewers, place, Order.NEXT_TOUCH, limit=2)
        assert (company.tenant.pk, quiet.pk) not in shown
        for viewer in viewers:
            assert counted[viewer.tenant_id][place] == sum(1 for tenant, _ in shown if tenant == viewer.tenant_id)
    assert counted[company.tenant.pk][Place.WAITING] == 1
    ours = next(one for one in viewers if one.tenant_id == company.tenant.pk)
    with company.seen():
        in_workspace = counts(viewer=ours, at=AT)
    assert counted[company.tenant.pk] == {place: in_workspace[place] for place in PLACES}


def test_whoever_left_a_company_sees_nothing_of_it_any_more(company: Company, theirs: Company) -> None:
    ours, other = concerns(company, 0), concerns(theirs, 1, 2)
    page = inbox_across(viewers=of_nina(company), place=Place.ALL, order=Order.NEWEST, at=AT, limit=1)
    assert page.next_after is not None and str(theirs.tenant.pk) in page.next_after

    with theirs.seen():
        for one in other:
            hand_over(conversation_id=one.pk, to_id=theirs.tom.pk, by=None, at=AT)
    Membership.objects.filter(user=company.nina.user, tenant=theirs.tenant).update(active=False)

    left = of_nina(company)
    assert [one.tenant_slug for one in left] == ["heizwerk"]
    assert all_pages(left, Place.ALL, Order.NEWEST, limit=5) == [(company.tenant.pk, ours[0].pk)]
    assert set(counts_across(viewers=left, at=AT)) == {company.tenant.pk}
    # A page that was begun before goes on without it.
    further = inbox_across(viewers=left, place=Place.ALL, order=Order.NEWEST, at=AT, after=page.next_after)
    assert {one.tenant_id for one in further.rows} <= {company.tenant.pk}


def test_each_company_is_read_for_itself_alone(
    company: Company, theirs: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The law of the house: no question of the list looks across walls."""
    concerns(company, 0)
    concerns(theirs, 1)
    sights = []

    def looked(rows: object, viewer: Viewer, *, limit: int) -> object:
        sights.append((current_sight().tenants, current_sight().actor, viewer.membership_id))
        return listing.rows_told(rows, viewer, limit=limit)  # type: ignore[arg-type]  # Passed on as it came.

    monkeypatch.setattr(across, "rows_told", looked)
    viewers = of_nina(company)
    inbox_across(viewers=viewers, place=Place.ALL, order=Order.NEWEST, at=AT)
    assert sights == [((one.tenant_id,), one.membership_id, one.membership_id) for one in viewers]
    assert current_sight().tenants == (company.tenant.pk,)


def test_a_list_asks_as_often_as_there_are_companies_and_never_more_for_more_rows(
    company: Company, theirs: Company
) -> None:
    def asked(viewers: list[Viewer]) -> int:
        with CaptureQueriesContext(connection) as queries:
            inbox_across(viewers=viewers, place=Place.TEAM, order=Order.NEXT_TOUCH, at=AT)
            counts_across(viewers=viewers, at=AT)
        return len(queries)

    concerns(company, 0)
    concerns(theirs, 1)
    viewers = of_nina(company)
    alone, both = asked(viewers[:1]), asked(viewers)
    concerns(company, *range(2, 12))
    concerns(theirs, *range(2, 12))
    assert asked(viewers) == both == 2 * alone
