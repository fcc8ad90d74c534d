"""Macros: several acts under one name and one key."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from golddraht.conversations.models import Errand, Macro, TextModule
from golddraht.conversations.operations.errands import begin_errand
from golddraht.conversations.operations.wording import note_module_used
from golddraht.conversations.queries.tags import meant_by
from golddraht.conversations.rules import MACRO_KEYS, Acts
from golddraht.ground.text import one_line, without_control
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import Membership, Team
from golddraht.team.rules import Priority


class MacroRefused(ValueError):
    """The macro cannot be like that. `reason` is NAME, TAKEN, KEY, KEY_TAKEN, EMPTY or ENDS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def keep_macro(*, name: str, key: str, by: int | None, at: datetime, macro_id: int | None = None, **acts: Any) -> Macro:
    """A new macro, or with `macro_id` a changed one. `acts` are the columns of the acts. Raises MacroRefused."""
    macro: Macro = Macro(made_by_id=by, made_at=at)
    if macro_id is not None:
        macro = Macro.objects.select_for_update().get(pk=macro_id, retired_at=None)
    macro.name, macro.key = one_line(name, 80), key
    macro.module = TextModule.objects.filter(pk=acts.get("module_id") or 0, retired_at=None).first()
    macro.to = Membership.objects.filter(pk=acts.get("to_id") or 0, tenant_id=current_tenant_id(), active=True).first()
    macro.team = Team.objects.filter(pk=acts.get("team_id") or 0).first()
    macro.note = without_control(acts.get("note", "")).strip()
    macro.tags = list(dict.fromkeys(meant_by(one_line(tag, 40)) for tag in acts.get("tags", ()) if tag.strip()))
    macro.priority = Priority(acts["priority"]) if acts.get("priority") else ""
    macro.touch_in_days = acts.get("touch_in_days") or None
    macro.asks_whether_solved = acts.get("asks_whether_solved", False)
    macro.puts_aside = acts.get("puts_aside", False)
    _refuse_odd(macro)
    macro.save()
    return macro


def _refuse_odd(macro: Macro) -> None:
    others = Macro.objects.filter(retired_at=None).exclude(pk=macro.pk)
    checks = (
        ("NAME", not macro.name),
        ("TAKEN", others.filter(name=macro.name).exists()),
        ("KEY", macro.key not in ("", *MACRO_KEYS)),
        ("KEY_TAKEN", bool(macro.key) and others.filter(key=macro.key).exists()),
        ("EMPTY", acts_of(macro, at=macro.made_at).is_empty()),
        ("ENDS", macro.asks_whether_solved and macro.puts_aside),
    )
    for reason, applies in checks:
        if applies:
            raise MacroRefused(reason)


def acts_of(macro: Macro, *, at: datetime) -> Acts:
    """What the macro does, begun at that moment."""
    return Acts(
        text=macro.module.text if macro.module else "",
        note=macro.note,
        tags=tuple(macro.tags),
        priority=macro.priority,
        to_id=macro.to_id,
        team_id=macro.team_id,
        touch_at=at + timedelta(days=macro.touch_in_days) if macro.touch_in_days else None,
        asks_whether_solved=macro.asks_whether_solved,
        puts_aside=macro.puts_aside,
    )


@transaction.atomic
def retire_macro(*, macro_id: int, at: datetime) -> None:
    """Nobody is offered it any more; doing it twice changes nothing."""
    Macro.objects.filter(pk=macro_id, retired_at=None).update(retired_at=at)


@transaction.atomic
def bring_back_macro(*, macro_id: int) -> None:
    """It is offered again. Raises MacroRefused where another one has its name or key by now."""
    macro = Macro.objects.select_for_update().get(pk=macro_id)
    macro.retired_at = None
    _refuse_odd(macro)
    macro.save(update_fields=["retired_at"])


@transaction.atomic
def run_macro(
    *,
    macro_id: int,
    conversation_ids: list[int],
    by: int,
    token: str,
    at: datetime,
    seen_message_ids: dict[int, int] | None = None,
) -> Errand:
    """Do what the macro says to each of these concerns, as one errand. Raises NothingToDo, OnlyLeads, Macro.DoesNotExist."""
    macro = Macro.objects.select_related("module").get(pk=macro_id, retired_at=None)
    errand = begin_errand(
        name=macro.name,
        conversation_ids=conversation_ids,
        acts=acts_of(macro, at=at),
        by=by,
        token=token,
        seen_message_ids=seen_message_ids,
        at=at,
    )
    if macro.module_id is not None:
        note_module_used(module_id=macro.module_id)
    return errand
