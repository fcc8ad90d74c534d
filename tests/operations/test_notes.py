"""Notes tell those whom they name, until they have read it."""

from __future__ import annotations

import pytest

from golddraht.conversations.models import Conversation, Mention
from golddraht.conversations.operations import add_note, merge, note_read
from golddraht.conversations.queries import Place, counts, inbox
from tests.cast import MONDAY_MORNING, Company, a_conversation

pytestmark = pytest.mark.django_db
AT = MONDAY_MORNING


@pytest.fixture
def concern(company: Company) -> Conversation:
    return a_conversation()


def named(company: Company, who: str = "tom") -> list[int]:
    viewer = company.viewer(getattr(company, who))
    rows = inbox(viewer=viewer, place=Place.MENTIONED, at=AT).rows
    assert counts(viewer=viewer, at=AT)[Place.MENTIONED] == len(rows)
    assert all(row.is_mentioned for row in rows)
    return [row.id for row in rows]


def test_whoever_is_named_finds_it_until_they_have_read_it(company: Company, concern: Conversation) -> None:
    add_note(conversation_id=concern.pk, by=company.nina.pk, text="@Tom Berger, kennst du das? @Nina auch.", at=AT)
    assert named(company) == [concern.pk] and named(company, "nina") == named(company, "lea") == []

    note_read(conversation_id=concern.pk, member_id=company.lea.pk, at=AT)
    assert named(company) == [concern.pk]
    note_read(conversation_id=concern.pk, member_id=company.tom.pk, at=AT)
    note_read(conversation_id=concern.pk, member_id=company.tom.pk, at=AT)

    assert named(company) == [] and Mention.objects.get().read_at == AT


def test_it_goes_along_when_concerns_become_one(company: Company, concern: Conversation) -> None:
    other = a_conversation(subject="Ofen")
    add_note(conversation_id=other.pk, by=company.nina.pk, text="@Tom Berger bitte", at=AT)

    merge(source_id=other.pk, target_id=concern.pk, by=company.nina.pk, at=AT)

    assert named(company) == [concern.pk]


def test_somebody_who_left_is_not_told(company: Company, concern: Conversation) -> None:
    company.tom.active = False
    company.tom.save()

    add_note(conversation_id=concern.pk, by=company.nina.pk, text="@Tom Berger bitte", at=AT)

    assert not Mention.objects.exists()
