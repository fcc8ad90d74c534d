"""What holds of all that was said: the same statements in any order, however often, give the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.commerce.rules import DeliveryState, Said, Thing, Unreadable, held, mark_of, steps_of, told_of
from golddraht.commerce.rules.columns import columns_of
from golddraht.commerce.rules.picture import delivery_state

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
ZONE = "Europe/Berlin"

moments = st.integers(0, 4).map(lambda hours: NOW - timedelta(hours=hours))
told = st.fixed_dictionaries(
    {},
    optional={
        "carrier": st.sampled_from(["DHL", "Spedition Nord", ""]),
        "sent_at": st.one_of(st.none(), moments.map(datetime.isoformat)),
        "promised": st.one_of(
            st.none(), moments.map(lambda until: [None, (until + timedelta(days=3)).isoformat(), False, ""])
        ),
    },
)
statements = st.lists(st.builds(Said, moments, told), max_size=8)


def known(one: Said) -> tuple[Any, ...]:
    return one.said_at, mark_of(one)


@given(st.data(), statements)
def test_any_order_and_any_repetition_gives_the_same(data: st.DataObject, said: list[Said]) -> None:
    again = data.draw(st.permutations(said + said[:2]))

    assert columns_of(Thing.DELIVERY, held(said)) == columns_of(Thing.DELIVERY, held(again))


@given(statements)
def test_what_holds_is_what_was_said_last(said: list[Said]) -> None:
    for name, one in held(said).items():
        assert one.said_at == max(other.said_at for other in said if name in other.told)


def test_a_value_can_be_taken_back() -> None:
    said = [Said(NOW, {"carrier": None}), Said(NOW - timedelta(hours=1), {"carrier": "DHL"})]

    assert columns_of(Thing.DELIVERY, held(said))["carrier"] == ""


def test_a_day_ends_with_its_last_minute_on_our_clocks() -> None:
    row = told_of(Thing.DELIVERY, {"promised_on": "2026-11-20"}, zone=ZONE, at=NOW)

    assert row == {"promised": [None, "2026-11-20T22:59:00+00:00", False, ""]}


def test_german_days_and_hours_are_read_on_our_clocks() -> None:
    row = told_of(
        Thing.APPOINTMENT,
        {"promised_from": "3.12.2026 8:00", "promised_until": "03.12.2026, 12:00 Uhr", "agreed": "ja"},
        zone=ZONE,
        at=NOW,
    )

    assert row["promised"] == ["2026-12-03T07:00:00+00:00", "2026-12-03T11:00:00+00:00", True, ""]


@pytest.mark.parametrize(
    ("row", "reason", "field"),
    [
        ({"arrived_at": (NOW + timedelta(hours=1)).isoformat()}, "FUTURE", "arrived_at"),
        ({"colour": "red"}, "FIELD", "colour"),
        ({"sent_at": "yesterday"}, "MOMENT", "sent_at"),
        ({"promised_on": "32.1.2026"}, "DAY", "promised_on"),
        ({"promised_from": "2026-12-03T08:00:00Z"}, "WINDOW", "promised_until"),
        (
            {"promised_from": "2026-12-03T08:00:00Z", "promised_until": "2026-12-02T08:00:00Z"},
            "WINDOW",
            "promised_from",
        ),
        ({"agreed": True}, "WINDOW", "agreed"),
        ({"email": "nobody"}, "EMAIL", "email"),
        ({"customer_id": "K-1"}, "ID", "customer_id"),
        ({"order": "1" * 81}, "LONG", "order"),
    ],
)
def test_what_cannot_be_understood_says_where(row: dict[str, Any], reason: str, field: str) -> None:
    with pytest.raises(Unreadable) as refused:
        told_of(Thing.DELIVERY, row, zone=ZONE, at=NOW)

    assert (refused.value.reason, refused.value.field) == (reason, field)


@pytest.mark.parametrize(
    ("typed", "cents"), [(1290, 1290), ("12,90", 1290), ("1.234,50 €", 123450), ("12.9", 1290), ("0", 0)]
)
def test_amounts_are_read_as_people_write_them(typed: Any, cents: int) -> None:
    assert told_of(Thing.ORDER, {"cents": typed}, zone=ZONE, at=NOW) == {"cents": cents}


def test_lines_need_a_product_or_a_title() -> None:
    row = told_of(
        Thing.ORDER,
        {"lines": [{"product": "W-7", "quantity": "2,0".replace(",", ".")}, {"title": "Rohr"}]},
        zone=ZONE,
        at=NOW,
    )
    assert row["lines"] == [
        {"product": "W-7", "title": "", "quantity": "2", "cents": None},
        {"product": "", "title": "Rohr", "quantity": "1", "cents": None},
    ]
    with pytest.raises(Unreadable):
        told_of(Thing.ORDER, {"lines": [{"quantity": 1}]}, zone=ZONE, at=NOW)


steps = st.dictionaries(st.sampled_from(list(DeliveryState)), moments)


@given(steps)
def test_the_picture_never_goes_back(taken: dict[DeliveryState, datetime | None]) -> None:
    picture = steps_of(taken)

    assert [step.is_done for step in picture] == sorted((step.is_done for step in picture), reverse=True)
    assert sum(step.is_next for step in picture) <= 1
    assert (delivery_state(taken) is DeliveryState.ARRIVED) == bool(taken.get(DeliveryState.ARRIVED))


def test_nobody_was_there_until_the_driver_comes_again() -> None:
    near = {DeliveryState.NEAR: NOW - timedelta(hours=5), DeliveryState.TRIED: NOW - timedelta(hours=2)}

    assert delivery_state(near) is DeliveryState.TRIED
    assert delivery_state(near | {DeliveryState.NEAR: NOW}) is DeliveryState.NEAR
