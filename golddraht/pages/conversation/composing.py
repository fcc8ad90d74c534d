"""The answer to a concern: kept while it is written, sent now or later, and taken back before it has left."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.conversations.operations import (
    AlreadyLeft,
    DraftMovedOn,
    NextTouchRefused,
    NothingToSay,
    NotLive,
    RecipientRefused,
    SendTimeRefused,
    Sent,
    StaleAnswer,
    discard_draft,
    keep_draft,
    leave_now,
    send_answer,
    take_back,
    take_file_out,
)
from golddraht.conversations.queries import (
    circle_of,
    draft_file_for,
    drafts_in,
    next_in,
)
from golddraht.customers.rules import UnprovenSalutation
from golddraht.pages.conversation.forms import ReplyForm
from golddraht.pages.conversation.laid_out import formatted
from golddraht.pages.conversation.leaving import file_shown, pictures_of, undoable_for
from golddraht.pages.conversation.place import back_to, found, url_of
from golddraht.pages.conversation.salutation import held, settled
from golddraht.pages.conversation.views import page
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.fields import LARGEST_UPLOAD, enclosures_of
from golddraht.pages.inbox.place import listed
from golddraht.pages.refusals import told_in
from golddraht.plumbing import clock
from golddraht.plumbing.files import file_answer, harmless_type
from golddraht.team.operations import set_after_answer
from golddraht.team.rules import AfterAnswer

REFUSALS = (NothingToSay, NotLive, NextTouchRefused, RecipientRefused, SendTimeRefused, DraftMovedOn)
CONFLICT = 409


@require_POST
@workspace()
def answer(request: Visit, number: int) -> HttpResponse:
    """The colleague's answer. What was typed stays when something newer has arrived or does not fit."""
    concern, at = found(request, number), clock.now()
    form = ReplyForm(request.POST, request.FILES, circle=circle_of(concern))
    more: dict[str, Any] = {}
    if form.is_valid() and _fits(request, concern, form):
        try:
            with told_in(form, *REFUSALS, at=at):
                following = _following(request, concern, at)
                _say(request, _send(request, concern, form, at=at), at=at)
                return _onwards(request, number, form, following)
        except StaleAnswer as stale:
            more = {"newer_message_id": stale.message_id}
        except UnprovenSalutation as refusal:
            more = {"held": held(refusal, request.POST)}
    return page(request, concern, form=form, **more)


def _following(request: Visit, concern: Any, at: datetime) -> int | None:
    """The number of the concern below this one in the list beside it."""
    here = listed(request)
    return next_in(
        viewer=request.viewer,
        place=here.place,
        conversation=concern,
        at=at,
        narrowing=here.narrowing(request.viewer, at),
    )


def _send(request: Visit, concern: Any, form: ReplyForm, *, at: datetime) -> Sent:
    told, known = form.cleaned_data, {"customer": concern.customer, "language": concern.language}
    told["text"] = settled(request.POST, told["text"], at=at, **known)
    return send_answer(
        conversation_id=concern.pk,
        author_id=request.viewer.membership_id,
        writing=form.writing(),
        enclosures=enclosures_of(form.cleaned_data["attached"]),
        send_at=form.cleaned_data.get("send_at"),
        undo_within=request.viewer.undo_within,
        known_at=form.known_moment(),
        at=at,
    )


def _fits(request: Visit, concern: Any, form: ReplyForm) -> bool:
    """Whether what is sent along is small enough for one message, with what lies in the draft already."""
    files = form.cleaned_data.get("attached") or []
    size = sum(file.size or 0 for file in files) + (_draft_size(request, concern) if files else 0)
    if size > LARGEST_UPLOAD:
        form.add_error(
            "attached", gettext("Together these files are too large. At most 25 MB can go with one message.")
        )
    return size <= LARGEST_UPLOAD


def _draft_size(request: Visit, concern: Any) -> int:
    own = _own_draft(request, concern)
    return sum(file.size for file in own.files) if own else 0


def _own_draft(request: Visit, concern: Any) -> Any:
    found = drafts_in(viewer=request.viewer, conversation_id=concern.pk)
    return next((one for one in found if one.leaves_at is None), None)


def _say(request: Visit, sent: Sent, *, at: datetime) -> None:
    if sent.draft_id is None:
        messages.success(request, gettext("Sent."))


def _onwards(request: Visit, number: int, form: ReplyForm, following: int | None) -> HttpResponseRedirect:
    """Where this member goes after an answer; what they chose just now is what they mean from now on."""
    chosen = AfterAnswer(form.cleaned_data.get("after_answer") or request.viewer.after_answer)
    if chosen is not request.viewer.after_answer:
        set_after_answer(member_id=request.viewer.membership_id, after_answer=chosen)
    slug, place = request.viewer.tenant_slug, request.GET.get("place", "")
    if chosen is AfterAnswer.STAY:
        return back_to(request, number)
    if chosen is AfterAnswer.NEXT and following is not None:
        return HttpResponseRedirect(url_of(slug, following, place=place))
    return HttpResponseRedirect(reverse("inbox", args=[slug]) + (f"?place={listed(request).key}"))


