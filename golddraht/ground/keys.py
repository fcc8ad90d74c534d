"""Addresses that open something for whoever has them: the links in our own messages to customers."""

from __future__ import annotations

import re

SLASH = r"(?:/|%2F)"
KEY = re.compile(
    rf"https?://[^\s<>\"\\]*?{SLASH}(?:k{SLASH}[\w-]+|my{SLASH}[\w-]+{SLASH}\w+{SLASH}(?:enter|code|addresses)){SLASH}[\w:%=-]+/?",
    re.IGNORECASE,
)
"""Also where a mail program has wrapped the address in one of its own, with its strokes written as %2F."""
_LEADS = re.compile(rf"\shref=\"{KEY.pattern}[^\"]*\"", re.IGNORECASE)


def without_keys(text: str, instead: str) -> str:
    """The text for somebody else to read: what would open a customer's own page, or answer in their name, is replaced."""
    return KEY.sub(instead, text)


def without_keys_in_html(html: str, instead: str) -> str:
    """The same for a mail as it was laid out: what led there leads nowhere."""
    return without_keys(_LEADS.sub("", html), instead)


def has_keys(text: str) -> bool:
    return KEY.search(text) is not None
