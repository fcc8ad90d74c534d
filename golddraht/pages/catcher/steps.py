"""The steps of the story in words, with the button that plays each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext

from golddraht.pages.catcher import story
from golddraht.pages.catcher.story import Act, Plot


@dataclass(frozen=True)
class Step:
    """`is_theirs` when the customer has the next word: the visitor can do it in the mailbox, or press the button."""

    key: str
    title: str
    text: str
    act: str
    is_theirs: bool
    state: str  # "done", "now" or "next"


@dataclass(frozen=True)
class StoryShown:
    steps: tuple[Step, ...]
    done: int
    percent: int
    now: Step | None

    @property
    def total(self) -> int:
        return len(self.steps)


ACTS: dict[str, Act] = {
    "write": story.write,
    "endanger": story.endanger,
    "choose": story.choose,
    "ask": story.ask_carrier,
    "carrier": story.carrier_answers,
    "answer": story.answer,
    "solved": story.ask_if_solved,
    "confirm": story.confirm,
}
DONE: dict[str, Callable[[Plot], bool]] = {
    "write": lambda plot: plot.conversation is not None,
    "endanger": lambda plot: plot.is_told,
    "choose": lambda plot: plot.has_chosen,
    "ask": lambda plot: plot.was_asked,
    "carrier": lambda plot: plot.carrier_answered,
    "answer": lambda plot: plot.is_answered,
    "solved": lambda plot: plot.is_proposed,
    "confirm": lambda plot: plot.is_confirmed,
}
THEIRS = frozenset({"write", "choose", "confirm"})


def story_shown(plot: Plot) -> StoryShown:
    keys = list(ACTS)
    now = next((key for key in keys if not DONE[key](plot)), "")
    place = keys.index(now) if now else len(keys)
    said = _words()
    steps = tuple(
        Step(key, *said[key], key in THEIRS, "done" if index < place else "now" if index == place else "next")
        for index, key in enumerate(keys)
    )
    current = next((step for step in steps if step.state == "now"), None)
    return StoryShown(steps, place, round(100 * place / len(keys)), current)


def _words() -> dict[str, tuple[str, str, str]]:
    """Title, explanation and button of each step."""
    return {
        "write": (
            gettext("A lorry, half a tonne, and nobody to carry it"),
            gettext(
                "Valentina Moser ordered 540 kilos of briquettes, delivered into the cellar. The driver stands at the kerb "
                "and may go no further. She writes to Heizwerk. Within seconds she knows who cares, and until when."
            ),
            gettext("Write as Valentina"),
        ),
        "endanger": (
            gettext("The promise is in danger, and she hears of it first"),
            gettext(
                "Her owner records what was agreed and says at once that it will not hold, with ways out that each have a "
                "date, a cost and a condition. No waiting by the window."
            ),
            gettext("Announce the danger"),
        ),
        "choose": (
            gettext("She chooses, with one click and without signing in"),
            gettext(
                "Open the newest mail in the mailbox and press its button: it is the real page that customers see. Take "
                "what suits you. Looking alone changes nothing."
            ),
            gettext("Choose for me"),
        ),
        "ask": (
            gettext("Those who must do their part are asked"),
            gettext(
                "A new promise stands, by agreement. From within the concern the carrier is asked for two people, with a "
                "time by which the answer is due. Valentina does not see this thread, and need not."
            ),
            gettext("Ask the carrier"),
        ),
        "carrier": (
            gettext("The carrier answers"),
            gettext(
                "Petra Sommer from dispatch replies with her ordinary mail program. The answer finds its place by itself."
            ),
            gettext("Let the carrier answer"),
        ),
        "answer": (
            gettext("A person answers: acknowledged first, then solved"),
            gettext(
                "No “we apologise for any inconvenience”. The owner says what happened, what holds now, and puts it right with "
                "35 euros from their own means, without asking anybody."
            ),
            gettext("Answer Valentina"),
        ),
        "solved": (
            gettext("Delivered. Is it solved?"),
            gettext(
                "Some hours later, told in a second: the goods are in the cellar, the promise is kept. The concern is not "
                "simply closed; Valentina is asked."
            ),
            gettext("Deliver, and ask her"),
        ),
        "confirm": (
            gettext("She has the last word"),
            gettext("Open the newest mail and say that it is solved. Or that it is not: then it goes on, honestly."),
            gettext("Confirm for me"),
        ),
    }
