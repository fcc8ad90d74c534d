"""The wording of automatic messages: reading it, trying it out, setting it, and giving the shipped words back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.fields import example
from golddraht.conversations.operations.automatic_words import check_words, keep_words, undo_words
from golddraht.conversations.queries.automatic_words import example_concern, own_words
from golddraht.conversations.rules import Automatic
from golddraht.ground.automatic_words import FORMS
from golddraht.ground.numbers import spoken
from golddraht.promises.operations.automatic_words import TO_BE_WORDED, shipped, tried_out
from golddraht.team.rules import Act, Area

router = Router(tags=["automatic messages"], auth=Token(Area.CONVERSATIONS))
Kind = Literal["RECEIPT", "INTERIM", "SOLVED_QUESTION"]
Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "en")
TEXT = "{greeting}\n\ndanke! Sie schreiben:\n\n{concern}\n\n{known}\n\n{owner} meldet sich bis {until}. {number}"
SHOWN: dict[str, Any] = {
    "kind": "RECEIPT",
    "language": "de",
    "text": TEXT,
    "is_own": True,
    "changed_at": "2026-11-16T09:00:00Z",
    "changed_by": "Ada Dorn",
    "placeholders": ["greeting", "concern", "known", "owner", "until", "number", "company"],
    "needed": ["concern", "known", "owner", "until", "number"],
}


class WordingOut(Schema):
    """How a message is said today. `placeholders` may stand in it in braces; those that are `needed` must."""

    kind: Kind
    language: Language
    text: str
    is_own: bool
    changed_at: datetime | None
    changed_by: str
    placeholders: list[str]
    needed: list[str]
    model_config = example(**SHOWN)


class Wordings(Schema):
    messages: list[WordingOut]
    model_config = example(messages=[SHOWN])


class WordingIn(Schema):
    text: Annotated[str, Field(min_length=1, max_length=6_000)]
    model_config = example(text=TEXT)


class PreviewOut(Schema):
    """The message as it would be said in that concern; both are empty where there is no concern to try it on."""

    conversation: str
    text: str
    model_config = example(conversation="10427-1", text="Guten Tag Gerda Klein, …")


def _shown(visitor: Visitor, kind: Automatic, language: Language) -> WordingOut:
    own = own_words(viewer=visitor.viewer).get((kind, language))
    return WordingOut(
        kind=kind.value,  # type: ignore[arg-type]  # Only kinds that may be worded come here.
        language=language,
        text=own.text if own else shipped(kind, language),
        is_own=own is not None,
        changed_at=own.changed_at if own else None,
        changed_by=own.changed_by if own else "",
        placeholders=list(FORMS[kind].known),
        needed=list(FORMS[kind].required),
    )


@router.get("", response=Wordings)
def list_wordings(request: HttpRequest) -> Wordings:
    """Every message that may be worded, in every language: the company's own words, else the shipped ones."""
    with reading(request) as visitor:
        visitor.must(Act.CONFIGURE)
        return Wordings(messages=[_shown(visitor, kind, one) for kind in TO_BE_WORDED for one in LANGUAGES])


@router.put("/{kind}/{language}", response=WordingOut)
def set_wording(request: HttpRequest, kind: Kind, language: Language, told: WordingIn) -> HttpResponse:
    """It is said like this from now on. 422 where a promise of the message would be lost."""

    def act(visitor: Visitor) -> tuple[int, WordingOut]:
        visitor.must(Act.CONFIGURE)
        keep_words(kind=Automatic(kind), language=language, text=told.text, by=visitor.me, at=visitor.at)
        return 200, _shown(visitor, Automatic(kind), language)

    return writing(request, act)


@router.delete("/{kind}/{language}", response=WordingOut)
def give_back(request: HttpRequest, kind: Kind, language: Language) -> HttpResponse:
    """The shipped words are said again."""

    def act(visitor: Visitor) -> tuple[int, WordingOut]:
        visitor.must(Act.CONFIGURE)
        undo_words(kind=Automatic(kind), language=language)
        return 200, _shown(visitor, Automatic(kind), language)

    return writing(request, act)


@router.post("/{kind}/{language}/preview", response=PreviewOut)
def preview(request: HttpRequest, kind: Kind, language: Language, told: WordingIn) -> HttpResponse:
    """How it would read in a real concern. Nothing is kept, and nothing is sent."""

    def act(visitor: Visitor) -> tuple[int, PreviewOut]:
        visitor.must(Act.CONFIGURE)
        check_words(Automatic(kind), told.text)
        concern = example_concern(viewer=visitor.viewer, language=language)
        if concern is None:
            return 200, PreviewOut(conversation="", text="")
        visitor.sees_customer(concern.customer_id)
        concern.language = language
        text = tried_out(Automatic(kind), concern, told.text, visitor.at)
        return 200, PreviewOut(conversation=spoken(concern.number), text=text)

    return writing(request, act)
