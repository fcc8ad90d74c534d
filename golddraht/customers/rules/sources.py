"""Where a value was read, how far it is trusted, and what was declared."""

from __future__ import annotations

from enum import StrEnum


class Salutation(StrEnum):
    """What is known by evidence; without any the greeting is neutral and still by name (M15)."""

    NONE = ""
    FRAU = "FRAU"
    HERR = "HERR"


class Source(StrEnum):
    """Where a value was read. Later ones in this order know better."""

    CALL = "call"  # The number that a telephone system showed.
    MAIL_HEADER = "mail:from"
    OWN_WORDS = "mail:text"  # What somebody wrote, or the language they wrote in.
    NAMESAKE = "mail:namesake"  # Signed without a first name: they, or somebody else of the family.
    LIST = "list"  # A list of which nobody knows how its rows came about.
    IMPORT = "import"  # Another program, such as a shop.
    CONTRACT = "contract"  # A program in which contracts and invoices are kept.
    SIGNATURE = "mail:signature"
    MEMBER = "member"  # A colleague typed it in.
    CUSTOMER = "customer"  # The person said so.


class Witness(StrEnum):
    """Who said that an address reaches nobody."""

    REPORT = "mail:report"  # A delivery report that came later (RFC 3464).
    SERVER = "smtp:answer"  # The server itself, when we handed the mail over.


TRUST = {
    Source.CALL: 1,
    Source.MAIL_HEADER: 2,
    Source.OWN_WORDS: 3,
    Source.NAMESAKE: 3,
    Source.LIST: 2,
    Source.IMPORT: 4,
    Source.CONTRACT: 5,
    Source.SIGNATURE: 5,
    Source.MEMBER: 6,
    Source.CUSTOMER: 6,
}
"""Whoever is trusted more is believed, whatever others say; of equals the later one. People outrank everything that was read."""

CERTAINTY = {
    Source.CALL: 0.5,
    Source.MAIL_HEADER: 0.8,
    Source.OWN_WORDS: 0.85,
    Source.NAMESAKE: 0.9992,
    Source.LIST: 0.7,
    Source.IMPORT: 0.9,
    Source.CONTRACT: 0.95,
    Source.SIGNATURE: 0.95,
    Source.MEMBER: 0.97,
    Source.CUSTOMER: 0.99,
}
"""How sure one statement of this source makes us, where whoever makes it does not say."""


_KNOWN = {str(one): one for one in Source}


def kind_of(source: str) -> Source:
    """The kind of a source: `import:shop` is an import, `contract:erp` a contract. What we do not know counts as an import."""
    return _KNOWN.get(source) or _KNOWN.get(source.partition(":")[0], Source.IMPORT)


def trust_in(source: str) -> int:
    return TRUST[kind_of(source)]


def certainty_of(source: str) -> float:
    return CERTAINTY[kind_of(source)]
