"""Names in a note: `@Nina Aigner`, and `@Nina` where only one bears that name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping


def mentioned_in(text: str, names: Mapping[int, str]) -> set[int]:
    """Whom the text names, by the keys of `names`; whole names are understood before first names."""
    first = Counter(_first(name) for name in names.values())
    wanted = {name.casefold(): key for key, name in names.items()}
    for key, name in names.items():
        if first[_first(name)] == 1:
            wanted.setdefault(_first(name), key)
    if not wanted:
        return set()
    longest_first = sorted(wanted, key=len, reverse=True)
    called = re.compile(rf"(?<!\w)@({'|'.join(map(re.escape, longest_first))})(?!\w)")
    return {wanted[found[1]] for found in called.finditer(text.casefold())}


def _first(name: str) -> str:
    return name.casefold().partition(" ")[0]
