"""Fields that many shapes have, with the bounds that the database has."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from ninja import Path, Query
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

LONGEST_TEXT = 100_000
LARGEST_ID = 2**63 - 1
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def _within(moment: datetime) -> datetime:
    if not EARLIEST <= moment <= LATEST:
        raise ValueError("The moment must lie between the years 2000 and 2200.")
    return moment


Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
Words = Annotated[str, Field(min_length=1, max_length=300)]
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Moment = Annotated[AwareDatetime, AfterValidator(_within)]
Content = Annotated[
    str, Field(max_length=40_000_000, pattern="^[A-Za-z0-9+/]*={0,2}$", description="The content in base64 (RFC 4648).")
]

NumberInPath = Annotated[
    str,
    Path(
        pattern="^[0-9]{1,12}-[0-9]$",
        description="The number of a concern as people say it, with its check digit.",
        examples=["10427-1"],
    ),
]
IdInPath = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Cursor = Annotated[
    str | None, Query(max_length=80, description="`next` of the page before; without it the list begins.")
]


def example(**values: Any) -> ConfigDict:
    """The configuration of a shape that shows itself filled in; docs and tests use it."""
    return ConfigDict(json_schema_extra={"examples": [values]})
