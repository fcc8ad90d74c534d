"""Other people in what is said about somebody: who gets a copy of their own data learns nothing of anybody else's (Article 15 (4) GDPR).

Colleagues stay by their first name, so that one can tell who said what. Everybody else who is known as another person goes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from golddraht.ground.addresses import folded_address, folded_phone
from golddraht.ground.keys import without_keys
from golddraht.ground.text import sort_key

MAIL = re.compile(r"[^\s@<>()\[\],;:\"'„“]{1,64}@[A-Za-z0-9äöüÄÖÜß-]+(?:\.[A-Za-z0-9äöüÄÖÜß-]+)+")
NUMBER = re.compile(r"\+?\(?\d[\d\s()/.\-]{5,20}\d")
WORD = r"[A-ZÄÖÜÇŞİĆČŁŚŽ][\w'’-]+"
NAMED = re.compile(rf"(?=\b({WORD}(?:\s+(?:von|van|de|zu|der|den|del|di))*\s+{WORD})\b)")
"""Two words that begin large, one after the other: what a name looks like."""


@dataclass(frozen=True)
class Others:
    """Whom a text may name. `own` are folded addresses that stay; `colleagues` are full names with what is left of them."""

    somebody: str
    own: frozenset[str] = frozenset()
    colleagues: Mapping[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    # Where a number without a country code belongs.
    country: str = "DE"
    # Last names of the person themselves: "Frau Moser" may be she, whatever her husband is called.
    surnames: frozenset[str] = frozenset()
    # Stands for a link of the person's own: a copy passes through other hands, and such a link would let them in.
    link: str = "[…]"


def redacted(text: str, others: Others) -> str:
    """The text without other people's addresses, numbers and names, and without links that let somebody in as the person."""
    told = without_keys(text, others.link)
    told = MAIL.sub(lambda found: found[0] if folded_address(found[0]) in others.own else others.somebody, told)
    if others.numbers:
        told = NUMBER.sub(lambda found: others.somebody if _is_known(found[0], others) else found[0], told)
    for full, first in others.colleagues.items():
        told = _without(told, full, first, others.surnames)
    for name in sorted(others.names, key=len, reverse=True):
        told = _without(told, name, others.somebody, others.surnames)
    return told


def _is_known(number: str, others: Others) -> bool:
    return folded_phone(number, others.country) in others.numbers


def _without(text: str, full: str, instead: str, surnames: frozenset[str]) -> str:
    """The name as a whole, and its last part behind a form of address."""
    told = re.sub(rf"(?<!\w){re.escape(full)}(?!\w)", instead, text, flags=re.IGNORECASE)
    last = full.split()[-1]
    if sort_key(last) in surnames:
        return told
    return re.sub(rf"\b(?:Frau|Herrn?|Fr\.|Hr\.|Mrs?\.?|Ms\.?)\s+{re.escape(last)}(?!\w)", instead, told)


def may_be_names(text: str) -> set[str]:
    """What in it looks like a name, folded as customers are sorted: to be asked for among those who are known."""
    found: set[str] = set()
    for match in NAMED.finditer(text):
        found.add(" ".join(match[1].split()))
    return found


def may_be_numbers(text: str, country: str) -> set[str]:
    """Telephone numbers in it, folded."""
    return {folded for found in NUMBER.findall(text) if (folded := folded_phone(found, country))}


def first_name(name: str) -> str:
    """What is said of a colleague: the first word of the name."""
    return name.split()[0] if name.split() else ""


def folded_name(name: str) -> str:
    """As customers are sorted."""
    return sort_key(name)[:220]
