"""People by their names: as somebody begins to type them, and as somebody misspells them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Protocol

from django.db import connection
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from golddraht.customers.queries import CustomerLine, customer_lines
from golddraht.ground.addresses import folded_phone
from golddraht.ground.sounds import sounds, trigrams
from golddraht.ground.stems import stem
from golddraht.ground.text import folded, words

BEGUN = "SELECT source_id FROM golddraht_find(%s, %s, %s, false, NULL, NULL, NULL, %s)"
NAMED = "SELECT customer_id, name FROM golddraht_named(%s, %s, %s, %s)"
CANDIDATES = 1000
LIKENESS = 0.78
WORD_LIKENESS = 0.84
SHORTEST_MISSPELLED = 4
MOST_SPELLINGS = 4


class Seer(Protocol):
    """Whoever looks: a signed-in member, speaking for one tenant."""

    @property
    def tenant_id(self) -> int: ...

    @property
    def membership_id(self) -> int: ...


@dataclass(frozen=True)
class Alike:
    """A customer whose name resembles what was typed, 1.0 being the same."""

    customer_id: int
    name: str
    likeness: float


def people_found(*, viewer: Seer, typed: str, limit: int = 5) -> list[CustomerLine]:
    """Customers with what was typed in their name, company, address or number, else those whose name resembles it."""
    ids = _begun(viewer, typed, limit)
    if len(ids) < limit:
        ids += [
            one.customer_id
            for one in people_called(viewer=viewer, name=typed, limit=limit)
            if one.customer_id not in ids
        ]
    return customer_lines(viewer=viewer, ids=ids[:limit])


def people_called(*, viewer: Seer, name: str, limit: int = 10) -> list[Alike]:
    """Customers whose name resembles `name`, the most similar first; sounds and trigrams find them, rapidfuzz judges."""
    wanted = " ".join(words(name))
    if len(wanted) < SHORTEST_MISSPELLED or not any(sign.isalpha() for sign in wanted):
        return []
    alike = {id_: Alike(id_, shown, _likeness(wanted, shown)) for id_, shown in _candidates(viewer, name)}
    near = [one for one in alike.values() if one.likeness >= LIKENESS]
    return sorted(near, key=lambda one: (-one.likeness, one.customer_id))[:limit]


def spellings_meant(*, viewer: Seer, word: str) -> tuple[str, ...]:
    """Folded words of customers' names that may have been meant by a folded word."""
    if len(word) < SHORTEST_MISSPELLED or not word.isalpha():
        return ()
    near: dict[str, float] = {}
    for _, shown in _candidates(viewer, word):
        for other in words(shown):
            near[other] = JaroWinkler.similarity(word, other)
    found = sorted(
        (one for one, likeness in near.items() if likeness >= WORD_LIKENESS), key=lambda one: (-near[one], one)
    )
    return tuple(one for one in found if one != word)[:MOST_SPELLINGS]


def _candidates(viewer: Seer, name: str) -> list[tuple[int, str]]:
    tenant_id = viewer.tenant_id
    codes = [f"{tenant_id}~{code}" for code in sounds(name)]
    grams = [f"{tenant_id}.{gram}" for gram in trigrams(name)][:40]
    with connection.cursor() as cursor:
        cursor.execute(NAMED, [tenant_id, codes, grams, CANDIDATES])
        found: list[tuple[int, str]] = cursor.fetchall()
    return found


def _likeness(wanted: str, name: str) -> float:
    """Whole names in any order of their words; a single word also against each word of the name."""
    plain = " ".join(words(name))
    whole = max(JaroWinkler.similarity(wanted, plain), fuzz.token_sort_ratio(wanted, plain) / 100)
    if " " in wanted:
        return whole
    return max([whole, *(0.99 * JaroWinkler.similarity(wanted, word) for word in plain.split())])


def _begun(viewer: Seer, typed: str, limit: int) -> list[int]:
    """By words as they begin, or a telephone number as it is dialled."""
    asked = _question(typed, viewer.tenant_id)
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(BEGUN, [viewer.tenant_id, asked, json.dumps({"kinds": ["customer"]}), limit])
        return [source_id for (source_id,) in cursor.fetchall()]


def _question(typed: str, tenant_id: int) -> str:
    phone = folded_phone(typed) if any(sign.isdigit() for sign in typed) else None
    if phone:
        return f"'{tenant_id}.{phone.lstrip('+')}'"
    said = words(typed)[:8]
    begun = [f"('{tenant_id}={word}':* | '{tenant_id}.{stem(word)}')" for word in said[-1:]]
    return " & ".join([*(f"('{tenant_id}={word}' | '{tenant_id}.{stem(word)}')" for word in said[:-1]), *begun])


def is_name_like(typed: str) -> bool:
    """Whether it may be somebody's name: a few words of letters."""
    said = words(folded(typed))
    return 0 < len(said) <= 4 and all(word.isalpha() for word in said)
