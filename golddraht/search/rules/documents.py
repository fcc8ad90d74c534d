"""What a row of any room looks like to somebody who searches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Draft:
    """The words of a row, by where they stand. `name` is the person's when the row is one, `begins` what they can be called by."""

    source_id: int
    at: datetime
    title: str = ""
    text: str = ""
    sender: str = ""
    recipients: str = ""
    name: str = ""
    begins: str = ""
    conversation_id: int | None = None
    has_file: bool = False
