"""One answer for many like concerns: found by word or tag, chosen, looked at, sent to each as a personal message."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from golddraht.conversations.operations import NothingToSay
from golddraht.conversations.operations.answering_many import GREETING, UNPROVEN, Answered, answer_many
from golddraht.conversations.queries.grouping import Waiting, tags_waiting, waiting_like
from golddraht.customers.rules import greeting
from golddraht.ground.numbers import spoken
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.lead import shown
from golddraht.pages.lead.views import NAV
from golddraht.plumbing import clock
from golddraht.team.rules import Act

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
    if not chosen:
        form.add_error(None, gettext("Choose at least one concern that still waits for an answer."))
    if form.errors:
        everything = waiting_like(viewer=request.viewer, limit=AT_ONCE)
        return _page(
            request, everything, {"form": form, "word": "", "tag": "", "tags": []}, chosen=set(ids), status=422
        )
    if request.POST.get("step") == SEND:
        return _sent(request, form, ids)
    values = {"form": form, "letters": [_letter(line, form.cleaned_data["text"]) for line in chosen]}
    return show(request, "lead/letters.html", values, nav=NAV)


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
    try:
        done = answer_many(
            conversation_ids=ids,
            author_id=request.viewer.membership_id,
            text=form.cleaned_data["text"],
            seen_message_ids=_seen(request, ids),
            at=clock.now(),
        )
    except NothingToSay:
        form.add_error("text", gettext("Write something first."))
        return show(request, "lead/letters.html", {"form": form, "letters": []}, nav=NAV, status=422)
    values = {
        "answered": [line for line in done if line.message_id],
        "refused": [_refused(line, slug=request.viewer.tenant_slug) for line in done if line.why_not],
    }
    return show(request, "lead/answered.html", values, nav=NAV)


def _refused(line: Answered, *, slug: str) -> dict[str, Any]:
    reasons = {
        "This concern does not exist.": gettext("This concern does not exist."),
        "This concern is not open any more.": gettext("This concern is not open any more."),
        "This customer cannot be reached by mail.": gettext("This customer cannot be reached by mail."),
        UNPROVEN: gettext(
            "The first line says Frau or Herr, and nothing shows that it is right. Begin with {greeting} instead."
        ),
        "A newer message has arrived. Read it before you send your answer.": gettext(
            "The customer wrote again while you were writing."
        ),
    }
    return {
        "number": spoken(line.number) if line.number else "–",
        "url": reverse("conversation", args=[slug, line.number]) if line.number else "",
        "why_not": reasons.get(line.why_not, line.why_not),
    }


def _seen(request: Visit, ids: list[int]) -> dict[int, int]:
    """What was the newest message of each when the answer was looked at: whoever wrote since is not answered past."""
    seen = {id_: request.POST.get(f"seen{id_}", "") for id_ in ids}
    return {id_: int(message_id) for id_, message_id in seen.items() if message_id.isdecimal()}


def _ids(request: Visit) -> list[int]:
    return [int(id_) for id_ in request.POST.getlist("id")[:AT_ONCE] if id_.isdecimal() and len(id_) < 19]
