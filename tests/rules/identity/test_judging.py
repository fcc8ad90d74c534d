"""The bench's own arithmetic."""

from __future__ import annotations

import pytest

from bench.identity.judging import judge


def test_pairs_and_b_cubed_by_hand() -> None:
    found = judge({"rec-1-org": "a", "rec-1-dup-0": "a", "rec-1-dup-1": "b", "rec-2-org": "b"})
    assert (found.precision, found.recall) == (0.5, pytest.approx(1 / 3))
    assert (found.false_pairs, found.misled_rows) == (1, 1)
    assert found.b_precision == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)
    assert found.b_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)


def test_all_right_is_one() -> None:
    found = judge({"rec-1-org": "x", "rec-1-dup-0": "x", "f:rec-2-org": "y"})
    assert (found.f1, found.b_f1, found.false_pairs) == (1, 1, 0)
