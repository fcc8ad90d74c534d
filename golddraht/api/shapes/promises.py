"""Promises over the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field, model_validator

from golddraht.api.shapes import samples
from golddraht.api.shapes.fields import Id, Moment, Words, example
from golddraht.ground.numbers import spoken
from golddraht.promises.queries import OptionCard, PromiseCard, PromiseLine
from golddraht.promises.rules import OptionDraft, OptionKind


class PromiseOut(Schema):
    """A promise that falls due."""

    id: int
    kind: str
    what: str
    customer_id: int
    customer_name: str
    conversation: str | None
    owner_name: str
    starts_at: datetime | None
    due_at: datetime
    is_in_danger: bool
    is_late: bool
    reference: str
    tour: str

    @staticmethod
    def of(line: PromiseLine) -> PromiseOut:
        names = PromiseOut.model_fields.keys() - {"conversation", "kind"}
        number = line.conversation_number
        return PromiseOut(
            kind=str(line.kind),
            conversation=spoken(number) if number is not None else None,
            **{name: getattr(line, name) for name in names},
        )


class Promises(Schema):
    """A page; `next` is the cursor of the following one, null on the last."""

    promises: list[PromiseOut]
    next: str | None
    model_config = example(promises=[samples.PROMISE], next="2026-12-03T10:00:00+00:00_88")


class PromiseCardOut(Schema):
    """A promise beside a concern or a customer, settled ones too."""

    id: int
    kind: str
    title: str
    state: str = Field(description="open, soon, danger, late, kept, broken, changed or waived")
    owner_name: str
    reference: str
    starts_at: datetime | None
    due_at: datetime
    why: str = Field(description="What endangers it.")

    @staticmethod
    def of(card: PromiseCard) -> PromiseCardOut:
        return PromiseCardOut(**{name: getattr(card, name) for name in PromiseCardOut.model_fields})


class PromiseCards(Schema):
    promises: list[PromiseCardOut]
    model_config = example(promises=[samples.PROMISE_CARD])


class OptionOut(Schema):
    """A way out that the customer can take in one click."""

    id: int
    kind: str
    title: str
    condition: str
    cost_text: str
    when_text: str
    is_chosen: bool

    @staticmethod
    def of(card: OptionCard) -> OptionOut:
        return OptionOut(**{name: getattr(card, name) for name in OptionOut.model_fields})


class PromiseWithOptions(Schema):
    """A promise as it is now."""

    id: int
    kind: str
    what: str
    state: str = Field(description="OPEN, KEPT, BROKEN, CHANGED or WAIVED")
    customer_id: int
    customer_name: str
    conversation: str | None
    owner_id: int
    owner_name: str
    starts_at: datetime | None
    due_at: datetime
    made_at: datetime
    settled_at: datetime | None
    replaced_by_id: int | None
    reference: str
    tour: str
    danger: str
    endangered_at: datetime | None
    announced_at: datetime | None = Field(description="When the customer was told of the danger.")
    options: list[OptionOut]
    model_config = example(**samples.PROMISE_WITH_OPTIONS)

    @staticmethod
    def of(promise: Any, options: tuple[OptionCard, ...]) -> PromiseWithOptions:
        names = PromiseWithOptions.model_fields.keys() - {"conversation", "customer_name", "owner_name", "options"}
        return PromiseWithOptions(
            conversation=spoken(promise.conversation.number) if promise.conversation else None,
            customer_name=promise.customer.name,
            owner_name=promise.owner.name,
            options=[OptionOut.of(one) for one in options],
            **{name: getattr(promise, name) for name in names},
        )


class PromiseIn(Schema):
    """Something said to a customer with a date: give the concern or the customer."""

    conversation: str | None = Field(None, pattern="^[0-9]{1,12}-[0-9]$")
    customer_id: Id | None = None
    owner_id: Id | None = Field(None, description="Who keeps it; without it the member of the token.")
    kind: Literal["CALLBACK", "DELIVERY", "VISIT", "OTHER"]
    what: str = Field("", max_length=160)
    starts_at: Moment | None = None
    due_at: Moment
    reference: str = Field("", max_length=80)
    tour: str = Field("", max_length=80)
    model_config = example(
        conversation="10427-7",
        kind="DELIVERY",
        what="Ofen mit Aufbau",
        starts_at="2026-12-03T09:00:00+01:00",
        due_at="2026-12-03T11:00:00+01:00",
        reference="A-2041",
        tour="Tour 7",
    )


class KeptIn(Schema):
    """When it was done; now, when not said. What was done too late is recorded as broken."""

    kept_at: Moment | None = None
    model_config = example()


class ChangeIn(Schema):
    """Another date. Without the customer's agreement the first promise counts as broken."""

    starts_at: Moment | None = None
    due_at: Moment
    agreed: bool
    what: str | None = Field(None, max_length=160)
    owner_id: Id | None = None
    model_config = example(starts_at="2026-12-04T09:00:00+01:00", due_at="2026-12-04T11:00:00+01:00", agreed=True)


