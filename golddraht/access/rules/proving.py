"""What proves who somebody is. A mailbox is not a person: what is seen depends on how much is proven."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum

from golddraht.ground.text import folded

CODE_LASTS = timedelta(minutes=10)
MOST_TRIES = 5
MOST_CODES_A_DAY = 10
"""For one address: with so many codes of so many tries a guess succeeds in one of 20,000 days."""
VISIT_LASTS = timedelta(hours=1)
LINK_LASTS = timedelta(days=30)


class Proof(StrEnum):
    """What somebody has shown of themselves, each more than the one before."""

    LINK = "LINK"  # They hold a link of ours. Mails are forwarded, links with them.
    CODE = "CODE"  # They read the mailbox now.
    FACT = "FACT"  # They read the mailbox and know what only one of its people knows.


class Purpose(StrEnum):
    """What a code is for."""

    ENTER = "ENTER"
    ADD = "ADD"  # To show that a further address is theirs.


def sees_whole_person(proof: str, *, is_shared: bool) -> bool:
    """Whether everything about the person is shown; otherwise only what went through that very mailbox."""
    return proof == Proof.FACT or (proof == Proof.CODE and not is_shared)


def is_same_number(one: str, other: str) -> bool:
    """Whether two customer numbers are one, however they are spaced and cased."""
    mine, theirs = (re.sub(r"[^a-z0-9]", "", folded(number)) for number in (one, other))
    return bool(mine) and mine == theirs
