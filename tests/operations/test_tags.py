"""Tags: counted, described, renamed and united with a way back; who uses an old name means the new one."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from golddraht.conversations.models import Conversation, Macro, Tag
from golddraht.conversations.operations.macros import keep_macro
from golddraht.conversations.operations.sorting import set_tags
from golddraht.conversations.operations.tags import (
    OddTag,
    TagRefused,
    describe_tag,
    retire_tag,
    undo_tag_change,
    unite_tags,
    use_tag_again,
)
from golddraht.conversations.queries import Narrowing, Place, counts_narrowed
from golddraht.conversations.queries.tagged import tagged_ids
from golddraht.conversations.queries.tags import (
    NoSuchTag,
    meant_by,
    offered_tags,
    tag_changes,
    tag_lines,
    tag_named,
    union_of,
)
from golddraht.search.queries.narrowing import narrowing_of
from tests.cast import MONDAY_MORNING, Company, a_conversation

AT = MONDAY_MORNING + timedelta(hours=1)


def tagged(*tags: str) -> Conversation:
    concern = a_conversation()
    set_tags(conversation_id=concern.pk, tags=list(tags), by=None, at=AT)
    return concern


def tags_of(concern: Conversation) -> list[str]:
    return list(Conversation.objects.get(pk=concern.pk).tags)


@pytest.fixture
def three(company: Company) -> tuple[Conversation, Conversation, Conversation]:
    return tagged("Lieferungen", "eilig"), tagged("Lieferung"), tagged("Lieferung", "Lieferungen")


def unite(company: Company, old: str = "Lieferungen", new: str = "Lieferung") -> int:
    return int(unite_tags(old=old, new=new, by=company.lea.pk, at=AT).pk)


def test_every_tag_is_counted_and_described_ones_say_what_they_mean(company: Company, three: object) -> None:
    describe_tag(name="eilig", description="Noch heute", hue=0, group="Dringend", at=AT)
    describe_tag(name="unbenutzt", at=AT)

    lines = {one.name: one for one in tag_lines(viewer=company.viewer(company.lea))}

    assert {name: one.uses for name, one in lines.items()} == {
        "Lieferung": 2, "Lieferungen": 2, "eilig": 1, "unbenutzt": 0,
    }  # fmt: skip
    assert (lines["eilig"].description, lines["eilig"].hue, lines["eilig"].group) == ("Noch heute", 0, "Dringend")


def test_a_preview_says_what_would_happen_and_changes_nothing(company: Company, three: object) -> None:
    keep_macro(name="M", key="", tags=("Lieferungen",), by=None, at=AT)

    union = union_of(viewer=company.viewer(company.lea), old="Lieferungen", new="Lieferung")

    assert (union.concerns, union.both, union.macros, union.is_rename) == (2, 1, 1, False)
    assert union_of(viewer=company.viewer(company.lea), old="eilig", new="dringend").is_rename
    with pytest.raises(NoSuchTag):
        union_of(viewer=company.viewer(company.lea), old="nie", new="Lieferung")
    assert tag_changes(viewer=company.viewer(company.lea)) == []


def test_two_tags_become_one_everywhere_and_two_again(
    company: Company, three: tuple[Conversation, Conversation, Conversation]
) -> None:
    keep_macro(name="M", key="", tags=("Lieferungen", "neu"), by=None, at=AT)
    before = [tags_of(one) for one in three]

    change = unite(company)

    assert [tags_of(one) for one in three] == [["Lieferung", "eilig"], ["Lieferung"], ["Lieferung"]]
    assert Macro.objects.get().tags == ["Lieferung", "neu"]
    for _ in range(2):
        undo_tag_change(change_id=change, at=AT)
    assert [sorted(tags_of(one)) for one in three] == [sorted(tags) for tags in before]
    assert Macro.objects.get().tags == ["Lieferungen", "neu"]


def test_undoing_leaves_what_somebody_changed_since(
    company: Company, three: tuple[Conversation, Conversation, Conversation]
) -> None:
    change = unite(company)
    set_tags(conversation_id=three[0].pk, tags=["anders"], by=None, at=AT)

    undo_tag_change(change_id=change, at=AT)

    assert tags_of(three[0]) == ["anders"]
    assert sorted(tags_of(three[2])) == ["Lieferung", "Lieferungen"]


def test_a_renamed_tag_takes_its_description_along_and_is_found_by_its_old_name(company: Company) -> None:
    concern = tagged("eilig")
    describe_tag(name="eilig", description="Noch heute", hue=0, at=AT)

    change = unite(company, "eilig", "dringend")

    assert Tag.objects.get().name == "dringend" and meant_by("eilig") == "dringend"
    viewer = company.viewer(company.nina)
    assert narrowing_of(viewer=viewer, typed="tag:eilig", zone=ZoneInfo("Europe/Berlin"), at=AT).tags == ("dringend",)
    set_tags(conversation_id=concern.pk, tags=["eilig", "dringend"], by=None, at=AT)
    assert tags_of(concern) == ["dringend"]
    undo_tag_change(change_id=change, at=AT)
    assert tags_of(concern) == ["eilig"] and Tag.objects.get().name == "eilig"


def test_what_became_yet_another_is_undone_from_the_end(company: Company) -> None:
    concern = tagged("a")
    first, second = unite(company, "a", "b"), unite(company, "b", "c")
    assert meant_by("a") == "c"

    with pytest.raises(TagRefused, match=OddTag.LATER):
        undo_tag_change(change_id=first, at=AT)
    for change in (second, first):
        undo_tag_change(change_id=change, at=AT)

    assert tags_of(concern) == ["a"]


def test_an_old_name_can_be_given_back(company: Company) -> None:
    concern = tagged("a")
    unite(company, "a", "b")

    unite(company, "b", "a")

    assert tags_of(concern) == ["a"] and meant_by("b") == "a" and meant_by("a") == "a"


def test_out_of_use_it_is_offered_no_longer_and_stays_where_it_stands(company: Company) -> None:
    concern, viewer = tagged("alt"), company.viewer(company.nina)
    describe_tag(name="alt", at=AT)
    assert offered_tags(viewer=viewer) == ["alt"]

    retire_tag(name="alt", by=company.lea.pk, at=AT)

    assert offered_tags(viewer=viewer) == [] and tags_of(concern) == ["alt"]
    assert tag_named(viewer=viewer, name="alt").is_retired
    use_tag_again(name="alt", at=AT)
    assert offered_tags(viewer=viewer) == ["alt"]


@pytest.mark.parametrize(
    ("old", "new", "reason"), [(" ", "b", OddTag.NAME), ("a", "", OddTag.NAME), ("a", "a", OddTag.SAME)]
)
def test_odd_changes_are_refused(company: Company, old: str, new: str, reason: OddTag) -> None:
    with pytest.raises(TagRefused, match=reason):
        unite(company, old, new)


def alike(one: Conversation, number: int) -> Conversation:
    return Conversation(
        number=number,
        customer_id=one.customer_id,
        team_id=one.team_id,
        status="SOLVED",
        tags=["Garantie"],
        touched_at=one.touched_at,
        latest_at=one.latest_at - timedelta(days=1),
        created_at=one.created_at,
    )


def test_a_rare_tag_is_found_by_the_index_and_a_common_one_by_walking(company: Company) -> None:
    one = a_conversation()
    set_tags(conversation_id=one.pk, tags=["Garantie", "Messe"], by=None, at=AT)
    Conversation.objects.bulk_create([alike(one, 10_000_000 + place) for place in range(120)])
    tenant, viewer = company.tenant.pk, company.viewer(company.nina)

    assert tagged_ids(tenant, ("Messe", "gibt es nicht")) == [one.pk]
    assert tagged_ids(tenant, ("gibt es nicht",)) == []
    assert tagged_ids(tenant, ("Garantie",)) is None
    for tags, expected in ((("Messe",), 1), (("Garantie",), 121), (("gibt es nicht",), 0)):
        wanted = {1: (Place.ALL, Narrowing(tags=tags, statuses=("SOLVED", "OPEN")))}
        assert counts_narrowed(viewer=viewer, wanted=wanted, at=AT) == {1: expected}
