"""The first rows as they will be understood; nothing is written."""

from __future__ import annotations

from datetime import datetime

from golddraht.imports.models import Import
from golddraht.imports.operations.judging import Judged, Seen, judge, with_likenesses
from golddraht.imports.operations.taking import home_country
from golddraht.imports.queries import first_rows


def preview(*, file: Import, at: datetime, limit: int = 8) -> list[Judged]:
    rows, home = first_rows(import_id=file.pk, limit=limit), home_country()
    judged = judge(file, rows, home=home, today=at.date(), seen=Seen())
    return with_likenesses(judged, source=file.source.source, home=home, at=at)
