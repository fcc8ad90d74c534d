"""Text modules: which there are, and what one says in a concern."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import Q, QuerySet

from golddraht.conversations.models import Conversation, TextModule
from golddraht.conversations.queries.besides import known_outside
from golddraht.conversations.queries.finding import Seer, conversation_for
from golddraht.conversations.rules import BLANKS, KNOWN_OUTSIDE, Blank
from golddraht.customers.queries import greeting_for
from golddraht.ground.moments import day_and_time, spoken_language
from golddraht.ground.numbers import spoken
from golddraht.ground.placeholders import BLANK, filled, named
from golddraht.plumbing.asking import Asked, Question
from golddraht.team.queries import current_tenant

OFFERED = 60


class Author(Seer, Protocol):
    """Whoever writes: seen by name."""

    @property
    def name(self) -> str: ...


class NoSuchModule(LookupError):
    """There is none of that id in the viewer's tenant."""


@dataclass(frozen=True)
class Module:
    """A text module in a list."""

    id: int
    name: str
    short: str
    language: str
    team_id: int | None
    team_name: str
    text: str
    used: int


@dataclass(frozen=True)
class Rendered:
    """What a text module says in one concern; `missing` are the placeholders that nothing is known for."""

    text: str
    missing: tuple[str, ...] = ()


def text_modules(*, viewer: Seer, retired: bool = False) -> list[Module]:
    """All of the tenant, by name; the retired ones when asked for."""
    rows = _of(viewer, retired=retired)
    return [_module(row) for row in rows.order_by("name", "language", "pk")]


_OFFERED: Question[TextModule] = Question(
    lambda: (
        TextModule.objects.filter(
            Q(team=None) | Q(team_id=Asked("team")), tenant_id=Asked("tenant"), language__among=Asked("languages")
        )
        .filter(retired_at=None)
        .select_related("team")
        .order_by("-used", "name", "pk")[:OFFERED]
    )
)


def modules_for(*, viewer: Seer, conversation: Conversation) -> list[Module]:
    """What can be said in this concern: of its team or of all, in its language or in any; the most used first."""
    language = spoken_language(conversation.language)
    rows = _OFFERED.all(tenant=viewer.tenant_id, team=conversation.team_id, languages=["", language])
    return [_module(row) for row in rows]


def text_module_for(*, viewer: Seer, module_id: int) -> Module:
    """Raises NoSuchModule."""
    row = TextModule.objects.filter(pk=module_id, tenant_id=viewer.tenant_id).select_related("team").first()
    if row is None:
        raise NoSuchModule(module_id)
    return _module(row)


def rendered(*, viewer: Author, number: int, module_id: int, at: datetime) -> Rendered:
    """The words of the module in that concern, in the customer's language. Raises NoSuchConversation, NoSuchModule."""
    conversation = conversation_for(viewer=viewer, number=number)
    module = text_module_for(viewer=viewer, module_id=module_id)
    return filled_for(conversation, module.text, author_name=viewer.name, at=at)


def filled_for(conversation: Conversation, text: str, *, author_name: str, at: datetime) -> Rendered:
    """The text with what is known of the concern in its placeholders."""
    known = _known(conversation, author_name, at) | _outside(conversation, text, at)
    words, missing = filled(text, lambda name: known.get(BLANKS[name], "") if name in BLANKS else "")
    return Rendered(words, tuple(missing))


def _known(conversation: Conversation, author_name: str, at: datetime) -> dict[Blank, str]:
    language = spoken_language(conversation.language)
    touch = conversation.next_touch_at
    return {
        Blank.GREETING: greeting_for(conversation.customer, language=language),
        Blank.NAME: conversation.customer.name,
        Blank.NUMBER: spoken(conversation.number),
        Blank.SUBJECT: conversation.subject,
        Blank.OWNER: conversation.owner.name if conversation.owner else "",
        Blank.PROMISED: day_and_time(touch, conversation.team.zone, language, at) if touch and touch > at else "",
        Blank.TEAM: conversation.team.name,
        Blank.COMPANY: current_tenant().name,
        Blank.ME: author_name,
    }


def _outside(conversation: Conversation, text: str, at: datetime) -> dict[Blank, str]:
    if not any(BLANKS.get(named(hit[1] or "")) in KNOWN_OUTSIDE for hit in BLANK.finditer(text)):
        return {}
    return known_outside(
        customer_id=conversation.customer_id,
        conversation_id=conversation.pk,
        language=spoken_language(conversation.language),
        zone=conversation.team.zone,
        at=at,
    )


def _of(viewer: Seer, *, retired: bool = False) -> QuerySet[Any]:
    rows = TextModule.objects.filter(tenant_id=viewer.tenant_id).select_related("team")
    return rows.exclude(retired_at=None) if retired else rows.filter(retired_at=None)


def _module(row: TextModule) -> Module:
    team = row.team.name if row.team else ""
    return Module(row.pk, row.name, row.short, row.language, row.team_id, team, row.text, row.used)
