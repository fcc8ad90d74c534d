"""A macro, done to the concern that is open."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from golddraht.conversations.operations.macros import run_macro
from golddraht.conversations.queries.errands import macro_for, macros
from golddraht.pages.conversation.place import back_to, found
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.errands.tokens import token_of
from golddraht.plumbing import clock
from golddraht.team.queries import Viewer


@dataclass(frozen=True)
class MacroShown:
    """An entry of the menu of a concern, or of what can be done to many."""

    id: int
    name: str
    key: str
    url: str = ""


def macros_shown(viewer: Viewer, number: int | None = None, query: str = "") -> list[MacroShown]:
    """Those in use; with the number of a concern also where they are done to it."""
    return [
        MacroShown(
            one.pk,
            one.name,
            one.key,
            reverse("run_macro", args=[viewer.tenant_slug, number, one.pk]) + query if number is not None else "",
        )
        for one in macros(viewer=viewer)
    ]


@require_POST
@workspace()
def run(request: Visit, number: int, macro_id: int) -> HttpResponse:
    conversation = found(request, number)
    macro = macro_for(viewer=request.viewer, macro_id=macro_id)
    seen = request.POST.get("seen_message_id", "")
    if macro.retired_at is None:
        run_macro(
            macro_id=macro.pk,
            conversation_ids=[conversation.pk],
            by=request.viewer.membership_id,
            token=token_of(request, f"macro {macro.pk}", [conversation.pk]),
            seen_message_ids={conversation.pk: int(seen)} if seen.isdecimal() else None,
            at=clock.now(),
        )
    return back_to(request, number)
