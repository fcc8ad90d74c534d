"""Whether a concern is a business letter in the eyes of the law (§ 257 HGB): it prepares, makes, performs or reverses a deal.

In doubt it is one: what was thrown away too early cannot be fetched back, and a colleague sees each reason before anything happens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from golddraht.ground.retention_law import Keeping


class Sign(StrEnum):
    """What tells a deal."""

    GOODWILL = "goodwill"
    PROMISED = "promised"
    """A delivery or a visit was promised, or a promise names an order."""
    CONSENT = "consent"
    """A consent was given, and its proof has to be kept."""
    WORDS = "words"
    """Its words speak of an order, an invoice, a contract or its end."""


DEAL = re.compile(
    r"\b(?:bestell(?:ung|nummer|t)|auftrag(?:s\w*)?|rechnung(?:s\w*)?|lieferung|lieferschein|angebot|kaufvertrag|vertrag(?:s\w*)?"
    r"|kündig\w*|widerruf\w*|widerrufe\w*|rücktritt|reklamation|reklamier\w*|gewährleistung\w*|garantie(?:fall)?|gutschrift|erstattung|mahnung"
    r"|zahlung(?:s\w*)?|storn\w*|rückgabe|umtausch\w*|bestelle"
    r"|order(?:ed|s)?|invoice\w*|contract\w*|purchase\w*|refund\w*|warranty|quotation|cancel(?:l?ation|l?ed)?|withdrawal)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Concern:
    """What is looked at of a concern."""

    words: str
    has_goodwill: bool = False
    has_promised_act: bool = False


def sign_of(concern: Concern) -> Sign | None:
    """The strongest sign of a deal; None where there is none."""
    if concern.has_goodwill:
        return Sign.GOODWILL
    if concern.has_promised_act:
        return Sign.PROMISED
    return Sign.WORDS if DEAL.search(concern.words) else None


def keeping_of(sign: Sign | None) -> Keeping:
    """The class of a concern's letters. A goodwill is a voucher besides."""
    return Keeping.ENQUIRY if sign is None else Keeping.LETTER
