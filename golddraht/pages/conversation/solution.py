"""Whether it is solved, in words: confirmed and presumed are never the same (M1)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from golddraht.conversations.queries import Answer, SolutionState
from golddraht.pages.shown import moment

STATES = {
    Answer.CONFIRMED: "ok",
    Answer.ASKED: "news",
    Answer.ASKED_AGAIN: "news",
    Answer.OBJECTED: "soon",
    Answer.RECURRED: "soon",
}


def solution_words(solution: SolutionState | None, at: datetime) -> tuple[str, str]:
    """What the customer said to the latest proposal, and its state; empty when nothing stands."""
    if solution is None or solution.answer is Answer.WITHDRAWN:
        return "", ""
    words = {
        Answer.ASKED: gettext("Asked %(when)s, no answer yet."),
        Answer.ASKED_AGAIN: gettext("Asked twice, first %(when)s; no answer yet."),
        Answer.CONFIRMED: gettext("Confirmed by the customer. Asked %(when)s."),
        Answer.PRESUMED: gettext("Presumed: asked twice since %(when)s, no answer."),
        Answer.OBJECTED: gettext("Not solved, says the customer."),
        Answer.RECURRED: gettext("It was solved and came back."),
    }
    text = words[solution.answer] % {"when": moment(solution.proposed_at, at)}
    return f"{text} “{solution.objection}”" if solution.objection else text, STATES.get(solution.answer, "")
