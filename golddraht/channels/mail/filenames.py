"""Names of attachments, safe on every file system and for every eye."""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 150
RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)")
FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


def safe_name(name: str | None) -> str | None:
    """The name without paths, control and direction signs and reserved words, at most 150 characters and 240
    bytes long with its extension kept; None when nothing is left."""
    text = unicodedata.normalize("NFC", name or "")
    text = "".join(
        sign for sign in text if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    last = re.split(r"[\\/]", text.strip())[-1] or text
    text = " ".join(FORBIDDEN.sub("_", last).split()).strip(" .")
    text = RESERVED.sub(r"_\1", text)
    return _shortened(text) or None


def _shortened(text: str) -> str:
    stem, dot, extension = text.rpartition(".")
    if not dot or not stem or len(extension) > 12:
        stem, dot, extension = text, "", ""
    while stem and (len(stem + dot + extension) > MAX_LENGTH or len((stem + dot + extension).encode()) > 240):
        stem = stem[:-1].rstrip(" .")
    return stem + dot + extension
