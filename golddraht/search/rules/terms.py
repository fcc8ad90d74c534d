"""From text to what PostgreSQL keeps and compares.

Lexemes are made here and not by the server, for three reasons: its stemmers differ from version to version, they know no
compounds, and so every lexeme can carry its tenant. `7.rechn` is "Rechnung" at tenant 7, `7=moser` a name exactly as written.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from golddraht.ground.compounds import parts_of
from golddraht.ground.sounds import sounds, trigrams
from golddraht.ground.stems import stem
from golddraht.ground.text import words
from golddraht.search.rules.asking import Asked, Phrase
from golddraht.search.rules.documents import Draft

LONGEST_TEXT = 60_000
"""So many signs of a text can be found by; a longer one is a log or a book."""
LONGEST_WORD = 60
LAST_POSITION = 16_000
POSITIONS_KEPT = 40
GAP = 20
"""Between two fields, so that no phrase reaches from one into the other."""


@lru_cache(maxsize=200_000)
def terms_of(word: str) -> tuple[str, ...]:
    """What a folded word can be found by: its stem first, then those of its parts."""
    return (stem(word), *parts_of(word))


def vector(draft: Draft, tenant_id: int) -> str:
    """The document as PostgreSQL writes a tsvector."""
    places: dict[str, list[str]] = {}
    position = 1
    for weight, text in zip("ABCD", (draft.title, draft.text, draft.sender, draft.recipients), strict=True):
        position = _put(places, text, weight, position, tenant_id)
    for word in words(draft.begins):
        places.setdefault(f"{tenant_id}={word[:LONGEST_WORD]}", [])
    return " ".join(
        f"'{term}'" + (":" + ",".join(found[:POSITIONS_KEPT]) if found else "") for term, found in places.items()
    )


def _put(places: dict[str, list[str]], text: str, weight: str, position: int, tenant_id: int) -> int:
    mark = "" if weight == "D" else weight
    said = words(text[:LONGEST_TEXT])
    for place, word in enumerate(said, position):
        for term in terms_of(word[:LONGEST_WORD]):
            places.setdefault(f"{tenant_id}.{term}", []).append(f"{min(place, LAST_POSITION)}{mark}")
    return position + len(said) + GAP


def keys_of(name: str, tenant_id: int) -> list[str]:
    """How a name sounds (`7~67`) and looks (`7.mei`)."""
    return [f"{tenant_id}~{code}" for code in sounds(name)] + [f"{tenant_id}.{gram}" for gram in trigrams(name)]


def question(asked: Asked, tenant_id: int, *, widely: bool = False) -> str:
    """The words that were asked for as PostgreSQL writes a tsquery; empty when there are none.

    `widely` is for when nothing was found: any part of a compound will do, a word may go on, and names may be others that were meant.
    """
    wanted = [_phrase(one, tenant_id, "", widely) for one in asked.phrases]
    wanted += [_phrase(one, tenant_id, "C", widely) for one in asked.senders]
    wanted += [_phrase(one, tenant_id, "D", widely) for one in asked.recipients]
    return " & ".join(one for one in wanted if one)


def _phrase(phrase: Phrase, tenant_id: int, weight: str, widely: bool) -> str:
    if phrase.is_excluded:
        return f"!({_in_order(phrase.words, tenant_id, weight, widely=False)})"
    found = [_in_order(phrase.words, tenant_id, weight, widely and not phrase.is_quoted)]
    found += [_in_order((name,), tenant_id, weight, widely=False) for name in phrase.meant if widely]
    return f"({' | '.join(found)})"


def _in_order(wanted: Iterable[str], tenant_id: int, weight: str, widely: bool) -> str:
    return " <-> ".join(_word(word[:LONGEST_WORD], tenant_id, weight, widely) for word in wanted)


def _word(word: str, tenant_id: int, weight: str, widely: bool) -> str:
    whole, *parts = terms_of(word)
    written = [_lexeme(whole, tenant_id, ("*" if widely and len(whole) > 3 else "") + weight)]
    if parts:
        written.append(f"({(' | ' if widely else ' & ').join(_lexeme(part, tenant_id, weight) for part in parts)})")
    return f"({' | '.join(written)})" if parts else written[0]


def _lexeme(term: str, tenant_id: int, marks: str) -> str:
    return f"'{tenant_id}.{term}'" + (f":{marks}" if marks else "")
