"""Delivery reports: RFC 3464, and the simple ones written before or beside it."""

from __future__ import annotations

import re

from .charsets import decoded, plain
from .headers import Headers, message_id
from .mail import Bounce, Failure
from .structure import Node

ACTIONS = {"failed", "delayed", "delivered", "relayed", "expanded"}
MAX_TEXT = 200_000
MAX_RECIPIENTS = 500
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"'@]{1,64}@[A-Za-z0-9äöüß-]{1,63}(?:\.[A-Za-z0-9äöüß-]{1,63}){0,8}")
# <address>: reason of qmail and Postfix, address (reason) of GroupWise, Recipient: [SMTP:address] of MailEnable, or an address on a line of its own with its reason below (Exim, Exchange).
ACCUSED = re.compile(
    rf"^[ \t]{{0,8}}(?:(?:recipient|failed address|failed recipient|empfänger|adresse)[ \t]*:[ \t]*)?(?:\[smtp:)?"
    rf"(?:<({ADDRESS.pattern})>|({ADDRESS.pattern}))\]?[ \t]*:?[ \t]*(.*)$",
    re.MULTILINE | re.IGNORECASE,
)
QUOTED_MAIL = re.compile(
    r"^(?:[-–_* ]*(?:below this line is a copy|this is a copy of|original message|ursprüngliche nachricht|ende der fehlermeldung"
    r"|es folgt die|return-path:|received:))",
    re.IGNORECASE | re.MULTILINE,
)
ORIGINAL_ID = re.compile(r"^[> \t]*Message-ID:\s*<?([^\s<>]{3,998})>?", re.IGNORECASE | re.MULTILINE)
# `care+c1f-SEAL@…`, `<c1f-SEAL.random@…>`, `X-Golddraht-Delivery: d7-SEAL`.
TOKEN = re.compile(r"(?<![A-Za-z0-9])([cdq][0-9a-f]{1,15}-[0-9a-f]{16})(?![A-Za-z0-9])", re.IGNORECASE)
CARRYING = ("x-golddraht-delivery", "reply-to", "message-id", "references", "in-reply-to")
MAX_TOKENS = 20
WORDS_OF_FAILURE = re.compile(
    r"could(?: not|n't) be (?:delivered|reached)|(?:unable|n't able|not able) to deliver|not be delivered|undeliverable|delivery (?:has )?failed|permanent(?: fatal)?(?: delivery)? error|user unknown|unknown user"
    r"|mailbox (?:full|unavailable|not found)|no such user|does not exist|address rejected|quota|unzustellbar|nicht zugestellt|konnte nicht"
    r"|nicht zustellbar|unbekannter empfänger|existiert nicht|delivery status notification|returned mail|message not delivered",
    re.IGNORECASE,
)


def report(tree: Node, text: str, headers: Headers) -> Bounce | None:
    """What a delivery report says, from its machine-readable part; None for a mail that has none."""
    status = next((node for node in tree.walk() if node.content_type in DELIVERY), None)
    if status is None or not _is_own(tree, status):
        return None
    recipients = _recipients(status.content)
    if not any(one.address for one in recipients):
        recipients = _accused(text) or recipients
    return Bounce(recipients[:MAX_RECIPIENTS], original_id(tree, text, headers), tokens_in_report(tree, text))


DELIVERY = {"message/delivery-status", "message/global-delivery-status"}


def _is_own(tree: Node, status: Node) -> bool:
    # A report that somebody forwarded lies deeper, inside another mail.
    return (
        status is tree
        or any(child is status for child in tree.children)
        or any(child.is_multipart and status in child.children for child in tree.children)
    )