class OptionIn(Schema):
    """A way out. Another date needs `due_at`; `cents` are what the customer pays, negative what they get back."""

    kind: OptionKind
    title: str = Field("", max_length=120)
    condition: str = Field("", max_length=300)
    cents: int = Field(0, ge=-100_000_000, le=100_000_000)
    starts_at: Moment | None = None
    due_at: Moment | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> OptionIn:
        if self.starts_at and self.due_at and self.starts_at > self.due_at:
            raise ValueError("The window starts after it ends.")
        return self

    def draft(self) -> OptionDraft:
        return OptionDraft(**{name: getattr(self, name) for name in OptionIn.model_fields})


class DangerIn(Schema):
    """Why it will probably not hold, in words that the customer reads; without options the usual ones are offered."""

    why: Words
    options: list[OptionIn] | None = Field(None, min_length=1, max_length=5)
    model_config = example(
        why="Der Lieferwagen ist liegen geblieben.",
        options=[
            {"kind": "OTHER_DATE", "due_at": "2026-12-04T11:00:00+01:00"},
            {"kind": "COLLECT", "condition": "Im Lager Süd, bis 18 Uhr"},
        ],
    )


class DisturbanceIn(Schema):
    """One event that touches many promises: each customer hears of it once, with ways out."""

    words: Words
    starts_at: Moment
    ends_at: Moment
    tour: str = Field("", max_length=80)
    reference: str = Field("", max_length=80)
    model_config = example(
        words="Tour 7 fällt aus.",
        starts_at="2026-12-03T00:00:00+01:00",
        ends_at="2026-12-04T00:00:00+01:00",
        tour="Tour 7",
    )


class TouchedPromises(Schema):
    """What a disturbance would announce."""

    promises: list[PromiseOut]
    model_config = example(promises=[samples.PROMISE])


class TouchedOut(Schema):
    """One promise that was touched; `chosen_text` is empty until the customer has chosen."""

    promise_id: int
    what: str
    customer_name: str
    owner_name: str
    is_told: bool
    chosen_text: str


class DisturbanceOut(Schema):
    id: int
    words: str
    starts_at: datetime
    ends_at: datetime
    at: datetime
    touched: list[TouchedOut]
    model_config = example(**samples.DISTURBANCE)

    @staticmethod
    def of(found: Any, touched: list[Any]) -> DisturbanceOut:
        lines = [TouchedOut(**{name: getattr(one, name) for name in TouchedOut.model_fields}) for one in touched]
        return DisturbanceOut(
            id=found.pk,
            words=found.words,
            starts_at=found.starts_at,
            ends_at=found.ends_at,
            at=found.at,
            touched=lines,
        )


class KeptRateOut(Schema):
    """How many promises that fell due were kept; `low` and `high` enclose the share in 95 of 100 cases."""

    kept: int
    broken: int
    changed: int
    share: float | None
    low: float | None
    high: float | None
    model_config = example(kept=188, broken=12, changed=7, share=0.94, low=0.898, high=0.965)
