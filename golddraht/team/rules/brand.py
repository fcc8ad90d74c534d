"""The colour by which people see for which company they speak, and how large a logo may be."""

from __future__ import annotations

import re

SUGGESTED = (
    "1d5fbf", "b3261e", "1b7f4b", "8a3ab9", "b35900", "00727a",
    "b0186b", "4b5bd6", "5c7400", "7a4a2b", "0a6ba3", "6b5b7b",
)  # fmt: skip
"""For companies that have not chosen one: well apart from each other."""
WHITE, BLACK = "ffffff", "000000"
_COLOUR = re.compile(r"#[0-9a-f]{6}")


LARGEST_LOGO = 500_000
"""Bytes."""
SMALLEST_LOGO, WIDEST_LOGO = 16, 2000
"""Points on a side."""


def fits_as_logo(width: int, height: int) -> bool:
    return min(width, height) >= SMALLEST_LOGO and max(width, height) <= WIDEST_LOGO


class NoColour(ValueError):
    """Not six hexadecimal digits behind a #."""


def read_colour(typed: str) -> str:
    """ "#1d5fbf", as it is kept. Raises NoColour."""
    colour = typed.strip().lower()
    if not _COLOUR.fullmatch(colour):
        raise NoColour(typed)
    return colour


def colour_of(chosen: str, tenant_id: int) -> str:
    """Six hexadecimal digits: what the company chose, else one that stays the same for it."""
    return chosen.removeprefix("#") if _COLOUR.fullmatch(chosen) else SUGGESTED[tenant_id % len(SUGGESTED)]


def ink_on(colour: str) -> str:
    """White or black, whichever is easier to read on it: at least 4.5 to 1, as WCAG 2.2 §1.4.3 asks."""
    return WHITE if contrast(colour, WHITE) >= contrast(colour, BLACK) else BLACK


LIGHT, DARK = "e5efff", "202c47"
"""Of all grounds on which our pages write, those on which it is hardest to read, in light and in dark."""
READABLE = 4.5
"""To 1, as WCAG 2.2 §1.4.3 asks for text of any size."""
STEPS = 100


def readable_on(ground: str, colour: str, *, least: float = READABLE) -> str:
    """The colour itself where it can be read on that ground, else the nearest to it, towards black or white, that can."""
    end = ink_on(ground)
    steps = (mixed(colour, end, step / STEPS) for step in range(STEPS + 1))
    return next((one for one in steps if contrast(one, ground) >= least), end)


def mixed(one: str, other: str, share: float) -> str:
    """So much of the other in the one."""
    parts = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (0, 2, 4))
    return "".join(f"{round(here + (there - here) * share):02x}" for here, there in parts)


def contrast(one: str, other: str) -> float:
    """How well two colours are told apart, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
