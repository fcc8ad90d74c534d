"""Is it solved? The customer says yes or not yet with one click, as often as they like; looking changes nothing (M1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from golddraht.conversations.operations.solving import PURPOSE, confirm_solution, object_to_solution
from golddraht.conversations.queries.own_matter import first_words_in, solution_by_id
from golddraht.conversations.rules import Status
from golddraht.ground.numbers import spoken
from golddraht.ground.text import one_line
from golddraht.pages.doors import signed
from golddraht.pages.portal.forms import ObjectionForm
from golddraht.pages.portal.showing import (
    care_of,
    day_and_time,
    is_flooded,
    matter_of,
    shown_to_customer,
    slow_down,
    told_to,
)
from golddraht.plumbing import clock

VALID_FOR = timedelta(days=60)
LONGEST_QUOTE = 400


@dataclass(frozen=True)
class Question:
    number: str
    title: str
    text: str
    asked: str
    may_confirm: bool
    may_object: bool


@require_http_methods(["GET", "HEAD", "POST"])
@signed(PURPOSE, within=VALID_FOR)
def solution(request: HttpRequest, solution_id: int) -> HttpResponse:
    at = clock.now()
    proposed = solution_by_id(solution_id)
    matter = matter_of(proposed.conversation_id)
    with told_to(matter.language, matter.team.zone):
        form = ObjectionForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and _took(request.POST.get("answer", ""), form, proposed, at=at):
            return redirect(f"{request.path}?{request.POST['answer']}")
        question = _question(proposed, matter, at=at, has_said_yes="solved" in request.GET)
        values = {"question": question, "form": form, "care": care_of(matter, at=at)}
        return shown_to_customer(request, "solution.html", values, status=422 if form.is_bound else 200)


def _took(answer: str, form: ObjectionForm, proposed: Any, *, at: datetime) -> bool:
    if answer == "solved":
        confirm_solution(solution_id=proposed.pk, at=at)
        return True
    if answer != "not_yet" or not form.is_valid():
        return False
    if form.cleaned_data["text"] != proposed.objection and is_flooded(proposed.conversation, at=at):
        form.add_error(None, slow_down())
        return False
    object_to_solution(solution_id=proposed.pk, words=form.cleaned_data["text"], at=at)
    return True


def _question(proposed: Any, matter: Any, *, at: datetime, has_said_yes: bool) -> Question:
    title, text, may_confirm, may_object = _words(proposed, matter, at=at, has_said_yes=has_said_yes)
    return Question(
        number=spoken(matter.number),
        title=title,
        text=text,
        asked=_asked(proposed, matter),
        may_confirm=may_confirm,
        may_object=may_object,
    )


def _asked(proposed: Any, matter: Any) -> str:
    """What they wrote to us. A colleague may have joined the concerns of two people: nobody reads the other's words."""
    if matter.customer_id != proposed.conversation.customer_id:
        return str(proposed.conversation.subject)
    return one_line(first_words_in(matter), LONGEST_QUOTE) or str(matter.subject)


def _words(proposed: Any, matter: Any, *, at: datetime, has_said_yes: bool) -> tuple[str, str, bool, bool]:
    """Title, text, and whether yes and no can (still) be said."""
    if matter.status == Status.SOLVED:
        return _words_of_solved(proposed, at=at)
    if proposed.objected_at or proposed.recurred_at or proposed.withdrawn_at:
        return (gettext("We are still at it"), _words_of_open(proposed, at=at), False, True)
    if has_said_yes:
        noted = gettext("Thank you, we have noted that. Because you have written since, we look at that first.")
        return gettext("Thank you"), noted, False, True
    text = gettext("We believe that your matter is solved. Is that right? This is what you wrote to us:")
    return gettext("Is it solved?"), text, True, True


def _words_of_solved(proposed: Any, *, at: datetime) -> tuple[str, str, bool, bool]:
    if proposed.presumed_at:
        text = gettext(
            "We heard nothing more from you and took it as solved. Is that right? This is what you wrote to us:"
        )
        return gettext("Is it solved?"), text, True, True
    if proposed.confirmed_at is None:
        return gettext("This is solved"), gettext("Your matter is closed. This is what you wrote to us:"), False, True
    said = gettext("You told us (%(when)s) that it is solved. We are glad. This is what you wrote to us:")
    return gettext("Thank you, it is solved"), said % {"when": day_and_time(proposed.confirmed_at, at)}, False, True


def _words_of_open(proposed: Any, *, at: datetime) -> str:
    if not proposed.objected_at:
        return gettext("Your matter is open, and somebody works on it. This is what you wrote to us:")
    said = gettext(
        "You told us (%(when)s) that it is not solved yet. Thank you for saying so. This is what you wrote to us:"
    )
    return said % {"when": day_and_time(proposed.objected_at, at)}
