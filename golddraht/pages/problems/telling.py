"""Telling everybody affected that it is fixed: written once, looked at as each will read it, then sent, with a minute to stop it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from golddraht.improvement.operations import stop_letters, tell_affected
from golddraht.improvement.queries import letters_of, told_of
from golddraht.improvement.rules import GREETING, LetterState
from golddraht.pages.doors import Visit, is_part, show, workspace
from golddraht.pages.problems.forms import TellForm
from golddraht.pages.problems.shown import letter_word, why_word
from golddraht.pages.problems.views import METHODS, NAV, one_problem, refused_in
from golddraht.pages.shown import person_name
from golddraht.plumbing import clock
from golddraht.team.rules import Act

SEND = "send"


@require_http_methods(METHODS)
@workspace(Act.ANSWER_MANY)
def tell(request: Visit, problem_id: int) -> HttpResponse:
    """First the letter, then every single one of them to look at, then they leave."""
    one = one_problem(request, problem_id)
    form = TellForm(request.POST or None, initial={"text": _first_words(request)})
    is_ready = form.is_valid()
    if is_ready and request.POST.get("step") == SEND:
        with refused_in(form):
            count = tell_affected(
                problem_id=one.pk, text=form.cleaned_data["text"], by=request.viewer.membership_id, at=clock.now()
            )
            messages.success(
                request,
                gettext("%(count)s letters leave in a minute. Until then you can stop them.") % {"count": count},
            )
            return redirect("problem_told", request.viewer.tenant_slug, one.pk)
    letters = letters_of(one, form.cleaned_data["text"]) if is_ready else []
    values = {
        "problem": one,
        "form": form,
        "is_ready": is_ready and not form.errors,
        "letters": [_letter(letter) for letter in letters if not letter.why_not],
        "left_out": [_letter(letter) for letter in letters if letter.why_not],
        "again": TellForm(request.POST, auto_id=False) if is_ready else None,
    }
    return show(request, "problems/tell.html", values, nav=NAV, status=422 if form.errors else 200)


def _first_words(request: Visit) -> str:
    with translation.override(request.viewer.language):
        return f"{GREETING}\n\n\n\n{gettext('Kind regards')}\n{request.viewer.name}"


def _letter(letter: Any) -> dict[str, Any]:
    return {
        "customer_name": person_name(letter.customer_name),
        "number": letter.number,
        "spoken": letter.spoken,
        "is_open": letter.is_open,
        "text": letter.text,
        "why": why_word(letter.why_not),
    }


@require_safe
@workspace()
def told(request: Visit, problem_id: int) -> HttpResponse:
    """How far it is, and who was left out."""
    one = one_problem(request, problem_id)
    lines = told_of(one)
    meant = [line for line in lines if line.state in {LetterState.WAITING, LetterState.SENT}]
    values = {
        "problem": one,
        "lines": [(line, letter_word(line.state), why_word(line.why)) for line in lines],
        "sent": sum(line.state == LetterState.SENT for line in lines),
        "meant": len(meant),
        "waiting": sum(line.state == LetterState.WAITING for line in lines),
        "may_stop": request.viewer.may(Act.ANSWER_MANY),
    }
    if is_part(request):
        return render(request, "problems/told.html#progress", {"viewer": request.viewer} | values)
    return show(request, "problems/told.html", values, nav=NAV)


@require_POST
@workspace(Act.ANSWER_MANY)
def stop(request: Visit, problem_id: int) -> HttpResponse:
    """What has not left stays here."""
    one = one_problem(request, problem_id)
    count = stop_letters(problem_id=one.pk, at=clock.now())
    messages.success(request, gettext("%(count)s letters were stopped.") % {"count": count})
    return redirect("problem_told", request.viewer.tenant_slug, one.pk)
