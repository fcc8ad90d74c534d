"""How satisfied are you? One click, and words if one likes; another click ends the asking. Looking changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from golddraht.ground.numbers import spoken
from golddraht.improvement.operations import AnswerRefused, answer_satisfaction, ask_no_more
from golddraht.improvement.queries import SURVEY, is_asked_no_more, satisfaction_by_id
from golddraht.improvement.rules.asking import ANSWERED_WITHIN, LONGEST_WORDS, SCORES
from golddraht.pages import shown
from golddraht.pages.doors import signed
from golddraht.pages.portal.showing import is_flooded, matter_of, shown_to_customer, slow_down, told_to
from golddraht.plumbing import clock


class WordsForm(forms.Form):
    words = forms.CharField(
        label=_("What should we know?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4, "data-behaviour": "autosize"}),
    )


@dataclass(frozen=True)
class Answer:
    """One of the five."""

    score: int
    text: str
    is_chosen: bool


@require_http_methods(["GET", "HEAD", "POST"])
@signed(SURVEY, within=ANSWERED_WITHIN)
def satisfaction(request: HttpRequest, satisfaction_id: int) -> HttpResponse:
    asked, at = satisfaction_by_id(satisfaction_id), clock.now()
    matter = matter_of(asked.conversation_id)
    with told_to(matter.language, matter.team.zone):
        form = WordsForm(request.POST if "words" in request.POST else None)
        if request.method == "POST" and _took(request, form, asked, at=at):
            return redirect(f"{request.path}?danke")
        values = {
            "asked": asked,
            "number": spoken(matter.number),
            "answers": [Answer(score, shown.satisfaction_word(score), score == asked.score) for score in SCORES],
            "form": form,
            "wants_no_more": "nicht-mehr" in request.GET,
            "is_asked_no_more": is_asked_no_more(customer_id=asked.customer_id),
        }
        return shown_to_customer(request, "satisfaction.html", values, status=422 if form.is_bound else 200)


def _took(request: HttpRequest, form: WordsForm, asked: Any, *, at: datetime) -> bool:
    if "stop" in request.POST:
        ask_no_more(satisfaction_id=asked.pk, at=at)
        return True
    if form.is_bound:
        return _took_words(form, asked, at=at)
    score = request.POST.get("score", "")
    try:
        answer_satisfaction(satisfaction_id=asked.pk, score=int(score) if score.isdecimal() else 0, at=at)
    except AnswerRefused:
        return False
    return True


def _took_words(form: WordsForm, asked: Any, *, at: datetime) -> bool:
    if asked.score is None or not form.is_valid():
        return False
    if asked.follow_up is not None and is_flooded(asked.follow_up, at=at):
        form.add_error(None, slow_down())
        return False
    answer_satisfaction(satisfaction_id=asked.pk, score=asked.score, words=form.cleaned_data["words"], at=at)
    return True
