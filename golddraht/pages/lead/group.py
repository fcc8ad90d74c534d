"""One answer for many like concerns: found by word or tag, chosen, looked at, sent to each as a personal message."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from golddraht.conversations.operations.errands import begin_errand
from golddraht.conversations.queries.grouping import Waiting, tags_waiting, waiting_like
from golddraht.conversations.rules import BLANKS, Acts
from golddraht.customers.rules import greeting
from golddraht.ground.placeholders import UnknownPlaceholder, check_placeholders
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.errands.tokens import fresh_token, token_of
from golddraht.pages.lead import shown
from golddraht.pages.lead.views import NAV
from golddraht.plumbing import clock
from golddraht.team.rules import Act

GREETING = "{greeting}"
AT_ONCE = 200
COMMONEST = 12
SEND = "send"


class GroupForm(forms.Form):
    """The one answer. `{greeting}` becomes each customer's own first line."""

    text = forms.CharField(
        label=_("Your answer to all of them"),
        help_text=_("{greeting} becomes the first line of a letter to each customer, by name."),
        widget=forms.Textarea(attrs={"rows": 8, "data-behaviour": "autosize"}),
        max_length=20_000,
    )


@require_safe
@workspace(Act.ANSWER_MANY)
def group(request: Visit) -> HttpResponse:
    """What waits for us, all of it or what is alike."""
    word, tag = request.GET.get("word", "").strip()[:80], request.GET.get("tag", "").strip()[:40]
    found = waiting_like(viewer=request.viewer, word=word, tag=tag, limit=AT_ONCE)
    start = GREETING + "\n\n\n\n" + gettext("Kind regards") + "\n" + request.viewer.name
    values = {
        "word": word,
        "tag": tag,
        "tags": tags_waiting(viewer=request.viewer)[:COMMONEST],
        "form": GroupForm(initial={"text": start}),
    }
    return _page(request, found, values, chosen=set())


@require_POST
@workspace(Act.ANSWER_MANY)
def answer(request: Visit) -> HttpResponse:
    """First shown as each will read it, then sent."""
    form = GroupForm(request.POST)
    ids = _ids(request)
    chosen = waiting_like(viewer=request.viewer, conversation_ids=ids, limit=AT_ONCE) if ids else []
    if form.is_valid():
        _refuse_odd(form)
    if not chosen:
        form.add_error(None, gettext("Choose at least one concern that still waits for an answer."))
    if form.errors:
        everything = waiting_like(viewer=request.viewer, limit=AT_ONCE)
        return _page(
            request, everything, {"form": form, "word": "", "tag": "", "tags": []}, chosen=set(ids), status=422
        )
    if request.POST.get("step") == SEND:
        return _sent(request, form, ids)
    values = {
        "form": form,
        "token": fresh_token(),
        "letters": [_letter(line, form.cleaned_data["text"]) for line in chosen],
    }
    return show(request, "lead/letters.html", values, nav=NAV)


def _refuse_odd(form: GroupForm) -> None:
    """Words, and no placeholder that nobody can fill."""
    text = form.cleaned_data["text"]
    if not text.replace(GREETING, "").strip():
        form.add_error("text", gettext("Write something first."))
        return
    try:
        check_placeholders(text, BLANKS)
    except UnknownPlaceholder as unknown:
        form.add_error("text", gettext("Nobody can fill %(name)s.") % {"name": unknown.name})


def _page(
    request: Visit, found: list[Waiting], values: dict[str, Any], *, chosen: set[int], status: int = 200
) -> HttpResponse:
    at = clock.now()
    lines = [shown.waiting(line, slug=request.viewer.tenant_slug, at=at) for line in found]
    return show(request, "lead/group.html", values | {"lines": lines, "chosen": chosen}, nav=NAV, status=status)


def _letter(line: Waiting, text: str) -> dict[str, Any]:
    """How this customer will read it, and what had been read of them when it was written."""
    first = greeting(name=line.customer_name, salutation=line.customer_salutation, language=line.language)
    return {
        "id": line.id,
        "seen": line.seen_message_id,
        "customer_name": line.customer_name,
        "number": line.spoken,
        "text": text.replace(GREETING, first),
    }


def _sent(request: Visit, form: GroupForm, ids: list[int]) -> HttpResponse:
    """Each for itself, one after the other; the page of the errand says how far it is."""
    text = form.cleaned_data["text"]
    errand = begin_errand(
        name=gettext("Answer to many"),
        conversation_ids=ids,
        acts=Acts(text=text),
        by=request.viewer.membership_id,
        token=token_of(request, text, ids),
        seen_message_ids=_seen(request, ids),
        at=clock.now(),
    )
    return redirect("errand", request.viewer.tenant_slug, errand.pk)


def _seen(request: Visit, ids: list[int]) -> dict[int, int]:
    """What was the newest message of each when the answer was looked at: whoever wrote since is not answered past."""
    seen = {id_: request.POST.get(f"seen{id_}", "") for id_ in ids}
    return {id_: int(message_id) for id_, message_id in seen.items() if message_id.isdecimal()}


def _ids(request: Visit) -> list[int]:
    return [int(id_) for id_ in request.POST.getlist("id")[:AT_ONCE] if id_.isdecimal() and len(id_) < 19]
