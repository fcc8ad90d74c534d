"""The erased do not come back with what a shop tells, whichever door it comes by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from golddraht.commerce.models import BadRow
from golddraht.commerce.operations.stating import FromFile, Outcome, Stated, state_all
from golddraht.commerce.queries.owning import customer_named, customer_of_order, is_somebodys
from golddraht.commerce.rules import Thing
from golddraht.commerce.rules.things import outside_name
from golddraht.ground.addresses import folded_address
from golddraht.ground.text import one_line
from golddraht.plumbing import ledger
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import current_tenant_id

NAMES = ("customer_number", "email", "number", "order")
"""The fields of a row that may name somebody."""


@dataclass(frozen=True)
class OfErased:
    """A row names somebody erased who is no customer again, and nobody has decided yet: `field` is where it does."""

    field: str
    erased_at: datetime
    marks: tuple[str, ...]
    place: str
    is_left: bool
    """Somebody has decided already that this very thing stays outside."""


@dataclass(frozen=True)
class Erasures:
    """The ledger of the erased, asked for one company and source, with what was decided so far."""

    memory: ledger.Memory
    company: str
    source: str
    let_in: Mapping[str, datetime] = field(default_factory=dict)
    left: Mapping[str, datetime] = field(default_factory=dict)

    def in_row(self, thing: Thing, row: Mapping[str, Any]) -> OfErased | None:
        """None for everybody whom the ledger does not know, who is back, or whom somebody has let in since."""
        if thing is Thing.PRODUCT or not self.memory.by_mark:
            return None
        names = {ledger.mark_of(self.company, kind, value): name for name, kind, value in self._names(thing, row)}
        found = {mark: at for mark in names if (at := self.memory.by_mark.get(mark)) is not None}
        if not found or self._is_let_in(found) or self._is_back(thing, row):
            return None
        place, erased_at = self._place(thing, row), max(found.values())
        is_left = place in self.left and self.left[place] >= erased_at
        return OfErased(names[next(iter(found))], erased_at, tuple(found), place, is_left)

    def _names(self, thing: Thing, row: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
        """By what a row may name somebody: field, kind and value, as the ledger has them."""
        told = {name: one_line(str(row.get(name) or ""), 254) for name in NAMES}
        if told["customer_number"]:
            yield "customer_number", "number", told["customer_number"]
        if told["email"]:
            yield "email", "EMAIL", folded_address(told["email"])
        for name, of in (("number", thing), ("order", Thing.ORDER)):
            if told[name]:
                yield name, of.value, outside_name(self.source, told[name])

    def _is_let_in(self, found: Mapping[str, datetime]) -> bool:
        return any(mark in self.let_in and self.let_in[mark] >= at for mark, at in found.items())

    def _is_back(self, thing: Thing, row: Mapping[str, Any]) -> bool:
        number, email, id_ = (row.get(name) for name in ("customer_number", "email", "customer_id"))
        mail = folded_address(str(email)) if email else ""
        if customer_named(source=self.source, number=str(number or ""), email=mail, customer_id=_id(id_)) is not None:
            return True
        return is_somebodys(thing, source=self.source, number=str(row.get("number") or "")) or (
            customer_of_order(source=self.source, number=str(row.get("order") or "")) is not None
        )

    def _place(self, thing: Thing, row: Mapping[str, Any]) -> str:
        name = outside_name(self.source, one_line(str(row.get("number") or ""), 254))
        return ledger.mark_of(self.company, f"place:{thing}", name)


def _id(value: Any) -> int | None:
    return int(value) if str(value or "").isdecimal() and len(str(value)) < 19 else None


def erasures(source: str) -> Erasures:
    """Raises LedgerRefused where it is torn: nobody is brought back because it could not be asked."""
    memory = ledger.memory()
    if not memory.by_mark:
        return Erasures(memory, "", source)
    company = Tenant.objects.values_list("slug", flat=True).get(pk=current_tenant_id())
    decided = BadRow.objects.filter(tenant_id=current_tenant_id(), erased_at__isnull=False).order_by("settled_at")
    let_in, left = (decided.filter(settled_as=how) for how in ("let_in", "dropped"))
    return Erasures(
        memory,
        company,
        source,
        {mark: row.settled_at for row in let_in for mark in row.marks if row.settled_at},
        {row.place: row.settled_at for row in left if row.settled_at},
    )


@dataclass(frozen=True)
class Answered:
    """What became of a row, and, where it was refused because of an erasure, whom it names."""

    stated: Stated
    of_erased: OfErased | None = None


def state_unless_erased(
    *,
    thing: Thing,
    source: str,
    rows: Sequence[Mapping[str, Any]],
    at: datetime,
    origin: FromFile | None = None,
) -> list[Answered]:
    """As `state_all`, but what names somebody erased is refused until they are a customer again. Raises LedgerRefused."""
    asked = erasures(source)
    return [_answered(thing, source, row, asked, at, origin) for row in rows]


def _answered(
    thing: Thing, source: str, row: Mapping[str, Any], asked: Erasures, at: datetime, origin: FromFile | None
) -> Answered:
    found = asked.in_row(thing, row)
    if found is None:
        return Answered(state_all(thing=thing, source=source, rows=[row], at=at, origin=origin)[0])
    number = one_line(str(row.get("number") or ""), 80)
    return Answered(Stated(number, Outcome.REFUSED, reason="ERASED", field=found.field), found)
