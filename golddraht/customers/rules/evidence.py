"""What speaks for a form of address, and how strongly: the person's own statement, their signature, a contract.

A first name alone never speaks for anything (M15); it can only bear out what somebody else entered, or raise a doubt.
Whatever is not understood for certain speaks for nothing: a neutral greeting is warm too, a wrong one is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from golddraht.customers.rules.first_names import agrees
from golddraht.customers.rules.names import PersonName
from golddraht.ground.text import folded
from golddraht.ground.text import words as listed


class Mode(StrEnum):
    """How somebody is addressed."""

    FRAU = "frau"
    HERR = "herr"
    NEUTRAL = "neutral"
    FIRMA = "firma"
    FAMILIE = "familie"


GENDERED = frozenset({Mode.FRAU, Mode.HERR})


class Kind(StrEnum):
    """Where the evidence comes from, the strongest first."""

    DECLARED = "declared"  # The person said how they want to be addressed.
    SIGNATURE = "signature"  # Their own signature or words.
    CONTRACT = "contract"  # A trusted source wrote it down, such as a contract or an order.
    NAMESAKE = "namesake"  # Signed without a first name: they, or somebody else of the family.


CERTAINTY = {Kind.DECLARED: 1.0, Kind.SIGNATURE: 0.9999, Kind.CONTRACT: 0.9995, Kind.NAMESAKE: 0.9992}
"""How sure one witness of this kind makes us."""
RANK = {Kind.DECLARED: 0, Kind.SIGNATURE: 1, Kind.CONTRACT: 2, Kind.NAMESAKE: 2}
"""In which order they are believed; of the same rank none outvotes the other."""


@dataclass(frozen=True)
class Evidence:
    """One witness: what it speaks for, where it was found, and in which words."""

    mode: Mode
    kind: Kind
    words: str


FORMS = {
    Mode.FRAU: "frau fr frl fraeulein mrs ms miss madame mme mevrouw mevr signora sig.ra pani w weiblich female f",
    Mode.HERR: "herr hr herrn hrn mr mister monsieur dhr meneer signore signor sig pan m maennlich male",
    Mode.FAMILIE: "familie fam family famille famiglia eheleute ehepaar",
    Mode.FIRMA: "firma fa company societe ditta organisation organization unternehmen",
    Mode.NEUTRAL: "divers mx d x neutral keine ohne keins none diverse nonbinary nichtbinaer enby",
}
MODE_OF = {form: mode for mode, forms in FORMS.items() for form in forms.split()}
COURTESIES = frozenset(
    listed(
        """
    dr prof mag med ing dipl anrede als bitte sehr geehrte geehrter liebe lieber dear guten tag hallo
        """
    )
)
COUPLES = frozenset({"herr", "herrn", "frau", "und", "u"})


def declared(text: str) -> Evidence | None:
    """What somebody chose as their form of address; None where it is empty, an unfilled form or not understood."""
    words = re.findall(r"[\w.]+", folded(text.replace("-", "")))
    words = [word.rstrip(".") for word in words]
    if {"herr", "frau"} <= set(words) or {"herrn", "frau"} <= set(words):
        is_couple = set(words) <= COUPLES and re.search(r"\b(?:und|u\.)|[&+]", text) is not None
        return Evidence(Mode.FAMILIE, Kind.DECLARED, text.strip()) if is_couple else None
    told = [word for word in words if word not in COURTESIES]
    modes = {MODE_OF.get(word) for word in told[:1]}
    rest = {MODE_OF[word] for word in told[1:] if word in MODE_OF}
    mode = modes.pop() if modes else None
    if mode is None or rest - {mode} or (mode is not Mode.NEUTRAL and len(told) > 3):
        return None
    return Evidence(mode, Kind.DECLARED, text.strip())


FEMALE_TITLES = re.compile(r"kauffrau|kffr\b|professorin|doktorin|direktorin|magistra\b", re.I)


def entered(title: str, name: PersonName) -> Evidence | None:
    """What a contract or an order calls them in the field for titles: "Frau Dr.".

    Somebody else entered it, often enough wrongly, so it counts only where the first name bears it out.
    """
    words = {word.rstrip(".") for word in re.findall(r"[\w.]+", folded(title))}
    modes = {MODE_OF[word] for word in words if word in MODE_OF and len(word) > 1} & GENDERED
    if not modes and FEMALE_TITLES.search(title):
        modes = {Mode.FRAU}
    if len(modes) != 1:
        return None
    mode = modes.pop()
    return Evidence(mode, Kind.CONTRACT, title.strip()) if agrees(name.given, mode) else None


def rank_in(name: PersonName) -> Evidence | None:
    """A rank of nobility that only women bear: part of the name (Art. 109 WRV), and changed with it. Men's forms prove nothing."""
    found = re.match(
        r"(?:gräfin|freifrau|freiin|baronin|baronesse|prinzessin|fürstin|herzogin)\s+\S", name.family, re.I
    )
    return Evidence(Mode.FRAU, Kind.CONTRACT, name.family) if found else None
