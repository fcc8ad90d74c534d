"""The short name of a company, which stands in every address of its pages."""

from __future__ import annotations

import re

from golddraht.ground.text import folded

LONGEST_SLUG = 40
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def slug_from(name: str) -> str:
    """ "heizwerk-graz" of "Heizwerk Graz & Söhne" begins so: letters and digits as everybody can type them; "" of none."""
    words = re.findall(r"[a-z0-9]+", folded(name))
    return "-".join(words)[:LONGEST_SLUG].strip("-")


def is_slug(typed: str) -> bool:
    return len(typed) <= LONGEST_SLUG and bool(_SLUG.fullmatch(typed))
