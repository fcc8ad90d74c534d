"""The erased do not come back with a file of orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from golddraht.commerce.operations.stating import Outcome, Stated, state_all
from golddraht.commerce.queries.owning import customer_named
from golddraht.commerce.rules import Thing
from golddraht.ground.addresses import folded_address
from golddraht.plumbing import ledger
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import current_tenant_id


@dataclass(frozen=True)
class Erasures:
    """The ledger of the erased, asked for one company and source."""

    memory: ledger.Memory
    company: str
    source: str

    def named_in(self, row: Mapping[str, Any]) -> str:
        """The field that names somebody erased who is no customer again; "" where there is none."""
        number, email = (str(row.get(name) or "").strip() for name in ("customer_number", "email"))
        marks = {"customer_number": ("number", number), "email": ("EMAIL", folded_address(email) if email else "")}
        found = [name for name, (kind, value) in marks.items() if value and self._remembers(kind, value)]
        is_back = bool(found) and customer_named(source=self.source, number=number, email=marks["email"][1]) is not None
        return "" if is_back or not found else found[0]

    def _remembers(self, kind: str, value: str) -> bool:
        return self.memory.erased_at(self.company, kind, value) is not None


def state_from_file(*, thing: Thing, source: str, rows: Sequence[Mapping[str, Any]], at: datetime) -> list[Stated]:
    """As `state_all`, but what names somebody erased is refused until they are a customer again. Raises LedgerRefused."""
    company = Tenant.objects.values_list("slug", flat=True).get(pk=current_tenant_id())
    erasures = Erasures(ledger.memory(), company, source)
    return [_stated(thing, source, row, erasures, at) for row in rows]


def _stated(thing: Thing, source: str, row: Mapping[str, Any], erasures: Erasures, at: datetime) -> Stated:
    if field := erasures.named_in(row):
        return Stated(str(row.get("number") or ""), Outcome.REFUSED, reason="ERASED", field=field)
    return state_all(thing=thing, source=source, rows=[row], at=at)[0]
