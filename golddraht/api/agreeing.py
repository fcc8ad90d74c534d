"""The texts that customers agree to, version by version."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.fields import example
from golddraht.consent.operations import TextRefused, write_text
from golddraht.consent.queries import TextShown, all_texts, versions_of
from golddraht.consent.rules import ASKS_LEAVE, Purpose, Way
from golddraht.knowledge.rules import Language
from golddraht.team.rules import Act, Area

router = Router(tags=["consents"], auth=Token(Area.CUSTOMERS))
SHOWN: dict[str, Any] = {
    "purpose": "NEWS",
    "way": "EMAIL",
    "language": "de",
    "version": 2,
    "words": "Heizwerk darf mir Angebote per E-Mail schicken. Das kann ich jederzeit zurücknehmen.",
    "since": "2026-11-30T08:12:00Z",
}


class AgreedOut(Schema):
    """What is agreed to. Version 0 is the shipped text, to which nobody has agreed yet."""

    purpose: Purpose
    way: Way
    language: str
    version: int
    words: str
    since: datetime | None
    model_config = example(**SHOWN)

    @staticmethod
    def of(one: TextShown) -> AgreedOut:
        return AgreedOut(**{name: getattr(one, name) for name in AgreedOut.model_fields})


class AgreedTexts(Schema):
    texts: list[AgreedOut]
    model_config = example(texts=[SHOWN])


class AgreedIn(Schema):
    """Say who, what for, on which way, and that it can be taken back at any time."""

    words: Annotated[str, Field(min_length=1, max_length=2000)]
    model_config = example(words=SHOWN["words"])


@router.get("", response=AgreedTexts)
def list_texts(request: HttpRequest, language: Language = Language.DE) -> AgreedTexts:
    """What is agreed to from now on, for every purpose and way that has to be asked about."""
    with reading(request) as visitor:
        visitor.must(Act.CONFIGURE)
        return AgreedTexts(texts=[AgreedOut.of(one) for one in all_texts(language=language)])


@router.get("/{purpose}/{way}/{language}", response=AgreedTexts)
def list_text_versions(request: HttpRequest, purpose: Purpose, way: Way, language: Language) -> AgreedTexts:
    """Every version that was ever in force, the latest first."""
    with reading(request) as visitor:
        visitor.must(Act.CONFIGURE)
        return _versions(purpose, way, language)


def _versions(purpose: Purpose, way: Way, language: Language) -> AgreedTexts:
    return AgreedTexts(texts=[AgreedOut.of(one) for one in versions_of(purpose, way, language=language)])


@router.put("/{purpose}/{way}/{language}", response=AgreedTexts)
def write(request: HttpRequest, purpose: Purpose, way: Way, language: Language, told: AgreedIn) -> HttpResponse:
    """A new version. Whoever agreed before agreed to what stood there then."""

    def act(visitor: Visitor) -> tuple[int, AgreedTexts]:
        visitor.must(Act.CONFIGURE)
        if purpose not in ASKS_LEAVE:
            raise TextRefused("PURPOSE")
        write_text(purpose=purpose, way=way, language=language, words=told.words, at=visitor.at)
        return 200, _versions(purpose, way, language)

    return writing(request, act)
