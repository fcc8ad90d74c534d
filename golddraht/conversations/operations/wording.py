"""Text modules: making them, changing them, and counting what is used."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.db.models import F

from golddraht.conversations.models import TextModule
from golddraht.conversations.rules import BLANKS
from golddraht.ground.placeholders import UnknownPlaceholder, check_placeholders
from golddraht.ground.text import folded, one_line, without_control
from golddraht.team.models import Team

LONGEST_SHORT = 30


class ModuleRefused(ValueError):
    """The text module cannot be like that. `reason` is EMPTY, NAME, SHORT, TAKEN or PLACEHOLDER, `what` names the culprit."""

    def __init__(self, reason: str, what: str = "") -> None:
        super().__init__(f"{reason} {what}".strip())
        self.reason, self.what = reason, what


@transaction.atomic
def keep_text_module(
    *,
    name: str,
    text: str,
    at: datetime,
    by: int | None,
    short: str = "",
    language: str = "",
    team_id: int | None = None,
    module_id: int | None = None,
) -> TextModule:
    """A new text module, or with `module_id` another wording of a known one. Raises ModuleRefused, TextModule.DoesNotExist.

    The short name is made from the name where none is given.
    """
    module: TextModule = TextModule(made_by_id=by, made_at=at)
    if module_id is not None:
        module = TextModule.objects.select_for_update().get(pk=module_id, retired_at=None)
    module.name, module.text = one_line(name, 80), without_control(text).strip()
    module.short = short_name(short or name)
    module.language = language
    module.team = Team.objects.get(pk=team_id) if team_id is not None else None
    _refuse_odd(module)
    module.save()
    return module


def short_name(words: str) -> str:
    """What is typed behind the stroke: folded, blanks as hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", folded(words)).strip("-")[:LONGEST_SHORT].strip("-")


def _refuse_odd(module: TextModule) -> None:
    if not module.name:
        raise ModuleRefused("NAME")
    if not module.text:
        raise ModuleRefused("EMPTY")
    if not module.short:
        raise ModuleRefused("SHORT")
    try:
        check_placeholders(module.text, BLANKS)
    except UnknownPlaceholder as unknown:
        raise ModuleRefused("PLACEHOLDER", unknown.name) from None
    same = TextModule.objects.filter(short=module.short, language=module.language, team=module.team, retired_at=None)
    if same.exclude(pk=module.pk).exists():
        raise ModuleRefused("TAKEN", module.short)


@transaction.atomic
def retire_text_module(*, module_id: int, at: datetime) -> None:
    """Nobody is offered it any more; doing it twice changes nothing."""
    TextModule.objects.filter(pk=module_id, retired_at=None).update(retired_at=at)


@transaction.atomic
def bring_back_text_module(*, module_id: int) -> None:
    """It is offered again. Raises ModuleRefused where another one has its short name by now."""
    module = TextModule.objects.select_for_update().get(pk=module_id)
    module.retired_at = None
    _refuse_odd(module)
    module.save(update_fields=["retired_at"])


@transaction.atomic
def note_module_used(*, module_id: int) -> None:
    """What is used most is offered first."""
    TextModule.objects.filter(pk=module_id).update(used=F("used") + 1)
