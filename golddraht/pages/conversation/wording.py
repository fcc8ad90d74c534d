"""Text modules in an answer: typed in by the page's script, or by the server where there is none."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.conversations.operations.wording import note_module_used
from golddraht.conversations.queries import circle_of
from golddraht.conversations.queries.wording import rendered
from golddraht.pages.conversation.forms import ReplyForm
from golddraht.pages.conversation.place import found
from golddraht.pages.conversation.views import page
from golddraht.pages.doors import Visit, workspace
from golddraht.plumbing import clock


@require_POST
@workspace()
def insert_module(request: Visit, number: int) -> HttpResponse:
    """The words alone where a script asks; else the page with them behind what was typed."""
    chosen = request.POST.get("module", "")
    said = rendered(
        viewer=request.viewer, number=number, module_id=int(chosen) if chosen.isdecimal() else 0, at=clock.now()
    )
    note_module_used(module_id=int(chosen))
    if request.htmx:
        return HttpResponse(said.text, content_type="text/plain; charset=utf-8")
    if said.missing:
        messages.warning(request, gettext("Fill in yourself: %(names)s") % {"names": ", ".join(said.missing)})
    concern = found(request, number)
    return page(request, concern, form=with_words(request, concern, said.text))


def with_words(request: Visit, concern: Any, words: str) -> ReplyForm:
    """The form as it was sent, with these words behind what was typed."""
    typed = request.POST.copy()
    before = typed.get("text", "").rstrip()
    typed["text"] = f"{before}\n\n{words}" if before else words
    initial = {name: typed.get(name) for name in ReplyForm.base_fields if name not in {"recipients", "attached"}}
    return ReplyForm(initial=initial | {"recipients": typed.getlist("recipients")}, circle=circle_of(concern))
