"""Texts with the skew of real ones: few words stand everywhere, most nearly nowhere; and names, some of them very common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from golddraht.ground.base_words import BASE_WORDS
from golddraht.ground.text import sort_key, words
from golddraht.search.rules import vector
from golddraht.search.rules.documents import Draft

FIRST = """Anna Peter Hans Jürgen Günther Sabine Ursula Karl Mehmet Ayşe Thomas Stefan Stephan Christoph Katharina Björn Sören Jörg Ulrike Wolfgang Sophie Lukas Leon Emma Mia Hannah Finn Jonas Elias Felix Laura Lea Marie Nina Olga Piotr Agnieszka"""
HEADS = """Mül Mei Schmi Schnei Fi Wag Be Hoff Schä Ko Bau Rich Klei Wol Schrö Neu Schwar Zim Brau Krü Hart Lan Wer Krau Leh Köh Her Kön Wal May Hub Kai Fuch Pe Jun Kel Vog Stei Jä Ott Som Groß Hei Bran Ha Die Grae Bö Lü Tho"""
TAILS = """ler dt der scher ner cker mann fer ch er ter n mer z ger ke rt se ne l g s el ser holz berg stein feld bach meyer hofer häuser lein ske wski"""
SMALL = """ich sie wir das die der ist nicht bitte und mein ihre seit heute gestern noch schon wann warum leider danke guten tag mit auf für von"""


__all__ = ["Said", "names", "sender_vector", "sorted_as", "texts", "words"]


@dataclass(frozen=True)
class Said:
    """A text that many messages share, and its words made comparable."""

    subject: str
    text: str
    words: str


def names(random: Random, count: int) -> list[str]:
    """Surnames of very different frequency, as they are."""
    surnames = [head + tail for head in HEADS.split() for tail in TAILS.split()]
    random.shuffle(surnames)
    weights = [1 / (place + 3) for place in range(len(surnames))]
    chosen = random.choices(surnames, weights, k=count)
    return [f"{random.choice(FIRST.split())} {surname}" for surname in chosen]


def texts(random: Random, count: int, tenant_id: int) -> list[Said]:
    """`count` texts of some forty words; the vocabulary of compounds follows Zipf."""
    vocabulary = _vocabulary(random)
    weights = [1 / (place + 2) for place in range(len(vocabulary))]
    return [_said(random, vocabulary, weights, tenant_id) for _ in range(count)]


def _vocabulary(random: Random) -> list[str]:
    bases = sorted(BASE_WORDS)
    compounds = [random.choice(bases) + random.choice(bases).lower() for _ in range(8000)]
    known = [*bases, *compounds]
    random.shuffle(known)
    return known


def _said(random: Random, vocabulary: list[str], weights: list[float], tenant_id: int) -> Said:
    heavy = random.choices(vocabulary, weights, k=random.randint(8, 24))
    light = random.choices(SMALL.split(), k=2 * len(heavy))
    spoken = [word for pair in zip(light[::2], heavy, light[1::2], strict=True) for word in pair]
    subject, text = " ".join(heavy[:3]), " ".join(spoken).capitalize() + "."
    draft = Draft(0, datetime(2026, 1, 1, tzinfo=UTC), title=subject, text=text)
    return Said(subject, text, vector(draft, tenant_id))


def sender_vector(name: str, tenant_id: int) -> str:
    return vector(Draft(0, datetime(2026, 1, 1, tzinfo=UTC), sender=name), tenant_id)


def sorted_as(name: str) -> str:
    return sort_key(name)
