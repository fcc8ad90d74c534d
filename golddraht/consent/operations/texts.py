"""The words that customers agree to. A version that was agreed to is never changed; a new one follows it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.consent.models import ConsentText
from golddraht.consent.queries.texts import current_text, versions_of
from golddraht.consent.rules import ASKS_LEAVE, Purpose, Way
from golddraht.consent.rules.texts import LONGEST
from golddraht.ground.moments import spoken_language
from golddraht.ground.text import without_control
from golddraht.plumbing.tenancy import current_sight


class TextRefused(ValueError):
    """These words cannot be agreed to: EMPTY, LONG, SAME, or PURPOSE for what nobody has to be asked about."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def write_text(*, purpose: Purpose, way: Way, language: str, words: str, at: datetime) -> ConsentText:
    """From now on this is agreed to; whoever agreed before agreed to what stood there then. Raises TextRefused."""
    said = without_control(words.replace("\r\n", "\n")).strip()
    _refuse(purpose, way, language, said)
    return _next_version(purpose, way, spoken_language(language), said, at)


def _refuse(purpose: Purpose, way: Way, language: str, said: str) -> None:
    if purpose not in ASKS_LEAVE:
        raise TextRefused("PURPOSE")
    if not said or len(said) > LONGEST:
        raise TextRefused("LONG" if said else "EMPTY")
    if said == current_text(purpose, way, language=language).words:
        raise TextRefused("SAME")


def _next_version(purpose: Purpose, way: Way, language: str, words: str, at: datetime) -> ConsentText:
    before = versions_of(purpose, way, language=language)
    text: ConsentText = ConsentText.objects.create(
        purpose=purpose,
        way=way,
        language=language,
        version=before[0].version + 1 if before else 1,
        words=words,
        since=at,
        actor_id=current_sight().actor,
    )
    return text


def agreed_text(purpose: Purpose, way: Way, *, language: str, at: datetime) -> int:
    """The id of what is agreed to now; the shipped words become version 1 with the first who agrees."""
    current = current_text(purpose, way, language=language)
    if current.id is not None:
        return current.id
    return int(_next_version(purpose, way, current.language, current.words, at).pk)
