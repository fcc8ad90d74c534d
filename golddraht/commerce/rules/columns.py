"""What holds of a thing, as the columns of its table have it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from golddraht.commerce.rules.statements import Held
from golddraht.commerce.rules.things import DATE, FIELDS, TERMS, Form, Thing

ELSEWHERE = {"lines", "customer_id"}
"""What is said of a thing and stands in no column of its own."""


def columns_of(thing: Thing, known: Mapping[str, Held]) -> dict[str, Any]:
    """Every column with its value; what nobody has said is empty."""
    has_date = "promised_until" in FIELDS[thing]
    left_out = ELSEWHERE | (set(DATE) | set(TERMS) if has_date else set())
    plain = {
        name: _typed(form, known[name].value if name in known else None)
        for name, form in FIELDS[thing].items()
        if name not in left_out
    }
    return plain | (_date(known.get("promised")) if has_date else {})


def cell_words(value: Any) -> str:
    """A value of a kept row as it is typed; nothing for what was taken back."""
    return "" if value is None else str(value)


def _typed(form: Form, value: Any) -> Any:
    if form in (Form.WORDS, Form.EMAIL):
        return value or ""
    return datetime.fromisoformat(value) if form is Form.MOMENT and value else value


def _date(promised: Held | None) -> dict[str, Any]:
    starts, until, agreed, why = (promised.value if promised else None) or (None, None, False, "")
    return {
        "promised_from": datetime.fromisoformat(starts) if starts else None,
        "promised_until": datetime.fromisoformat(until) if until else None,
        "promised_at": promised.said_at if promised else None,
        "agreed": agreed,
        "why": why,
    }
