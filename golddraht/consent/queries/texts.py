"""What customers agree to, in which version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from golddraht.consent.models import ConsentText
from golddraht.consent.rules import ASKS_LEAVE, Purpose, Way
from golddraht.consent.rules.texts import shipped_text
from golddraht.ground.moments import spoken_language
from golddraht.team.queries import current_tenant


@dataclass(frozen=True)
class TextShown:
    """A text as it is agreed to. Version 0 is the shipped one, which nobody has agreed to yet; it has no id."""

    id: int | None
    purpose: Purpose
    way: Way
    language: str
    version: int
    words: str
    since: datetime | None
    actor_id: int | None = None


def current_text(purpose: Purpose, way: Way, *, language: str) -> TextShown:
    """What is agreed to from now on. Raises KeyError for a purpose nobody has to be asked about."""
    found = versions_of(purpose, way, language=language)
    return found[0] if found else _shipped(purpose, way, spoken_language(language))


def versions_of(purpose: Purpose, way: Way, *, language: str) -> list[TextShown]:
    """Every version that was ever agreed to or written, the latest first."""
    rows = ConsentText.objects.filter(purpose=purpose, way=way, language=spoken_language(language))
    return [shown_text(row) for row in rows.order_by("-version")]


def all_texts(*, language: str) -> list[TextShown]:
    """What is agreed to from now on, for every purpose and way that has to be asked about."""
    tongue, latest = spoken_language(language), {}
    for row in ConsentText.objects.filter(language=tongue).order_by("version"):
        latest[row.purpose, row.way] = shown_text(row)
    pairs = [(purpose, way) for purpose in Purpose if purpose in ASKS_LEAVE for way in Way]
    return [latest.get(pair) or _shipped(*pair, tongue) for pair in pairs]


def shown_text(row: ConsentText) -> TextShown:
    purpose, way = Purpose(row.purpose), Way(row.way)
    return TextShown(row.pk, purpose, way, row.language, row.version, row.words, row.since, row.actor_id)


def _shipped(purpose: Purpose, way: Way, language: str) -> TextShown:
    words = shipped_text(purpose, way, language=language, company=current_tenant().name)
    return TextShown(None, purpose, way, language, 0, words, None)
