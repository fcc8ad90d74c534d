"""Two concerns that have to do with each other."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.conversations.events import ConversationChanged
from golddraht.conversations.models import Conversation, Link
from golddraht.conversations.operations.milestones import mark
from golddraht.conversations.rules import Happening, LinkKind
from golddraht.ground.numbers import spoken
from golddraht.plumbing import bus


class LinkRefused(ValueError):
    """A concern has nothing to do with itself."""


@transaction.atomic
def link(*, earlier_id: int, later_id: int, kind: LinkKind, by: int | None, at: datetime) -> Link:
    """Connect two concerns; linking twice changes nothing. Raises LinkRefused."""
    if earlier_id == later_id:
        raise LinkRefused("Choose another concern.")
    found, is_new = Link.objects.get_or_create(
        earlier_id=earlier_id, later_id=later_id, kind=kind, defaults={"by_id": by, "at": at}
    )
    if is_new:
        _note(earlier_id, later_id, Happening.LINKED, by=by, at=at)
    linked: Link = found
    return linked


@transaction.atomic
def unlink(*, link_id: int, by: int | None, at: datetime) -> None:
    """They have nothing to do with each other after all; gone already is fine."""
    found = Link.objects.select_for_update().filter(pk=link_id).first()
    if found is not None:
        found.delete()
        _note(found.earlier_id, found.later_id, Happening.UNLINKED, by=by, at=at)


def _note(one_id: int, other_id: int, kind: Happening, *, by: int | None, at: datetime) -> None:
    numbers = dict(Conversation.objects.filter(pk__in=[one_id, other_id]).values_list("pk", "number"))
    for conversation_id, other in ((one_id, other_id), (other_id, one_id)):
        mark(conversation_id, kind, by=by, at=at, words=spoken(numbers[other]))
        bus.publish(ConversationChanged(conversation_id, at))
