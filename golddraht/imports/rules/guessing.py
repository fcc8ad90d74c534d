"""What the columns of a file mean: by their names, and by what stands in them; each guess with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from golddraht.customers.rules.first_names import is_first_name
from golddraht.customers.rules.postal import country_named
from golddraht.imports.rules.reading import day_in, is_nothing, mails_in, phones_in
from golddraht.imports.rules.targets import MANY, Target, is_known, target_named


class Why(StrEnum):
    """Why a column is taken for something."""

    NAME = "name"  # It is called so.
    VALUES = "values"  # Its cells look like it.
    BOTH = "both"
    UNLIKE = "unlike"  # It is called so, and its cells are something else: left out.
    TWICE = "twice"  # Another column is that already.
    SAVED = "saved"  # A mapping that was kept says so.
    NOTHING = "nothing"


@dataclass(frozen=True)
class Guess:
    target: str
    why: Why


Fits = Callable[[str], bool]
FITS: dict[Target, Fits] = {
    Target.EMAIL: lambda cell: bool(mails_in(cell)[0]),
    Target.POSTCODE: lambda cell: bool(re.fullmatch(r"(?:[A-Z]{1,2}-)?\d{4,5}", cell)),
    Target.BORN_ON: lambda cell: not re.fullmatch(r"\d{1,5}", cell) and day_in(cell) is not None,
    Target.PHONE: lambda cell: bool(re.search(r"^[+0(]", cell)) and bool(phones_in(cell, "DE")[0]),
    Target.SALUTATION: lambda cell: bool(
        re.fullmatch(r"(?:Herrn?|Frau|Familie|Firma|Fam\.|Mr\.?|Mrs\.?|Ms\.?)(?: Dr\.)?", cell)
    ),
    Target.COUNTRY: lambda cell: len(cell) > 1 and bool(country_named(cell)),
    Target.STREET: lambda cell: bool(
        re.search(r"(?:stra(?:ß|ss)e|str\.|weg|gasse|platz|allee|ring)\b.*\d", cell, re.I)
    ),
    Target.GIVEN: lambda cell: " " not in cell and is_first_name(cell),
}
"""Meanings that cells show by themselves, the surest first."""
ENOUGH, TOO_FEW = 0.6, 0.2
CHECKED = frozenset({Target.EMAIL, Target.POSTCODE, Target.BORN_ON, Target.PHONE})


def guesses(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Guess]:
    """A guess for each column, from its name and the cells of the first rows."""
    filled = [[row[index] for row in rows if not is_nothing(row[index])] for index in range(len(columns))]
    found = [_guess(name, cells) for name, cells in zip(columns, filled, strict=True)]
    return _with_family_name(_each_once(found))


def _with_family_name(found: Sequence[Guess]) -> list[Guess]:
    """Beside a column for given names, "Name" is the family name."""
    targets = {one.target for one in found}
    is_family = Target.GIVEN in targets and Target.FAMILY not in targets
    return [Guess(Target.FAMILY, one.why) if is_family and one.target is Target.NAME else one for one in found]


def _guess(name: str, cells: Sequence[str]) -> Guess:
    target = target_named(name)
    if target is Target.BORN_ON and _is_month_first(cells):
        return Guess(Target.BORN_MONTH_FIRST, Why.BOTH)
    if target in CHECKED and cells:
        share = _share(FITS[target], cells)
        if share < TOO_FEW and not (
            target is Target.BORN_ON and _share(lambda cell: bool(day_in(cell)), cells) > ENOUGH
        ):
            return Guess(Target.SKIP, Why.UNLIKE)
        return Guess(target, Why.BOTH if share >= ENOUGH else Why.NAME)
    if target is not Target.SKIP or not cells:
        return Guess(target, Why.NAME if target is not Target.SKIP else Why.NOTHING)
    likely = next((one for one, fits in FITS.items() if _share(fits, cells) >= ENOUGH), Target.SKIP)
    return Guess(likely, Why.VALUES if likely is not Target.SKIP else Why.NOTHING)


def _share(fits: Fits, cells: Sequence[str]) -> float:
    return sum(map(fits, cells)) / len(cells) if cells else 0.0


def _is_month_first(cells: Sequence[str]) -> bool:
    """5/17/1980: a second number that is no month, and no first one that is none."""
    pairs = [found for cell in cells if (found := re.match(r"(\d{1,2})/(\d{1,2})/\d{2,4}", cell))]
    return any(int(one[2]) > 12 for one in pairs) and not any(int(one[1]) > 12 for one in pairs)


def _each_once(found: Sequence[Guess]) -> list[Guess]:
    """What only one column can mean is the first's; one that is called so goes before one that only looks like it."""
    owner: dict[str, int] = {}
    for index, guess in sorted(enumerate(found), key=lambda one: one[1].why is Why.VALUES):
        owner.setdefault(guess.target, index)
    return [
        guess if guess.target in MANY or owner[guess.target] == index else Guess(Target.SKIP, Why.TWICE)
        for index, guess in enumerate(found)
    ]


def fits_saved(columns: Sequence[str], saved: Sequence[str]) -> bool:
    """Whether a kept mapping is for a file like this: it knows every column."""
    return set(columns) == set(saved)


__all__ = ["Guess", "Why", "fits_saved", "guesses", "is_known"]