@require_POST
@workspace()
def keep(request: Visit, number: int) -> HttpResponse:
    """What is being written, as it stands now: kept by itself while somebody writes, or by a button."""
    concern, at = found(request, number), clock.now()
    is_by_itself = request.accepts("application/json") and not request.accepts("text/html")
    form = ReplyForm(request.POST, request.FILES, circle=circle_of(concern))
    form.is_valid()
    if not _fits(request, concern, form):
        return page(request, concern, form=form)
    try:
        draft = keep_draft(
            conversation_id=concern.pk,
            member_id=request.viewer.membership_id,
            writing=form.writing(),
            enclosures=enclosures_of(form.cleaned_data.get("attached") or []),
            known_at=form.known_moment() if is_by_itself else None,
            at=at,
        )
    except DraftMovedOn:
        return JsonResponse({}, status=CONFLICT)
    if is_by_itself:
        return JsonResponse(_kept(draft))
    messages.success(request, gettext("Kept as a draft. You find it here on any device."))
    return back_to(request, number)


def _kept(draft: Any) -> dict[str, str]:
    if draft is None:
        return {"known_at": "", "words": ""}
    clock_time = timezone.localtime(draft.changed_at).strftime("%H:%M")
    return {"known_at": draft.changed_at.isoformat(), "words": gettext("Draft kept %(time)s") % {"time": clock_time}}


@require_POST
@workspace()
def add_files(request: Visit, number: int) -> HttpResponse:
    """Files that go along, put into the draft as soon as they are chosen; answers with all of them."""
    concern = found(request, number)
    form = ReplyForm(request.POST, request.FILES, circle=circle_of(concern))
    form.is_valid()
    if _fits(request, concern, form):
        keep_draft(
            conversation_id=concern.pk,
            member_id=request.viewer.membership_id,
            writing=form.writing(),
            enclosures=enclosures_of(form.cleaned_data.get("attached") or []),
            at=clock.now(),
        )
    return _files(request, concern, form)


@require_POST
@workspace()
def preview(request: Visit, number: int) -> HttpResponse:
    """How what is written will look, with its pictures."""
    own, text = _own_draft(request, found(request, number)), request.POST.get("text", "")
    pictures = pictures_of(own.files, request.viewer) if own else {}
    return HttpResponse(formatted(text, pictures) or linebreaks(text, autoescape=True))


@require_POST
@workspace()
def remove_file(request: Visit, number: int, draft_file_id: int) -> HttpResponse:
    concern = found(request, number)
    take_file_out(
        conversation_id=concern.pk, member_id=request.viewer.membership_id, file_id=draft_file_id, at=clock.now()
    )
    form = ReplyForm(circle=())
    return _files(request, concern, form) if request.htmx else back_to(request, number, anchor="reply")


def _files(request: Visit, concern: Any, form: ReplyForm) -> HttpResponse:
    draft = _own_draft(request, concern)
    values = {
        "viewer": request.viewer,
        "files": [file_shown(file, request.viewer, concern.number) for file in draft.files] if draft else [],
        "known_at": draft.changed_at.isoformat() if draft else "",
        "refused": form.errors.get("attached", []) if form.is_bound else [],
    }
    return render(request, "conversation/_draft_files.html", values)


@workspace()
def draft_file(request: Visit, draft_file_id: int) -> HttpResponse:
    """A file of a draft; a picture is shown, anything else is a download."""
    file = draft_file_for(viewer=request.viewer, file_id=draft_file_id)
    request.seen.append(("customers_customer", file.customer_id))
    shown_as = harmless_type(file.content_type)
    is_picture = shown_as.startswith("image/")
    return file_answer(file.stored_as, filename=file.name, content_type=shown_as, inline=is_picture)


@require_POST
@workspace()
def discard(request: Visit, number: int) -> HttpResponse:
    concern = found(request, number)
    discard_draft(conversation_id=concern.pk, member_id=request.viewer.membership_id, at=clock.now())
    messages.success(request, gettext("The draft is gone."))
    return back_to(request, number)


@require_POST
@workspace()
def bring_back(request: Visit, number: int, draft_id: int) -> HttpResponse:
    """What was sent and has not left yet is a draft again."""
    concern = found(request, number)
    try:
        take_back(conversation_id=concern.pk, draft_id=draft_id, at=clock.now())
    except AlreadyLeft:
        messages.error(request, gettext("It has left already and cannot be taken back any more."))
    return back_to(request, number, anchor="reply")


@require_POST
@workspace()
def send_now(request: Visit, number: int, draft_id: int) -> HttpResponse:
    """It need not wait for its moment."""
    leave_now(conversation_id=found(request, number).pk, draft_id=draft_id, at=clock.now())
    return back_to(request, number)


@workspace()
def undoable(request: Visit) -> HttpResponse:
    """What the viewer has just sent, with the way to take it back; for pages that show something else by now."""
    found = undoable_for(request.viewer, clock.now(), besides=request.GET.get("besides", ""))
    return render(request, "conversation/_undoable.html", {"viewer": request.viewer, "undoable": found})
