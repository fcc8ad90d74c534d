"""Tidying up tags: describing, renaming, making one of two, taking out of use; all of it with a way back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import connection, transaction

from golddraht.conversations.events import TagsChanged
from golddraht.conversations.models import Conversation, Macro, Tag, TagChange
from golddraht.conversations.queries.tags import NoSuchTag, meant_by
from golddraht.ground.text import one_line
from golddraht.plumbing import bus
from golddraht.plumbing.tenancy import current_tenant_id

LONGEST = 40
REPLACE = "UPDATE conversations_conversation SET tags = array_replace(tags, %s::varchar, %s::varchar) WHERE tenant_id = %s AND id = ANY (%s)"
DROP = "UPDATE conversations_conversation SET tags = array_remove(tags, %s::varchar) WHERE tenant_id = %s AND id = ANY (%s)"
ADD = "UPDATE conversations_conversation SET tags = array_append(tags, %s::varchar) WHERE tenant_id = %s AND id = ANY (%s)"


class OddTag(StrEnum):
    """Why it cannot be like that."""

    NAME = "NAME"
    SAME = "SAME"
    COLOUR = "COLOUR"
    LATER = "LATER"  # Something later stands on the change that is to be undone.


class TagRefused(ValueError):
    """`reason` is one of OddTag."""

    def __init__(self, reason: OddTag) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def describe_tag(*, name: str, description: str = "", hue: int | None = None, group: str = "", at: datetime) -> Tag:
    """What it means, its colour, and under which reasons it counts. Raises TagRefused."""
    called = meant_by(one_line(name, LONGEST))
    if not called:
        raise TagRefused(OddTag.NAME)
    if hue is not None and not 0 <= hue < 12:
        raise TagRefused(OddTag.COLOUR)
    told = {"description": one_line(description, 300), "hue": hue, "group": one_line(group, LONGEST)}
    tag: Tag = Tag.objects.update_or_create(name=called, defaults=told)[0]
    bus.publish(TagsChanged(at))
    return tag


@transaction.atomic
def retire_tag(*, name: str, by: int, at: datetime) -> None:
    """It is offered no longer; where it stands it stays."""
    Tag.objects.get_or_create(name=one_line(name, LONGEST))
    Tag.objects.filter(name=one_line(name, LONGEST), retired_at=None).update(retired_at=at, retired_by_id=by)
    bus.publish(TagsChanged(at))


@transaction.atomic
def use_tag_again(*, name: str, at: datetime) -> None:
    """It is offered again."""
    Tag.objects.filter(name=name).update(retired_at=None, retired_by=None)
    bus.publish(TagsChanged(at))


@transaction.atomic
def unite_tags(*, old: str, new: str, by: int, at: datetime) -> TagChange:
    """Whatever carried `old` carries `new`, at concerns and in macros, and who says `old` means `new` from now on.

    With a `new` that nothing carries this is a renaming, and its description goes along. Raises TagRefused.
    """
    old, new = one_line(old, LONGEST), one_line(new, LONGEST)
    if not old or not new:
        raise TagRefused(OddTag.NAME)
    # Somebody wants an old name back: it means itself again.
    TagChange.objects.filter(old=new, undone_at=None).update(undone_at=at)
    if meant_by(new) == old or old == new:
        raise TagRefused(OddTag.SAME)
    carrying = Conversation.objects.select_for_update(of=("self",), no_key=True).filter(tags__contains=[old])
    found = list(carrying.order_by("pk").values_list("pk", "tags"))
    both = [pk for pk, tags in found if new in tags]
    alone = [pk for pk, tags in found if new not in tags]
    _execute(REPLACE, old, new, ids=alone)
    _execute(DROP, old, ids=both)
    change: TagChange = TagChange.objects.create(
        old=old, new=new, by_id=by, at=at, conversation_ids=alone, both_ids=both, macro_ids=_in_macros(old, new)
    )
    if not Tag.objects.filter(name=new).exists():
        Tag.objects.filter(name=old).update(name=new)
    bus.publish(TagsChanged(at))
    return change


def _in_macros(old: str, new: str) -> list[int]:
    """The macros that gave the old one, which give the new one now."""
    macros = list(Macro.objects.select_for_update(of=("self",)).filter(tags__contains=[old]).order_by("pk"))
    for macro in macros:
        macro.tags = list(dict.fromkeys(new if tag == old else tag for tag in macro.tags))
        macro.save(update_fields=["tags"])
    return [macro.pk for macro in macros]


@transaction.atomic
def undo_tag_change(*, change_id: int, at: datetime) -> None:
    """Those that carried the old one carry it again, unless somebody has taken the new one away since. Twice changes nothing.

    Raises TagRefused where the new one has become yet another, and NoSuchTag.
    """
    change = TagChange.objects.select_for_update(of=("self",)).filter(pk=change_id).first()
    if change is None:
        raise NoSuchTag(change_id)
    if change.undone_at is not None:
        return
    if TagChange.objects.filter(old=change.new, undone_at=None).exists():
        raise TagRefused(OddTag.LATER)
    still = Conversation.objects.select_for_update(of=("self",), no_key=True).filter(tags__contains=[change.new])
    ids = set(
        still.filter(pk__in=[*change.conversation_ids, *change.both_ids]).order_by("pk").values_list("pk", flat=True)
    )
    _execute(REPLACE, change.new, change.old, ids=[pk for pk in change.conversation_ids if pk in ids])
    _execute(ADD, change.old, ids=[pk for pk in change.both_ids if pk in ids])
    for macro in Macro.objects.select_for_update(of=("self",)).filter(pk__in=change.macro_ids).order_by("pk"):
        macro.tags = [change.old if tag == change.new else tag for tag in macro.tags]
        macro.save(update_fields=["tags"])
    if not Tag.objects.filter(name=change.old).exists() and not still.exists():
        Tag.objects.filter(name=change.new).update(name=change.old)
    change.undone_at = at
    change.save(update_fields=["undone_at"])
    bus.publish(TagsChanged(at))


def _execute(sql: str, *names: str, ids: list[int]) -> None:
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(sql, [*names, current_tenant_id(), ids])
