"""Whether the ledger of erasures can be relied on: without it a restored backup would bring people back."""

from __future__ import annotations

from enum import StrEnum

from golddraht.plumbing import ledger
from golddraht.privacy.models import Erasure


class Trouble(StrEnum):
    """What is wrong with the ledger."""

    MISSING = "missing"
    KEY = "key"
    TORN = "torn"
    OLDER = "older"
    """People were erased here of whom it says nothing: it was replaced by an older copy."""


def ledger_trouble() -> Trouble | None:
    """For the company being seen; None where nobody was erased yet, or all is well."""
    erased = {str(one) for one in Erasure.objects.filter(erased_at__isnull=False).values_list("request", flat=True)}
    has_ledger, has_key = ledger.ledger_file().exists(), ledger.key_file().exists()
    if not has_ledger:
        # A key alone has been left behind by a ledger that was there.
        return Trouble.MISSING if erased or has_key else None
    if not has_key:
        return Trouble.KEY
    try:
        known = {one.request for one in ledger.erasures()}
    except ledger.LedgerRefused:
        return Trouble.TORN
    return Trouble.OLDER if erased - known else None
