"""Whatever a form of the pages does, a program can do, or it is said why not."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.api.programs import operations
from tests.api.same_ground import EXCEPTIONS, MOST_NOT_YET, NOT_YET, SAME, named
from tests.house.test_reach_across import WORKSPACE, Known, addresses, ours, theirs

__all__ = ["ours", "theirs"]
NO_SUCH_METHOD = 405


def takes_forms(known: Known) -> set[str]:
    """The pages that do not refuse a form as such."""
    anybody = Client()
    found = set()
    for address in addresses(WORKSPACE):
        if anybody.post(address.filled(known, slug="heizwerk")).status_code != NO_SUCH_METHOD:
            found.add(address.name)
    return found


def test_every_form_has_its_operation_or_a_reason(ours: Known) -> None:
    told = [*SAME, *named(EXCEPTIONS), *named(NOT_YET)]
    assert len(told) == len(set(told))
    assert set(told) == takes_forms(ours)


def test_every_operation_that_is_named_is_there() -> None:
    assert set(SAME.values()) <= {operation.name for operation in operations()}


def test_what_programs_cannot_do_yet_does_not_grow() -> None:
    assert len(named(NOT_YET)) <= MOST_NOT_YET


@pytest.mark.parametrize("reason", EXCEPTIONS)
def test_a_reason_is_a_sentence(reason: str) -> None:
    assert reason.endswith(".") and len(reason.split()) > 3
