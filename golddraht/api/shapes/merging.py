"""Two customers who are one person, or may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from golddraht.api.shapes import samples
from golddraht.api.shapes.fields import Id, example
from golddraht.customers.queries.persons import Likely, MergeLine


class MergeOut(Schema):
    """`customer_id` stands behind `head_id`; both ids go on working, and answer with the same record."""

    id: int
    customer_id: int
    head_id: int
    reasons: list[str]
    decided_by: str
    merged_at: datetime
    undone_at: datetime | None
    undone_why: str
    model_config = example(**samples.MERGE)

    @staticmethod
    def of(line: MergeLine) -> MergeOut:
        told = asdict(line)
        return MergeOut(**{name: told[name] for name in MergeOut.model_fields})


class MergesOut(Schema):
    merges: list[MergeOut]
    model_config = example(merges=[samples.MERGE])


class MergeIn(Schema):
    """Make `customer_id` and `into_id` one person; the latter's head stands in front."""

    customer_id: Id
    into_id: Id
    reasons: list[str] = Field(default_factory=list, max_length=20)
    model_config = example(customer_id=117, into_id=102, reasons=["said so on the telephone"])


class UndoIn(Schema):
    why: str = Field("", max_length=300)
    model_config = example(why="two sisters in one flat")


class ResemblanceOut(Schema):
    """A pair that waits for a person."""

    id: int
    first_id: int
    second_id: int
    certainty: float
    reasons: list[str]
    found_by: str
    model_config = example(**samples.RESEMBLANCE)

    @staticmethod
    def of(one: Likely) -> ResemblanceOut:
        return ResemblanceOut(**asdict(one))


class ResemblancesOut(Schema):
    resemblances: list[ResemblanceOut]
    model_config = example(resemblances=[samples.RESEMBLANCE])

    @staticmethod
    def of(found: Iterable[Likely]) -> ResemblancesOut:
        return ResemblancesOut(resemblances=[ResemblanceOut.of(one) for one in found])


class SettleIn(Schema):
    """`merged`: one person; `different`: two, and not asked again; `later`: not to be decided now."""

    settled_as: Literal["merged", "different", "later"]
    model_config = example(settled_as="different")


class SettledOut(Schema):
    """The merge, where they became one."""

    merge_id: int | None
    model_config = example(merge_id=None)
