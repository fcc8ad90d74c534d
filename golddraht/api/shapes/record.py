"""What was said of a customer, and what of it holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from golddraht.api.shapes import samples
from golddraht.api.shapes.fields import Moment, example
from golddraht.customers.queries.record import Noted
from golddraht.customers.rules.attributes import Statement
from golddraht.customers.rules.golden import Golden, golden

AttributeName = Literal[
    "name", "salutation", "language", "born_on", "postal", "number", "quiet_hours", "wish", "matters", "note"
]


class GoldenOut(Schema):
    """A value that is held to be true."""

    attribute: AttributeName
    value: str
    source: str
    said_at: datetime
    certainty: float = Field(description="0 to 1, by source, agreement and age.")
    evidence: str

    @staticmethod
    def of(one: Golden, at: datetime) -> GoldenOut:
        return GoldenOut(**_statement(one.statement) | {"certainty": one.certainty(at)})


class FactOut(Schema):
    """One thing that was said. `denies` says that the value is wrong."""

    id: int
    attribute: AttributeName
    value: str
    source: str
    said_at: datetime
    certainty: float
    evidence: str
    denies: bool

    @staticmethod
    def of(one: Noted) -> FactOut:
        return FactOut(id=one.id, denies=one.statement.denies, **_statement(one.statement))


def _statement(one: Statement) -> dict[str, Any]:
    names = ("attribute", "value", "source", "said_at", "certainty", "evidence")
    return {name: getattr(one, name) for name in names}


class RecordOut(Schema):
    """The golden record, and everything it was chosen from, the latest first."""

    golden: list[GoldenOut]
    facts: list[FactOut]
    model_config = example(**samples.RECORD)

    @staticmethod
    def of(noted: Iterable[Noted], at: datetime) -> RecordOut:
        said = list(noted)
        held = golden(one.statement for one in said)
        return RecordOut(
            golden=[GoldenOut.of(one, at) for found in held.values() for one in found],
            facts=[FactOut.of(one) for one in said],
        )


class FactIn(Schema):
    """Something to take down. Postal addresses come in lines, days as `1980-05-17`, quiet hours as `20:00–9:00`."""

    attribute: AttributeName
    value: str = Field(min_length=1, max_length=400)
    source: str = Field(
        "member",
        pattern="^(member|customer|(import|contract|list):[A-Za-z0-9 ._-]{1,60})$",
        description="`customer` where they said so themselves; `import:shop` names a program, `contract:erp` one that keeps contracts, `list:fair` a list.",
    )
    said_at: Moment | None = Field(None, description="When it was said; now, if left out.")
    evidence: str = Field("", max_length=400, description="The words it was read in.")
    denies: bool = False
    model_config = example(
        attribute="postal", value="Lendkai 12/3\n8020 Graz\nAT", source="import:shop", evidence="Order 88-2051"
    )
