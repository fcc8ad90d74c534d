"""What is remembered of rows: that a file has said the very same before, and that somebody was erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from golddraht.customers.models import Customer, Fact
from golddraht.imports.models import Import, Row
from golddraht.imports.rules.digests import digest_of
from golddraht.imports.rules.states import RowState
from golddraht.imports.rules.understanding import Remark, Understood
from golddraht.plumbing import ledger
from golddraht.plumbing.ledger import Memory
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import current_tenant_id


@dataclass(frozen=True)
class Before:
    """What became of a row that said the same: its customer, of whom nothing else was said since."""

    customer_id: int
    household: str


def note_digests(file: Import, rows: Iterable[Row], *, home: str) -> None:
    """Give each row what it is known by; whoever calls keeps them."""
    for row in rows:
        row.digest = digest_of(file.targets, row.cells, source=file.source.source, home=home, lenient=row.is_lenient)


def said_before(file: Import, rows: Sequence[Row]) -> dict[str, Before]:
    """By digest, those of these rows that the source has said before, of people of whom nothing was said since.

    An address that stayed somebody else's may be free by now: such a row is looked at again.
    """
    said = Row.objects.filter(digest__in={row.digest for row in rows}, state=RowState.TAKEN, customer_id__isnull=False)
    found = said.exclude(file=file).select_related("file").defer("cells").order_by("pk")
    latest = {row.digest: row for row in found if not any(odd.startswith(Remark.TAKEN) for odd in row.odd)}
    told = _last_said({row.customer_id for row in latest.values() if row.customer_id is not None})
    return {
        digest: Before(row.customer_id, row.household)
        for digest, row in latest.items()
        if row.customer_id is not None and _is_unchanged(row, told)
    }


def _last_said(ids: set[int]) -> Mapping[int, datetime | None]:
    """When something was last said of each of those who are there."""
    facts = Fact.objects.filter(customer_id__in=ids).values_list("customer_id")
    there = dict.fromkeys(Customer.objects.filter(pk__in=ids).values_list("pk", flat=True))
    return there | dict(facts.annotate(last=Max("said_at")).order_by())


def _is_unchanged(row: Row, told: Mapping[int, datetime | None]) -> bool:
    begun = row.file.begun_at
    if row.customer_id is None or row.customer_id not in told or begun is None:
        return False
    last = told[row.customer_id]
    return last is None or last <= begun


@dataclass(frozen=True)
class Erasures:
    """The ledger of the erased, asked for one company."""

    memory: Memory
    company: str

    def of(self, said: Understood) -> datetime | None:
        """When whoever has this number or one of these ways of contact was erased; None for everybody else."""
        known = [(way.channel, mark) for way in said.ways for mark in {way.address, way.shown}]
        known += [("number", said.number)] if said.number else []
        found = (self.memory.erased_at(self.company, kind, value) for kind, value in known)
        return max((at for at in found if at is not None), default=None)


def erasures() -> Erasures:
    """Raises LedgerRefused where it is torn: nobody is brought back because it could not be asked."""
    memory = ledger.memory()
    slugs = Tenant.objects.values_list("slug", flat=True)
    return Erasures(memory, slugs.get(pk=current_tenant_id()) if memory.by_mark else "")
