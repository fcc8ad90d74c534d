"""What somebody was asked to confirm."""

from __future__ import annotations

from dataclasses import dataclass

from golddraht.consent.models import ConsentAct
from golddraht.consent.queries.choices import NoSuchAct
from golddraht.consent.rules import Kind
from golddraht.plumbing.links import token_for
from golddraht.plumbing.tenancy import current_tenant_id

CONFIRM = "confirm-consent"
"""What the signed link is for."""


@dataclass(frozen=True)
class AskedFor:
    customer_id: int
    text: str
    language: str
    address: str
    is_confirmed: bool


def confirm_path(act_id: int) -> str:
    """Where they confirm. Looking at the page changes nothing."""
    return f"/k/bestaetigen/{token_for(CONFIRM, tenant_id=current_tenant_id(), id_=act_id)}/"


def asked_for(act_id: int) -> AskedFor:
    """Raises NoSuchAct."""
    row = ConsentAct.objects.select_related("text").filter(pk=act_id, kind=Kind.ASKED).first()
    if row is None or row.text is None:
        raise NoSuchAct(act_id)
    is_confirmed = ConsentAct.objects.filter(asked=row).exists()
    return AskedFor(row.customer_id, row.text.words, row.text.language, row.address, is_confirmed)
