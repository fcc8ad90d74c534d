"""What a colleague does with one promise: keep it, agree on another date, make a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from golddraht.conversations.queries import NoSuchConversation, conversation_for
from golddraht.customers.queries import customer_for
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.promises.forms import ChangeForm, KeepForm, NewPromiseForm
from golddraht.pages.promises.views import NAV
from golddraht.pages.refusals import told_in
from golddraht.pages.shown import person_name, window
from golddraht.plumbing import clock
from golddraht.promises.operations import (
    AlreadySettled,
    NotYet,
    PromiseRefused,
    change_promise,
    keep_promise,
    make_promise,
)
from golddraht.promises.queries import promise_by_id
from golddraht.promises.queries.cards import title_of
from golddraht.promises.rules import Kind, State
from golddraht.team.queries import colleagues

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@workspace()
def keep(request: Visit, promise_id: int) -> HttpResponse:
    """Kept now, with one click; what has run out already is asked for its time first."""
    at, promise = clock.now(), promise_by_id(promise_id)
    is_one_click = request.method == "POST" and "kept_at" not in request.POST and promise.due_at >= at
    posted = {"kept_at": at} if is_one_click else request.POST or None
    form = KeepForm(posted, initial={"kept_at": at})
    if form.is_valid():
        kept_at = at if is_one_click else form.cleaned_data["kept_at"]
        with told_in(form, AlreadySettled, NotYet, at=at):
            kept = keep_promise(promise_id=promise_id, by=request.viewer.membership_id, at=at, kept_at=kept_at)
            _say_what_became_of(request, kept)
            return to_list(request)
    return _ask(request, promise, form, title=gettext("Was it kept?"), send=gettext("Record it"))


def _say_what_became_of(request: Visit, promise: Any) -> None:
    if promise.state == State.KEPT:
        messages.success(request, gettext("Kept: %(what)s. Thank you.") % {"what": title_of(promise)})
    else:
        messages.warning(request, gettext("Recorded, as not kept in time: %(what)s.") % {"what": title_of(promise)})


@require_http_methods(METHODS)
@workspace()
def change(request: Visit, promise_id: int) -> HttpResponse:
    """Another date. Without the customer's agreement the first promise counts as broken, and the page says so."""
    at, promise = clock.now(), promise_by_id(promise_id)
    if promise.kind == Kind.FIRST_ANSWER:
        raise Http404
    form = ChangeForm(request.POST or None, initial={"starts_at": promise.starts_at, "due_at": promise.due_at})
    if form.is_valid():
        with told_in(form, PromiseRefused, AlreadySettled, at=at):
            change_promise(
                promise_id=promise_id,
                starts_at=form.cleaned_data["starts_at"],
                due_at=form.cleaned_data["due_at"],
                agreed=form.cleaned_data["agreed"] == "yes",
                by=request.viewer.membership_id,
                at=at,
            )
            messages.success(request, gettext("The new date stands. Please make sure that the customer knows it."))
            return to_list(request)
    return _ask(request, promise, form, title=gettext("Another date"), send=gettext("Promise the new date"))


def _ask(request: Visit, promise: Any, form: Any, *, title: str, send: str) -> HttpResponse:
    values = {"form": form, "title": title, "send": send, "promise": told(promise)}
    return show(request, "promises/act.html", values, nav=NAV, status=422 if form.is_bound else 200)


def told(promise: Any) -> dict[str, str]:
    """The promise that a page is about, in words."""
    return {
        "what": title_of(promise),
        "customer_name": person_name(promise.customer.name),
        "when_text": window(promise.starts_at, promise.due_at, clock.now()),
    }


def to_list(request: Visit) -> HttpResponse:
    return redirect("promises", request.viewer.tenant_slug)


@require_http_methods(METHODS)
@workspace()
def new_promise(request: Visit) -> HttpResponse:
    """A promise to the customer named in the address, or of the concern whose number is given."""
    at, viewer = clock.now(), request.viewer
    people = [(person.id, person.name) for person in colleagues(viewer=viewer, at=at)]
    customer_id = request.GET.get("customer", "")
    initial = {"owner": viewer.membership_id, "customer": int(customer_id) if customer_id.isdecimal() else None}
    form = NewPromiseForm(request.POST or None, initial=initial, people=people)
    if form.is_valid() and _made(request, form):
        messages.success(request, gettext("Promised. It stands in the list until it is kept."))
        return to_list(request)
    customer = customer_for(viewer=viewer, customer_id=initial["customer"]) if initial["customer"] else None
    values = {"form": form, "customer_name": person_name(customer.name) if customer else ""}
    return show(request, "promises/new.html", values, nav=NAV, status=422 if form.is_bound else 200)


def _made(request: Visit, form: NewPromiseForm) -> bool:
    at, viewer, cleaned = clock.now(), request.viewer, form.cleaned_data
    try:
        conversation = conversation_for(viewer=viewer, number=cleaned["number"]) if cleaned["number"] else None
    except NoSuchConversation:
        form.add_error("number", gettext("There is no concern with this number here."))
        return False
    customer_id = conversation.customer_id if conversation else cleaned["customer"]
    with told_in(form, PromiseRefused, at=at):
        make_promise(
            customer_id=customer_for(viewer=viewer, customer_id=customer_id).pk,
            conversation_id=conversation.pk if conversation else None,
            owner_id=cleaned["owner"],
            kind=Kind(cleaned["kind"]),
            what=cleaned["what"],
            starts_at=cleaned["starts_at"],
            due_at=cleaned["due_at"],
            reference=cleaned["reference"],
            tour=cleaned["tour"],
            by=viewer.membership_id,
            at=at,
        )
        return True
    return False
