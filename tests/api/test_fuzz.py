"""The interface under strange requests that schemathesis makes from its own description: no 500, and nothing it did not promise.

`GOLDDRAHT_FUZZ=200` tries harder than the few examples of a usual run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from golddraht.api import limits
from tests.api.programs import a_program, operations
from tests.cast import Company
from tests.house.test_reach_across import ours, theirs, untouched

__all__ = ["ours", "theirs", "untouched"]
EXAMPLES = int(os.environ.get("GOLDDRAHT_FUZZ", "4"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
BY_AREA = sorted({operation.path.split("/")[1] for operation in operations()})


@cache
def described() -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """The end of a request would close the connection that holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("area", BY_AREA)
def test_whatever_is_sent_the_answer_is_one_that_was_described(
    area: str, ours: dict[str, Any], company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PER_MINUTE", 1_000_000)
    # Plain, because the client that asks here reads nothing compressed.
    headers = a_program(company.ada).headers | {"Accept-Encoding": "identity"}
    tried = 0
    for operation in operations():
        if operation.path.split("/")[1] == area:
            _fuzz(described()[f"/api/v1{operation.path}"][operation.method.upper()], ours, headers)
            tried += 1
    assert tried


def _fuzz(operation: Any, known: dict[str, Any], headers: dict[str, str]) -> None:
    turns = iter(range(1_000_000))

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    def strange(case: Any) -> None:
        if next(turns) % 4:
            # Mostly a row that exists, so that it is not always the row that is refused.
            named = {name: known[name] for name in case.path_parameters if name in known}
            case.path_parameters.update(named)
        case.validate_response(case.call(headers=headers), checks=CHECKS)

    strange()
