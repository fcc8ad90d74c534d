"""What an article about a solved concern could say: question, cause and solution, taken from its thread."""

from __future__ import annotations

import re
from dataclasses import dataclass

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.rules import Direction
from golddraht.ground.moments import spoken_language
from golddraht.ground.text import one_line
from golddraht.ground.understanding import bare_subject, sentences, without_closing, without_greeting
from golddraht.knowledge.rules.formatting import as_text

CAUSE = re.compile(
    r"\b(?:weil|liegt (?:an|daran)|lag (?:an|daran)|Ursache|Grund|fast immer|meist(?:ens)?|because|due to|caused by)\b"
)
HEADINGS = {"de": ("Frage", "Ursache", "Lösung"), "en": ("Question", "Cause", "Solution")}


@dataclass(frozen=True)
class Proposal:
    """A first text for an article. `cause` is empty where nobody named one."""

    title: str
    language: str
    question: str
    cause: str
    solution: str

    @property
    def body(self) -> str:
        headings = HEADINGS[self.language]
        told = (self.question, self.cause or "…", self.solution)
        return "\n\n".join(f"## {heading}\n\n{words}" for heading, words in zip(headings, told, strict=True))


def proposal_of(conversation: Conversation) -> Proposal:
    """From the customer's first words and our last ones; names and numbers still stand in it."""
    asked, answered = _words(conversation, Direction.IN), _words(conversation, Direction.OUT)
    solution = answered[-1] if answered else ""
    return Proposal(
        title=one_line(bare_subject(conversation.subject), 200),
        language=spoken_language(conversation.language),
        question=asked[0] if asked else "",
        cause=_cause_in(answered),
        solution=solution,
    )


def _words(conversation: Conversation, direction: str) -> list[str]:
    """What people said, the oldest first, without greeting and closing."""
    rows = Message.objects.filter(
        conversation=conversation, direction=direction, inquiry=None, automatic="", machine_kind=""
    )
    texts = rows.order_by("received_at", "pk").values_list("text", flat=True)
    return [told for text in texts if (told := essence(text))]


def essence(text: str) -> str:
    """The words between greeting and closing."""
    return as_text(without_closing(without_greeting(text.strip()))).strip()


def _cause_in(answers: list[str]) -> str:
    """The first sentence of ours that gives a reason."""
    told = (sentence for answer in answers for sentence in sentences(answer))
    return next((sentence.strip() for sentence in told if CAUSE.search(sentence)), "")
