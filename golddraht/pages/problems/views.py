"""Causes behind many concerns: the list, one of them, opening and changing it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from golddraht.ground.numbers import spoken
from golddraht.improvement.operations import (
    ProblemRefused,
    change_problem,
    link_concern,
    mark_fixed,
    open_problem,
    reopen_problem,
    unlink_concern,
)
from golddraht.improvement.queries import NoSuchProblem, affected_of, problem_for, problems_for, told_of
from golddraht.pages.conversation.place import asked, back_to, found
from golddraht.pages.doors import Visit, is_part, show, workspace
from golddraht.pages.fields import sent
from golddraht.pages.knowledge.place import today
from golddraht.pages.problems.forms import LinkForm, ProblemForm, words_of
from golddraht.pages.problems.shown import counted
from golddraht.pages.shown import person_name, status_word
from golddraht.plumbing import clock
from golddraht.team.queries import members
from golddraht.team.rules import Act

NAV = "problems"
METHODS = ["GET", "HEAD", "POST"]
A_MONTH = timedelta(days=30)


@contextmanager
def refused_in(form: forms.Form, field: str | None = None) -> Iterator[None]:
    try:
        yield
    except ProblemRefused as refusal:
        form.add_error(field, words_of(refusal.reason))


def one_problem(request: Visit, problem_id: int) -> Any:
    """Raises Http404 for what the viewer may not see."""
    try:
        return problem_for(viewer=request.viewer, problem_id=problem_id)
    except NoSuchProblem:
        raise Http404 from None


@require_safe
@workspace()
def problems(request: Visit) -> HttpResponse:
    """Open ones by their day, then what is fixed."""
    values = {"lines": problems_for(viewer=request.viewer, on=today())}
    if is_part(request):
        return render(request, "problems/list.html#lines", {"viewer": request.viewer} | values)
    return show(request, "problems/list.html", values, nav=NAV)


@require_http_methods(METHODS)
@workspace()
def new(request: Visit) -> HttpResponse:
    """A cause, its owner and a day."""
    first = {
        "owner_id": request.viewer.membership_id,
        "target_on": today() + A_MONTH,
        "title": request.GET.get("title", "")[:200],
    }
    form = ProblemForm(sent(request), initial=first, people=_people())
    if form.is_valid():
        with refused_in(form, "target_on"):
            made = open_problem(by=request.viewer.membership_id, at=clock.now(), **form.cleaned_data)
            return redirect("problem", request.viewer.tenant_slug, made.pk)
    return _form_page(request, form, gettext("A cause behind concerns"), gettext("Open it"), "")


@require_http_methods(METHODS)
@workspace()
def change(request: Visit, problem_id: int) -> HttpResponse:
    """Its words, owner and day."""
    one = one_problem(request, problem_id)
    first = {name: getattr(one, name) for name in ("title", "description", "owner_id", "target_on", "tag")}
    form = ProblemForm(sent(request), initial=first, people=_people())
    if form.is_valid():
        with refused_in(form, "target_on"):
            change_problem(problem_id=one.pk, at=clock.now(), **form.cleaned_data)
            return redirect("problem", request.viewer.tenant_slug, one.pk)
    url = reverse("problem", args=[request.viewer.tenant_slug, one.pk])
    return _form_page(request, form, gettext("Change"), gettext("Keep"), url)


def _people() -> list[tuple[int, str]]:
    return [(member.pk, member.name) for member in members()]


def _form_page(request: Visit, form: ProblemForm, title: str, send: str, back_url: str) -> HttpResponse:
    values = {"form": form, "title": title, "send": send, "back_url": back_url}
    return show(request, "problems/form.html", values, nav=NAV, status=422 if form.errors else 200)


@require_safe
@workspace()
def problem(request: Visit, problem_id: int) -> HttpResponse:
    """What it is, how often people wrote because of it, which concerns, and who has been told."""
    one = one_problem(request, problem_id)
    letters = told_of(one)
    values = {
        "problem": one,
        "is_late": one.fixed_at is None and one.target_on < today(),
        "counted": counted(one, today=today()),
        "concerns": [_concern(concern) for concern in affected_of(one)],
        "told": sum(letter.state == "SENT" for letter in letters),
        "letters": len(letters),
        "may_tell": request.viewer.may(Act.ANSWER_MANY),
    }
    return show(request, "problems/problem.html", values, nav=NAV)


def _concern(concern: Any) -> dict[str, Any]:
    return {
        "number": concern.number,
        "spoken": spoken(concern.number),
        "subject": concern.subject,
        "customer_name": person_name(concern.customer.name),
        "state_text": status_word(concern.status),
        "owner_name": concern.owner.name if concern.owner else "",
    }


@require_POST
@workspace()
def fixed(request: Visit, problem_id: int) -> HttpResponse:
    """The cause is gone."""
    one = one_problem(request, problem_id)
    try:
        mark_fixed(problem_id=one.pk, by=request.viewer.membership_id, at=clock.now())
        messages.success(request, gettext("Noted. Whether it is really gone the contacts of the next weeks show."))
    except ProblemRefused as refusal:
        messages.error(request, words_of(refusal.reason))
    return redirect("problem", request.viewer.tenant_slug, one.pk)


@require_POST
@workspace()
def not_fixed(request: Visit, problem_id: int) -> HttpResponse:
    """It was not gone after all."""
    one = one_problem(request, problem_id)
    reopen_problem(problem_id=one.pk, at=clock.now())
    messages.success(request, gettext("It is open again."))
    return redirect("problem", request.viewer.tenant_slug, one.pk)


@workspace()
def belongs(request: Visit, number: int) -> HttpResponse:
    """This concern has that cause: one that is known, or a new one."""
    conversation = found(request, number)
    known = [(line.id, line.title) for line in problems_for(viewer=request.viewer, on=today()) if not line.is_fixed]
    form = LinkForm(sent(request), problems=known)
    if form.is_valid():
        link_concern(
            problem_id=form.cleaned_data["problem_id"],
            conversation_id=conversation.pk,
            by=request.viewer.membership_id,
            at=clock.now(),
        )
        messages.success(request, gettext("Linked. When it is fixed, this customer can be told."))
        return back_to(request, number)
    text = gettext("Not there yet? Open it under Problems first.")
    return asked(request, conversation, form, title=gettext("Belongs to a problem"), send=gettext("Link"), text=text)


@require_POST
@workspace()
def belongs_not(request: Visit, number: int, problem_id: int) -> HttpResponse:
    """It had another cause."""
    conversation, one = found(request, number), one_problem(request, problem_id)
    unlink_concern(problem_id=one.pk, conversation_id=conversation.pk, at=clock.now())
    return redirect("problem", request.viewer.tenant_slug, one.pk)
