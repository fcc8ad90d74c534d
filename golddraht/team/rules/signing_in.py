"""What a company can ask of how its people sign in."""

from __future__ import annotations

from enum import StrEnum

LONGEST_GRACE = 90
"""Days that people get to set a second factor up."""


class Factor(StrEnum):
    """What somebody can have besides a password, as the library calls it."""

    APP = "totp"
    PASSKEY = "webauthn"
