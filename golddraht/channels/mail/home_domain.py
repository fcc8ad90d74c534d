"""Which domains belong together: the organisational domain of RFC 7489 §3.2, by the Public Suffix List."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from golddraht.ground.addresses import folded_domain


def home_domain(domain: str) -> str:
    """The domain that somebody registered: `mail.shop.co.uk` belongs to `shop.co.uk`. A suffix alone is its own home."""
    labels = folded_domain(domain).split(".")
    kept = min(_suffix_length(labels) + 1, len(labels))
    return ".".join(labels[len(labels) - kept :])


def is_aligned(one: str, other: str, *, strictly: bool = False) -> bool:
    """Whether two domains speak for each other (RFC 7489 §3.1): the same one, or of one home unless `strictly`."""
    here, there = folded_domain(one), folded_domain(other)
    if not here or not there:
        return False
    return here == there or (not strictly and home_domain(here) == home_domain(there))


def _suffix_length(labels: list[str]) -> int:
    rules = _rules()
    for start in range(len(labels)):
        rest = ".".join(labels[start:])
        if "!" + rest in rules:
            return len(labels) - start - 1
        parent = ".".join(labels[start + 1 :])
        if rest in rules or (parent and "*." + parent in rules):
            return len(labels) - start
    return 1


@cache
def _rules() -> frozenset[str]:
    text = files("authheaders").joinpath("public_suffix_list.txt").read_text("utf-8")
    lines = (line.split()[0] for line in text.splitlines() if line.strip() and not line.startswith("//"))
    return frozenset(_folded(rule) for rule in lines)


def _folded(rule: str) -> str:
    mark = "!" if rule.startswith("!") else "*." if rule.startswith("*.") else ""
    return mark + folded_domain(rule.removeprefix(mark))