def wild_report(tree: Node, text: str, headers: Headers) -> Bounce | None:
    """A report in plain words (qmail, Exim, old gateways); None when no failed recipient can be named."""
    words = text[:MAX_TEXT]
    named = [one.strip() for value in headers.raws("x-failed-recipients") for one in value.split(",") if "@" in one]
    if not named and not WORDS_OF_FAILURE.search(words):
        return None
    told = {one.address: one for one in _accused(words)}
    recipients = tuple(told.get(one) or Failure(one, _status(words), "failed", None) for one in named) or tuple(
        told.values()
    )
    if not recipients:
        return None
    return Bounce(recipients[:MAX_RECIPIENTS], original_id(tree, text, headers), tokens_in_report(tree, text))


def _recipients(content: bytes) -> tuple[Failure, ...]:
    text = decoded(content[:MAX_TEXT], "utf-8")[0]
    blocks = [Headers(block.encode()) for block in re.split(r"\n[ \t]*\n", text.strip())]
    return tuple(_failure(block) for block in blocks if _tells_of_recipient(block))


def _tells_of_recipient(block: Headers) -> bool:
    return any(name in block for name in ("final-recipient", "original-recipient", "action"))


def _failure(block: Headers) -> Failure:
    action = block.word("action")
    status = STATUS.search(block.raw("status") or "") or STATUS.search(block.raw("diagnostic-code") or "")
    return Failure(
        address=typed_address(block.raw("final-recipient")) or typed_address(block.raw("original-recipient")),
        status=status.group(1) if status else None,
        action=action if action in ACTIONS else None,
        reason=_reason(block),
    )


def typed_address(value: str | None) -> str | None:
    """The address behind `rfc822; petra@example.org` (RFC 3464 §2.3.2)."""
    return (value or "").rpartition(";")[2].strip(" <>\"'") or None


def _reason(block: Headers) -> str | None:
    diagnostic = block.raw("diagnostic-code") or ""
    kind, _, words = diagnostic.partition(";")
    said = words if re.fullmatch(r"[\w-]{1,20}", kind.strip()) and words else diagnostic
    return " ".join(said.split()) or None


def _accused(text: str) -> tuple[Failure, ...]:
    head = QUOTED_MAIL.split(text[:MAX_TEXT], maxsplit=1)[0]
    found: dict[str, Failure] = {}
    for match in ACCUSED.finditer(head):
        address = match.group(1) or match.group(2)
        reason = _said_of(head[match.start(3) :])
        if len(found) < MAX_RECIPIENTS:
            found.setdefault(address, Failure(address, _status(reason or head), "failed", reason))
    return tuple(found.values())


def _said_of(rest: str) -> str | None:
    paragraph = re.split(r"\n[ \t]*\n", rest.strip("\n")[:2_000], maxsplit=1)[0]
    return " ".join(paragraph.split()) or None


def _status(words: str) -> str | None:
    found = STATUS.search(words)
    return found.group(1) if found else None


def original_id(tree: Node, text: str, headers: Headers) -> str | None:
    """The Message-ID of the mail a report is about: from the mail that came back, from its headers, from words."""
    for node in list(tree.walk())[1:]:
        if "message-id" in node.headers and node.content_type not in DELIVERY:
            return message_id(node.headers.raw("message-id"))
        if (
            node.content_type in {"text/rfc822-headers", "message/global-headers"}
            or node.content_type == "message/rfc822"
        ):
            found = ORIGINAL_ID.search(plain(node.content[:MAX_TEXT].decode("utf-8", "replace")))
            if found:
                return found.group(1)
    found = ORIGINAL_ID.search(text[:MAX_TEXT])
    return found.group(1) if found else message_id(headers.raw("in-reply-to"))


def tokens_in_report(tree: Node, text: str) -> tuple[str, ...]:
    """Everything in the report, or in the mail that came back, that is built like a token of ours, the first twenty."""
    said = [text, *(plain(node.content[:MAX_TEXT].decode("utf-8", "replace")) for node in tree.walk())]
    headers = (value for node in tree.walk() for name in CARRYING for value in node.headers.raws(name))
    found = (match for part in (*headers, *said) for match in TOKEN.findall(part[:MAX_TEXT]))
    return tuple(dict.fromkeys(one.lower() for one in found))[:MAX_TOKENS]
