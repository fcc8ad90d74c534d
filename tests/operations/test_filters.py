"""Saved filters: who sees which, what stands in them, and what becomes of them when their owner leaves."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from golddraht.conversations.models import Conversation
from golddraht.conversations.operations import hand_over, mark_spam, set_tags
from golddraht.conversations.queries import Place, inbox, next_in
from golddraht.search.models import SavedFilter
from golddraht.search.operations import (
    FilterRefused,
    bring_back_filter,
    inherit_filter,
    keep_filter,
    order_filters,
    pin_filter,
    read_some,
    remove_filter,
    unpin_filter,
)
from golddraht.search.queries import (
    NoSuchFilter,
    counts_of_filters,
    filter_for,
    narrowing_by,
    offered_filters,
    pinned_filters,
)
from golddraht.search.rules.filters import Odd, Sharing
from golddraht.team.models import Membership
from golddraht.team.operations import form_team
from tests.cast import MONDAY_MORNING, WEEKDAYS, Company, a_conversation, bjoern

AT = MONDAY_MORNING + timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")


def kept(by: Membership, name: str = "Öfen", words: str = "ofen", **more: object) -> SavedFilter:
    return keep_filter(name=name, words=words, by=by.pk, at=AT, **more)  # type: ignore[arg-type]  # Forwarded.


def names(company: Company, member: Membership) -> tuple[list[str], list[str]]:
    """In the rail, and offered."""
    viewer = company.viewer(member)
    return [one.name for one in pinned_filters(viewer=viewer)], [one.name for one in offered_filters(viewer=viewer)]


def subjects(company: Company, one: SavedFilter, member: Membership | None = None) -> list[str]:
    while read_some():
        pass
    viewer = company.viewer(member or company.nina)
    line = filter_for(viewer=viewer, filter_id=one.pk)
    narrowing = narrowing_by(line, viewer=viewer, zone=BERLIN, at=AT)
    rows = inbox(viewer=viewer, place=line.place, at=AT, narrowing=narrowing).rows
    counted = counts_of_filters(viewer=viewer, filters=[line], zone=BERLIN, at=AT)
    assert counted == {one.pk: len(rows)}
    return [row.subject for row in rows]


@pytest.fixture
def concerns(company: Company) -> tuple[Conversation, Conversation]:
    stove = a_conversation(subject="Ofen", text="Der Ofen bleibt kalt.")
    pump = a_conversation(customer=bjoern(), subject="Pumpe", text="Die Pumpe steht.", at=AT)
    hand_over(conversation_id=stove.pk, to_id=company.nina.pk, by=None, at=AT)
    hand_over(conversation_id=pump.pk, to_id=company.tom.pk, by=None, at=AT)
    set_tags(conversation_id=pump.pk, tags=["Eilig"], by=None, at=AT)
    return stove, pump


@pytest.mark.parametrize(
    ("words", "place", "expected"),
    [
        ("ofen", Place.ALL, ["Ofen"]),
        ("von:björn", Place.ALL, ["Pumpe"]),
        ("von:björn", Place.MINE, []),
        ("kümmerer:ich", Place.ALL, ["Ofen"]),
        ("kümmerer:tom", Place.ALL, ["Pumpe"]),
        ("tag:Eilig", Place.TEAM, ["Pumpe"]),
        ("-tag:Eilig", Place.TEAM, ["Ofen"]),
        ("status:offen", Place.ALL, ["Pumpe", "Ofen"]),
        ("status:offen ofen", Place.ALL, ["Ofen"]),
        ("status:gelöst", Place.ALL, []),
        ("seit:heute", Place.ALL, ["Pumpe", "Ofen"]),
        ("vor:heute", Place.ALL, []),
        ("team:nirgends", Place.ALL, []),
        ("hat:anhang", Place.ALL, []),
        ("-hat:anhang", Place.ALL, ["Pumpe", "Ofen"]),
        ("art:notiz", Place.ALL, []),
        ("", Place.MINE, ["Ofen"]),
    ],
)
def test_the_words_of_the_search_narrow_a_list(
    company: Company, concerns: object, words: str, place: Place, expected: list[str]
) -> None:
    assert subjects(company, kept(company.nina, words=words, place=place)) == expected


def test_whoever_names_a_status_means_it(company: Company, concerns: tuple[Conversation, Conversation]) -> None:
    mark_spam(conversation_ids=[concerns[1].pk], by=company.tom.pk, at=AT)

    assert subjects(company, kept(company.nina, words="status:spam")) == ["Pumpe"]
    assert subjects(company, kept(company.nina, name="Rest", words="-tag:x")) == ["Ofen"]


def test_the_next_in_a_filter_is_the_next_that_fits(
    company: Company, concerns: tuple[Conversation, Conversation]
) -> None:
    third = a_conversation(subject="Rohr", at=AT + timedelta(minutes=5))
    viewer = company.viewer(company.nina)
    line = filter_for(viewer=viewer, filter_id=kept(company.nina, words="-tag:Eilig").pk)
    narrowing = narrowing_by(line, viewer=viewer, zone=BERLIN, at=AT)

    following = next_in(viewer=viewer, place=line.place, conversation=third, at=AT, narrowing=narrowing)

    assert following == concerns[0].number


def test_it_is_its_owners_alone_until_it_is_shared(company: Company) -> None:
    one = kept(company.nina)
    assert names(company, company.nina) == (["Öfen"], [])
    assert names(company, company.tom) == ([], [])
    with pytest.raises(NoSuchFilter):
        filter_for(viewer=company.viewer(company.tom), filter_id=one.pk)

    kept(company.nina, filter_id=one.pk, audience=Sharing.EVERYBODY)
    assert names(company, company.tom) == ([], ["Öfen"])
    pin_filter(filter_id=one.pk, by=company.tom.pk, at=AT)
    pin_filter(filter_id=one.pk, by=company.tom.pk, at=AT)
    assert names(company, company.tom) == (["Öfen"], [])

    unpin_filter(filter_id=one.pk, by=company.tom.pk, at=AT)
    assert names(company, company.tom) == ([], ["Öfen"])


def test_a_team_sees_what_is_shared_with_it_and_somebody_without_a_seat_all(company: Company) -> None:
    other = form_team(name="Lager", lead=company.lea, members=[company.tom], hours=WEEKDAYS)
    kept(company.tom, audience=Sharing.TEAM, team_id=other.pk)

    assert names(company, company.nina) == ([], [])
    assert names(company, company.lea) == ([], ["Öfen"])
    assert names(company, company.ada) == ([], ["Öfen"])


def test_what_is_shared_no_longer_is_gone_from_other_rails(company: Company) -> None:
    one = kept(company.nina, audience=Sharing.EVERYBODY)
    pin_filter(filter_id=one.pk, by=company.tom.pk, at=AT)

    kept(company.nina, filter_id=one.pk)

    assert names(company, company.tom) == ([], [])


def test_removing_can_be_undone_and_the_filter_is_where_it_was(company: Company) -> None:
    one = kept(company.nina, audience=Sharing.EVERYBODY)
    pin_filter(filter_id=one.pk, by=company.tom.pk, at=AT)

    remove_filter(filter_id=one.pk, by=company.nina.pk, at=AT)
    assert names(company, company.nina) == names(company, company.tom) == ([], [])
    bring_back_filter(filter_id=one.pk, by=company.nina.pk, at=AT)

    assert names(company, company.nina) == names(company, company.tom) == (["Öfen"], [])


def test_a_name_is_not_brought_back_twice(company: Company) -> None:
    one = kept(company.nina)
    remove_filter(filter_id=one.pk, by=company.nina.pk, at=AT)
    kept(company.nina)

    with pytest.raises(FilterRefused, match=Odd.TAKEN):
        bring_back_filter(filter_id=one.pk, by=company.nina.pk, at=AT)


def test_only_its_owner_changes_or_removes_it(company: Company) -> None:
    one = kept(company.nina, audience=Sharing.EVERYBODY)

    with pytest.raises(SavedFilter.DoesNotExist):
        kept(company.tom, filter_id=one.pk)
    with pytest.raises(SavedFilter.DoesNotExist):
        remove_filter(filter_id=one.pk, by=company.tom.pk, at=AT)
    with pytest.raises(SavedFilter.DoesNotExist):
        inherit_filter(filter_id=one.pk, by=company.tom.pk, at=AT)


def test_it_stays_when_its_owner_leaves_and_can_be_inherited(company: Company) -> None:
    one = kept(company.nina, audience=Sharing.EVERYBODY)
    pin_filter(filter_id=one.pk, by=company.tom.pk, at=AT)
    Membership.objects.filter(pk=company.nina.pk).update(active=False)
    [line] = pinned_filters(viewer=company.viewer(company.tom))
    assert line.may_inherit and not line.may_change

    inherit_filter(filter_id=one.pk, by=company.tom.pk, at=AT)

    [line] = pinned_filters(viewer=company.viewer(company.tom))
    assert line.may_change and not line.may_inherit


def test_everybody_has_an_order_of_their_own(company: Company) -> None:
    first, second, third = (kept(company.nina, name=name, audience=Sharing.EVERYBODY) for name in "ABC")
    for one in (third, first):
        pin_filter(filter_id=one.pk, by=company.tom.pk, at=AT)

    order_filters(filter_ids=[third.pk, second.pk, third.pk, 0], by=company.nina.pk, at=AT)

    assert names(company, company.nina)[0] == ["C", "B", "A"]
    assert names(company, company.tom)[0] == ["C", "A"]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"name": " "}, Odd.NAME),
        ({"name": "Öfen"}, Odd.TAKEN),
        ({"words": " "}, Odd.EMPTY),
        ({"words": "status:rosa"}, Odd.WORDS),
        ({"audience": Sharing.TEAM}, Odd.TEAM),
    ],
)
def test_what_would_help_nobody_is_refused(company: Company, told: dict[str, object], reason: Odd) -> None:
    kept(company.nina)

    with pytest.raises(FilterRefused, match=reason):
        kept(company.nina, **({"name": "Neu"} | told))  # type: ignore[arg-type]  # Forwarded.


def test_a_rail_has_an_end(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("golddraht.search.operations.filters.MOST_PINNED", 1)
    kept(company.nina)

    with pytest.raises(FilterRefused, match=Odd.MANY):
        kept(company.nina, name="Noch einer")


def test_no_list_is_counted_beyond_a_thousand(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("golddraht.conversations.queries.places.COUNTED_TO", 2)
    for _ in range(3):
        a_conversation(at=AT)
    viewer = company.viewer(company.nina)
    line = filter_for(viewer=viewer, filter_id=kept(company.nina, words="status:offen").pk)

    assert counts_of_filters(viewer=viewer, filters=[line], zone=BERLIN, at=AT) == {line.id: 2}
