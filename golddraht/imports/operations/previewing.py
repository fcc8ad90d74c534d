"""The first rows as they will be understood; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from golddraht.imports.models import Import
from golddraht.imports.queries import first_rows
from golddraht.imports.rules.subjects import subject_of


def preview(*, file: Import, at: datetime, limit: int = 8) -> Sequence[Any]:
    """In the form of whatever the file is about."""
    return subject_of(file).preview(file, first_rows(import_id=file.pk, limit=limit), at=at)
