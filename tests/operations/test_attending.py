"""Who else is in a conversation: known at once, forgotten at once, told only when it changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from golddraht.conversations.models import Attendance, Conversation
from golddraht.conversations.operations import attend, forget_absent, stop_attending
from golddraht.conversations.queries import Attending, attending
from golddraht.plumbing import live
from tests.cast import MONDAY_MORNING, Company, a_conversation

pytestmark = pytest.mark.django_db
AT = MONDAY_MORNING


@pytest.fixture
def concern(company: Company) -> Conversation:
    return a_conversation()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that were announced."""
    names: list[str] = []
    monkeypatch.setattr("golddraht.house.announcements.announce", lambda name: names.append(name) or True)
    assert live.announce
    return names


def others(company: Company, concern: Conversation, *, at: Any = AT) -> list[Attending]:
    return attending(viewer=company.viewer(company.nina), conversation_id=concern.pk, at=at)


def test_a_colleague_is_seen_and_one_self_is_not(company: Company, concern: Conversation) -> None:
    attend(conversation_id=concern.pk, member_id=company.nina.pk, is_typing=True, at=AT)
    attend(conversation_id=concern.pk, member_id=company.tom.pk, is_typing=False, at=AT)
    attend(conversation_id=concern.pk, member_id=company.lea.pk, is_typing=True, at=AT)

    assert [(one.name, one.is_typing) for one in others(company, concern)] == [
        ("Lea Conrad", True),
        ("Tom Berger", False),
    ]


def test_only_what_changes_the_picture_is_told(company: Company, concern: Conversation, told: list[str]) -> None:
    tom: dict[str, Any] = {"conversation_id": concern.pk, "member_id": company.tom.pk}
    for seconds, is_typing in [(0, False), (10, False), (12, True), (14, True), (20, False), (30, False)]:
        attend(is_typing=is_typing, at=AT + timedelta(seconds=seconds), **tom)
    assert told == [f"attendance-{concern.pk}"] * 3

    stop_attending(at=AT, **tom)
    stop_attending(at=AT, **tom)

    assert len(told) == 4 and not Attendance.objects.exists()


def test_whoever_is_not_heard_of_is_forgotten(company: Company, concern: Conversation, told: list[str]) -> None:
    attend(conversation_id=concern.pk, member_id=company.tom.pk, is_typing=True, at=AT)
    forget_absent(at=AT + timedelta(seconds=20))
    assert others(company, concern, at=AT + timedelta(seconds=20))

    assert others(company, concern, at=AT + timedelta(seconds=40)) == []
    forget_absent(at=AT + timedelta(seconds=40))

    assert not Attendance.objects.exists() and told == [f"attendance-{concern.pk}"] * 2


def test_it_is_written_to_no_log(company: Company) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'conversations_attendance'")
        assert cursor.fetchone() == ("u",)
