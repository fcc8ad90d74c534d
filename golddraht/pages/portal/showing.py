"""What a customer's page shows: the person who cares, in the customer's language and on the clocks of the team."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext

from golddraht.conversations.queries import NoSuchConversation, conversation_by_id
from golddraht.conversations.queries.own_matter import heard_since
from golddraht.conversations.rules import Status
from golddraht.ground import moments
from golddraht.pages import shown
from golddraht.pages.brand import dress_of_company
from golddraht.team.queries import current_tenant, default_team

MOST_AN_HOUR = 10
"""Messages in one matter, from pages and mailbox together; who writes more within an hour is asked to wait."""
WORDED = {Status.OPEN, Status.WAITING}
"""Where a next touch is news for the customer; after asking whether it is solved the next word is theirs."""


@dataclass(frozen=True)
class Care:
    """Who cares, and by when the customer hears from them; without a moment when none is due or it has passed."""

    name: str = ""
    initials: str = ""
    hue: int = 0
    next_text: str = ""


NOBODY = Care()


def matter_of(conversation_id: int) -> Any:
    """The conversation, or the one it was merged into. Raises NoSuchConversation."""
    conversation = conversation_by_id(conversation_id)
    while conversation.merged_into_id is not None:
        conversation = conversation_by_id(conversation.merged_into_id)
    return conversation


def own_matter_of(conversation_id: int) -> Any:
    """As `matter_of`; a colleague may have joined the concerns of two people, and a link shows nobody else's words.

    Raises NoSuchConversation.
    """
    matter = matter_of(conversation_id)
    if matter.customer_id != conversation_by_id(conversation_id).customer_id:
        raise NoSuchConversation(conversation_id)
    return matter


def care_of(conversation: Any, *, at: datetime) -> Care:
    if conversation is None or conversation.owner is None:
        return NOBODY
    name = conversation.owner.name
    return Care(name, shown.person_initials(name), shown.hue_of(conversation.owner_id), _next_text(conversation, at))


def _next_text(conversation: Any, at: datetime) -> str:
    due_at = conversation.next_touch_at
    if conversation.status not in WORDED or due_at is None or due_at <= at:
        return ""
    return day_and_time(due_at, at)


def day_and_time(moment: datetime, at: datetime) -> str:
    """ "heute um 15:00 Uhr", in the language and zone that are active."""
    return moments.day_and_time(moment, timezone.get_current_timezone(), get_language() or "de", at)


@contextmanager
def told_to(language: str, zone: str = "") -> Iterator[None]:
    """Whatever is said inside is said in the customer's language and on the clocks of the team that cares."""
    with (
        translation.override(moments.spoken_language(language)),
        timezone.override(ZoneInfo(zone or default_team().zone)),
    ):
        yield


def shown_to_customer(
    request: HttpRequest, template: str, values: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    told = {"company_name": current_tenant().name, "dress": dress_of_company()}
    return render(request, f"portal/{template}", told | values, status=status)


def is_flooded(conversation: Any, *, at: datetime) -> bool:
    return heard_since(conversation, since=at - timedelta(hours=1)) >= MOST_AN_HOUR


def slow_down() -> str:
    return gettext("Thank you, we have a lot from you already. Please give us a little time to read it.")
