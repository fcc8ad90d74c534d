"""The corpus of real-life mails: one story a file, with what must be understood of it beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

MAILS = Path(__file__).parents[2] / "mails"
STORIES = sorted(path.stem for path in MAILS.glob("*.eml"))
SCHEMA = json.loads(
    (Path(__file__).parents[3] / "golddraht/channels/mail/mail_show.schema.json").read_text(encoding="utf-8")
)


def source(story: str) -> bytes:
    """The bytes of a story's mail."""
    return (MAILS / f"{story}.eml").read_bytes()


def expectation(story: str) -> dict[str, Any]:
    """What must be understood: a key of the contract with its value, or `key has`, `key lacks`, `attachments names`."""
    expected: dict[str, Any] = json.loads((MAILS / f"{story}.json").read_text(encoding="utf-8"))
    return expected
