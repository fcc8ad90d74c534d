"""The one polite question about a doubt: its words, whether an answer carries it, and when it may be asked again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.doubts import Kind
from golddraht.ground.text import folded

BEFORE = {"de": "Eine kleine Frage noch", "en": "One small question"}
QUESTIONS = {
    "de": {
        Kind.ADDRESS: "Unsere letzte Nachricht kam zurück. Unter welcher Adresse erreichen wir Sie künftig?",
        Kind.DATES: "Bei uns stehen zwei Geburtstage. Welcher ist Ihrer?",
        Kind.GREETING: "Wie dürfen wir Sie ansprechen?",
        Kind.NAME: "Wie ist Ihr vollständiger Name, damit wir Sie richtig ansprechen?",
    },
    "en": {
        Kind.ADDRESS: "our last message came back. Where can we reach you from now on?",
        Kind.DATES: "we have two dates of birth for you. Which one is yours?",
        Kind.GREETING: "how would you like to be addressed?",
        Kind.NAME: "what is your full name, so that we address you properly?",
    },
}
UNSURE = {
    "de": {
        Attribute.POSTAL: "Wie lautet Ihre Anschrift zurzeit? Wir sind nicht sicher, ob unsere noch stimmt.",
        Attribute.NAME: "Wie schreiben wir Ihren vollständigen Namen richtig?",
        Attribute.BORN_ON: "Wie lautet Ihr Geburtsdatum? Wir sind nicht sicher, ob unseres stimmt.",
    },
    "en": {
        Attribute.POSTAL: "what is your postal address at present? We are not sure that ours is still right.",
        Attribute.NAME: "how do we spell your full name properly?",
        Attribute.BORN_ON: "what is your date of birth? We are not sure that ours is right.",
    },
}
"""None of them says the value itself: whoever reads the mail may be somebody else, and would learn it."""


def polite_question(kind: str, *, language: str, attribute: str = "") -> str:
    """The one line that may be asked at the next contact, in German or English."""
    tongue = "de" if language.startswith("de") or not language else "en"
    return f"{BEFORE[tongue]}: {_core(kind, tongue, attribute)}"


def _core(kind: str, tongue: str, attribute: str) -> str:
    return UNSURE[tongue][Attribute(attribute)] if Kind(kind) is Kind.UNSURE else QUESTIONS[tongue][Kind(kind)]


MOSTLY = 0.75
"""So much of the words of a question makes it that question: colleagues put it in their own way."""
AROUND = 4
"""So many words more, as in “Eine kleine Frage noch”; a longer sentence asks something else."""


def carries(text: str, *, kind: str, attribute: str = "") -> bool:
    """Whether an answer of ours asks this, in German or English, whatever a colleague has changed about it."""
    asked = [_words(line) for line in re.findall(r"[^.!?:\n]+\?", text)]
    wanted = [_asking(_core(kind, tongue, attribute)) for tongue in ("de", "en")]
    return any(_is_it(one, words) for one in wanted for words in asked)


def _is_it(wanted: set[str], asked: set[str]) -> bool:
    return len(wanted & asked) >= MOSTLY * len(wanted) and len(asked) <= len(wanted) + AROUND


def _asking(core: str) -> set[str]:
    """The words of the sentence that ends in a question mark."""
    return _words(re.findall(r"[^.!?\n]+\?", core)[0])


def _words(sentence: str) -> set[str]:
    return set(re.findall(r"\w+", folded(sentence)))


REST = timedelta(days=90)
"""After a question of this kind a person is left alone with all of them: one in a quarter is interest, one in each mail a campaign."""
MOST = 2
"""Whoever has not answered twice does not want to; a colleague decides then."""


def may_ask(*, asked_of_this: Sequence[datetime], last_asked_at: datetime | None, at: datetime) -> bool:
    """Whether the question may be asked by now: `asked_of_this` since the doubt was noticed, and last whatever was asked of the person."""
    has_rested = last_asked_at is None or at - last_asked_at >= REST
    return has_rested and len(asked_of_this) < MOST
