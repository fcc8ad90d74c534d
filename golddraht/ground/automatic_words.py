"""Words that a machine says in the name of people: a company may choose them, and may not lose what makes them useful."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from golddraht.ground.placeholders import UnknownPlaceholder, check_placeholders, filled, placeholders_in

CLOSING = 2
"""The last paragraphs of every shipped text: that a machine wrote it, and for whom. Nobody can take them away."""


@dataclass(frozen=True)
class Form:
    """Which blanks a text must have, and which it may have besides."""

    required: tuple[str, ...]
    allowed: tuple[str, ...]

    @property
    def known(self) -> tuple[str, ...]:
        return (*self.required, *self.allowed)


FORMS = {
    "RECEIPT": Form(("concern", "owner", "until", "number"), ("greeting", "known", "company")),
    "INTERIM": Form(("owner", "until", "number"), ("greeting", "subject", "company")),
    "SOLVED_QUESTION": Form(("link",), ("greeting", "subject", "owner", "number", "company")),
}
MAY_BE_EMPTY = {"concern", "known"}
"""Where nothing is known, the paragraph with the blank is left out."""


def missing_in(text: str, form: Form) -> tuple[str, ...]:
    """The required blanks that the text has not. Raises UnknownPlaceholder for one that it must not have."""
    check_placeholders(text, form.known)
    there = set(placeholders_in(text))
    return tuple(one for one in form.required if one not in there)


def worded(text: str, *, shipped: str, values: Mapping[str, str], form: Form) -> str:
    """The company's text with its blanks filled and the shipped closing below; the shipped text where anything is wrong with it."""
    try:
        if missing_in(text, form):
            return shipped
    except UnknownPlaceholder:
        return shipped
    body, empty = filled(_without_empty(text, values), lambda name: values.get(name, ""))
    if empty or not body.strip():
        return shipped
    return "\n\n".join([body.strip(), *closing_of(shipped)]) + "\n"


def _without_empty(text: str, values: Mapping[str, str]) -> str:
    return "\n\n".join(
        one for one in paragraphs(text) if not any(_is_empty(name, values) for name in placeholders_in(one))
    )


def _is_empty(name: str, values: Mapping[str, str]) -> bool:
    return name in MAY_BE_EMPTY and not values.get(name)


def paragraphs(text: str) -> list[str]:
    """What stands between blank lines."""
    lines = text.replace("\r\n", "\n").strip().split("\n\n")
    return [one.strip("\n") for one in lines if one.strip()]


def closing_of(shipped: str) -> list[str]:
    return paragraphs(shipped)[-CLOSING:]


def body_of(shipped: str) -> str:
    """A shipped text without its closing: what a company may say in its own words."""
    return "\n\n".join(paragraphs(shipped)[:-CLOSING])
