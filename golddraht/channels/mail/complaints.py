"""Feedback reports: a provider tells us that somebody marked our mail as unwanted (ARF, RFC 5965)."""

from __future__ import annotations

from .bounces import original_id, tokens_in_report, typed_address
from .charsets import decoded
from .headers import Headers
from .mail import Complaint
from .structure import Node

MAX_TEXT = 100_000
NAMES_OF_RECIPIENT = ("original-rcpt-to", "removal-recipient", "final-recipient")


def complaint(tree: Node, text: str, headers: Headers) -> Complaint | None:
    """What the report says; None for a mail that is none. Many providers black the recipient out: then our ids must do."""
    node = next((one for one in (tree, *tree.children) if one.content_type == "message/feedback-report"), None)
    if node is None:
        return None
    said = Headers(decoded(node.content[:MAX_TEXT], "utf-8")[0].strip().encode())
    named = (typed_address(value) for name in NAMES_OF_RECIPIENT for value in said.raws(name))
    return Complaint(
        kind=said.word("feedback-type") or "other",
        recipients=tuple(dict.fromkeys(one for one in named if one and "@" in one)),
        reporter=(said.raw("user-agent") or "").strip()[:120],
        original_message_id=original_id(tree, text, headers),
        tokens=tokens_in_report(tree, text),
    )
