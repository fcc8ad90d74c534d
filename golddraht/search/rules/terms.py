"""From text to what PostgreSQL keeps and compares.

Lexemes are made here and not by the server, for three reasons: its stemmers differ from version to version, they know no
compounds, and so every lexeme can carry its tenant. `7.rechn` is "Rechnung" at tenant 7, `7=moser` a name exactly as written,
`7>nina` to whom it went: an address is no word that somebody said, so plain words do not find it.
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
SAID, SENT_TO = ".", ">"
"""Between tenant and word: what was said, by whom included, and to whom it went."""


@lru_cache(maxsize=200_000)
def terms_of(word: str) -> tuple[str, ...]:
    """What a folded word can be found by: its stem first, then those of its parts."""
    return (stem(word), *parts_of(word))


def vector(draft: Draft, tenant_id: int) -> str:
    """The document as PostgreSQL writes a tsvector."""
    places: dict[str, list[str]] = {}
    position = 1
    for weight, text in zip("ABC", (draft.title, draft.text, draft.sender), strict=True):
        position = _put(places, text, weight, position, f"{tenant_id}{SAID}")
    _put(places, draft.recipients, "", position, f"{tenant_id}{SENT_TO}")
    for word in words(draft.begins):
        places.setdefault(f"{tenant_id}={word[:LONGEST_WORD]}", [])
    return " ".join(
        f"'{term}'" + (":" + ",".join(found[:POSITIONS_KEPT]) if found else "") for term, found in places.items()
    )


def _put(places: dict[str, list[str]], text: str, weight: str, position: int, before: str) -> int:
    said = words(text[:LONGEST_TEXT])
    for place, word in enumerate(said, position):
        for term in terms_of(word[:LONGEST_WORD]):
            places.setdefault(before + term, []).append(f"{min(place, LAST_POSITION)}{weight}")
    return position + len(said) + GAP


def keys_of(name: str, tenant_id: int) -> list[str]:
    """How a name sounds (`7~67`) and looks (`7.mei`)."""
    return [f"{tenant_id}~{code}" for code in sounds(name)] + [f"{tenant_id}.{gram}" for gram in trigrams(name)]


def question(asked: Asked, tenant_id: int, *, widely: bool = False) -> str:
    """The words that were asked for as PostgreSQL writes a tsquery; empty when there are none.

    `widely` is for when nothing was found: any part of a compound will do, a word may go on, and names may be others that were meant.
    """
    said, sent_to = f"{tenant_id}{SAID}", f"{tenant_id}{SENT_TO}"
    wanted = [_phrase(one, said, "", widely) for one in asked.phrases]
    wanted += [_phrase(one, said, "C", widely) for one in asked.senders]
    wanted += [_phrase(one, sent_to, "", widely) for one in asked.recipients]
    return " & ".join(one for one in wanted if one)


def _phrase(phrase: Phrase, before: str, weight: str, widely: bool) -> str:
    if phrase.is_excluded:
        return f"!({_in_order(phrase.words, before, weight, widely=False)})"
    found = [_in_order(phrase.words, before, weight, widely and not phrase.is_quoted)]
    found += [_in_order((name,), before, weight, widely=False) for name in phrase.meant if widely]
    return f"({' | '.join(found)})"


def _in_order(wanted: Iterable[str], before: str, weight: str, widely: bool) -> str:
    return " <-> ".join(_word(word[:LONGEST_WORD], before, weight, widely) for word in wanted)


def _word(word: str, before: str, weight: str, widely: bool) -> str:
    whole, *parts = terms_of(word)
    written = [_lexeme(before + whole, ("*" if widely and may_go_on(whole) else "") + weight)]
    if parts:
        written.append(f"({(' | ' if widely else ' & ').join(_lexeme(before + part, weight) for part in parts)})")
    return f"({' | '.join(written)})" if parts else written[0]


def may_go_on(term: str) -> bool:
    """Whether, widely, a longer word that begins like this will do."""
    return len(term) > 3


def _lexeme(term: str, marks: str) -> str:
    return f"'{term}'" + (f":{marks}" if marks else "")
