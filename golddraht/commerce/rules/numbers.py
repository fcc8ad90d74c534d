"""Numbers in running text that may be those of an order, a delivery or a parcel."""

from __future__ import annotations

import re

from golddraht.ground.text import squeezed

TOKEN = re.compile(r"(?<![\w-])(?=[\w/.-]{0,40}\d{3})[A-Z0-9]+(?:[-/.][A-Z0-9]+){0,4}(?![\w-])", re.IGNORECASE)
MOST = 40


def numbers_in(text: str) -> tuple[str, ...]:
    """Whatever may be such a number, as written and in capitals, each once, in their order; at most forty."""
    found = (token[0] for token in TOKEN.finditer(squeezed(text)))
    both = (spelled for number in found for spelled in (number, number.upper()))
    return tuple(dict.fromkeys(both))[:MOST]
