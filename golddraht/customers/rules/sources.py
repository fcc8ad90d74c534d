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

    MAIL_HEADER = "mail:from"
    IMPORT = "import"
    MEMBER = "member"  # A colleague typed it in.
    CUSTOMER = "customer"  # The person said so.


class Witness(StrEnum):
    """Who said that an address reaches nobody."""

    REPORT = "mail:report"  # A delivery report that came later (RFC 3464).
    SERVER = "smtp:answer"  # The server itself, when we handed the mail over.


def greeting(*, name: str, salutation: str, language: str) -> str:
    """The first line of a letter, with its comma: by name where there is one, by title only where it was declared."""
    surname = name.split()[-1] if name.split() else ""
    if language == "en":
        titles = {"FRAU": "Ms", "HERR": "Mr"}
        if salutation in titles and surname:
            return f"Dear {titles[salutation]} {surname},"
        return f"Hello {name}," if name else "Hello,"
    titles = {"FRAU": "Frau", "HERR": "Herr"}
    if salutation in titles and surname:
        return f"Guten Tag {titles[salutation]} {surname},"
    return f"Guten Tag {name}," if name else "Guten Tag,"
