"""A million salutations for people whose truth is known: `python -m bench.salutation`.

The population is generated: two contacts a person, each with what people leave behind or not. How often they do is an
assumption, written below; how wrong what others enter is, too. Counted are wrong forms of address (goal: at most one in
100,000) and neutral ones among people with two contacts (goal: at most one in ten).
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass

from golddraht.customers.rules.addressing import decide, evidence_in
from golddraht.customers.rules.evidence import GENDERED
from golddraht.customers.rules.first_names import MEN, WOMEN
from golddraht.customers.rules.names import name_of

SHARED_NAMES = "Andrea Kim Luca Sascha Toni Nicola Jean Robin Chris Alex Noa Mika Jona Eike Kay Bente Sandy Dominique"
UNLISTED = {
    "frau": "Ayla Ingeborg Swantje Mechthild Wiebke Roxana Dilara Ljubica Nguyet Amina Friederike Henriette",
    "herr": "Gernot Eckart Ansgar Hüseyin Enno Volkmar Jussuf Zoltan Nguyen Ivo Thaddäus Knut",
}
FAMILIES = "Müller Schmidt Moser Huber Gruber Herr Frau Fischer Yılmaz Nowak Köhler Groß Petersen Demir Graf Winter"
DIVERSE = 0.003
NAME_OF_THE_OTHER = 0.0005
"""People who bear a name that the other sex bears nearly always."""
DECLARES = 0.62
"""Chose a form of address at a contact, as web shops and forms ask."""
SIGNS = 0.30
"""Signs with something that says it, of those who do not declare."""
ENTERED = 0.50
"""Somebody else entered Frau or Herr."""
ENTERED_WRONG = 0.01
TRAPS = (
    "Viele Grüße an Frau {family}",
    "{given} {family}\nSekretariat von Herrn {family}",
    "{given} {family}\nGeschäftsführerin: Dr. Anna Schmidt",
    "Ihre {given} und Ihr Tom {family}",
    "Ihr Team {family}",
    "{given} {family}",
    "Danke, Frau {family}!",
    "z. Hd. Herrn {family}",
    "Ihr Tom {family}",
    "Frau {family}",
    "Herr {family}",
)
"""What is signed by others of the house, names others, or says nothing."""
SIGNATURES = {
    "frau": (
        "Ihre {given} {family}",
        "Frau {given} {family}",
        "{given} {family} (sie/ihr)",
        "{given} {family}\nInhaberin",
        "Deine {given}",
    ),
    "herr": (
        "Ihr {given} {family}",
        "Herr {given} {family}",
        "{given} {family} (er/ihm)",
        "Ihr\n{given} {family}",
        "Dein {given}",
    ),
    "divers": ("{given} {family} (keine Pronomen)", "{given} {family} (they/them)", "{given} {family}"),
}
DECLARATIONS = {
    "frau": ("Frau", "Fr.", "Frau Dr.", "Mrs"),
    "herr": ("Herr", "Hr.", "Herr Dr.", "Mr"),
    "divers": ("divers", "keine Anrede", "Mx"),
}


@dataclass(frozen=True)
class Contact:
    title: str
    declared: str
    signature: str


@dataclass(frozen=True)
class Person:
    truth: str
    given: str
    family: str
    contacts: tuple[Contact, Contact]


def person(chance: random.Random) -> Person:
    """Somebody with two contacts."""
    truth = "divers" if chance.random() < DIVERSE else chance.choice(("frau", "herr"))
    given, family = _given(chance, truth), chance.choice(FAMILIES.split())
    return Person(
        truth, given, family, (_contact(chance, truth, given, family), _contact(chance, truth, given, family))
    )


def _given(chance: random.Random, truth: str) -> str:
    kind = chance.random()
    if kind < 0.08 or truth == "divers":
        return chance.choice(SHARED_NAMES.split())
    if kind < 0.20:
        return chance.choice(UNLISTED[truth].split())
    is_other = chance.random() < NAME_OF_THE_OTHER
    return chance.choice(_LISTED["herr" if (truth == "frau") == is_other else "frau"]).capitalize()


_LISTED = {"herr": sorted(MEN), "frau": sorted(WOMEN)}


def _contact(chance: random.Random, truth: str, given: str, family: str) -> Contact:
    says = chance.choice(DECLARATIONS[truth]) if chance.random() < DECLARES else ""
    forms = SIGNATURES[truth] if chance.random() < SIGNS else TRAPS
    signature = chance.choice(("Viele Grüße\n", "", "Mit freundlichen Grüßen\n")) + chance.choice(forms)
    return Contact(_entered(chance, truth), says, signature.format(given=given, family=family))


def _entered(chance: random.Random, truth: str) -> str:
    if truth == "divers" or chance.random() >= ENTERED:
        return ""
    is_wrong = chance.random() < ENTERED_WRONG
    return {"frau": "Herr", "herr": "Frau"}[truth] if is_wrong else truth.capitalize()


def outcome(somebody: Person) -> str:
    """ "right", "neutral" or "wrong"."""
    name = name_of(given=somebody.given, family=somebody.family)
    evidence = [
        one
        for contact in somebody.contacts
        for one in evidence_in(
            name=name, title=contact.title, declared_salutation=contact.declared, signature=contact.signature
        )
    ]
    mode = decide(name, evidence).mode
    if mode not in GENDERED:
        return "right" if somebody.truth == "divers" else "neutral"
    return "right" if mode == somebody.truth else "wrong"


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--people", type=int, default=1_000_000)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    chance, began, counts = random.Random(asked.seed), time.process_time(), Counter[str]()
    for _ in range(asked.people):
        counts[outcome(person(chance))] += 1
    wrong, neutral = counts["wrong"], counts["neutral"] / asked.people
    print(f"{asked.people} people, {time.process_time() - began:.0f} s of computing, seed {asked.seed}")
    print(f"wrong: {wrong} ({wrong / asked.people * 100_000:.1f} in 100,000; goal at most 1)")
    print(f"neutral: {neutral:.1%} (goal at most 10 %)")
    return 0 if wrong <= asked.people / 100_000 and neutral <= 0.1 else 1


if __name__ == "__main__":
    sys.exit(main())
