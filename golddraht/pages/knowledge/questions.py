"""What nobody could answer: the list, and one question until it is answered or closed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from golddraht.knowledge.operations.questions import (
    answer_with,
    close_question,
    join_questions,
    note_unanswered,
    take_on,
)
from golddraht.knowledge.queries import NoSuchArticle, Wanted, article_for, articles_for
from golddraht.knowledge.queries.questions import NoSuchQuestion, askings_of, question_for, questions_for
from golddraht.knowledge.rules import LANGUAGES, QuestionState, Sources
from golddraht.pages import shown as told_as
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.knowledge.place import NAV, UNPROCESSABLE, today, told
from golddraht.pages.settings.absences import DayField
from golddraht.plumbing import clock
from golddraht.team.queries import members

STATES = {state.value for state in QuestionState}
MOST_PROPOSED = 5


class StepForm(forms.Form):
    owner_id = forms.TypedChoiceField(label=_("Who finds the answer?"), coerce=int)
    next_step = forms.CharField(label=_("What is the next step?"), max_length=300, required=False)
    due_on = DayField(label=_("By when?"))

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner_id"]
        owner.choices = people


class CloseForm(forms.Form):
    reason = forms.CharField(label=_("Why does it need no answer?"), max_length=300)


@require_safe
@workspace()
def questions(request: Visit) -> HttpResponse:
    """What is open, late ones first; what was settled when asked for."""
    state = request.GET.get("state", "OPEN")
    state = state if state in STATES else "OPEN"
    is_mine = request.GET.get("whose") == "mine"
    at = clock.now()
    lines = questions_for(viewer=request.viewer, on=today(), state=state, is_mine=is_mine)
    values = {
        "lines": [(line, told_as.day(line.latest_at, at)) for line in lines],
        "state": state,
        "is_mine": is_mine,
    }
    return show(request, "knowledge/questions.html", values, nav=NAV)


@require_POST
@workspace()
def note(request: Visit) -> HttpResponse:
    """A search in the workspace found nothing that helps."""
    language = request.viewer.language if request.viewer.language in LANGUAGES else "de"
    noted = note_unanswered(
        words=request.POST.get("words", ""),
        language=language,
        source=Sources.WORKSPACE,
        by=request.viewer.membership_id,
        at=clock.now(),
    )
    if noted is None:
        messages.error(request, gettext("Say it in words that others understand."))
        return redirect("knowledge", request.viewer.tenant_slug)
    messages.success(request, gettext("Noted. It is yours until it is answered or somebody else takes it."))
    return redirect("question", request.viewer.tenant_slug, noted.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@workspace()
def question(request: Visit, question_id: int) -> HttpResponse:
    """One question: who finds the answer, which article it is, or why it needs none."""
    one = _found(request, question_id)
    people = [(member.pk, member.name) for member in members()]
    first = {"owner_id": one.owner_id, "next_step": one.next_step, "due_on": one.due_on}
    act = request.POST.get("act", "")
    step = StepForm(request.POST if act == "step" else None, initial=first, people=people)
    close = CloseForm(request.POST if act == "close" else None)
    done = _done(request, one, act, step, close)
    if done:
        messages.success(request, done)
        return (
            redirect("question", request.viewer.tenant_slug, one.pk)
            if act == "step"
            else redirect("questions", request.viewer.tenant_slug)
        )
    return _page(request, one, step, close)


def _found(request: Visit, question_id: int) -> Any:
    try:
        return question_for(viewer=request.viewer, question_id=question_id)
    except NoSuchQuestion:
        raise Http404 from None


def _done(request: Visit, one: Any, act: str, step: StepForm, close: CloseForm) -> str:
    """What was done, in words; "" when nothing was."""
    at, me = clock.now(), request.viewer.membership_id
    if act == "step" and step.is_valid():
        with told(step, "due_on"):
            take_on(question_id=one.pk, at=at, **step.cleaned_data)
            return gettext("Kept.")
    if act == "close" and close.is_valid():
        with told(close, "reason"):
            close_question(question_id=one.pk, reason=close.cleaned_data["reason"], by=me, at=at)
            return gettext("Closed, with your reason.")
    chosen = request.POST.get("chosen", "")
    if act in {"answer", "join"} and chosen.isdecimal() and len(chosen) < 19:
        with told(close):
            return _settled(request, one, act, int(chosen))
    return ""


def _settled(request: Visit, one: Any, act: str, chosen: int) -> str:
    at, me = clock.now(), request.viewer.membership_id
    if act == "join":
        join_questions(question_id=one.pk, into_id=_found(request, chosen).pk, at=at)
        return gettext("They are one question now.")
    try:
        article = article_for(viewer=request.viewer, article_id=chosen)
    except NoSuchArticle:
        raise Http404 from None
    answer_with(question_id=one.pk, article_id=article.pk, by=me, at=at)
    return gettext("Answered by an article.")


def _page(request: Visit, one: Any, step: StepForm, close: CloseForm) -> HttpResponse:
    wanted = Wanted(words=one.words, language=one.language)
    others = [line for line in questions_for(viewer=request.viewer, on=today()) if line.id != one.pk]
    at = clock.now()
    values = {
        "question": one,
        "is_open": one.state == QuestionState.OPEN,
        "askings": [(asked, told_as.moment(asked.at, at)) for asked in askings_of(one)],
        "step": step,
        "close": close,
        "articles": articles_for(viewer=request.viewer, wanted=wanted, on=today(), limit=MOST_PROPOSED),
        "others": others[:50],
        "new_url": reverse("new_article", args=[request.viewer.tenant_slug]),
    }
    has_errors = bool(step.errors or close.errors)
    return show(request, "knowledge/question.html", values, nav=NAV, status=UNPROCESSABLE if has_errors else 200)
