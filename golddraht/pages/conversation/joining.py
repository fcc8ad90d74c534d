"""Two concerns that are one, one that is two, and two that have to do with each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.conversations.operations.linking import LinkRefused, link, unlink
from golddraht.conversations.operations.merging import MergeRefused, SplitRefused, UndoRefused, merge, split, undo_move
from golddraht.conversations.queries import NoSuchConversation, case_of, conversation_for, thread_of
from golddraht.conversations.rules import LinkKind, Status
from golddraht.ground.numbers import spoken
from golddraht.ground.text import one_line
from golddraht.pages.conversation.forms import LinkForm, Marking, MergeForm, SplitForm
from golddraht.pages.conversation.place import asked, back_to, found, url_of
from golddraht.pages.conversation.views import page
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.fields import sent
from golddraht.pages.refusals import told_in, words_of
from golddraht.pages.shown import person_name, status_word
from golddraht.plumbing import clock

MOST_OFFERED = 8


@workspace()
def merge_into(request: Visit, number: int) -> HttpResponse:
    """Everything said here belongs to another concern from now on; first it is shown which one that is."""
    conversation, at = found(request, number), clock.now()
    form = MergeForm(sent(request), known=_others_of_customer(request, conversation))
    other = _other(request, form) if form.is_valid() else None
    if other is not None and "sure" in request.POST:
        with told_in(form, MergeRefused, field="number", at=at):
            merge(source_id=conversation.pk, target_id=other.pk, by=request.viewer.membership_id, at=at)
            messages.success(request, gettext("Merged. Nothing is lost, and it can be undone."))
            return redirect(url_of(request.viewer.tenant_slug, other.number))
    return asked(
        request,
        conversation,
        form,
        title=gettext("Merge with another concern"),
        send=gettext("Merge") if other else gettext("Show me that concern"),
        text=gettext("All messages and notes move to the other concern; this number leads there."),
        preview=_preview(conversation, other) if other is not None else None,
        before=_together(request, conversation, other) if other is not None else None,
    )


def _others_of_customer(request: Visit, conversation: Any) -> list[tuple[str, str]]:
    """The same customer's other concerns, which it most likely belongs to."""
    others = case_of(viewer=request.viewer, number=conversation.number).others
    known = [one for one in others if one.status not in {Status.MERGED, Status.SPAM}]
    return [(one.spoken, f"{one.spoken} · {one.subject} · {status_word(one.status)}") for one in known[:MOST_OFFERED]]


@dataclass(frozen=True)
class Line:
    """One message in the thread as it will be; `moves` when it comes from the concern that is merged."""

    when: datetime
    author_name: str
    text: str
    moves: bool


def _together(request: Visit, conversation: Any, other: Any) -> list[Line]:
    """Both threads as one, before they are."""
    lines = [
        Line(entry.at, _author(entry), one_line(entry.text, 160), one is conversation)
        for one in (conversation, other)
        for entry in thread_of(viewer=request.viewer, number=one.number)
        if entry.kind == "message" and not entry.inquiry_id
    ]
    return sorted(lines, key=lambda line: line.when)


def _other(request: Visit, form: MergeForm | LinkForm) -> Any:
    """The concern whose number was typed; None, with an error in the form, when there is none."""
    try:
        return conversation_for(viewer=request.viewer, number=form.cleaned_data["number"])
    except NoSuchConversation:
        form.add_error("number", gettext("There is no concern with this number."))
        return None


def _preview(conversation: Any, other: Any) -> dict[str, str]:
    return {
        "title": gettext("%(number)s: %(subject)s") % {"number": spoken(other.number), "subject": other.subject},
        "text": gettext("%(customer)s. Is that the one? Then merge.") % {"customer": person_name(other.customer.name)},
        "warning": _warning(conversation, other) if conversation.customer_id != other.customer_id else "",
    }


def _warning(conversation: Any, other: Any) -> str:
    """What joining the concerns of two people means for what each of them can see."""
    return gettext(
        "These are two people. What %(one)s wrote will stand on the page that %(other)s reaches by the link in our"
        " mails; the links of %(one)s show this concern no longer. Merge only if both may read it all."
    ) % {"one": person_name(conversation.customer.name), "other": person_name(other.customer.name)}


@workspace()
def split_off(request: Visit, number: int) -> HttpResponse:
    """Some of the messages are a concern of their own."""
    conversation, at = found(request, number), clock.now()
    form = SplitForm(sent(request), messages=_choices(request, number))
    if form.is_valid():
        with told_in(form, SplitRefused, field="messages", at=at):
            chosen = form.cleaned_data["messages"]
            by, subject = request.viewer.membership_id, form.cleaned_data["subject"]
            move = split(conversation_id=conversation.pk, message_ids=chosen, subject=subject, by=by, at=at)
            messages.success(request, gettext("Split. Both concerns are linked, and it can be undone."))
            return redirect(url_of(request.viewer.tenant_slug, move.target.number))
    return page(request, conversation, marking=_marking(form))


def _marking(form: SplitForm) -> Marking:
    """What was marked and typed stays, with what did not fit."""
    problems = [str(error) for errors in form.errors.values() for error in errors]
    marked = form.data.getlist("messages") if isinstance(form.data, QueryDict) else []
    return Marking(
        marked=tuple(int(one) for one in marked if one.isdecimal()),
        subject=form.data.get("subject", ""),
        problems=tuple(problems),
    )


def _choices(request: Visit, number: int) -> list[tuple[int, str]]:
    entries = thread_of(viewer=request.viewer, number=number)
    return [
        (entry.id, f"{_author(entry)}: {one_line(entry.text, 90)}")
        for entry in entries
        if entry.kind == "message" and not entry.inquiry_id
    ]


def _author(message: Any) -> str:
    if message.automatic:
        return gettext("Automatic message")
    return message.author_name or gettext("Somebody without a name")


@require_POST
@workspace()
def undo(request: Visit, number: int, move_id: int) -> HttpResponse:
    """Take a merge or a split back."""
    found(request, number)
    at = clock.now()
    try:
        undo_move(move_id=move_id, by=request.viewer.membership_id, at=at)
    except UndoRefused as refusal:
        messages.error(request, words_of(refusal, at=at))
    return back_to(request, number)


@workspace()
def link_with(request: Visit, number: int) -> HttpResponse:
    conversation, at = found(request, number), clock.now()
    form = LinkForm(sent(request))
    other = _other(request, form) if form.is_valid() else None
    if other is not None:
        earlier, later = sorted([conversation, other], key=lambda one: one.number)
        with told_in(form, LinkRefused, field="number", at=at):
            by = request.viewer.membership_id
            link(earlier_id=earlier.pk, later_id=later.pk, kind=LinkKind.RELATED, by=by, at=at)
            return back_to(request, number)
    return asked(request, conversation, form, title=gettext("Link with another concern"), send=gettext("Link"))


@require_POST
@workspace()
def unlink_from(request: Visit, number: int, link_id: int) -> HttpResponse:
    found(request, number)
    unlink(link_id=link_id, by=request.viewer.membership_id, at=clock.now())
    return back_to(request, number)
