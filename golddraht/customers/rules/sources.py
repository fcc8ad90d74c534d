"""Where a value was read, and what was declared."""

from __future__ import annotations

from enum import StrEnum


class Salutation(StrEnum):
    """Only what the person declared; without a declaration the greeting is neutral and still by name (M15)."""

    NONE = ""
    FRAU = "FRAU"
    HERR = "HERR"


class Source(StrEnum):
    """Where a value was read. Later ones in this order know better."""

    CALL = "call"  # The number that a telephone system showed.
    MAIL_HEADER = "mail:from"
    OWN_WORDS = "mail:text"  # The language somebody wrote in.
    IMPORT = "import"
    MEMBER = "member"  # A colleague typed it in.
    CUSTOMER = "customer"  # The person said so.


class Witness(StrEnum):
    """Who said that an address reaches nobody."""

    REPORT = "mail:report"  # A delivery report that came later (RFC 3464).
    SERVER = "smtp:answer"  # The server itself, when we handed the mail over.
